"""The open question of a chat: one sealed row, written in the same transaction as what the answer changed."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import delete

from .tables import Dialog
from .transaction import Transaction


@dataclass
class Open:
    """`options` are the values behind the present question's buttons; `offered` pairs every last shown label with its payload.

    `kept` are replies that a synchronous platform could not take yet.
    """

    number: int = 0
    flow: str | None = None
    step: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    offered: list[list[str]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)

    def close(self) -> None:
        self.flow = self.step = None
        self.answers, self.path, self.options = {}, [], []


async def load(tx: Transaction, chat_id: int) -> Open:
    row = await tx.get(Dialog, chat_id=chat_id)
    if row is None:
        return Open()
    inner = row.answers
    return Open(
        row.number,
        row.flow,
        row.step,
        inner.get("answers", {}),
        inner.get("path", []),
        inner.get("options", []),
        row.offered,
        inner.get("kept", []),
    )


async def save(tx: Transaction, chat_id: int, open_: Open) -> None:
    await tx.put(
        Dialog,
        ["chat_id"],
        chat_id=chat_id,
        number=open_.number,
        flow=open_.flow,
        step=open_.step,
        answers={"answers": open_.answers, "path": open_.path, "options": open_.options, "kept": open_.kept},
        offered=open_.offered,
        updated_at=tx.now,
    )


async def forget(tx: Transaction, chat_id: int) -> None:
    await tx.execute(delete(Dialog).where(Dialog.chat_id == chat_id))  # type: ignore[arg-type]
