"""The open question of a chat: one sealed row, written in the same transaction as what the answer changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson
from sqlalchemy import LargeBinary, bindparam, literal, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, update

from . import sets
from .columns import Moment
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


async def offer(tx: Transaction, offered: Sequence[tuple[int, list[list[str]]]]) -> None:
    """What each of these chats was last shown may be typed there too, unless a question is open. A chat comes once."""
    if not offered:
        return
    rows = [(chat_id, tx.keys.alike(orjson.dumps(shown))) for chat_id, shown in offered]
    bound = {"of_now": tx.now, "nothing": tx.keys.alike(b"{}"), **sets.paired(tx, rows)}
    await sets.run(tx, _offer(tx.postgres), bound)


@cache
def _offer(postgres: bool) -> Any:
    shown = sets.pairs(postgres, binary=True)
    new = select(
        shown.c.id,
        literal(0),
        bindparam("nothing", type_=LargeBinary),
        shown.c.value,
        bindparam("of_now", type_=Moment),
    ).where(true())  # without it SQLite reads ON CONFLICT as a join's ON
    statement: Any = (postgresql if postgres else sqlite).insert(Dialog)
    statement = statement.from_select(["chat_id", "number", "answers", "offered", "updated_at"], new)
    changed = {name: statement.excluded[name] for name in ("offered", "updated_at")}
    unless_asked = col(Dialog.flow).is_(None)
    return statement.on_conflict_do_update(index_elements=["chat_id"], set_=changed, where=unless_asked)


async def shut(tx: Transaction, *chat_ids: int) -> None:
    """Close the questions that are open in these chats, from outside. Their menus count as old."""
    closed: dict[str, Any] = {
        "flow": None,
        "step": None,
        "answers": {},
        "offered": [],
        "number": col(Dialog.number) + 1,
    }
    await tx.execute(update(Dialog).where(col(Dialog.chat_id).in_(chat_ids)).values(**closed))


async def forget(tx: Transaction, chat_id: int) -> None:
    await tx.execute(delete(Dialog).where(Dialog.chat_id == chat_id))  # type: ignore[arg-type]
