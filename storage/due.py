"""Alerts that are due: who is owed which, where they read, and what becomes of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, null, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select, update

from . import residents, resting
from .carrying import withdraw
from .criteria import follows
from .outbox_tables import Alert, Delivery
from .readers import chat_of_resident
from .settling import WAITING
from .staff_tables import Follow, WalkIn
from .tables import Chat, Posting, Resident, Wish
from .transaction import Transaction
from .unwanted import UNWANTED

ROUTINE = resting.ROUTINE


@dataclass(frozen=True, slots=True)
class Due:
    """One due alert. `over` says why it need not be told any more; `chat_id` is where its resident reads."""

    id: int
    resident_id: int
    posting_id: int
    revision: int
    hops: int
    due_at: datetime
    closes_at: datetime | None
    quiet_from: int
    quiet_until: int
    daily_at: int | None
    weekly_on: int | None
    paused_until: datetime | None
    chat_id: int | None
    over: str | None


async def due(tx: Transaction, limit: int, platforms: Sequence[str]) -> list[Due]:
    """The `limit` alerts that are due longest, and all others due to the same residents.

    Alerts that may have been seen are left out: they only ride along. Those of held postings wait, and those of people
    without a chat are told by staff. `platforms` are those we may write to unasked.
    """
    told_by_staff = col(Alert.resident_id).in_(select(col(WalkIn.resident_id)))
    ready = (
        col(Alert.state) == "waiting",
        col(Alert.due_at) <= tx.now,
        ~col(Alert.maybe_seen),
        ~_held(),
        ~told_by_staff,
    )
    first = select(col(Alert.resident_id)).where(*ready).order_by(col(Alert.due_at), col(Alert.id)).limit(limit)
    residents = list({row.resident_id for row in await tx.all(first)})
    if not residents:
        return []
    reads = chat_of_resident(platforms)
    over = case(
        (col(Resident.state) != "active", "left"),
        (and_(col(Alert.wish_id).is_not(None), col(Wish.active).is_not(True)), UNWANTED),
        (and_(col(Alert.wish_id).is_(None), col(Posting.facility_id).is_not(None), ~_followed()), UNWANTED),
        (or_(col(Posting.state) != "open", col(Posting.closes_at) <= tx.now), "closed"),
        else_=null(),
    )
    told: list[Any] = [
        *(Alert.id, Alert.resident_id, Alert.posting_id, Posting.revision, Alert.hops, Alert.due_at, Posting.closes_at),
        *(Resident.quiet_from, Resident.quiet_until, Resident.daily_at, Resident.weekly_on, Resident.paused_until),
        *(reads.label("chat_id"), over.label("over")),
    ]
    statement = (
        select(*told)
        .select_from(Alert)
        .join(Resident, col(Resident.id) == col(Alert.resident_id))
        .join(Posting, col(Posting.id) == col(Alert.posting_id))
        .outerjoin(Wish, col(Wish.id) == col(Alert.wish_id))
        .where(col(Alert.resident_id).in_(residents), *ready)
        .order_by(col(Alert.due_at), col(Alert.resident_id), col(Alert.hops), col(Alert.id))
    )
    return [Due(**row._mapping) for row in await tx.all(statement)]


def _held() -> Any:
    """Staff must look at its posting first."""
    at: Any = aliased(Posting)
    return select(at.id).where(at.id == col(Alert.posting_id), at.held_at.is_not(None)).exists()


def _followed() -> Any:
    return select(col(Follow.since)).where(follows(col(Alert.resident_id))).correlate(Alert, Posting).exists()


async def silent(tx: Transaction, chats: Sequence[int], platforms: Sequence[str]) -> set[int]:
    """Those of the chats that are on platforms which wake nobody."""
    found: set[int] = set()
    for start in range(0, len(chats) if platforms else 0, 1000):
        where = (col(Chat.id).in_(chats[start : start + 1000]), col(Chat.platform).in_(platforms))
        found |= {row.id for row in await tx.all(select(col(Chat.id)).where(*where))}
    return found


async def riders(tx: Transaction, residents: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """By resident, (alert, posting) of what they may have seen already: it rides in their next message."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start in range(0, len(residents), 1000):
        some = list(residents[start : start + 1000])
        where = (col(Alert.resident_id).in_(some), col(Alert.state) == "waiting", col(Alert.maybe_seen))
        for alert in await tx.find(Alert, *where, order=Alert.id):
            found[alert.resident_id].append((alert.id, alert.posting_id))
    return found


async def defer(tx: Transaction, until: Mapping[int, datetime]) -> None:
    await _each(tx, [{"of_id": key, "to_due_at": at} for key, at in until.items()], "due_at")


