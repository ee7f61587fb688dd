"""Who reads an owed message, and how the posting that it is about stands: all that a card depends on, for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Text, and_, bindparam, cast, func, or_
from sqlmodel import col, select

from . import sets
from .columns import Moment
from .outbox_tables import Alert, Delivery
from .tables import Chat, Posting, Resident, Wish
from .transaction import Transaction


@dataclass(frozen=True, slots=True)
class Reader:
    """`hops` is how far the posting lies from who is alerted; `revision` is None where the message is about none.

    `wish_id` names the wish that brought it, where that asks anything.
    """

    delivery_id: int
    language: str
    hops: int | None
    revision: int | None
    merged_into: int | None
    open: bool  # the posting takes applications
    wish_id: int | None = None


def chat_of_resident(platforms: Sequence[str]) -> Any:
    """The id of the chat where a resident of the statement around it reads: of several, the one chosen last."""
    there = (col(Chat.resident_id) == col(Resident.id), col(Chat.state) == "active", col(Chat.friend))
    newest = (func.coalesce(col(Chat.chosen_at), col(Chat.created_at)).desc(), col(Chat.id).desc())
    chats = select(col(Chat.id)).where(*there, col(Chat.platform).in_(platforms)).order_by(*newest).limit(1)
    return chats.correlate(Resident).scalar_subquery()


async def chat_of(tx: Transaction, resident_id: int) -> int | None:
    """The chat where a resident reads, on whatever platform."""
    there = (Chat.resident_id == resident_id, Chat.state == "active")
    newest = (func.coalesce(col(Chat.chosen_at), col(Chat.created_at)).desc(), col(Chat.id).desc())
    found = await tx.find(Chat, *there, order=newest, limit=1)
    return found[0].id if found else None


async def of(tx: Transaction, deliveries: Sequence[int]) -> dict[int, Reader]:
    """The readers of these deliveries by their ids; who is not active reads nothing."""
    found = await sets.rows(tx, _of(tx.postgres), {"now": tx.now, **sets.some(tx, deliveries)})
    return {row[0]: Reader(*row) for row in found}


@cache
def _of(postgres: bool) -> Any:
    later = col(Posting.closes_at) > bindparam("now", type_=Moment)
    open_ = and_(col(Posting.state) == "open", or_(col(Posting.closes_at).is_(None), later))
    these = (col(Delivery.id), col(Delivery.chat_id), col(Delivery.posting_id))
    # Read first, whatever PostgreSQL believes of the other tables: of new ones it knows no size.
    owed = select(*these).where(sets.among(postgres, these[0])).cte("owed").prefix_with("MATERIALIZED")
    told: list[Any] = [
        owed.c.id,
        Resident.language,
        Alert.hops,
        Posting.revision,
        Posting.merged_into,
        open_,
        col(Wish.id),
    ]
    alerted = and_(col(Alert.resident_id) == col(Chat.resident_id), col(Alert.posting_id) == owed.c.posting_id)
    statement = (
        select(*told)
        .select_from(owed)
        .join(Chat, col(Chat.id) == owed.c.chat_id)
        .join(Resident, col(Resident.id) == col(Chat.resident_id))
        .outerjoin(Alert, alerted)
        .outerjoin(Posting, col(Posting.id) == owed.c.posting_id)
        .outerjoin(Wish, and_(col(Wish.id) == col(Alert.wish_id), _narrows()))
        .where(col(Resident.state) == "active")
    )
    return sets.packed(postgres, statement)


def _narrows() -> Any:
    """The wish asks something: `handlers.matching.narrows` says the same of one."""
    wish: Any = Wish
    masks = wish.occupations.bitwise_and(wish.hours).bitwise_and(wish.traits)
    worded = cast(wish.words, Text) != "{}"
    return or_(masks != -1, wish.pay_floor > 0, wish.starts.is_not(None), wish.strict != 0, worded)
