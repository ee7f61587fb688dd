"""What a resident may look at: open postings near them, all of them, found by words, saved; and what they did with one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, and_, func, or_, select
from sqlmodel import col, delete

from .area_tables import Area
from .criteria import DISTRICT, agrees, given, open_now
from .tables import Filters, Listing, Mark, Posting, PostingArea, Reach, Wish
from .transaction import Transaction, columns
from .words import says

Widths = Sequence[tuple[int, int]]  # legal area codes, each with the width up to which it looks

Order = Literal["near", "new", "closing", "pay"]
WORDED = 5000  # postings that a wish's words are looked up in at most, the newest first

_PRECISION = {"emd": 0, "sigungu": 1, "sido": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """`total` of all pages; `rows` of one page, each with its hops (0 own, 1 bordering, 2 one further, 3 district)."""

    total: int
    rows: list[tuple[Posting, int]]


async def open_near(
    tx: Transaction,
    areas: Widths,
    offset: int,
    limit: int,
    filters: Sequence[Filters] = (),
    resident_id: int | None = None,
    order: Order = "near",
) -> Found:
    """What can be applied for around these areas; by default nearest and then closing soonest first.

    Without what `resident_id` has hidden, and only what any of the filters accepts where there are some. A wish's words count.
    """
    near = _near(areas)
    conditions = [open_now(tx), *_not_hidden(resident_id)]
    found = select(*columns(Posting), near.c.hops).join(near, near.c.posting_id == col(Posting.id)).where(*conditions)
    if filters:
        found = found.where(or_(*[await _accepted(tx, found, one) for one in filters]))
    return await _page(tx, found, near.c.hops, offset, limit, order)


async def _accepted(tx: Transaction, found: Select[Any], wish: Filters) -> Any:
    """What a wish accepts of `found`, as a condition."""
    asked, words = and_(*agrees(given(wish))), wish.words if isinstance(wish, Wish) else {}
    if not any(words.values()):
        return asked
    read = col(Posting.id), col(Posting.title), col(Posting.organisation), col(Posting.facts)
    told: Any = found.where(asked).with_only_columns(*read).order_by(read[0].desc()).limit(WORDED)
    return col(Posting.id).in_([row[0] for row in await tx.all(told) if says(row, words)])


async def open_all(
    tx: Transaction,
    district: int | None,
    offset: int,
    limit: int,
    resident_id: int | None = None,
    order: Order = "closing",
) -> tuple[int, list[Posting]]:
    """What can be applied for, closing soonest first: everywhere, or with a workplace in one 시군구."""
    found = select(*columns(Posting)).where(open_now(tx), *_not_hidden(resident_id))
    if district is not None:
        inner = select(col(Area.code)).where(or_(col(Area.code) == district, col(Area.parent) == district))
        within = select(col(Area.code)).where(or_(col(Area.code) == district, col(Area.parent).in_(inner)))
        there = select(col(PostingArea.posting_id)).where(col(PostingArea.area).in_(within))
        found = found.where(col(Posting.id).in_(there))
    page = await _page(tx, found, None, offset, limit, order)
    return page.total, [posting for posting, _ in page.rows]


async def search(
    tx: Transaction,
    words: Sequence[str],
    occupations: Sequence[str],
    offset: int,
    limit: int,
    areas: Widths = (),
    order: Order = "near",
) -> Found:
    """Open postings that name all of the words in title, organisation or occupation, or are of one of these occupations."""
    named = [or_(*(field.icontains(word, autoescape=True) for field in _searched())) for word in words if word.strip()]
    meant = [and_(*named)] if named else []
    if occupations:
        meant.append(col(Posting.occupation).in_(occupations))
    if not meant:
        return Found(0, [])
    near = _near(areas)
    hops = func.coalesce(near.c.hops, DISTRICT).label("hops")
    found = select(*columns(Posting), hops).outerjoin(near, near.c.posting_id == col(Posting.id))
    return await _page(tx, found.where(open_now(tx), or_(*meant)), hops, offset, limit, order)


async def counts_by_ring(tx: Transaction, *areas: int) -> tuple[int, int, int, int]:
    """How many can be applied for in the area itself, with the bordering ones, with those one further, in the district."""
    near = _near([(area, DISTRICT) for area in areas])
    hops = (
        select(near.c.hops, func.count())
        .join(Posting, col(Posting.id) == near.c.posting_id)
        .where(open_now(tx))
        .group_by(near.c.hops)
    )
    rows: Sequence[Any] = await tx.all(hops)
    own, one, two, three = (sum(n for far, n in rows if far <= ring) for ring in range(DISTRICT + 1))
    return own, one, two, three


async def hops(tx: Transaction, posting_id: int, areas: Sequence[int]) -> int | None:
    """How near a posting lies to the nearest of these legal areas; None where it is in reach of none."""
    where = (col(Reach.posting_id) == posting_id, col(Reach.area).in_(areas))
    found: int | None = await tx.scalar(select(func.min(col(Reach.hops))).where(*where))
    return found


async def posting(tx: Transaction, posting_id: int) -> Posting | None:
    """The posting behind an id, also an old one: what was merged leads to what it was merged into."""
    found, met = await tx.get(Posting, id=posting_id), set[int]()
    while found is not None and found.merged_into is not None and found.id not in met:
        met.add(found.id)
        found = await tx.get(Posting, id=found.merged_into)
    return found


async def place_codes(tx: Transaction, posting_ids: Sequence[int]) -> dict[int, int]:
    """The most precisely known workplace of each posting that has any, as an area code."""
    precise: dict[int, int] = {}
    found = await tx.find(PostingArea, col(PostingArea.posting_id).in_(posting_ids))
    for place in sorted(found, key=lambda place: (_PRECISION.get(place.level, 3), place.area)):
        precise.setdefault(place.posting_id, place.area)
    return precise


async def saved(tx: Transaction, resident_id: int) -> list[Posting]:
    """What a resident saved: first what is still open, closing soonest first."""
    marked = select(col(Mark.posting_id)).where(col(Mark.resident_id) == resident_id, col(Mark.verb) == "saved")
    kept: dict[int, Posting] = {}
    for found in await tx.find(Posting, col(Posting.id).in_(marked)):
        now = await posting(tx, found.id) if found.merged_into else found
        if now is not None:
            kept[now.id] = now
    return sorted(kept.values(), key=lambda p: (_over(p, tx), p.closes_at is None, p.closes_at or tx.now, p.id))


def _over(posting: Posting, tx: Transaction) -> bool:
    return posting.state != "open" or (posting.closes_at is not None and posting.closes_at <= tx.now)


async def told_by(tx: Transaction, posting_id: int) -> list[str]:
    """The sources that tell a posting, or told it where none does any more, as they are named in sources.toml.

    Whose words its title is first.
    """
    rows = await tx.find(Listing, Listing.posting_id == posting_id, order=Listing.id)
    telling = [row for row in rows if row.gone_at is None] or rows
    words = await tx.scalar(select(col(Posting.told_by)).where(col(Posting.id) == posting_id)) or {}
    first = str(words.get("title", "")).split("/", 1)[0]
    names = {row.source.split("/", 1)[0] for row in telling}
    return sorted(names, key=lambda name: (name != first, name))


async def mark(tx: Transaction, resident_id: int, posting_id: int, verb: str) -> None:
    """Note that a resident saved | hid | opened | applied for a posting (verb: saved, hidden, opened, applied)."""
    key = ["resident_id", "posting_id", "verb"]
    await tx.put(Mark, key, resident_id=resident_id, posting_id=posting_id, verb=verb, at=tx.now)


async def unmark(tx: Transaction, resident_id: int, posting_id: int, verb: str) -> None:
    """Take a mark back, from what was merged with the posting too, so that it does not come back by it."""
    found = await posting(tx, posting_id)
    shown = found.id if found else posting_id
    one = select(col(Posting.id)).where(or_(col(Posting.id) == shown, col(Posting.merged_into) == shown))
    where = (col(Mark.resident_id) == resident_id, col(Mark.posting_id).in_(one), col(Mark.verb) == verb)
    await tx.execute(delete(Mark).where(*where))


def _marked(resident_id: int, verb: str) -> Any:
    whose = (col(Mark.resident_id) == resident_id, col(Mark.posting_id) == col(Posting.id), col(Mark.verb) == verb)
    return select(col(Mark.verb)).where(*whose).exists()


def _not_hidden(resident_id: int | None) -> tuple[Any, ...]:
    return () if resident_id is None else (~_marked(resident_id, "hidden"),)


def _near(areas: Widths) -> Any:
    """Which postings are in reach of any of these areas, and from how near."""
    rings = or_(False, *(and_(col(Reach.area) == area, col(Reach.hops) <= width) for area, width in areas))
    hops = func.min(col(Reach.hops)).label("hops")
    return select(col(Reach.posting_id), hops).where(rings).group_by(col(Reach.posting_id)).subquery()


def _searched() -> tuple[Any, ...]:
    return col(Posting.title), col(Posting.organisation), func.coalesce(col(Posting.occupation), "")


def _sorted(order: Order, hops: Any) -> tuple[Any, ...]:
    """What is equal in the order that was asked for comes nearest first, then what closes soonest."""
    nearest, soonest = (() if hops is None else (hops,)), col(Posting.closes_at).nulls_last()
    first: dict[Order, tuple[Any, ...]] = {
        "near": (),
        "new": (col(Posting.created_at).desc(),),
        "closing": (soonest,),
        "pay": (col(Posting.pay_hourly).desc().nulls_last(),),
    }
    return (*first[order], *nearest, soonest, col(Posting.id))


async def _page(tx: Transaction, found: Select[Any], hops: Any, offset: int, limit: int, order: Order) -> Found:
    total = await tx.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = found.order_by(*_sorted(order, hops)).offset(offset).limit(limit)
    rows: list[tuple[Posting, int]] = []
    for row in await tx.all(page) if offset < total else ():
        values = dict(row._mapping)
        far = values.pop("hops", DISTRICT)
        rows.append((Posting(**values), far))
    return Found(int(total), rows)
