"""What residents did with a posting, and what is owed to them of it, goes over to the posting that it was merged into."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select, update

from .outbox_tables import Alert, Delivery
from .settling import WAITING, end
from .tables import Mark, Posting
from .transaction import Transaction

MERGED = "merged"  # why an alert was dropped: the posting it was merged into is owed in its place
ACTIVE = ("waiting", "carried", "told")
LEFT = (*ACTIVE, "dropped")


async def carry_over(tx: Transaction, others: Collection[int]) -> None:
    """Marks and alerts of postings that were just merged. Nobody is told twice of what is one job now.

    They stay with the old posting too, so that a split gives them back. What staff must look at first, they must still.
    """
    await _held(tx, others)
    await _marks(tx, others)
    await withdraw(tx, await _weigh(tx, others), MERGED)
    await _alone(tx, others)
    await _let_go(tx, others)


async def owed_again(tx: Transaction, ids: Collection[int]) -> None:
    """After a split, whoever was owed one of these before the merge is owed it again."""
    where = (col(Alert.posting_id).in_(ids), col(Alert.state) == "dropped", col(Alert.reason) == MERGED)
    again = {"state": "waiting", "reason": None, "delivery_id": None, "due_at": tx.now}
    await tx.execute(update(Alert).where(*where).values(**again))


async def _held(tx: Transaction, others: Collection[int]) -> None:
    for one in await tx.find(Posting, col(Posting.id).in_(others), col(Posting.held_at).is_not(None)):
        free = (col(Posting.id) == one.merged_into, col(Posting.held_at).is_(None))
        await tx.execute(update(Posting).where(*free).values(held_at=one.held_at))


async def _marks(tx: Transaction, others: Collection[int]) -> None:
    into = col(Posting.merged_into)
    told = (
        select(col(Mark.resident_id), into, col(Mark.verb), func.min(col(Mark.at)))
        .join(Posting, col(Posting.id) == col(Mark.posting_id))
        .where(col(Mark.posting_id).in_(others))
        .group_by(col(Mark.resident_id), into, col(Mark.verb))
    )
    names = ["resident_id", "posting_id", "verb", "at"]
    await tx.execute(tx.upsert(Mark).from_select(names, told).on_conflict_do_nothing())


async def _weigh(tx: Transaction, others: Collection[int]) -> list[tuple[int, int]]:
    """Where a resident is owed both: the one that went further stands. Returns (delivery, posting) that are not to be told."""
    old: Any = aliased(Alert)
    new: Any = aliased(Alert)
    by_old: Any = aliased(Delivery)
    by_new: Any = aliased(Delivery)
    both = and_(new.posting_id == col(Posting.merged_into), new.resident_id == old.resident_id)
    statement = (
        select(old, new, by_old.state.label("sent_old"), by_new.state.label("sent_new"))
        .select_from(old)
        .join(Posting, col(Posting.id) == old.posting_id)
        .join(new, both)
        .outerjoin(by_old, by_old.id == old.delivery_id)
        .outerjoin(by_new, by_new.id == new.delivery_id)
        .where(old.posting_id.in_(others), old.state.in_(ACTIVE), new.state.in_(LEFT))
        .where(~and_(old.state == "told", new.state == "told"))
        .order_by(old.id)
    )
    found: Sequence[Any] = await tx.all(statement)
    width = len(Alert.__table__.columns)  # type: ignore[attr-defined]
    names = [column.name for column in Alert.__table__.columns]  # type: ignore[attr-defined]
    withdrawn: list[tuple[int, int]] = []
    standing: dict[int, Alert] = {}
    for row in found:
        one, other = Alert(**dict(zip(names, row, strict=False))), Alert(**dict(zip(names, row[width:], strict=False)))
        other = standing.setdefault(other.id, other)
        if one.delivery_id is not None and one.delivery_id == other.delivery_id:
            continue
        loser = other if _strength(one, row[-2]) > _strength(other, row[-1]) else one
        if loser.state == "carried" and loser.delivery_id is not None:
            withdrawn.append((loser.delivery_id, loser.posting_id))
        if loser is other:
            for name in ("state", "reason", "delivery_id", "maybe_seen"):
                setattr(other, name, getattr(one, name))
        elif one.state == other.state == "waiting":
            other.due_at = min(one.due_at, other.due_at)
    told = ("state", "reason", "delivery_id", "maybe_seen", "due_at")
    rows = [{"of_id": one.id, **{f"to_{name}": getattr(one, name) for name in told}} for one in standing.values()]
    if rows:
        columns: Any = Alert.__table__.columns  # type: ignore[attr-defined]
        values = {name: bindparam(f"to_{name}", type_=columns[name].type) for name in told}
        await tx.execute(update(Alert).where(col(Alert.id) == bindparam("of_id")).values(values), rows)
    return withdrawn


def _strength(alert: Alert, sent: str | None) -> int:
    """How far an alert went: dropped, waiting, on its way but not out of the house, perhaps seen, told or just leaving."""
    if alert.state == "told" or (alert.state == "carried" and sent not in WAITING):
        return 4
    if alert.state == "waiting":
        return 3 if alert.maybe_seen else 1
    return 2 if alert.state == "carried" else 0


async def withdraw(tx: Transaction, parts: Sequence[tuple[int, int]], reason: str) -> None:
    """Take postings out of messages that have not left, or that may come back; one that is left with nothing does not go.

    `parts` are (delivery, posting).
    """
    of: dict[int, set[int]] = defaultdict(set)
    for delivery, posting in parts:
        of[delivery].add(posting)
    empty = []
    for message in await tx.find(Delivery, col(Delivery.id).in_(of), col(Delivery.state).in_((*WAITING, "sending"))):
        left = [one for one in message.body.get("postings", []) if one not in of[message.id]]
        if message.posting_id is not None or not left:
            empty += [message.id] if message.state in WAITING else []
            continue
        body = {**message.body, "postings": left}
        await tx.execute(update(Delivery).where(col(Delivery.id) == message.id).values(body=body))
    if empty:
        # What only rode along waits for the next message to this person.
        riding = (col(Alert.delivery_id).in_(empty), col(Alert.state) == "carried", col(Alert.maybe_seen))
        await tx.execute(update(Alert).where(*riding).values(state="waiting"))
        await end(tx, and_(col(Delivery.id).in_(empty), col(Delivery.state).in_(WAITING)), "cancelled", reason)


async def _alone(tx: Transaction, others: Collection[int]) -> None:
    """Who is owed only the merged one is owed the other in its place, and by the same message."""
    new: Any = aliased(Alert)
    owed = exists().where(new.resident_id == col(Alert.resident_id), new.posting_id == col(Posting.merged_into))
    kept = ("wish_id", "hops", "due_at", "state", "reason", "delivery_id", "maybe_seen")
    into: Any = aliased(Posting)
    for posting_id in sorted(others):
        told = (
            select(col(Alert.resident_id), into.id, into.revision, *(getattr(Alert, name) for name in kept))
            .join(Posting, col(Posting.id) == col(Alert.posting_id))
            .join(into, into.id == col(Posting.merged_into))
            .where(col(Alert.posting_id) == posting_id, col(Alert.state).in_(ACTIVE), ~owed)
        )
        names = ["resident_id", "posting_id", "revision", *kept]
        await tx.execute(tx.upsert(Alert).from_select(names, told, include_defaults=False).on_conflict_do_nothing())


async def _let_go(tx: Transaction, others: Collection[int]) -> None:
    where = (col(Alert.posting_id).in_(others), col(Alert.state).in_(("waiting", "carried")))
    await tx.execute(update(Alert).where(*where).values(state="dropped", reason=MERGED))
