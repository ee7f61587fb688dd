"""Matching in SQL owes exactly what the plain rule says, in chunks that neither lose nor double."""

import random
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import update

from handlers.clock.match import match_new, next_digest
from storage import alerts, residents
from storage.outbox_tables import Alert
from storage.store import ROUTINE, Store
from storage.tables import Posting, Reach, Resident, Wish, WishArea
from storage.transaction import Transaction

from .matching import AREAS, NOW, World, worlds

LATER = NOW + timedelta(hours=6)


async def told(tx: Transaction) -> list[tuple[object, ...]]:
    return sorted((a.posting_id, a.resident_id, a.hops, a.wish_id, a.revision, a.due_at) for a in await tx.find(Alert))


def expected(world: World) -> list[tuple[object, ...]]:
    revisions = {posting.id: posting.revision for posting in world.postings}
    due = {"now": NOW, "digest": LATER}
    owed = world.owed(NOW).items()
    return sorted((p, r, hops, wish, revisions[p], due[when]) for (p, r), (hops, wish, when) in owed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds(), chunk=st.integers(1, 4))
async def test_sql_owes_what_the_rule_says(store: Store, world: World, chunk: int) -> None:
    async with store.transaction(ROUTINE) as tx:
        await world.build(tx)
        for _ in range(100):
            waiting = await alerts.pending(tx, 100)
            if not waiting:
                break
            assert await alerts.match(tx, waiting, LATER, chunk) <= chunk
        assert not await alerts.pending(tx, 1)
        assert await told(tx) == expected(world)


def crowd(residents: int, postings: int) -> World:
    """Everyone wants everything from everywhere."""
    rng = random.Random(7)
    world = World()
    for i in range(1, residents + 1):
        world.residents.append(Resident(id=i, language="ko", state="active", created_at=NOW))
        world.wishes.append(Wish(id=i, resident_id=i, created_at=NOW))
        world.areas += [WishArea(wish_id=i, area=area, resident_id=i, width=3) for area in AREAS[:2]]
    for i in range(1, postings + 1):
        world.postings.append(Posting(id=i, title="사서", created_at=NOW, changed_at=NOW))
        world.reach += [Reach(posting_id=i, area=area, hops=rng.randint(0, 3)) for area in AREAS[:2]]
    return world


async def test_a_tick_that_dies_is_taken_again_without_loss_or_double(store: Store) -> None:
    """Every other transaction rolls back after its work, as after a kill -9."""
    world, ticks = crowd(30, 5), 0
    async with store.transaction(ROUTINE) as tx:
        await world.build(tx)
    more = True
    while more:
        ticks += 1
        try:
            async with store.transaction(ROUTINE) as tx:
                done = await match_new(tx, chunk=13)
                assert done.alerts <= 13
                if ticks % 2:
                    raise ConnectionAbortedError
            more = done.more
        except ConnectionAbortedError:
            continue
    async with store.reading() as tx:
        rows = await told(tx)
        assert [row[:4] for row in rows] == [(p, r, h, w) for (p, r), (h, w, _) in sorted(world.owed(NOW).items())]
    assert len(rows) == 150


async def test_one_posting_wider_than_a_chunk_is_finished_over_several(store: Store) -> None:
    async with store.transaction(ROUTINE) as tx:
        await crowd(25, 1).build(tx)
        assert [(await match_new(tx, chunk=10)).alerts for _ in range(4)] == [10, 10, 5, 0]
        assert len(await told(tx)) == 25


async def test_who_chose_their_area_after_a_posting_is_not_alerted_to_it(store: Store) -> None:
    world = crowd(2, 2)
    for area in world.areas[:2]:
        area.seen = 1
    async with store.transaction(ROUTINE) as tx:
        await world.build(tx)
        await match_new(tx)
        assert [row[:2] for row in await told(tx)] == [(1, 2), (2, 1), (2, 2)]


def test_a_digest_is_told_at_nine_in_korea() -> None:
    assert next_digest(NOW).isoformat() == "2026-11-25T09:00:00+09:00"
    assert next_digest(NOW - timedelta(hours=4)).isoformat() == "2026-11-24T09:00:00+09:00"


async def test_words_decide_on_both_engines(store: Store) -> None:
    world = crowd(3, 2)
    world.postings[1].facts = {"duties": "주방 보조"}
    for area in world.areas:
        area.worded = area.resident_id != 1
    world.wishes[1].words = {"include": ["주방"]}
    world.wishes[2].words = {"exclude": ["주방"]}
    async with store.transaction(ROUTINE) as tx:
        await world.build(tx)
        await match_new(tx)
        assert [row[:2] for row in await told(tx)] == [(1, 1), (1, 3), (2, 1), (2, 2)]


async def test_who_gets_no_alerts_now_is_owed_none_and_who_comes_back_is_owed_again(store: Store) -> None:
    async with store.transaction(ROUTINE) as tx:
        await crowd(2, 1).build(tx)
        away = await tx.get(Resident, id=1)
        assert away is not None
        await residents.change(tx, away, state="guest")
        assert await alerts.match(tx, [1], LATER) == 1
        assert [alert.resident_id for alert in await tx.find(Alert)] == [2]
        await residents.change(tx, away, state="active")
        await tx.execute(update(Posting).values(matched_revision=0))
        assert await alerts.match(tx, [1], LATER) == 1
        assert {alert.resident_id for alert in await tx.find(Alert)} == {1, 2}


async def test_coming_back_does_not_wake_a_wish_that_rests(store: Store) -> None:
    async with store.transaction(ROUTINE) as tx:
        world = crowd(1, 1)
        world.wishes[0].active = False
        await world.build(tx)
        back = await tx.get(Resident, id=1)
        assert back is not None
        await residents.change(tx, back, state="active")
        assert await alerts.match(tx, [1], LATER) == 0
