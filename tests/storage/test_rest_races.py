"""Turns, planning and a sender at the same time: what a turn committed holds for every intent that begins after it."""

import asyncio
import random
from datetime import timedelta

import pytest

from handlers import pace
from handlers.clock.plan import plan
from storage import deliveries, due, neighbourhoods, residents, wishes
from storage.deliveries import EVERY_LANE, Settled
from storage.outbox_tables import Alert
from storage.store import ROUTINE, Store
from storage.tables import Reach
from tests.storage.people import alert, on_the_map, person, posting

HERE = 1233012800
PEOPLE, JOBS = 8, 4


@pytest.mark.parametrize("seed", range(6))
async def test_after_a_turn_nothing_leaves(store: Store, seed: int) -> None:
    chance, over, left = random.Random(seed), asyncio.Event(), set[int]()
    async with store.transaction() as tx:
        await on_the_map(tx, HERE)
        people = [await person(tx, str(n)) for n in range(PEOPLE)]
        jobs = [await posting(tx) for _ in range(JOBS)]
        for job in jobs:
            await tx.add(Reach, posting_id=job, area=HERE, hops=0)
        for resident, _ in people:
            await neighbourhoods.add(tx, resident, HERE)
            wish = await wishes.make(tx, resident)
            for job in jobs:
                await alert(tx, resident, job, wish_id=wish)
    chats = {chat: resident for resident, chat in people}

    async def turn(number: int) -> None:
        """One tap of one person, who then says nothing more."""
        await asyncio.sleep(chance.random() / 10)
        async with store.transaction() as tx:
            found = await residents.at(tx, "telegram", "1", str(number))
            assert found is not None
            _, who = found
            match number % 3:
                case 0:
                    await due.pause(tx, who, tx.now + timedelta(days=1))
                case 1:
                    for wish in await wishes.of(tx, who.id):
                        await wishes.drop(tx, who.id, wish.id)
                case 2:
                    await residents.leave(tx, who)
                    await deliveries.cancel_for_resident(tx, who.id)
        left.add(who.id)

    async def planning() -> None:
        while not over.is_set():
            async with store.transaction(ROUTINE) as tx:
                await plan(tx, 0.05 * chance.randrange(1, 4), ["telegram"])
            await asyncio.sleep(0.001)

    async def sending(name: str) -> None:
        while not over.is_set():
            async with store.transaction() as tx:
                claimed = await deliveries.claim(tx, 3, EVERY_LANE, name, 60)
            await asyncio.sleep(chance.random() / 100)
            before = set(left)
            async with store.transaction() as tx:
                bound = [one.bound for one in claimed]
                passed = await deliveries.intend(tx, bound, name, name, 60, pace.minute_of(tx.now))
            gone = [one for one in claimed if one.bound in passed]
            assert before.isdisjoint(chats[one.chat_id] for one in gone)
            said = [pace.verdict(chance.choice(("sent", "later")), "7", 1, "", 1) for _ in gone]
            async with store.transaction() as tx:
                some = [Settled(one.id, one.chat_id, name, verdict) for one, verdict in zip(gone, said, strict=True)]
                await deliveries.settle(tx, some)

    async def turns() -> None:
        await asyncio.gather(*(turn(number) for number in range(PEOPLE)))
        await asyncio.sleep(0.1)
        over.set()

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        for work in (turns(), planning(), sending("one"), sending("two")):
            group.create_task(work)
    async with store.reading() as tx:
        for one in await tx.find(Alert):
            refused = one.state == "carried"  # while it was sent; the gate ends it when it comes back
            if one.resident_id % 3 != 1:  # who paused hears of it later
                assert one.state in ("told", "dropped") or refused, one
