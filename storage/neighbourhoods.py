"""Where a resident looks: up to five areas, each with how far around it. All of their wishes hold in each."""

from collections.abc import Sequence

from sqlmodel import col, delete, func, insert, select, update

from . import areas, unwanted
from .tables import Filters, Neighbourhood, Posting, Resident, Wish, WishArea
from .transaction import Transaction

MOST = 5


async def of(tx: Transaction, resident_id: int) -> list[Neighbourhood]:
    """In the order in which they were chosen."""
    order = (col(Neighbourhood.chosen_at), col(Neighbourhood.area))
    return await tx.find(Neighbourhood, Neighbourhood.resident_id == resident_id, order=order)


async def add(tx: Transaction, resident_id: int, area: int, width: int = 1) -> bool:
    """Look around this area too, or change how far. False when there are as many as may be. `spread` must follow."""
    there = await of(tx, resident_id)
    if len(there) >= MOST and area not in {one.area for one in there}:
        return False
    kept = {one.area: one.chosen_at for one in there}
    key = ["resident_id", "area"]
    await tx.put(Neighbourhood, key, resident_id=resident_id, area=area, width=width, chosen_at=kept.get(area, tx.now))
    return True


async def widen(tx: Transaction, resident_id: int, width: int) -> None:
    """Look so far around each of them: 0 only there, 1 next to it, 2 one further, 3 the whole district."""
    await tx.execute(update(Neighbourhood).where(col(Neighbourhood.resident_id) == resident_id).values(width=width))
    await spread(tx, resident_id)


async def remove(tx: Transaction, resident_id: int, *some: int) -> None:
    """Look there no more. `spread` must follow."""
    where = (col(Neighbourhood.resident_id) == resident_id, col(Neighbourhood.area).in_(some))
    await tx.execute(delete(Neighbourhood).where(*where))


async def forget(tx: Transaction, resident_id: int) -> bool:
    """Look no more in areas that went with newer region data; whether there were any."""
    gone = [one.area for one in await of(tx, resident_id) if await areas.get(tx, one.area) is None]
    if gone:
        await remove(tx, resident_id, *gone)
        await spread(tx, resident_id)
    return bool(gone)


async def widths(tx: Transaction, chosen: Sequence[Neighbourhood]) -> list[tuple[int, int]]:
    """The legal areas that these stand for, each with the widest it is looked around."""
    found: dict[int, int] = {}
    for one in chosen:
        for code in await areas.legal_codes(tx, one.area):
            found[code] = max(found.get(code, 0), one.width)
    return sorted(found.items())


async def spread(tx: Transaction, resident_id: int) -> None:
    """Write anew what matching reads: each wish in each legal area. Call after any change of either.

    An area that was there keeps what it has seen, so that a posting that is still to be matched is not missed; in a new
    one what is open now was shown, and only later postings alert. What is owed and no longer asked for is let go.
    """
    state = select(col(Resident.state)).where(col(Resident.id) == resident_id)
    if tx.postgres:  # of two of their chats at once one waits, or both would write the same rows
        state = state.with_for_update(key_share=True)
    active = await tx.scalar(state) == "active"
    known = await tx.find(WishArea, WishArea.resident_id == resident_id)
    seen = {(row.wish_id, row.area): row.seen for row in known}
    newest = await tx.scalar(select(func.max(col(Posting.id)))) or 0
    wide = await widths(tx, await of(tx, resident_id))
    rows = [
        {
            **{name: getattr(wish, name) for name in Filters.model_fields},
            "wish_id": wish.id,
            "resident_id": resident_id,
            "area": area,
            "width": width,
            "seen": seen.get((wish.id, area), newest),
            "active": active and wish.active,
            "worded": any(wish.words.values()),
        }
        for wish in await tx.find(Wish, Wish.resident_id == resident_id)
        for area, width in wide
    ]
    await tx.execute(delete(WishArea).where(col(WishArea.resident_id) == resident_id))
    if rows:
        await tx.execute(insert(WishArea), rows)
    if active:
        await unwanted.let_go(tx, resident_id)
