"""The outbox: queueing owed messages, leasing them to a sender, the gate before each send, and what becomes of the rest.

queued -> leased -> sending -> sent | accepted | failed | uncertain; what never left: cancelled | suppressed | expired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, bindparam, cast, func, literal_column, or_
from sqlmodel import col, select, update

from . import resting, sets
from .columns import Moment
from .folding import fold
from .outbox_tables import Alert, Delivery
from .settling import WAITING, Settled, Verdict, conclude, doubt, end, maybe_seen, move, requeue, settle, switch_off
from .tables import Chat, Resident
from .transaction import Transaction

__all__ = [
    "Claimed",
    "Owed",
    "Settled",
    "Verdict",
    "cancel_for_posting",
    "cancel_for_resident",
    "claim",
    "conclude",
    "depth",
    "fold",
    "intend",
    "maybe_seen",
    "move",
    "queue",
    "reap",
    "release",
    "settle",
    "switch_off",
    "withhold",
]

EVERY_LANE = (0, 1, 2)
OPEN = (*WAITING, "sending", "accepted", "uncertain")
NOW, UNTIL = bindparam("now", type_=Moment), bindparam("until", type_=Moment)
CLAIMING = 0x11A6C1  # the advisory lock of whoever claims on PostgreSQL: two claims must not see the same chat idle


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to queue. `once` names it: the same name is never queued twice. `body` holds ids, of a change what stood."""

    once: str
    chat_id: int
    kind: str
    lane: int
    posting_id: int | None = None
    revision: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    expires_at: datetime | None = None


Bound = tuple[int, int]  # a delivery and the chat it goes to


@dataclass(frozen=True, slots=True)
class Claimed:
    """A leased delivery and the chat it goes to. `attempts` is how often it was tried before."""

    id: int
    once: str
    chat_id: int
    kind: str
    lane: int
    posting_id: int | None
    body: Mapping[str, Any]
    attempts: int
    platform: str
    account: str
    address: str
    group: bool

    @property
    def bound(self) -> Bound:
        return self.id, self.chat_id


async def queue(tx: Transaction, rows: Sequence[Owed]) -> dict[str, int]:
    """Queue what is not yet queued; returns the ids of the new rows by their `once`."""
    made: dict[str, int] = {}
    for start in range(0, len(rows), 500):  # SQLite binds at most 32,766 values in one statement
        values = [
            {
                "once": row.once,
                "chat_id": row.chat_id,
                "kind": row.kind,
                "lane": row.lane,
                "posting_id": row.posting_id,
                "revision": row.revision,
                "body": dict(row.body),
                "created_at": tx.now,
                "not_before": row.not_before or tx.now,
                "expires_at": row.expires_at,
            }
            for row in rows[start : start + 500]
        ]
        statement = tx.upsert(Delivery).values(values).on_conflict_do_nothing(index_elements=["once"])
        made |= {row.once: row.id for row in await tx.all(statement.returning(Delivery.id, Delivery.once))}
    return made


async def claim(
    tx: Transaction, limit: int, lanes: Sequence[int], lease: str, seconds: float, at: tuple[str, str] | None = None
) -> list[Claimed]:
    """Lease up to `limit` due rows for `seconds`, most urgent lane first, longest due first, one in hand per chat.

    `at` is the (platform, account) they go through; `lease` is the claimer's token.
    """
    if tx.postgres:
        await tx.execute(select(func.pg_advisory_xact_lock(CLAIMING)))
    whose = {} if at is None else {"platform": at[0], "account": at[1]}
    first: dict[int, Claimed] = {}
    for lane in sorted(
        lanes
    ):  # each by the index on what waits in it, so that what waits is neither all read nor sorted
        room = limit - len(first)
        if room <= 0:
            break
        bound = {"now": tx.now, "lane": lane, "most": room, **whose}
        for row in await sets.rows(tx, _due(tx.postgres, at is not None), bound):
            one = Claimed(*row)
            first.setdefault(one.chat_id, one)
    claimed = list(first.values())
    if claimed:
        until = tx.now + timedelta(seconds=seconds)
        leased = {"to_lease": lease, "until": until, **sets.some(tx, [one.id for one in claimed])}
        await sets.run(tx, _lease(tx.postgres), leased)
    return claimed


