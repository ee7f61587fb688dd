"""Facilities: libraries, welfare and children's centres, departments, for which staff act and which residents may follow."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, update

from .criteria import open_now
from .staff_tables import Facility
from .tables import Posting
from .transaction import Transaction


async def make(tx: Transaction, name: str, **values: Any) -> int:
    """A new facility; returns its id. Of two with one name the second is the first again."""
    known = await named(tx, name)
    if known is not None:
        return known.id
    made: int = await tx.add(Facility, name=name, created_at=tx.now, **values)
    return made


async def get(tx: Transaction, facility_id: int) -> Facility | None:
    return await tx.get(Facility, id=facility_id)


async def named(tx: Transaction, name: str) -> Facility | None:
    """The open facility of this very name."""
    found = await tx.find(Facility, Facility.name == name, Facility.state == "open", order=Facility.id, limit=1)
    return found[0] if found else None


async def some(tx: Transaction, ids: Collection[int] | None = None) -> list[Facility]:
    """Open facilities by name: those of `ids`, or all."""
    where = [] if ids is None else [col(Facility.id).in_(ids)]
    return await tx.find(Facility, Facility.state == "open", *where, order=(Facility.name, Facility.id))


async def change(tx: Transaction, facility_id: int, **values: Any) -> None:
    await tx.execute(update(Facility).where(col(Facility.id) == facility_id).values(**values))


async def openings(tx: Transaction, facility_id: int, limit: int) -> list[Posting]:
    """What can be applied for at a facility, closing soonest first."""
    order = (col(Posting.closes_at).nulls_last(), Posting.id)
    return await tx.find(Posting, Posting.facility_id == facility_id, open_now(tx), order=order, limit=limit)
