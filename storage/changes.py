"""Who is to hear that a posting changed or closed: those who saved it or applied to it. What changed is in `former`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from .former import KEPT
from .outbox_tables import Delivery, Memo
from .readers import chat_of_resident
from .settling import end
from .tables import Chat, Mark, Posting, Resident
from .tellings import DOWN
from .transaction import Transaction

MARK = "changes_told"  # the memo: up to which moment changes were looked at


@dataclass(frozen=True, slots=True)
class Change:
    """One person's posting that changed, or closed before its last day (`closed`).

    `carried`: what they marked is a posting that was merged into this one, so that they never saw what this one said.
    """

    chat_id: int
    platform: str
    posting_id: int
    revision: int
    closed: bool
    carried: bool
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
        *((col(Posting.state) != "open").label("closed"), _carried().label("carried"), Posting.closes_at),
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


def _carried() -> Any:
    mark: Any = aliased(Mark)
    merged: Any = aliased(Posting)
    here = (merged.id == mark.posting_id, merged.merged_into == col(Posting.id), mark.resident_id == col(Resident.id))
    return exists().where(*here, mark.verb.in_(KEPT))


async def waiting(tx: Transaction, found: Sequence[Change]) -> dict[tuple[int, int], Delivery]:
    """Notices that have not left yet, by chat and posting."""
    chats = sorted({one.chat_id for one in found})
    where = (col(Delivery.chat_id).in_(chats), col(Delivery.kind) == "change", col(Delivery.state) == "queued")
    rows = await tx.find(Delivery, *where, order=Delivery.id) if chats else []
    return {(row.chat_id, row.posting_id): row for row in rows if row.posting_id is not None}


async def replace(tx: Transaction, notices: Collection[int]) -> None:
    """Let go these notices, unless they are leaving just now: a newer one says it all."""
    if notices:
        mine = and_(col(Delivery.id).in_(notices), col(Delivery.state) == "queued")
        await end(tx, mine, "cancelled", "changed again")
