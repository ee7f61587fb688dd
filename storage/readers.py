"""Who reads an owed message, and how the posting that it is about stands: all that a card depends on, for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_
from sqlmodel import col, select

from .outbox_tables import Alert, Delivery
from .tables import Chat, Posting, Resident
from .transaction import Transaction


@dataclass(frozen=True, slots=True)
class Reader:
    """`hops` is how far the posting lies from who is alerted; `revision` is None where the message is about none."""

    delivery_id: int
    language: str
    hops: int | None
    revision: int | None
    state: str | None
    closes_at: datetime | None
    merged_into: int | None


async def of(tx: Transaction, deliveries: Sequence[int]) -> dict[int, Reader]:
    """The readers of these deliveries by their ids; who is not active reads nothing."""
    told: list[Any] = [
        *(Delivery.id, Resident.language, Alert.hops),
        *(Posting.revision, Posting.state, Posting.closes_at, Posting.merged_into),
    ]
    alerted = and_(col(Alert.resident_id) == col(Chat.resident_id), col(Alert.posting_id) == col(Delivery.posting_id))
    statement = (
        select(*told)
        .select_from(Delivery)
        .join(Chat, col(Chat.id) == col(Delivery.chat_id))
        .join(Resident, col(Resident.id) == col(Chat.resident_id))
        .outerjoin(Alert, alerted)
        .outerjoin(Posting, col(Posting.id) == col(Delivery.posting_id))
        .where(col(Delivery.id).in_(deliveries), col(Resident.state) == "active")
    )
    return {row.id: Reader(*row) for row in await tx.all(statement)}
