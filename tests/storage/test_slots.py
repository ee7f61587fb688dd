"""Times that can be booked: exactly their seats are given, whoever presses when, and a seat that is given back is free."""

import asyncio
from datetime import timedelta

from sqlmodel import col, func, select

from storage import applications, slots
from storage.application_tables import Application, Slot
from storage.store import Store
from tests.conftest import Clock

from .test_applications import FORM, filed, posting, somebody

PEOPLE, TIMES, SEATS = 200, 10, 2


async def test_two_hundred_people_press_ten_times_at_once_and_exactly_the_seats_are_given(store: Store) -> None:
    async with store.transaction() as tx:
        wanted = await posting(tx)
        starts = [tx.now + timedelta(hours=hour) for hour in range(1, TIMES + 1)]
        await slots.offer(tx, wanted, starts, "1층", SEATS)
        free = [slot.id for slot in await slots.free(tx, wanted)]
        them = [await applications.file(tx, wanted, await somebody(tx), "job", "invited", FORM) for _ in range(PEOPLE)]

    async def presses(i: int, one: Application) -> bool:
        async with store.transaction() as tx:
            return await slots.take(tx, one, free[i % TIMES])

    got = await asyncio.gather(*(presses(i, one) for i, one in enumerate(them)))
    assert sum(got) == TIMES * SEATS
    async with store.reading() as tx:
        assert await slots.free(tx, wanted) == []
        counted = select(col(Application.slot_id), func.count()).group_by(col(Application.slot_id))
        held = {slot: n for slot, n in await tx.all(counted) if slot is not None}
        assert held == dict.fromkeys(free, SEATS)


async def test_another_time_frees_the_first_and_two_devices_get_one_seat(store: Store, clock: Clock) -> None:
    one = await filed(store)
    async with store.transaction() as tx:
        await slots.offer(tx, one.posting_id, [tx.now + timedelta(hours=1), tx.now + timedelta(hours=2)], "1층")
        await slots.offer(tx, one.posting_id, [tx.now + timedelta(hours=1)], "1층")
        first, second = await slots.free(tx, one.posting_id)

    async def presses(slot_id: int, seen: Application) -> bool:
        async with store.transaction() as tx:
            return await slots.take(tx, seen, slot_id)

    assert sum(await asyncio.gather(presses(first.id, one), presses(second.id, one))) == 1
    async with store.transaction() as tx:
        now = await applications.get(tx, one.id)
        assert now is not None
        other = second.id if now.slot_id == first.id else first.id
        assert await slots.take(tx, now, other)
        assert await slots.take(tx, now, now.slot_id or 0), "what one has is one's own"
        assert [slot.taken for slot in await tx.find(Slot, order=Slot.id)] == [
            int(other == first.id),
            int(other == second.id),
        ]
        moved = await applications.get(tx, one.id)
        assert moved is not None
        await slots.give_back(tx, moved)
        await slots.give_back(tx, moved)
        assert [slot.taken for slot in await tx.find(Slot)] == [0, 0]
    clock.forward(hours=3)
    assert not await presses(first.id, one), "it is past"


async def test_a_time_of_another_posting_is_not_given(store: Store) -> None:
    one, other = await filed(store), await filed(store)
    async with store.transaction() as tx:
        await slots.offer(tx, other.posting_id, [tx.now + timedelta(hours=1)], "1층")
        [slot] = await slots.free(tx, other.posting_id)
        assert not await slots.take(tx, one, slot.id)
        assert (await tx.find(Slot))[0].taken == 0
