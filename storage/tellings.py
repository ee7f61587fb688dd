"""What stands in a posting's row while several sources tell it: the richest of what each says, and its own kept beside."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, delete, func, insert, select, update

from .richest import COLUMNS, FILTERS, Named, Telling, choose, packed, unpacked
from .tables import Listing, Posting, PostingArea, Reach
from .transaction import Transaction

DOWN = "down"  # the state of a posting that staff took away for good: no source brings it back
UNSAID = ("facility_id",)  # what stands in no card: that it changed is no change to tell


async def regroup(tx: Transaction, ids: Collection[int], order: Sequence[str] = ()) -> list[int]:
    """Put the richest of what all sources say into the rows of these postings, which others were merged into.

    A posting that nothing is merged into any more says its own again. `order` names sources, who is believed most first.
    Returns those that others may see or wish for now.
    """
    if not ids:
        return []
    wider = []
    rows = await tx.find(Posting, or_(col(Posting.id).in_(ids), col(Posting.merged_into).in_(ids)), order=Posting.id)
    members: dict[int, list[Posting]] = defaultdict(list)
    for row in rows:
        if row.merged_into is not None:
            members[row.merged_into].append(row)
    telling, told = await _told(tx, ids)
    areas = await areas_of(tx, [row.id for row in rows])
    for row in rows:
        if row.id in ids and row.own is not None:
            values, own_areas, reach = unpacked(row.own)
            own = Telling(row.id, *_by_whom(telling[row.id], order), values, own_areas, reach)
            others = [
                Telling(one.id, *_by_whom(telling[one.id], order), one.model_dump(), areas[one.id])
                for one in members[row.id]
            ]
            if await _show(tx, row, [own, *others], areas[row.id], row.id in told):
                wider.append(row.id)
    return wider


async def _told(tx: Transaction, ids: Collection[int]) -> tuple[dict[int, list[tuple[str, bool]]], set[int]]:
    """By home the sources of its listings, each with whether it is gone; and the postings that anybody still tells."""
    read = (
        col(Listing.posting_id),
        func.coalesce(Listing.home, Listing.posting_id),
        col(Listing.source),
        col(Listing.gone_at),
    )
    telling: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    told = set()
    for posting_id, home, source, gone_at in await tx.all(select(*read).where(col(Listing.posting_id).in_(ids))):
        telling[home].append((source, gone_at is not None))
        if gone_at is None:
            told.add(posting_id)
    return telling, told


def _by_whom(telling: Sequence[tuple[str, bool]], order: Sequence[str]) -> tuple[str, int, bool]:
    """Of a home's sources the one that is believed most, who still tell it first: its name, its rank, whether it is gone."""
    ranks = {name: rank for rank, name in enumerate(order)}
    ranked = [(gone, ranks.get(source.split("/", 1)[0], len(ranks)), source) for source, gone in telling]
    gone, rank, source = min(ranked, default=(True, len(ranks), ""))
    return source, rank, gone


async def _show(tx: Transaction, row: Posting, tellings: Sequence[Telling], areas: Sequence[Named], told: bool) -> bool:
    """Write the choice into the row, with a new revision where it says something else than before. Whether others see it now."""
    choice = choose(tellings)
    alone = len(tellings) == 1
    over = choice.values.get("closes_at") is not None and choice.values["closes_at"] <= tx.now
    state = "open" if told and not over else "closed"
    state = DOWN if row.state == DOWN else state
    changed = {name: value for name, value in choice.values.items() if getattr(row, name) != value}
    moved = choice.place.home != row.id or set(choice.place.areas) != set(areas)
    values: dict[str, Any] = {
        "told_by": None if alone else choice.told_by,
        **({"own": None} if alone else {}),
        **changed,
    }
    if state != row.state:
        values |= {"state": state, "closed_at": None if state == "open" else tx.now}
    said = changed.keys() - UNSAID
    if said or (state != row.state and state == "open"):
        values |= {"revision": row.revision + 1, "changed_at": tx.now}
    await tx.execute(update(Posting).where(col(Posting.id) == row.id).values(**values))
    before = await reach_of(tx, row.id) if moved else {}
    if moved or alone:
        await _place(tx, row.id, choice.place)
    return any(name in FILTERS for name in changed) or (moved and before != await reach_of(tx, row.id))


async def _place(tx: Transaction, posting_id: int, telling: Telling) -> None:
    reach = telling.reach if telling.home == posting_id else await reach_of(tx, telling.home)
    await forget_places(tx, [posting_id])
    await spread(tx, [(posting_id, telling.areas, reach)])


async def spread(tx: Transaction, told: Iterable[tuple[int, Sequence[Named], Mapping[int, int]]]) -> None:
    """Where postings are, and from where they are seen."""
    known = list(told)
    named = [
        {"posting_id": posting_id, "area": area, "level": level, "known_by": by}
        for posting_id, areas, _ in known
        for area, level, by in areas
    ]
    seen = [
        {"posting_id": posting_id, "area": area, "hops": hops}
        for posting_id, _, reach in known
        for area, hops in reach.items()
    ]
    for model, rows in ((PostingArea, named), (Reach, seen)):
        if rows:
            await tx.execute(insert(model), rows)


async def forget_places(tx: Transaction, ids: Collection[int]) -> None:
    for model in (PostingArea, Reach) if ids else ():
        await tx.execute(delete(model).where(col(model.posting_id).in_(ids)))


async def areas_of(tx: Transaction, ids: Collection[int]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = defaultdict(list)
    for row in await tx.find(PostingArea, col(PostingArea.posting_id).in_(ids)):
        found[row.posting_id].append((row.area, row.level, row.known_by))
    return found


async def reach_of(tx: Transaction, posting_id: int) -> dict[int, int]:
    return {row.area: row.hops for row in await tx.find(Reach, Reach.posting_id == posting_id)}


async def keep_own(tx: Transaction, rows: Sequence[Posting]) -> None:
    """Keep beside what these postings' own sources say, before others' words stand in their rows."""
    areas = await areas_of(tx, [row.id for row in rows])
    for row in rows:
        if row.own is None:
            own = packed(row.model_dump(), areas[row.id], await reach_of(tx, row.id))
            await tx.execute(update(Posting).where(col(Posting.id) == row.id).values(own=own))


async def own_again(tx: Transaction, rows: Sequence[Posting]) -> None:
    """What these postings' own sources say stands in their rows again."""
    for row in rows:
        if row.own is not None:
            values, areas, reach = unpacked(row.own)
            shown = {name: values[name] for name in (*COLUMNS, "facts") if name in values}
            await tx.execute(update(Posting).where(col(Posting.id) == row.id).values(own=None, told_by=None, **shown))
            await forget_places(tx, [row.id])
            await spread(tx, [(row.id, areas, reach)])
