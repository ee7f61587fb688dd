"""Who can be reached at the last gate, and what waits there: routine messages for the end of a pause or of quiet hours, and
what is about a posting that staff must look at first."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, literal, not_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select, update

from .columns import Moment
from .outbox_tables import Delivery
from .tables import Chat, Posting, Resident
from .transaction import Transaction

ROUTINE = 2  # the lane that pauses and quiet hours hold
LOOK = timedelta(minutes=10)  # from one look to the next whether staff let a posting go on
HOUR = 60  # minutes after a chosen hour of the day in which it goes before quiet hours


def chat() -> Any:
    """The chat that a delivery goes to, with its resident, for conditions on either."""
    return (
        select(literal(1))
        .select_from(Chat)
        .join(Resident, col(Resident.id) == col(Chat.resident_id))
        .where(col(Chat.id) == col(Delivery.chat_id))
        .correlate(Delivery)
    )


def reached(now: Any = None, minute: Any = None) -> Any:
    """A delivery's chat takes messages and its resident has not left; with `now`, it may also go at that moment."""
    there = chat().where(col(Chat.state) == "active", col(Resident.state) != "left")
    return there.exists() if now is None else and_(there.where(awake(now, minute)).exists(), ~on_hold())


def on_hold() -> Any:
    """Staff must look at the posting of this delivery first."""
    told: Any = aliased(Posting)
    shown: Any = aliased(Posting)
    stands = shown.id == func.coalesce(told.merged_into, told.id)
    waits = (told.id == col(Delivery.posting_id), shown.state == "open", shown.held_at.is_not(None))
    return select(shown.id).select_from(told).join(shown, stands).where(*waits).correlate(Delivery).exists()


def awake(now: Any, minute: Any) -> ColumnElement[bool]:
    """A message to this resident may go: it is no routine, or they neither pause nor have quiet hours."""
    return or_(col(Delivery.lane) != ROUTINE, and_(not_(_paused(now)), not_(asleep(minute))))


def asleep(minute: Any) -> ColumnElement[bool]:
    """These are the resident's quiet hours. What they chose to get at an hour within them comes then, but not late."""
    if minute is None:
        return false()
    begins, ends, chosen = col(Resident.quiet_from), col(Resident.quiet_until), col(Resident.daily_at)
    night = or_(
        and_(begins < ends, begins <= minute, ends > minute), and_(begins > ends, or_(begins <= minute, ends > minute))
    )
    return and_(night, or_(chosen.is_(None), (minute + 1440 - func.coalesce(chosen, 0)) % 1440 >= HOUR))


def _paused(now: Any) -> ColumnElement[bool]:
    return func.coalesce(col(Resident.paused_until) > now, false())


async def wait(tx: Transaction, where: ColumnElement[bool], minute: int | None) -> None:
    """These deliveries wait for the end of their reader's pause or quiet hours, or for staff, so that nobody takes them up
    before.
    """
    await tx.execute(update(Delivery).where(where, on_hold()).values(not_before=tx.now + LOOK))
    statement = (
        select(col(Delivery.id), col(Resident.paused_until), col(Resident.quiet_until), asleep(minute).label("asleep"))
        .join(Chat, col(Chat.id) == col(Delivery.chat_id))
        .join(Resident, col(Resident.id) == col(Chat.resident_id))
        .where(where, not_(awake(tx.now, minute)))
    )
    this_minute = tx.now.replace(second=0, microsecond=0)
    later = []
    for row in await tx.all(statement):
        wakes = this_minute + timedelta(minutes=(row.quiet_until - (minute or 0)) % 1440) if row.asleep else tx.now
        later.append({"of_id": row.id, "to_before": max(wakes, row.paused_until or wakes)})
    if later:
        held = update(Delivery).where(col(Delivery.id) == bindparam("of_id"))
        await tx.execute(held.values(not_before=bindparam("to_before", type_=Moment)), later)
