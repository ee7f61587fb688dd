"""Facilities: libraries, welfare and children's centres, departments, for which staff act and which residents may follow."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, func, select, update

from .criteria import open_now
from .staff_tables import Facility, Writing
from .tables import Listing, Posting
from .transaction import Transaction


async def make(tx: Transaction, name: str, **values: Any) -> int:
    """A new facility; returns its id. Of two with one name the second is the first again.

    Open postings of an organisation with this very name are its own from now on.
    """
    known = await named(tx, name)
    if known is not None:
        return known.id
    made: int = await tx.add(Facility, name=name, created_at=tx.now, **values)
    theirs = (col(Posting.organisation) == name, col(Posting.facility_id).is_(None), col(Posting.state) == "open")
    await tx.execute(update(Posting).where(*theirs).values(facility_id=made))
    return made


async def bind(tx: Transaction, source: str, name: str) -> int:
    """All that a source tells is of the facility with this name, which is made where there is none; returns its id."""
    facility_id = await make(tx, name)
    told = select(func.coalesce(Listing.home, Listing.posting_id)).where(
        or_(col(Listing.source) == source, col(Listing.source).startswith(f"{source}/", autoescape=True))
    )
    others = (col(Posting.id).in_(told), col(Posting.facility_id).is_distinct_from(facility_id))
    await tx.execute(update(Posting).where(*others).values(facility_id=facility_id))
    return facility_id


async def get(tx: Transaction, facility_id: int) -> Facility | None:
    return await tx.get(Facility, id=facility_id)


async def name(tx: Transaction, facility_id: int | None) -> str:
    """How it is called; empty for none."""
    facility = await get(tx, facility_id) if facility_id is not None else None
    return facility.name if facility else ""


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


async def is_open(tx: Transaction, facility_id: int) -> bool:
    found = await get(tx, facility_id)
    return found is not None and found.state == "open"


async def close(tx: Transaction, facility_id: int) -> None:
    """It is offered no more, and what was begun for it is dropped; its postings stay until they end."""
    await change(tx, facility_id, state="closed")
    begun = (col(Writing.facility_id) == facility_id, col(Writing.state).in_(("open", "waiting")))
    await tx.execute(update(Writing).where(*begun).values(state="dropped", changed_at=tx.now))
