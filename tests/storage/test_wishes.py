"""Where residents look and what for: what matching reads is always both together."""

import pytest

from storage import codes, copies, dialogs, neighbourhoods, residents, wishes
from storage.move_tables import Code, Copy
from storage.store import Store
from storage.tables import Chat, Consent, Dialog, Neighbourhood, Resident, Wish, WishArea
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


async def test_starting_again_takes_no_neighbourhood_away(store: Store) -> None:
    async with store.transaction() as tx:
        anna = await resident(tx)
        await wishes.settle(tx, anna, HERE)
        await neighbourhoods.widen(tx, anna, 3)
        await wishes.settle(tx, anna, NEXT)
        assert [(one.area, one.width) for one in await neighbourhoods.of(tx, anna)] == [(NEXT, 3)]
        await neighbourhoods.add(tx, anna, HERE)
        await wishes.settle(tx, anna, HERE + 1, sign="a1")
        assert {one.area for one in await neighbourhoods.of(tx, anna)} == {HERE, NEXT, HERE + 1}
        assert [wish.sign for wish in await wishes.of(tx, anna)] == ["a1"]


async def test_of_who_goes_nothing_stays(store: Store) -> None:
    """Leaving deletes what they wished at once, erasing all the rest too."""
    async with store.transaction() as tx:
        ids = {name: await residents_rows(tx, name) for name in ("anna", "boris")}
        anna = await tx.get(Resident, id=ids["anna"])
        assert anna is not None
        await residents.leave(tx, anna)
        left = await tx.get(Resident, id=ids["anna"])
        assert left is not None
        assert {name: getattr(left, name) for name in residents.PACE} == residents.PACE
        for model in (Wish, WishArea, Neighbourhood):
            assert {row.resident_id for row in await tx.find(model)} == {ids["boris"]}
        assert {one.withdrawn_at for one in await residents.consents(tx, left)} == {tx.now}
        for key in ids.values():
            await residents.erase(tx, key)
        for model in (Wish, WishArea, Neighbourhood, Chat, Consent, Code, Copy, Dialog):
            assert not await tx.find(model), model


async def residents_rows(tx: Transaction, name: str) -> int:
    """Somebody of whom there is a row of everything that wishes and pace need."""
    who, chat = await person(tx, name, quiet_from=0, quiet_until=0, shifts="DDO", shifts_from=tx.now.date(), daily_at=1)
    await on_the_map(tx, HERE)
    await wishes.settle(tx, who, HERE)
    found = await tx.get(Resident, id=who)
    assert found is not None
    consent = await residents.consent(tx, found, "night", "1")
    await copies.give(tx, who, chat, consent)
    await codes.make(tx, f"2345AB{name[:2].upper()}", "move", who, chat)
    await dialogs.save(tx, chat, dialogs.Open(1, "wish", "menu", {"wish": {"name": "x"}}))
    return who


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
