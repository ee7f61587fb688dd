"""Who is to be reminded: of a saved posting, of applying, of what they agreed to long ago, of that they may slow down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from .outbox_tables import Delivery
from .readers import chat_of_resident
from .tables import Chat, Consent, Mark, Posting, Resident
from .transaction import Transaction

AHEAD = timedelta(hours=48)  # how long before its last moment a posting is looked at
AGREED = timedelta(days=730)  # Network Act art. 50 (8): what was agreed to is confirmed every two years
QUIET = timedelta(days=30)  # nothing opened, saved or hidden for so long
ASKED = timedelta(days=3)  # after being told how to apply, whether one did
MANY = 20  # messages meanwhile


@dataclass(frozen=True, slots=True)
class Reminder:
    """`at` is when the posting was saved, or what else is reminded of was agreed to."""

    chat_id: int
    platform: str
    resident_id: int
    at: datetime
    posting_id: int | None
    closes_at: datetime | None
    quiet_from: int
    quiet_until: int
    daily_at: int | None
    weekly_on: int | None
    paused_until: datetime | None


async def closing(tx: Transaction, platforms: Sequence[str]) -> list[Reminder]:
    """Saved postings whose last moment is near, of people who have not applied."""
    done = select(col(Mark.verb)).where(
        col(Mark.resident_id) == col(Resident.id), col(Mark.posting_id) == col(Posting.id), col(Mark.verb) == "applied"
    )
    saved = (col(Mark.resident_id) == col(Resident.id)) & (col(Mark.verb) == "saved")
    statement = (
        select(*_told(), col(Mark.at), col(Mark.posting_id), col(Posting.closes_at))
        .select_from(Posting)
        .join(Mark, col(Mark.posting_id) == col(Posting.id))
        .join(Resident, saved)
        .join(Chat, col(Chat.id) == chat_of_resident(platforms))
        .where(
            col(Posting.state) == "open",
            col(Posting.closes_at) > tx.now,
            col(Posting.closes_at) <= tx.now + AHEAD,
            col(Resident.state) == "active",
            ~done.correlate(Resident, Posting).exists(),
        )
        .order_by(col(Chat.id), col(Posting.id))
    )
    return [Reminder(**row._mapping) for row in await tx.all(statement)]


async def went_to_apply(tx: Transaction, platforms: Sequence[str]) -> list[Reminder]:
    """Who was told three days ago how to apply elsewhere, and has not said since that they did."""
    done = select(col(Mark.verb)).where(
        col(Mark.resident_id) == col(Resident.id), col(Mark.posting_id) == col(Posting.id), col(Mark.verb) == "applied"
    )
    looked = (col(Mark.resident_id) == col(Resident.id)) & (col(Mark.verb) == "apply")
    statement = (
        select(*_told(), col(Mark.at), col(Mark.posting_id), col(Posting.closes_at))
        .select_from(Mark)
        .join(Posting, col(Posting.id) == col(Mark.posting_id))
        .join(Resident, looked)
        .join(Chat, col(Chat.id) == chat_of_resident(platforms))
        .where(
            col(Mark.at) <= tx.now - ASKED,
            col(Mark.at) > tx.now - 2 * ASKED,
            col(Resident.state) == "active",
            ~done.correlate(Resident, Posting).exists(),
        )
        .order_by(col(Chat.id), col(Posting.id))
    )
    return [Reminder(**row._mapping) for row in await tx.all(statement)]


async def agreed_long_ago(tx: Transaction, platforms: Sequence[str], limit: int = 500) -> list[Reminder]:
    """People whose agreement to alerts was given, or last confirmed, two years ago."""
    newest = func.max(col(Consent.at))
    agreed = (
        select(col(Consent.resident_id).label("whose"), newest.label("at"))
        .where(col(Consent.item).in_(("alerts", "confirmed")), col(Consent.withdrawn_at).is_(None))
        .group_by(col(Consent.resident_id))
        .having(newest <= tx.now - AGREED)
        .subquery()
    )
    statement = (
        select(*_told(), agreed.c.at)
        .select_from(agreed)
        .join(Resident, col(Resident.id) == agreed.c.whose)
        .join(Chat, col(Chat.id) == chat_of_resident(platforms))
        .where(col(Resident.state) == "active")
        .order_by(col(Chat.id))
        .limit(limit)
    )
    return [Reminder(**row._mapping, posting_id=None, closes_at=None) for row in await tx.all(statement)]


async def never_reacting(tx: Transaction, platforms: Sequence[str], limit: int = 500) -> list[Reminder]:
    """People who got many messages lately, opened none, did nothing with any, and were never asked whether to get fewer."""
    since = tx.now - QUIET
    got = (
        select(func.count())
        .where(col(Delivery.chat_id) == col(Chat.id), col(Delivery.state) == "sent", col(Delivery.settled_at) >= since)
        .correlate(Chat)
        .scalar_subquery()
    )
    used = select(col(Delivery.id)).where(col(Delivery.chat_id) == col(Chat.id), col(Delivery.opened_at) >= since)
    did = select(col(Mark.verb)).where(col(Mark.resident_id) == col(Resident.id), col(Mark.at) >= since)
    statement = (
        select(*_told(), col(Resident.created_at).label("at"))
        .select_from(Resident)
        .join(Chat, col(Chat.id) == chat_of_resident(platforms))
        .where(
            col(Resident.state) == "active",
            col(Resident.asked_at).is_(None),
            col(Resident.daily_at).is_(None),
            col(Resident.created_at) < since,
            got >= MANY,
            ~used.correlate(Chat).exists(),
            ~did.correlate(Resident).exists(),
        )
        .order_by(col(Chat.id))
        .limit(limit)
    )
    return [Reminder(**row._mapping, posting_id=None, closes_at=None) for row in await tx.all(statement)]


def _told() -> list[Any]:
    pace = (Resident.quiet_from, Resident.quiet_until, Resident.daily_at, Resident.weekly_on, Resident.paused_until)
    return [col(Chat.id).label("chat_id"), Chat.platform, col(Resident.id).label("resident_id"), *pace]