async def intend(
    tx: Transaction, claimed: Sequence[Bound], fresh: str, lease: str, seconds: float, minute: int | None = None
) -> dict[Bound, str]:
    """The only gate: what this does not return must not be sent. Rows it refuses for good are ended here.

    Returned, by delivery and chat, is the attempt key to send each with: that of its first attempt where there was one,
    or `fresh` (a text that was never used) and its id. A row that goes to another chat than when it was claimed (its
    reader moved, and it may have been claimed again since) does not go. After `seconds` without an outcome a row counts
    as uncertain. Routine messages
    wait here for the end of a pause and, where they may wake somebody, of quiet hours: `minute` is the minute of the
    day in Korea, None where they wake nobody.
    """
    if not claimed:
        return {}
    some, asked = [key for key, _ in claimed], set(claimed)
    bound: dict[str, Any] = {"now": tx.now, "lease": lease, **sets.some(tx, some)}
    bound |= {} if minute is None else {"minute": minute}
    passing = await sets.rows(tx, _passing(tx.postgres, minute is not None), bound)
    passed = {(key, chat): known or f"{fresh}{key}" for key, chat, known in passing if (key, chat) in asked}
    if passed:
        until = tx.now + timedelta(seconds=seconds)
        bound = {"fresh": fresh, "until": until, **sets.some(tx, [key for key, _ in passed])}
        await sets.run(tx, _intent(tx.postgres), bound)
    if len(passed) < len(set(some)):
        mine = and_(col(Delivery.id).in_(some), col(Delivery.state) == "leased", col(Delivery.lease) == lease)
        left = resting.chat().where(col(Resident.state) == "left").exists()
        await end(tx, and_(mine, left), "cancelled", "left")
        await end(tx, and_(mine, ~resting.reached()), "suppressed", "blocked")
        await end(tx, and_(mine, ~_in_time(tx.now)), "expired", "expired")
        await resting.wait(tx, mine, minute)
        await requeue(tx, mine)
    return passed


async def withhold(tx: Transaction, delivery_id: int, lease: str, reason: str, state: str = "suppressed") -> None:
    """End a leased row that has nothing to say (suppressed) or cannot be said (failed)."""
    mine = and_(col(Delivery.id) == delivery_id, col(Delivery.state) == "leased", col(Delivery.lease) == lease)
    await end(tx, mine, state, reason)


async def release(tx: Transaction, lease: str) -> int:
    """Give back what this claimer leased and did not begin to send."""
    return await requeue(tx, and_(col(Delivery.state) == "leased", col(Delivery.lease) == lease))


async def reap(tx: Transaction, keyed: Sequence[str] = ()) -> dict[str, int]:
    """End what hangs: counts of rows made `uncertain`, `expired`, `suppressed`, and given back (`queued`).

    A row whose sender died while sending may have arrived: it is never queued again, except on platforms (`keyed`)
    that know a retry key and so drop the second copy.
    """
    over = and_(col(Delivery.state) == "sending", col(Delivery.lease_until) <= tx.now)
    again = await requeue(tx, and_(over, _on(keyed))) if keyed else 0
    uncertain = await doubt(tx, over, "no outcome")
    free = await requeue(tx, and_(col(Delivery.state) == "leased", col(Delivery.lease_until) <= tx.now))
    expired = await end(tx, and_(col(Delivery.state) == "queued", ~_in_time(tx.now)), "expired", "expired")
    off = resting.chat().where(col(Chat.state) != "active").exists()
    suppressed = await end(tx, and_(col(Delivery.state) == "queued", off), "suppressed", "blocked")
    return {"uncertain": uncertain, "queued": free + again, "expired": expired, "suppressed": suppressed}


async def cancel_for_resident(tx: Transaction, resident_id: int, reason: str = "left") -> int:
    """Cancel what waits for a resident: routine and urgent messages, and the alerts still owed. Receipts go out."""
    chats = select(col(Chat.id)).where(col(Chat.resident_id) == resident_id)
    waiting = and_(col(Delivery.chat_id).in_(chats), col(Delivery.state).in_(WAITING), col(Delivery.lane) > 0)
    cancelled = await end(tx, waiting, "cancelled", reason)
    owed = (col(Alert.resident_id) == resident_id, col(Alert.state) == "waiting")
    await tx.execute(update(Alert).where(*owed).values(state="dropped", reason=reason))
    return cancelled


