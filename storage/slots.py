"""Times that can be booked: offering them, taking one (never more than there are seats), giving it back, and who comes soon."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select, update

from .application_tables import Application, Slot
from .transaction import Transaction


async def offer(tx: Transaction, posting_id: int, starts: Sequence[datetime], place: str, seats: int = 1) -> None:
    """New times for a posting; one that there is already is not made twice."""
    known = {slot.starts for slot in await tx.find(Slot, Slot.posting_id == posting_id, Slot.place == place)}
    for at in sorted(set(starts) - known):
        await tx.add(Slot, posting_id=posting_id, starts=at, seats=seats, place=place)


async def free(tx: Transaction, posting_id: int) -> list[Slot]:
    """The times ahead that still have a seat, in order."""
    ahead = (Slot.posting_id == posting_id, Slot.starts > tx.now, col(Slot.taken) < col(Slot.seats))
    return await tx.find(Slot, *ahead, order=(Slot.starts, Slot.id))


async def get(tx: Transaction, slot_id: int | None) -> Slot | None:
    return None if slot_id is None else await tx.get(Slot, id=slot_id)


async def take(tx: Transaction, application: Application, slot_id: int) -> bool:
    """Give an application a seat of a time of its posting, in place of what it had. False where none is left, or it is past."""
    if application.slot_id == slot_id:
        return True
    left = (col(Slot.taken) < col(Slot.seats), col(Slot.starts) > tx.now)
    here = (col(Slot.id) == slot_id, col(Slot.posting_id) == application.posting_id)
    one = await tx.scalar(update(Slot).where(*here, *left).values(taken=Slot.taken + 1).returning(col(Slot.id)))
    if one is None:
        return False
    before = col(Application.slot_id).is_not_distinct_from(application.slot_id)
    mine = update(Application).where(col(Application.id) == application.id, before).values(slot_id=slot_id)
    if await tx.scalar(mine.returning(col(Application.id))) is None:  # on another device they were quicker
        await _back(tx, slot_id)
        return False
    if application.slot_id is not None:
        await _back(tx, application.slot_id)
    return True


async def give_back(tx: Transaction, application: Application) -> None:
    """The seat that an application has is free again."""
    mine = (col(Application.id) == application.id, col(Application.slot_id) == application.slot_id)
    freed = update(Application).where(*mine).values(slot_id=None).returning(col(Application.id))
    if application.slot_id is not None and await tx.scalar(freed) is not None:
        await _back(tx, application.slot_id)


async def _back(tx: Transaction, slot_id: int) -> None:
    await tx.execute(update(Slot).where(col(Slot.id) == slot_id, col(Slot.taken) > 0).values(taken=Slot.taken - 1))


async def soon(tx: Transaction, until: datetime) -> list[tuple[Application, Slot]]:
    """Who comes to a time between now and then."""
    ahead = (col(Slot.starts) > tx.now, col(Slot.starts) <= until, col(Application.stage) == "interview")
    ids = select(col(Application.id)).join(Slot, col(Slot.id) == col(Application.slot_id)).where(*ahead)
    found = []
    for one in await tx.find(Application, col(Application.id).in_(ids), order=Application.id):
        slot = await get(tx, one.slot_id)
        if slot is not None:
            found.append((one, slot))
    return found