async def drop(tx: Transaction, why: Mapping[int, str]) -> None:
    rows = [{"of_id": key, "to_state": "dropped", "to_reason": reason} for key, reason in why.items()]
    await _each(tx, rows, "state", "reason")


async def carry(tx: Transaction, by: Mapping[int, int]) -> None:
    """These alerts now travel in these deliveries, except those that somebody let go while this was planned."""
    rows = [{"of_id": key, "to_state": "carried", "to_delivery_id": delivery} for key, delivery in by.items()]
    await _each(tx, rows, "state", "delivery_id")
    if not tx.postgres:  # there is one writer
        return
    ids = list(by)
    for start in range(0, len(ids), 1000):
        where = (col(Alert.id).in_(ids[start : start + 1000]), col(Alert.state) == "dropped")
        gone = await tx.all(select(col(Alert.id), col(Alert.posting_id)).where(*where))
        await withdraw(tx, [(by[row.id], row.posting_id) for row in gone], UNWANTED)


async def hold_for_night(tx: Transaction, minute: int, silent: Sequence[str] = ()) -> list[tuple[int, int]]:
    """(delivery, its chat's quiet end) of routine messages still waiting while their reader's quiet hours run."""
    statement = (
        select(col(Delivery.id), col(Resident.quiet_until))
        .join(Chat, col(Chat.id) == col(Delivery.chat_id))
        .join(Resident, col(Resident.id) == col(Chat.resident_id))
        .where(
            col(Delivery.state) == "queued",
            col(Delivery.lane) == ROUTINE,
            col(Delivery.not_before) <= tx.now,
            col(Chat.platform).not_in(silent),
            resting.asleep(minute),
        )
    )
    return [(row.id, row.quiet_until) for row in await tx.all(statement)]


async def pause(tx: Transaction, resident: Resident, until: datetime | None) -> None:
    """Nothing that still waits, leased or not, goes before this moment; None ends a pause, and what waited for its end
    goes at once. A new pause takes the place of one that runs.
    """
    chats = select(col(Chat.id)).where(col(Chat.resident_id) == resident.id)
    theirs = (col(Delivery.chat_id).in_(chats), col(Delivery.lane) == ROUTINE)
    before = resident.paused_until
    await residents.change(tx, resident, paused_until=until)
    if before is not None and before > tx.now:
        held = (*theirs, col(Delivery.state) == "queued", col(Delivery.not_before) == before)
        await tx.execute(update(Delivery).where(*held).values(not_before=tx.now))
        await anew(tx, resident.id)
    if until is not None:
        waits = (*theirs, col(Delivery.state).in_(WAITING), col(Delivery.not_before) < until)
        values = {"state": "queued", "lease": None, "lease_until": None, "not_before": until}
        await tx.execute(update(Delivery).where(*waits).values(**values))


async def set_rhythm(tx: Transaction, resident: Resident, daily_at: int | None, weekly_on: int | None = None) -> None:
    """At once, at one minute of each day, or of one weekday; what waits for the hour chosen before waits no more for it."""
    await residents.change(tx, resident, daily_at=daily_at, weekly_on=weekly_on)
    await anew(tx, resident.id)


async def anew(tx: Transaction, resident_id: int) -> None:
    """Their pace changed: when what is owed may go is decided anew by the next planning."""
    owed = (col(Alert.resident_id) == resident_id, col(Alert.state) == "waiting", col(Alert.due_at) > tx.now)
    await tx.execute(update(Alert).where(*owed).values(due_at=tx.now))


async def postpone(tx: Transaction, until: Mapping[int, datetime]) -> None:
    statement = update(Delivery).where(col(Delivery.id) == bindparam("of_id"), col(Delivery.state) == "queued")
    rows = [{"of_id": key, "to_before": at} for key, at in until.items()]
    if rows:
        await tx.execute(statement.values(not_before=bindparam("to_before")), rows)


async def waiting(tx: Transaction) -> int:
    """Routine messages that have not left yet."""
    where = (col(Delivery.state).in_(WAITING), col(Delivery.lane) == ROUTINE, col(Delivery.not_before) <= tx.now)
    return int(await tx.scalar(select(func.count()).select_from(Delivery).where(*where)))


async def _each(tx: Transaction, rows: list[dict[str, Any]], *names: str) -> None:
    if rows:
        statement = update(Alert).where(col(Alert.id) == bindparam("of_id"), col(Alert.state) == "waiting")
        await tx.execute(statement.values({name: bindparam(f"to_{name}") for name in names}), rows)
