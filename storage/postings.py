"""What sources told us: listings, the postings they stand for, from where those are seen, and how each poll went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, insert, update

from . import former
from .outbox_tables import Poll, Source
from .richest import Named, packed
from .tables import Listing, Posting
from .tellings import DOWN, forget_places, regroup, spread
from .transaction import Transaction

CHUNK = 500  # keys in one statement
HOME = func.coalesce(Listing.home, Listing.posting_id).label("home")  # the posting that a listing stands for by itself
BACK = timedelta(days=7)  # for so long what was taken away is the same posting when it is told under another name


@dataclass(frozen=True, slots=True)
class Told:
    """One posting as its source tells it now: columns, named areas, and the areas from which it is seen with their hops."""

    key: str
    hash: str
    values: Mapping[str, Any]
    areas: Sequence[Named]
    reach: Mapping[int, int]


async def known(tx: Transaction, source: str) -> dict[str, tuple[str, bool]]:
    """Each key of a source with its hash, and whether it is still there."""
    there = col(Listing.gone_at).is_(None)
    rows: Sequence[Any] = await tx.all(
        select(col(Listing.key), col(Listing.hash), there).where(col(Listing.source) == source)
    )
    return {key: (hash_, there) for key, hash_, there in rows}


async def there(tx: Transaction, source: str) -> set[str]:
    """The keys that a source still tells."""
    where = (col(Listing.source) == source, col(Listing.gone_at).is_(None))
    return {key for (key,) in await tx.all(select(col(Listing.key)).where(*where))}


async def record(tx: Transaction, source: str, told: Sequence[Told], order: Sequence[str] = ()) -> dict[str, str]:
    """Keep one source's copies and what residents see of them: "new", "changed" or "same" by key.

    Saying the same twice changes nothing. What another source tells under the same key, title and organisation is the
    same posting: a sheet that was renamed is no news. Keys are told once each, a few hundred at a time. `order` names the
    sources, who is believed most first where a posting is told by several.
    """
    listed = await _listed(tx, source, [one.key for one in told])
    others = await _elsewhere(tx, [one for one in told if one.key not in listed])
    shown = await _shown(tx, {row.home for row in (*listed.values(), *others.values())})
    done: dict[str, str] = {}
    fresh: list[Told] = []
    touched: list[tuple[int, Told]] = []
    shown_as = {row.home: row.posting_id for row in (*listed.values(), *others.values())}
    for one in told:
        own = listed.get(one.key)
        listing = own or others.get(_name(one))
        if listing is None:
            fresh.append(one)
            continue
        told_so = own is not None and own.hash == one.hash and own.gone_at is None
        same = told_so or shown.get(listing.home) == {one.hash}
        done[one.key] = "same" if same else "changed"
        if not same:
            touched.append((listing.home, one))
        if own is None:
            await _list(tx, source, [(listing.home, one)], listing.posting_id)
        elif not told_so:
            await _relist(tx, source, one)
    before = await former.noted(tx, {shown_as[home] for home, _ in touched})
    groups = await _change(tx, touched)
    made = list(zip(await _make(tx, fresh), fresh, strict=True))
    await _list(tx, source, made)
    await spread(tx, [(id_, one.areas, one.reach) for id_, one in made])
    await regroup(tx, groups, order)
    await former.keep(tx, before)
    return {**done, **{one.key: "new" for one in fresh}}


async def _listed(tx: Transaction, source: str, keys: Sequence[str]) -> dict[str, Any]:
    read = col(Listing.key), HOME, col(Listing.posting_id), col(Listing.hash), col(Listing.gone_at)
    rows: Sequence[Any] = await tx.all(select(*read).where(col(Listing.source) == source, col(Listing.key).in_(keys)))
    return {row.key: row for row in rows}


async def _elsewhere(tx: Transaction, told: Sequence[Told]) -> dict[tuple[Any, ...], Any]:
    """The listings of other sources that stand for these postings, by name; of several the newest."""
    if not told:
        return {}
    shown: Any = aliased(Posting)
    named = (col(Posting.title), col(Posting.organisation), col(Posting.example))
    there = or_(shown.state == "open", shown.closed_at >= tx.now - BACK)
    rows = await tx.all(
        select(col(Listing.key), *named, HOME, col(Listing.posting_id), col(Listing.hash), col(Listing.gone_at))
        .join(shown, shown.id == col(Listing.posting_id))
        .join(Posting, col(Posting.id) == func.coalesce(Listing.home, Listing.posting_id))
        .where(col(Listing.key).in_([one.key for one in told]), there)
        .order_by(col(Listing.gone_at).is_(None), col(Listing.id))
    )
    return {tuple(row[:4]): row for row in rows}


async def _shown(tx: Transaction, homes: Collection[int]) -> dict[int, set[str]]:
    """The hashes under which these postings are told at present."""
    shown = select(func.coalesce(Posting.merged_into, Posting.id)).where(col(Posting.id).in_(homes))
    where = (col(Listing.posting_id).in_(shown), col(Listing.gone_at).is_(None))
    rows: Sequence[Any] = await tx.all(select(HOME, col(Listing.hash)).where(*where))
    found: dict[int, set[str]] = {}
    for home, hash_ in rows:
        found.setdefault(home, set()).add(hash_)
    return found


def _name(one: Told) -> tuple[Any, ...]:
    return one.key, one.values["title"], one.values["organisation"], one.values["example"]


def _state(tx: Transaction, one: Told) -> dict[str, Any]:
    over = one.values["closes_at"] is not None and one.values["closes_at"] <= tx.now
    return {"state": "closed", "closed_at": tx.now} if over else {"state": "open", "closed_at": None}


def _unless_down(state: Mapping[str, Any]) -> dict[str, Any]:
    """What staff took away for good stays away, whoever tells it again."""
    down = col(Posting.state) == DOWN
    return {name: case((down, col(getattr(Posting, name))), else_=value) for name, value in state.items()}


async def _make(tx: Transaction, told: Sequence[Told]) -> list[int]:
    """New postings; their ids in the same order."""
    if not told:
        return []
    rows = [{**one.values, **_state(tx, one), "created_at": tx.now, "changed_at": tx.now} for one in told]
    made = await tx.execute(insert(Posting).returning(col(Posting.id), sort_by_parameter_order=True), rows)
    return list(made.scalars())


async def _change(tx: Transaction, told: Sequence[tuple[int, Told]]) -> set[int]:
    """What these postings are told as now. Those that others were merged into keep it beside; returns what is to be regrouped."""
    if not told:
        return set()
    ids = [posting_id for posting_id, _ in told]
    merged = (col(Posting.id).in_(ids), or_(col(Posting.merged_into).is_not(None), col(Posting.own).is_not(None)))
    rows: Sequence[Any] = await tx.all(select(col(Posting.id), col(Posting.merged_into)).where(*merged))
    into = {row.id: row.merged_into for row in rows}
    plain = []
    for posting_id, one in told:
        if posting_id in into and into[posting_id] is None:
            found_by = {name: one.values.get(name) for name in ("number", "named", "dated")}
            values: dict[str, Any] = {"own": packed(one.values, one.areas, one.reach), **found_by}
        else:
            plain.append((posting_id, one.areas, one.reach))
            values = {
                "revision": Posting.revision + 1,
                "changed_at": tx.now,
                **_unless_down(_state(tx, one)),
                **one.values,
            }
        await tx.execute(update(Posting).where(col(Posting.id) == posting_id).values(**values))
    await forget_places(tx, [posting_id for posting_id, _, _ in plain])
    await spread(tx, plain)
    return {shown or posting_id for posting_id, shown in into.items()}


async def _relist(tx: Transaction, source: str, one: Told) -> None:
    where = (col(Listing.source) == source, col(Listing.key) == one.key)
    await tx.execute(update(Listing).where(*where).values(hash=one.hash, seen_at=tx.now, gone_at=None))


async def _list(tx: Transaction, source: str, told: Sequence[tuple[int, Told]], shown: int | None = None) -> None:
    """Listings of these postings, which are shown as another one where that was merged."""
    rows = [
        {
            "source": source,
            "key": one.key,
            "posting_id": shown or posting_id,
            "home": posting_id if shown and shown != posting_id else None,
            "hash": one.hash,
            "seen_at": tx.now,
        }
        for posting_id, one in told
    ]
    if rows:
        await tx.execute(insert(Listing), rows)


async def gone(tx: Transaction, source: str, keys: Collection[str], order: Sequence[str] = ()) -> int:
    """These keys are no longer told by their source. A posting closes when none of its listings is left.

    What another source tells still is believed more from now on.
    """
    closed = 0
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        some = ordered[start : start + CHUNK]
        where = (col(Listing.source) == source, col(Listing.key).in_(some), col(Listing.gone_at).is_(None))
        leaving = [row[0] for row in await tx.all(select(col(Listing.posting_id)).where(*where))]
        before = await former.noted(tx, leaving)
        await tx.execute(update(Listing).where(*where).values(gone_at=tx.now))
        left = select(col(Listing.posting_id)).where(col(Listing.gone_at).is_(None))
        theirs = select(col(Listing.posting_id)).where(col(Listing.source) == source, col(Listing.key).in_(some))
        over = (col(Posting.id).in_(theirs), ~col(Posting.id).in_(left), col(Posting.state) == "open")
        result = await tx.execute(update(Posting).where(*over).values(state="closed", closed_at=tx.now))
        closed += int(result.rowcount)
        shared = (col(Posting.id).in_(theirs), col(Posting.own).is_not(None), col(Posting.state) == "open")
        await regroup(tx, [row[0] for row in await tx.all(select(col(Posting.id)).where(*shared))], order)
        await former.keep(tx, before)
    return closed


async def close_due(tx: Transaction) -> int:
    """Close what is past its last day."""
    over = (col(Posting.state) == "open", col(Posting.closes_at) <= tx.now)
    result = await tx.execute(update(Posting).where(*over).values(state="closed", closed_at=tx.now))
    return int(result.rowcount)


async def retire(tx: Transaction, sources: Collection[str]) -> int:
    """Take away what sources told that are no longer among these, with their cursors, so that they may come back."""
    telling = await tx.all(select(col(Listing.source)).where(col(Listing.gone_at).is_(None)).distinct())
    closed = 0
    for (part,) in telling:
        if part.split("/", 1)[0] not in sources:
            closed += await gone(tx, part, await there(tx, part), list(sources))
    await tx.execute(delete(Source).where(col(Source.name).not_in(sources)))
    return closed


async def _last_faults(tx: Transaction, source: str) -> list[str]:
    last = await tx.find(Poll, Poll.source == source, order=col(Poll.id).desc(), limit=1)
    return last[0].faults if last else []


async def cursor(tx: Transaction, source: str) -> str | None:
    found: str | None = await tx.scalar(select(col(Source.cursor)).where(col(Source.name) == source))
    return found


async def polled(
    tx: Transaction, source: str, outcome: str, counts: Mapping[str, int], faults: Sequence[str], cursor: str | None
) -> int:
    """Write down how a poll went ("good", "partial" or "failed"); a cursor of None leaves the one there is. Returns the
    failures in a row."""
    good = outcome == "good"
    before = await tx.scalar(select(col(Source.failures)).where(col(Source.name) == source))
    failures = 0 if good else (before or 0) + 1
    said = {"failures": failures, "polled_at": tx.now}
    said |= {"good_at": tx.now} if good else {}
    said |= {"cursor": cursor} if cursor is not None else {}
    await tx.put(Source, ["name"], name=source, **said)
    news = not good or any(counts.get(name) for name in ("new", "changed", "gone"))
    if news or (faults and await _last_faults(tx, source) != list(faults)[:50]):
        await tx.add(Poll, source=source, at=tx.now, outcome=outcome, counts=dict(counts), faults=list(faults)[:50])
    await tx.execute(delete(Poll).where(col(Poll.source) == source, col(Poll.at) < tx.now - timedelta(days=30)))
    return failures