async def cancel_for_posting(tx: Transaction, posting_id: int, reason: str = "closed") -> int:
    """Cancel waiting alerts and reminders of a posting; a notice that it changed or closed still goes out."""
    about = and_(col(Delivery.posting_id) == posting_id, col(Delivery.kind).in_(("alert", "copy", "reminder")))
    return await end(tx, and_(about, col(Delivery.state).in_(WAITING)), "cancelled", reason)


async def depth(tx: Transaction) -> dict[tuple[str, int], int]:
    """How many deliveries are not at their end, by state and lane."""
    by = (col(Delivery.state), col(Delivery.lane))
    rows = await tx.all(select(*by, func.count().label("n")).where(by[0].in_(OPEN)).group_by(*by))
    return {(row.state, row.lane): row.n for row in rows}


# Statements that every send passes are built once.


@cache
def _due(postgres: bool, at: bool) -> Any:
    busy = select(Delivery.chat_id).where(or_(col(Delivery.state) == "leased", col(Delivery.state) == "sending"))
    told: list[Any] = [
        *(Delivery.id, Delivery.once, Delivery.chat_id, Delivery.kind, Delivery.lane, Delivery.posting_id),
        *(Delivery.body, Delivery.attempts, Chat.platform, Chat.account, Chat.address, col(Chat.kind) != "private"),
    ]
    statement = (
        select(*told)
        .join(Chat, col(Chat.id) == col(Delivery.chat_id))
        .where(
            col(Delivery.state) == literal_column("'queued'"),  # said, not bound: else the partial index is not used
            col(Delivery.lane) == bindparam("lane"),
            col(Delivery.not_before) <= NOW,
            _in_time(NOW),
            col(Chat.state) == "active",
            col(Delivery.chat_id).not_in(busy),
        )
        .order_by(col(Delivery.not_before), col(Delivery.id))
        .limit(bindparam("most"))
    )
    if at:
        statement = statement.where(
            # Not by "=": without statistics PostgreSQL would take all chats of the platform by their key for each row.
            col(Chat.platform).is_not_distinct_from(bindparam("platform")),
            col(Chat.account).is_not_distinct_from(bindparam("account")),
        )
    return sets.packed(postgres, statement.with_for_update(of=Delivery, skip_locked=True) if postgres else statement)


@cache
def _lease(postgres: bool) -> Any:
    mine = sets.among(postgres, col(Delivery.id))
    return update(Delivery).where(mine).values(state="leased", lease=bindparam("to_lease"), lease_until=UNTIL)


@cache
def _passing(postgres: bool, rings: bool) -> Any:
    """Which may be sent. They are locked until their intent is written: on SQLite all is, on PostgreSQL the rows."""
    mine = (sets.held(col(Delivery.state)) == "leased", col(Delivery.lease) == bindparam("lease"))
    in_hand = (sets.among(postgres, col(Delivery.id)), *mine, col(Delivery.lease_until) > NOW)
    may_now = resting.reached(NOW, bindparam("minute", type_=Integer) if rings else None)
    told = col(Delivery.id), col(Delivery.chat_id), col(Delivery.attempt_key)
    statement = select(*told).where(*in_hand, may_now, _in_time(NOW))
    return sets.packed(postgres, statement.with_for_update(of=Delivery) if postgres else statement)


@cache
def _intent(postgres: bool) -> Any:
    fresh = bindparam("fresh", type_=Text).op("||")(cast(Delivery.id, Text))
    return (
        update(Delivery)
        .where(sets.among(postgres, col(Delivery.id)))
        .values(
            state="sending",
            attempt_key=func.coalesce(col(Delivery.attempt_key), fresh),
            attempts=col(Delivery.attempts) + 1,
            lease_until=UNTIL,
        )
    )


def _in_time(now: Any) -> ColumnElement[bool]:
    return or_(col(Delivery.expires_at).is_(None), col(Delivery.expires_at) > now)


def _on(platforms: Sequence[str]) -> ColumnElement[bool]:
    chats = select(col(Chat.id)).where(col(Chat.platform).in_(platforms))
    return col(Delivery.chat_id).in_(chats)
