"""People without a chat, whom staff entered at the counter: what is new for each waits until staff have told them.

Names and phone numbers are sealed, so whoever looks for one opens those that they may see; of a town's counter that is a
few hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, true
from sqlmodel import col, delete, select, update

from . import lines, neighbourhoods, residents, wishes
from .criteria import open_now
from .outbox_tables import Alert
from .staff import Who
from .staff_tables import WalkIn
from .tables import Neighbourhood, Posting, Resident, Wish, WishArea
from .transaction import Transaction, columns


@dataclass(frozen=True, slots=True)
class Entry:
    """What staff write down of a person. `work` is a mask of occupations and `words` what none of them means."""

    name: str
    language: str
    area: int
    phone: str | None = None
    work: int = -1
    words: tuple[str, ...] = ()
    facility_id: int | None = None


async def enter(tx: Transaction, entry: Entry, by: int, version: str) -> int:
    """Subscribe a person who signed the agreement of this version on paper; returns their id."""
    resident_id: int = await tx.add(Resident, language=entry.language, state="active", created_at=tx.now)
    person = await tx.get(Resident, id=resident_id)
    assert person is not None
    await residents.consent(tx, person, "alerts", version)
    about = {"name": entry.name, "phone": entry.phone, "facility_id": entry.facility_id}
    await tx.add(WalkIn, resident_id=resident_id, **about, entered_by=by, paper=True, since=tx.now)
    await wishes.settle(tx, resident_id, entry.area)
    await ask_for(tx, resident_id, entry.work, entry.words)
    return resident_id


async def ask_for(tx: Transaction, resident_id: int, work: int, words: Sequence[str]) -> None:
    """Make this what the person looks for."""
    for wish in (await wishes.of(tx, resident_id))[:1]:
        include = {"include": list(words)} if words else {}
        await wishes.change(tx, resident_id, wish.id, occupations=work, words=include)


async def get(tx: Transaction, resident_id: int) -> WalkIn | None:
    return await tx.get(WalkIn, resident_id=resident_id)


async def change(tx: Transaction, resident_id: int, **values: Any) -> None:
    """Set columns of an entry."""
    await tx.execute(update(WalkIn).where(col(WalkIn.resident_id) == resident_id).values(**values))


async def lives(tx: Transaction, resident_id: int, area: int) -> None:
    """Make this the one neighbourhood of the person."""
    others = [one.area for one in await neighbourhoods.of(tx, resident_id) if one.area != area]
    await neighbourhoods.remove(tx, resident_id, *others)
    await wishes.settle(tx, resident_id, area)


async def some(tx: Transaction, who: Who, offset: int, limit: int) -> tuple[int, list[WalkIn]]:
    """How many this person of the staff may see, and a page of them, the newest first."""
    total = await tx.scalar(select(func.count()).select_from(WalkIn).where(_within(who)))
    page = select(*columns(WalkIn)).where(_within(who)).order_by(col(WalkIn.resident_id).desc())
    return int(total), [WalkIn(**row._mapping) for row in await tx.all(page.offset(offset).limit(limit))]


async def like(tx: Transaction, who: Who, name: str, phone: str | None, area: int) -> list[WalkIn]:
    """Those whom this person of the staff may see that are perhaps the same: by the phone number, or by name and area."""
    theirs = select(col(Neighbourhood.resident_id)).where(col(Neighbourhood.area) == area)
    there = {row[0] for row in await tx.all(theirs)}
    called, number = _folded(name), tx.keys.digest(phone) if phone else None
    return [
        one
        for one in await tx.find(WalkIn, _within(who), order=WalkIn.resident_id)
        if (number is not None and one.phone and tx.keys.digest(one.phone) == number)
        or (one.resident_id in there and _folded(one.name) == called)
    ]


def _folded(name: str) -> str:
    return "".join(name.casefold().split())


async def with_news(tx: Transaction, who: Who, offset: int, limit: int) -> tuple[int, list[tuple[WalkIn, int]]]:
    """How many people have new jobs to be told of, and a page of them with how many those are, the longest waiting first."""
    counted: list[Any] = [Alert.resident_id, func.count().label("n"), func.min(col(Alert.id)).label("oldest")]
    found = (
        select(*counted)
        .select_from(Alert)
        .join(WalkIn, col(WalkIn.resident_id) == col(Alert.resident_id))
        .join(Posting, col(Posting.id) == col(Alert.posting_id))
        .where(*_news(tx), _within(who))
        .group_by(col(Alert.resident_id))
    ).subquery()
    total = await tx.scalar(select(func.count()).select_from(found))
    told: list[Any] = [*columns(WalkIn), found.c.n]
    page = select(*told).join(found, found.c.resident_id == col(WalkIn.resident_id))
    people = []
    for row in await tx.all(page.order_by(found.c.oldest).offset(offset).limit(limit)):
        values = dict(row._mapping)
        n = values.pop("n")
        people.append((WalkIn(**values), n))
    return int(total), people


async def news(tx: Transaction, resident_id: int, limit: int) -> list[tuple[int, Posting]]:
    """(alert, posting) of what is new for a person and can still be applied for, in the order in which it came."""
    read: list[Any] = [col(Alert.id).label("alert_id"), *columns(Posting)]
    found = (
        select(*read)
        .select_from(Alert)
        .join(Posting, col(Posting.id) == col(Alert.posting_id))
        .where(col(Alert.resident_id) == resident_id, *_news(tx))
    )
    jobs = []
    for row in await tx.all(found.order_by(col(Alert.id)).limit(limit)):
        posting = dict(row._mapping)
        jobs.append((posting.pop("alert_id"), Posting(**posting)))
    return jobs


async def told(tx: Transaction, resident_id: int, newest: int) -> int:
    """Staff told the person of everything new up to this alert. How many that were."""
    where = (col(Alert.resident_id) == resident_id, col(Alert.state) == "waiting", col(Alert.id) <= newest)
    mine = col(Alert.resident_id).in_(select(col(WalkIn.resident_id)))
    return int((await tx.execute(update(Alert).where(*where, mine).values(state="told"))).rowcount)


async def forget_closed(tx: Transaction) -> None:
    """What nobody told in time is told no more: the planning, which does that for everybody else, leaves these alone."""
    over = select(col(Posting.id)).where(col(Posting.state) != "open")
    theirs = col(Alert.resident_id).in_(select(col(WalkIn.resident_id)))
    where = (theirs, col(Alert.state) == "waiting", col(Alert.posting_id).in_(over))
    await tx.execute(update(Alert).where(*where).values(state="dropped", reason="closed"))


async def end(tx: Transaction, resident_id: int) -> bool:
    """Erase a person who was entered, with everything that hangs on them and what the staff's chats say of them by name.

    False where they were not entered.
    """
    one = await get(tx, resident_id)
    if one is None:
        return False
    await lines.forget_naming(tx, [words for words in (one.name, one.phone) if words])
    await residents.erase(tx, resident_id)
    return True


async def hand_over(tx: Transaction, resident_id: int, to: int, *, own: bool) -> None:
    """The person has a chat now, whose resident is `to`: what they look for and what they were told of becomes theirs, and
    the entry is no more. `own`: the wishes of that chat stay instead, and what waits from the others is let go.
    """
    if not own:
        for model in (WishArea, Wish, Neighbourhood):
            await tx.execute(delete(model).where(col(model.resident_id) == to))
        for moved in (Neighbourhood, Wish, WishArea):
            await tx.execute(update(moved).where(col(moved.resident_id) == resident_id).values(resident_id=to))
    known = select(col(Alert.posting_id)).where(col(Alert.resident_id) == to)
    come = (col(Alert.resident_id) == resident_id, col(Alert.posting_id).not_in(known))
    states = ("told",) if own else ("told", "waiting")
    await tx.execute(update(Alert).where(*come, col(Alert.state).in_(states)).values(resident_id=to))
    await end(tx, resident_id)


def _news(tx: Transaction) -> tuple[Any, ...]:
    return col(Alert.state) == "waiting", open_now(tx)


def _within(who: Who) -> ColumnElement[bool]:
    return true() if who.facilities is None else col(WalkIn.facility_id).in_(who.facilities)
