"""A resident's wishes: what they want to hear of. Where they look stands in `neighbourhoods`; `spread` joins the two."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, update

from . import follows, neighbourhoods
from .outbox_tables import Alert, Memo
from .tables import Filters, Neighbourhood, Wish, WishArea
from .transaction import Transaction

MOST = 5


async def of(tx: Transaction, resident_id: int) -> list[Wish]:
    """In the order in which they were made."""
    return await tx.find(Wish, Wish.resident_id == resident_id, order=Wish.id)


async def get(tx: Transaction, resident_id: int, wish_id: int) -> Wish | None:
    """A wish, if it is this resident's: buttons can be forged."""
    found = await tx.find(Wish, Wish.resident_id == resident_id, Wish.id == wish_id)
    return found[0] if found else None


async def some(tx: Transaction, ids: Collection[int]) -> dict[int, Wish]:
    """Wishes of anybody by their ids."""
    return {wish.id: wish for wish in await tx.find(Wish, col(Wish.id).in_(ids))} if ids else {}


async def make(tx: Transaction, resident_id: int, **values: Any) -> int | None:
    """One more wish (columns of Wish), or None when there are as many as may be."""
    if len(await of(tx, resident_id)) >= MOST:
        return None
    wish_id = await tx.add(Wish, resident_id=resident_id, created_at=tx.now, **{"words": {}, **values})
    await neighbourhoods.spread(tx, resident_id)
    return int(wish_id)


async def copy(tx: Transaction, here: int, there: int) -> None:
    """Give one resident the neighbourhoods, wishes and followed facilities of another in place of their own. They hear of
    later postings only.
    """
    await follows.copy(tx, here, there)
    for model in (WishArea, Wish, Neighbourhood):
        await tx.execute(delete(model).where(col(model.resident_id) == there))
    for one in await neighbourhoods.of(tx, here):
        await tx.add(Neighbourhood, **one.model_dump(exclude={"resident_id"}), resident_id=there)
    for wish in await of(tx, here):
        kept = {name: getattr(wish, name) for name in (*Filters.model_fields, "name", "active", "words")}
        await tx.add(Wish, resident_id=there, created_at=tx.now, **kept)
    await neighbourhoods.spread(tx, there)


async def change(tx: Transaction, resident_id: int, wish_id: int, **values: Any) -> None:
    """Set columns of one wish."""
    mine = (col(Wish.id) == wish_id, col(Wish.resident_id) == resident_id)
    await tx.execute(update(Wish).where(*mine).values(**values))
    await neighbourhoods.spread(tx, resident_id)


async def drop(tx: Transaction, resident_id: int, wish_id: int) -> None:
    await tx.execute(delete(Wish).where(col(Wish.id) == wish_id, col(Wish.resident_id) == resident_id))
    await neighbourhoods.spread(tx, resident_id)


async def settle(tx: Transaction, resident_id: int, area: int, sign: str | None = None) -> None:
    """Make this the one neighbourhood of a resident, as wide as the one before; where they have several, one more of them.
    With a wish for everything where they have none.

    `sign` is the code of the sign that they came by; None leaves it as it is.
    """
    there = await neighbourhoods.of(tx, resident_id)
    width = next((one.width for one in there if one.area == area or len(there) == 1), 1)
    if len(there) == 1:
        await neighbourhoods.remove(tx, resident_id, *(one.area for one in there if one.area != area))
    await neighbourhoods.add(tx, resident_id, area, width)
    signed: Mapping[str, str] = {"sign": sign} if sign else {}
    first = await of(tx, resident_id)
    if not first:
        await tx.add(Wish, resident_id=resident_id, created_at=tx.now, words={}, **signed)
    elif signed:
        await tx.execute(update(Wish).where(col(Wish.id) == first[0].id).values(**signed))
    await neighbourhoods.spread(tx, resident_id)


async def first_subscriber(tx: Transaction) -> None:
    """Remember when the very first resident subscribed; the example postings are timed from it."""
    statement = tx.upsert(Memo).values(name="first_subscriber_at", value=tx.now.isoformat())
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["name"]))


async def chosen(tx: Transaction, resident_id: int) -> int | None:
    """The area that the resident named first, legal or administrative."""
    there = await neighbourhoods.of(tx, resident_id)
    return there[0].area if there else None


async def alerted(tx: Transaction, resident_id: int, posting_id: int) -> Alert | None:
    """How a posting came to be told: by which wish, and how near it lies."""
    return await tx.get(Alert, resident_id=resident_id, posting_id=posting_id)


async def first_subscribed(tx: Transaction) -> datetime | None:
    """When the very first resident subscribed."""
    memo = await tx.get(Memo, name="first_subscriber_at")
    return datetime.fromisoformat(memo.value) if memo else None
