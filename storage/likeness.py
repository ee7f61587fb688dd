"""Which postings may be the same as some: those with the same number, or the same digests of names and days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from .richest import unpacked
from .tables import Listing, Posting, Reach
from .tellings import areas_of
from .transaction import Transaction
from .writings import DESK

BACK = timedelta(days=7)  # for so long what was closed is still compared, by its number only


@dataclass(frozen=True, slots=True)
class Home:
    """One posting by what its own listings say. `shown` is what it was merged into, or itself.

    `areas` are the neighbourhoods it lies in, else its district or province; `guessed`: by its employer's address.
    """

    id: int
    shown: int
    open: bool
    values: Mapping[str, Any]
    areas: frozenset[int]
    guessed: bool
    sources: frozenset[str]


async def touched(tx: Transaction, source: str, keys: Collection[str]) -> list[int]:
    """The postings that these keys of a source stand for by themselves."""
    home = func.coalesce(Listing.home, Listing.posting_id)
    rows = await tx.all(select(home).where(col(Listing.source) == source, col(Listing.key).in_(keys)))
    return sorted({row[0] for row in rows})


async def around(tx: Transaction, ids: Collection[int], source: str = "") -> list[Home]:
    """Those of these postings that may be the same as some, these others, and all that either are merged with. By id.

    What staff tell twice they mean twice: of the desk's own (`source`) only what others tell, too, is looked for.
    """
    home = func.coalesce(Listing.home, Listing.posting_id)
    elsewhere = select(home).where(col(Listing.source) != DESK)
    mine: Any = aliased(Posting)
    other: Any = aliased(Posting)
    found: set[int] = set()
    for name in ("number", "named", "dated"):
        key, key_too = getattr(mine, name), getattr(other, name)
        alike = select(mine.id, other.id).join(other, key == key_too).where(mine.id.in_(ids), other.id != mine.id)
        alike = alike.where(other.id.in_(elsewhere)) if source == DESK else alike
        found |= {id_ for row in await tx.all(alike) for id_ in row}
    if not found:
        return []
    shown = func.coalesce(Posting.merged_into, Posting.id)
    groups = {row[0] for row in await tx.all(select(shown).where(col(Posting.id).in_(found)))}
    fresh = or_(col(Posting.state) == "open", col(Posting.closed_at) >= tx.now - BACK)
    kept = [row[0] for row in await tx.all(select(col(Posting.id)).where(col(Posting.id).in_(groups), fresh))]
    grouped = or_(col(Posting.id).in_(kept), col(Posting.merged_into).in_(kept))
    return await _homes(tx, await tx.find(Posting, grouped, order=Posting.id))


async def _homes(tx: Transaction, rows: Sequence[Posting]) -> list[Home]:
    ids = [row.id for row in rows]
    areas, near, sources = await areas_of(tx, ids), await _near(tx, ids), await _sources(tx, rows)
    open_ = {row.id for row in rows if row.state == "open" and row.merged_into is None}
    homes = []
    for row in rows:
        values, named, hops = row.model_dump(), areas[row.id], near[row.id]
        if row.own is not None:
            own, named, reach = unpacked(row.own)
            values, hops = {**values, **own}, {area for area, far in reach.items() if not far}
        fine = {area for area in hops if area % 100_000} or {area for area, _, _ in named}
        shown = row.merged_into or row.id
        guessed = any(by == "employer" for _, _, by in named)
        homes.append(Home(row.id, shown, shown in open_, values, frozenset(fine), guessed, frozenset(sources[row.id])))
    return homes


async def _near(tx: Transaction, ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row in await tx.find(Reach, col(Reach.posting_id).in_(ids), Reach.hops == 0):
        found[row.posting_id].add(row.area)
    return found


async def _sources(tx: Transaction, rows: Sequence[Posting]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    home = func.coalesce(Listing.home, Listing.posting_id)
    shown = [row.merged_into or row.id for row in rows]
    for id_, source in await tx.all(select(home, col(Listing.source)).where(col(Listing.posting_id).in_(shown))):
        found[id_].add(source)
    return found
