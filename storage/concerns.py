"""What people say is wrong with postings: three different people hold one back until staff have looked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, or_
from sqlmodel import col, delete, func, select, update

from . import resting
from .carrying import withdraw
from .outbox_tables import Alert, Delivery, Memo
from .settling import WAITING, requeue
from .staff_tables import Concern
from .tables import Posting, Resident
from .tellings import DOWN
from .transaction import Transaction

KINDS = ("money", "wrong", "closed", "unfair")  # by their place, in buttons: only ever add at the end
HOLD = 3  # so many different people who agreed to alerts
FRESH = "freshly held"  # the memo that planning has not seen the newest hold yet
HELD = "held"  # why a message was taken back, and the kind of message that tells staff


@dataclass(frozen=True, slots=True)
class Case:
    """A posting that people say something is wrong with, and how many say what. Never who."""

    posting: Posting
    counts: Counter[str]


async def say(tx: Transaction, resident_id: int, posting_id: int, kind: str) -> None:
    """One person says what is wrong with a posting; again changes what they say. The third person holds it.

    What staff have looked into counts no more, also where the same person says it again.
    """
    if tx.postgres:  # of two that come at once, one counts the other
        await tx.execute(select(col(Posting.id)).where(col(Posting.id) == posting_id).with_for_update())
    key = ["resident_id", "posting_id"]
    await tx.put(Concern, key, resident_id=resident_id, posting_id=posting_id, kind=kind, at=tx.now)
    agreed = col(Concern.resident_id).in_(select(col(Resident.id)).where(col(Resident.state) == "active"))
    people = select(func.count(func.distinct(col(Concern.resident_id)))).where(_about(posting_id), agreed)
    if await tx.scalar(people) >= HOLD:
        await _hold(tx, posting_id)


async def said(tx: Transaction, resident_id: int) -> int:
    """Of how many postings somebody said that something is wrong."""
    whose = col(Concern.resident_id) == resident_id
    return int(await tx.scalar(select(func.count()).select_from(Concern).where(whose)))


async def waiting(tx: Transaction) -> list[Case]:
    """Open postings that staff have not looked into since somebody said something: first those that are held."""
    told = select(func.coalesce(Posting.merged_into, Posting.id)).select_from(Posting)
    told = told.join(Concern, col(Concern.posting_id) == col(Posting.id)).where(col(Concern.handled_at).is_(None))
    ids = [row[0] for row in await tx.all(told.distinct())]
    theirs = or_(col(Posting.id).in_(ids), col(Posting.held_at).is_not(None))
    order = (case((col(Posting.held_at).is_(None), 1), else_=0), col(Posting.id))
    found = await tx.find(Posting, theirs, Posting.state == "open", col(Posting.merged_into).is_(None), order=order)
    return [Case(posting, await counts(tx, posting.id)) for posting in found]


async def counts(tx: Transaction, posting_id: int) -> Counter[str]:
    """How many people say what of a posting, as far as staff have not looked into it."""
    by_kind = select(col(Concern.kind), func.count()).where(_about(posting_id)).group_by(col(Concern.kind))
    return Counter({row[0]: row[1] for row in await tx.all(by_kind)})


async def held(tx: Transaction) -> list[tuple[int, datetime]]:
    """Postings that wait for staff, each with since when."""
    where = (col(Posting.held_at).is_not(None), col(Posting.state) == "open", col(Posting.merged_into).is_(None))
    rows = await tx.all(select(col(Posting.id), col(Posting.held_at)).where(*where).order_by(col(Posting.id)))
    return [(row[0], row[1]) for row in rows]


async def release(tx: Transaction, posting_id: int) -> None:
    """Staff looked, and nothing is wrong: it is shown and told again. Those who spoke can't hold it again."""
    await _handled(tx, posting_id)
    await tx.execute(update(Posting).where(col(Posting.id).in_(_one(posting_id))).values(held_at=None))
    stopped = (col(Delivery.state) == "queued", col(Delivery.posting_id).in_(_one(posting_id)))
    soon = and_(col(Delivery.not_before) > tx.now, col(Delivery.not_before) <= tx.now + resting.LOOK)
    await tx.execute(update(Delivery).where(*stopped, soon).values(not_before=tx.now))


async def take_down(tx: Transaction, posting_id: int) -> None:
    """Staff looked, and it goes for good: a source that tells it again does not bring it back."""
    await _handled(tx, posting_id)
    gone: dict[str, Any] = {"state": DOWN, "closed_at": tx.now, "held_at": None}
    await tx.execute(update(Posting).where(col(Posting.id).in_(_one(posting_id))).values(**gone))


async def settle(tx: Transaction) -> None:
    """Planning begins: what it put into digests beside a hold, which neither could see of the other, is taken out too."""
    if (await tx.execute(delete(Memo).where(col(Memo.name) == FRESH))).rowcount:
        for posting_id, _ in await held(tx):
            await _take_out(tx, posting_id)


async def _hold(tx: Transaction, posting_id: int) -> None:
    free = (col(Posting.id) == posting_id, col(Posting.held_at).is_(None), col(Posting.state) == "open")
    if (await tx.execute(update(Posting).where(*free).values(held_at=tx.now))).rowcount:
        await tx.put(Memo, ["name"], name=FRESH, value=str(posting_id))
        await _take_out(tx, posting_id)


async def _take_out(tx: Transaction, posting_id: int) -> None:
    """Out of messages with several postings that have not left: the others go, and it waits for staff by itself."""
    kind, waits = col(Delivery.kind).in_(("digest", "copy")), col(Delivery.state).in_(WAITING)
    several = select(col(Delivery.id), col(Delivery.body)).where(kind, waits, col(Delivery.posting_id).is_(None))
    found: Sequence[Any] = await tx.all(several.order_by(col(Delivery.id)).with_for_update())
    ids = [row.id for row in found if posting_id in row.body.get("postings", [])]
    await requeue(tx, and_(col(Delivery.id).in_(ids), col(Delivery.state) == "leased"))  # its words are written anew
    carried = (col(Alert.posting_id) == posting_id, col(Alert.state) == "carried", col(Alert.delivery_id).in_(ids))
    await tx.execute(update(Alert).where(*carried).values(state="waiting", delivery_id=None, due_at=tx.now))
    await withdraw(tx, [(one, posting_id) for one in ids], HELD)
    for one in await tx.find(Delivery, col(Delivery.id).in_(ids), Delivery.state == "cancelled"):
        free = {"once": f"{one.once}:{HELD}{one.id}"}  # the same postings may be owed under this name later
        await tx.execute(update(Delivery).where(col(Delivery.id) == one.id).values(**free))


async def _handled(tx: Transaction, posting_id: int) -> None:
    await tx.execute(update(Concern).where(_about(posting_id)).values(handled_at=tx.now))


def _about(posting_id: int) -> Any:
    """What is said of a posting, or of what was merged into it, and nobody has looked into."""
    return and_(col(Concern.posting_id).in_(_one(posting_id)), col(Concern.handled_at).is_(None))


def _one(posting_id: int) -> Any:
    """The ids of a posting: its own, and of what was merged into it."""
    return select(col(Posting.id)).where(or_(col(Posting.id) == posting_id, col(Posting.merged_into) == posting_id))
