"""Facilities that residents follow: their openings come whatever the wishes say. What matching asks is `criteria.follows`."""

from sqlmodel import col, delete, func, insert, literal, select

from . import unwanted
from .columns import Moment
from .staff_tables import Facility, Follow
from .transaction import Transaction

MOST = 20  # facilities of one resident


async def follow(tx: Transaction, resident_id: int, facility_id: int) -> bool:
    """From now on; who follows already goes on. False when they are as many as may be."""
    mine = col(Follow.resident_id) == resident_id
    others = select(func.count()).select_from(Follow).where(mine, col(Follow.facility_id) != facility_id)
    if await tx.scalar(others) >= MOST:
        return False
    statement = tx.upsert(Follow).values(resident_id=resident_id, facility_id=facility_id, since=tx.now)
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["resident_id", "facility_id"]))
    return True


async def unfollow(tx: Transaction, resident_id: int, facility_id: int) -> None:
    """No more; what waits and no wish asks for is let go."""
    mine = (col(Follow.resident_id) == resident_id, col(Follow.facility_id) == facility_id)
    await tx.execute(delete(Follow).where(*mine))
    await unwanted.let_go(tx, resident_id)


async def of(tx: Transaction, resident_id: int) -> list[Facility]:
    """What a resident follows, by name; of closed ones nothing comes."""
    theirs = select(col(Follow.facility_id)).where(col(Follow.resident_id) == resident_id)
    order = (Facility.name, Facility.id)
    return await tx.find(Facility, col(Facility.id).in_(theirs), Facility.state == "open", order=order)


async def follows(tx: Transaction, resident_id: int, facility_id: int) -> bool:
    return await tx.get(Follow, resident_id=resident_id, facility_id=facility_id) is not None


async def forget(tx: Transaction, resident_id: int) -> None:
    """All of them: the resident leaves."""
    await tx.execute(delete(Follow).where(col(Follow.resident_id) == resident_id))


async def copy(tx: Transaction, here: int, there: int) -> None:
    """Give one resident what another follows, from now on, in place of their own."""
    await forget(tx, there)
    rows = select(literal(there), col(Follow.facility_id), literal(tx.now, Moment))
    names = ["resident_id", "facility_id", "since"]
    await tx.execute(insert(Follow).from_select(names, rows.where(col(Follow.resident_id) == here)))


async def swap(tx: Transaction, one: int, other: int) -> None:
    """Each has what the other followed."""
    kept = {key: await tx.find(Follow, Follow.resident_id == key) for key in (one, other)}
    for now, before in ((one, other), (other, one)):
        await forget(tx, now)
        for row in kept[before]:
            await tx.add(Follow, resident_id=now, facility_id=row.facility_id, since=row.since)
