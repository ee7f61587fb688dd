"""Who is to hear that a posting changed or closed: those who saved it or applied to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import col, select

from .outbox_tables import Memo
from .readers import chat_of_resident
from .tables import Chat, Mark, Posting, Resident
from .tellings import DOWN
from .transaction import Transaction

MARK = "changes_told"  # the memo: up to which moment changes were looked at
KEPT = ("saved", "applied")


@dataclass(frozen=True, slots=True)
class Change:
    """One person's posting that changed, or closed before its last day (`closed`)."""

    chat_id: int
    platform: str
    posting_id: int
    revision: int
    closed: bool
    closes_at: datetime | None
    quiet_from: int
    quiet_until: int


async def since(tx: Transaction) -> datetime | None:
    """Up to when changes were looked at; None before the first look."""
    memo = await tx.get(Memo, name=MARK)
    return datetime.fromisoformat(memo.value) if memo else None


async def looked(tx: Transaction) -> None:
    await tx.put(Memo, ["name"], name=MARK, value=tx.now.isoformat())


async def found(tx: Transaction, after: datetime, platforms: Sequence[str]) -> list[Change]:
    """Changes from that moment on (it included: whoever queues them knows each by its revision)."""
    early = or_(col(Posting.closes_at).is_(None), col(Posting.closes_at) > col(Posting.closed_at))
    changed = and_(col(Posting.state) == "open", col(Posting.revision) > 1, col(Posting.changed_at) >= after)
    closed = and_(col(Posting.state).in_(("closed", DOWN)), col(Posting.closed_at) >= after, early)
    reads = chat_of_resident(platforms)
    told: list[Any] = [
        *(col(Chat.id).label("chat_id"), Chat.platform, col(Posting.id).label("posting_id"), Posting.revision),
        *((col(Posting.state) != "open").label("closed"), Posting.closes_at),
        *(Resident.quiet_from, Resident.quiet_until),
    ]
    statement = (
        select(*told)
        .select_from(Posting)
        .join(Mark, and_(col(Mark.posting_id) == col(Posting.id), col(Mark.verb).in_(KEPT)))
        .join(Resident, and_(col(Resident.id) == col(Mark.resident_id), col(Resident.state) == "active"))
        .join(Chat, col(Chat.id) == reads)
        .where(or_(changed, closed), col(Posting.merged_into).is_(None))
        .distinct()
    )
    return [Change(**row._mapping) for row in await tx.all(statement)]
