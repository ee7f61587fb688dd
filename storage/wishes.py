"""A resident's wishes: where and what they want to hear of. One row per chosen area carries the filters for matching."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, func, select, update

from .outbox_tables import Alert, Memo
from .tables import Posting, Reach, Wish, WishArea
from .transaction import Transaction


async def of(tx: Transaction, resident_id: int) -> list[tuple[Wish, list[WishArea]]]:
    """The wishes of a resident with their areas."""
    wishes = await tx.find(Wish, Wish.resident_id == resident_id, order=Wish.id)
    areas = await tx.find(WishArea, WishArea.resident_id == resident_id, order=WishArea.area)
    return [(wish, [area for area in areas if area.wish_id == wish.id]) for wish in wishes]


async def settle(
    tx: Transaction, resident_id: int, chosen: int, legal: Sequence[int], width: int = 1, sign: str | None = None
) -> int:
    """Make `chosen` the one neighbourhood of a resident; `legal` are the legal areas it stands for. Keeps the other filters.

    `sign` is the code of the sign that they came by; None leaves it as it is.
    """
    wish_id = await tx.scalar(
        select(Wish.id).where(col(Wish.resident_id) == resident_id).order_by(col(Wish.id)).limit(1)
    )
    kept = await tx.find(WishArea, WishArea.resident_id == resident_id, limit=1)
    filters = kept[0].model_dump(exclude={"wish_id", "area", "resident_id", "width", "seen", "active"}) if kept else {}
    values = {"name": str(chosen), "created_at": tx.now, **({"sign": sign} if sign else {})}
    if wish_id is None:
        wish_id = await tx.add(Wish, resident_id=resident_id, words={}, **values)
    else:
        await tx.execute(update(Wish).where(col(Wish.id) == wish_id).values(**values))
    await tx.execute(delete(WishArea).where(col(WishArea.wish_id) == wish_id))
    seen = (
        await tx.scalar(select(func.max(col(Posting.id)))) or 0
    )  # what is open now they see at once: no alerts for it
    for area in legal:
        await tx.add(WishArea, wish_id=wish_id, area=area, resident_id=resident_id, width=width, seen=seen, **filters)
    return int(wish_id)


async def copy(tx: Transaction, here: int, there: int) -> None:
    """Give one resident the wishes of another in place of their own. They hear of later postings only."""
    await tx.execute(delete(WishArea).where(col(WishArea.resident_id) == there))
    await tx.execute(delete(Wish).where(col(Wish.resident_id) == there))
    seen = await tx.scalar(select(func.max(col(Posting.id)))) or 0
    for wish, chosen_areas in await of(tx, here):
        kept = {"name": wish.name, "active": wish.active, "words": wish.words, "created_at": tx.now}
        wish_id = await tx.add(Wish, resident_id=there, **kept)
        for area in chosen_areas:
            values = area.model_dump(exclude={"wish_id", "resident_id", "seen", "active"})
            await tx.add(WishArea, **values, wish_id=wish_id, resident_id=there, seen=seen, active=wish.active)


async def narrow(tx: Transaction, resident_id: int, **filters: int) -> None:
    """Change filters of all the resident's wishes (columns of WishArea)."""
    await tx.execute(update(WishArea).where(col(WishArea.resident_id) == resident_id).values(**filters))


async def first_subscriber(tx: Transaction) -> None:
    """Remember when the very first resident subscribed; the example postings are timed from it."""
    statement = tx.upsert(Memo).values(name="first_subscriber_at", value=tx.now.isoformat())
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["name"]))


async def chosen(tx: Transaction, resident_id: int) -> int | None:
    """The area the resident named, legal or administrative."""
    name = await tx.scalar(
        select(Wish.name).where(col(Wish.resident_id) == resident_id).order_by(col(Wish.id)).limit(1)
    )
    return int(name) if name else None


async def hops(tx: Transaction, resident_id: int, posting_id: int) -> int | None:
    """At what width an alerted posting lies from its resident's neighbourhood."""
    where = (col(Alert.resident_id) == resident_id, col(Alert.posting_id) == posting_id)
    found: int | None = await tx.scalar(select(Alert.hops).where(*where))
    return found


async def sees(tx: Transaction, resident_id: int, posting_id: int) -> bool:
    """Whether a posting lies within the width of any of the resident's wishes."""
    near = (col(Reach.area) == col(WishArea.area)) & (col(Reach.hops) <= col(WishArea.width))
    where = (col(WishArea.resident_id) == resident_id, col(Reach.posting_id) == posting_id)
    return await tx.first(select(Reach.hops).join(WishArea, near).where(*where).limit(1)) is not None


async def first_subscribed(tx: Transaction) -> datetime | None:
    """When the very first resident subscribed."""
    memo = await tx.get(Memo, name="first_subscriber_at")
    return datetime.fromisoformat(memo.value) if memo else None
