"""Where residents look and what for: what matching reads is always both together."""

import pytest

from storage import neighbourhoods, residents, wishes
from storage.store import Store
from storage.tables import Resident, WishArea
from storage.transaction import Transaction
from tests.storage.people import on_the_map, person, posting

HERE, NEXT = 1233012800, 1233012900


async def resident(tx: Transaction) -> int:
    """A new one; the map is made with the first."""
    who, _ = await person(tx, str(await tx.add(Resident, language="ko", created_at=tx.now)))
    await on_the_map(tx, HERE, NEXT, *range(HERE + 1, HERE + 7))
    return who


async def read(tx: Transaction, anna: int) -> dict[tuple[int, int], WishArea]:
    rows = await tx.find(WishArea, WishArea.resident_id == anna)
    return {(row.wish_id, row.area): row for row in rows}


async def test_every_wish_holds_in_every_area(store: Store) -> None:
    async with store.transaction() as tx:
        anna = await resident(tx)
        await wishes.settle(tx, anna, HERE)
        first = (await wishes.of(tx, anna))[0].id
        second = await wishes.make(tx, anna, name="morning", hours=3, words={"include": ["청소"]})
        assert second is not None
        assert await neighbourhoods.add(tx, anna, NEXT, 3)
        await neighbourhoods.spread(tx, anna)
        rows = await read(tx, anna)
        assert {(wish, area): (row.width, row.hours, row.worded) for (wish, area), row in rows.items()} == {
            (first, HERE): (1, -1, False),
            (first, NEXT): (3, -1, False),
            (second, HERE): (1, 3, True),
            (second, NEXT): (3, 3, True),
        }
        assert [one.area for one in await neighbourhoods.of(tx, anna)] == [HERE, NEXT]
        await wishes.drop(tx, anna, first)
        await neighbourhoods.remove(tx, anna, HERE)
        await neighbourhoods.spread(tx, anna)
        assert list(await read(tx, anna)) == [(second, NEXT)]


async def test_what_was_seen_stays_and_new_areas_begin_now(store: Store) -> None:
    async with store.transaction() as tx:
        anna = await resident(tx)
        await wishes.settle(tx, anna, HERE)
        newest = await posting(tx)
        wish_id = (await wishes.of(tx, anna))[0].id
        await wishes.change(tx, anna, wish_id, pay_floor=11_000)
        await neighbourhoods.add(tx, anna, NEXT)
        await neighbourhoods.spread(tx, anna)
        rows = await read(tx, anna)
        assert (rows[wish_id, HERE].seen, rows[wish_id, NEXT].seen) == (0, newest)
        assert {row.pay_floor for row in rows.values()} == {11_000}


async def test_there_are_five_of_each_at_most(store: Store) -> None:
    async with store.transaction() as tx:
        anna = await resident(tx)
        for i in range(neighbourhoods.MOST):
            assert await neighbourhoods.add(tx, anna, HERE + i)
        assert not await neighbourhoods.add(tx, anna, NEXT + 5)
        assert await neighbourhoods.add(tx, anna, HERE, 3), "how far may always be changed"
        for _ in range(wishes.MOST):
            assert await wishes.make(tx, anna)
        assert await wishes.make(tx, anna) is None


async def test_a_foreign_wish_is_out_of_reach(store: Store) -> None:
    async with store.transaction() as tx:
        anna, boris = await resident(tx), await resident(tx)
        theirs = await wishes.make(tx, boris, pay_floor=1)
        assert theirs
        assert await wishes.get(tx, anna, theirs) is None
        await wishes.change(tx, anna, theirs, pay_floor=2)
        await wishes.drop(tx, anna, theirs)
        assert [wish.pay_floor for wish in await wishes.of(tx, boris)] == [1]


@pytest.mark.parametrize("state", ["left", "guest"])
async def test_who_gets_no_alerts_is_not_matched(store: Store, state: str) -> None:
    async with store.transaction() as tx:
        anna = await resident(tx)
        await wishes.settle(tx, anna, HERE)
        who = await tx.get(Resident, id=anna)
        assert who is not None
        await residents.change(tx, who, state=state)
        await neighbourhoods.spread(tx, anna)
        assert not any(row.active for row in (await read(tx, anna)).values())
        await residents.change(tx, who, state="active")
        assert all(row.active for row in (await read(tx, anna)).values())
