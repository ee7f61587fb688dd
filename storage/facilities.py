"""Facilities: libraries, welfare and children's centres, departments, for which staff act and which residents may follow."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, update

from .staff_tables import Facility, Writing
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


async def is_open(tx: Transaction, facility_id: int) -> bool:
    found = await get(tx, facility_id)
    return found is not None and found.state == "open"


async def close(tx: Transaction, facility_id: int) -> None:
    """It is offered no more, and what was begun for it is dropped; its postings stay until they end."""
    await change(tx, facility_id, state="closed")
    begun = (col(Writing.facility_id) == facility_id, col(Writing.state).in_(("open", "waiting")))
    await tx.execute(update(Writing).where(*begun).values(state="dropped", changed_at=tx.now))
