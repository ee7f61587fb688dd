"""Lists under wishes: SQL finds what the plain rule accepts, in every order, and a narrower wish never finds more."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, update

from handlers.matching import agrees, hindsight, narrows
from handlers.resident.less_steps import narrowed
from storage import browse, lately, readers
from storage.outbox_tables import Alert, Delivery
from storage.store import Store
from storage.tables import Chat, Filters, Posting, Resident, Wish, WishArea
from storage.transaction import Transaction

from .matching import AREAS, KEYS, NOW, World, worlds
from .test_browse import post, resident

QUIETLY = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ORDERS: tuple[browse.Order, ...] = ("near", "new", "closing", "pay")


def filled(world: World) -> list[Wish]:
    """The wishes with the filters of their areas, as a resident's rows have them."""
    asked = {area.wish_id: area for area in world.areas}
    for wish in world.wishes:
        for name in Filters.model_fields:
            setattr(wish, name, getattr(asked[wish.id], name))
    return world.wishes


def near(world: World, widths: browse.Widths) -> dict[int, tuple[Posting, int]]:
    """What can be applied for within these widths, by id, with its hops."""
    wide, found = dict(widths), dict[int, tuple[Posting, int]]()
    postings = {posting.id: posting for posting in world.postings}
    for reach in world.reach:
        posting = postings[reach.posting_id]
        over = posting.closes_at is not None and posting.closes_at <= NOW
        if posting.state != "open" or posting.merged_into is not None or posting.held_at is not None or over:
            continue
        if reach.hops <= wide.get(reach.area, -1):
            hops = min(reach.hops, found[posting.id][1]) if posting.id in found else reach.hops
            found[posting.id] = posting, hops
    return found


@QUIETLY
@given(world=worlds(), widths=st.dictionaries(st.sampled_from(AREAS), st.integers(0, 3), max_size=3), data=st.data())
async def test_a_list_holds_what_any_of_the_wishes_accepts(
    store: Store, world: World, widths: dict[int, int], data: st.DataObject
) -> None:
    wishes = filled(world)
    some = data.draw(st.lists(st.sampled_from(wishes), min_size=1, unique_by=lambda wish: wish.id))
    around = near(world, list(widths.items()))
    expected = {
        key: hops
        for key, (posting, hops) in around.items()
        if any(agrees(wish, posting, hops, wish.words).ok for wish in some)
    }
    async with store.transaction() as tx:
        await world.build(tx)
        for order in ORDERS:
            found = await browse.open_near(tx, list(widths.items()), 0, 99, some, order=order)
            assert {posting.id: hops for posting, hops in found.rows} == expected
            assert found.total == len(expected)
            assert [_key(order, *one) for one in found.rows] == sorted(_key(order, *one) for one in found.rows)


def _key(order: browse.Order, posting: Posting, hops: int) -> tuple[Any, ...]:
    closes = (posting.closes_at is None, posting.closes_at or NOW)
    first = {
        "near": (),
        "new": (-posting.created_at.timestamp(),),
        "closing": closes,
        "pay": (posting.pay_hourly is None, -(posting.pay_hourly or 0)),
    }
    return (*first[order], hops, *closes, posting.id)


HELD = st.one_of(
    st.tuples(
        st.just("time"),
        st.fixed_dictionaries({"bands": st.integers(1, 15), "weekend": st.booleans(), "strict": st.booleans()}),
    ),
    st.tuples(st.just("kind"), st.fixed_dictionaries({"occupation": st.sampled_from(KEYS), "strict": st.booleans()})),
    st.tuples(st.just("pay"), st.fixed_dictionaries({"floor": st.integers(1_000, 20_000), "strict": st.booleans()})),
)


@QUIETLY
@given(world=worlds(), change=HELD)
async def test_a_narrower_wish_never_finds_more(store: Store, world: World, change: tuple[str, dict[str, Any]]) -> None:
    widths = [(area, 3) for area in AREAS]
    before, owed = filled(world), set(world.owed(NOW))
    async with store.transaction() as tx:
        await world.build(tx)
        wide = {wish.id: await ids(tx, widths, wish) for wish in before}
        for wish in before:
            wish.sqlmodel_update(narrowed(wish, *change))
        for area in world.areas:
            area.sqlmodel_update(narrowed(area, *change))
        await world.build(tx)
        for wish in before:
            assert await ids(tx, widths, wish) <= wide[wish.id]
            assert wish.hours != 0
    assert set(world.owed(NOW)) <= owed
    told = [(posting, 0) for posting in world.postings]
    fit, silent = hindsight([(wish, wish.words) for wish in before], told, "hours")
    assert fit + silent <= len(told)


async def ids(tx: Transaction, widths: browse.Widths, wish: Wish) -> set[int]:
    return {posting.id for posting, _ in (await browse.open_near(tx, widths, 0, 99, [wish])).rows}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"words": {"include": ["사서"]}},
        {"starts": NOW.date()},
        *({name: 1} for name in ("occupations", "hours", "traits", "pay_floor", "strict")),
    ],
)
async def test_a_reader_knows_whether_the_wish_asks_anything(store: Store, asked: dict[str, Any]) -> None:
    async with store.transaction() as tx:
        anna, posting_id = await resident(tx), await post(tx)
        wish_id = await tx.add(Wish, **{"resident_id": anna, "created_at": tx.now, "words": {}, **asked})
        chat = await tx.add(Chat, platform="web", account="", address="1", resident_id=anna, created_at=tx.now)
        told = {"resident_id": anna, "posting_id": posting_id, "wish_id": wish_id, "revision": 1, "hops": 0}
        await tx.add(Alert, **told, due_at=tx.now)
        owed = {"once": "one", "chat_id": chat, "kind": "alert", "lane": 2, "posting_id": posting_id, "body": {}}
        delivery = await tx.add(Delivery, **owed, created_at=tx.now, not_before=tx.now)
        await tx.execute(update(Resident).where(col(Resident.id) == anna).values(state="active"))
        wish = (await tx.find(Wish, Wish.id == wish_id))[0]
        assert narrows(wish, wish.words) == bool(asked)
        assert (await readers.of(tx, [delivery]))[delivery].wish_id == (wish_id if asked else None)


async def test_what_was_told_lately(store: Store) -> None:
    async with store.transaction() as tx:
        anna = await resident(tx)
        recent, old, waits, other = [await post(tx) for _ in range(4)]
        for posting_id, days, state in ((recent, 1, "told"), (old, 31, "told"), (waits, 1, "waiting")):
            due = tx.now - timedelta(days=days)
            values = {"revision": 1, "hops": 2, "due_at": due, "state": state}
            await tx.add(Alert, resident_id=anna, posting_id=posting_id, **values)
        found = await lately.alerts(tx, anna, tx.now - timedelta(days=30))
        assert [(posting.id, hops) for posting, hops in found] == [(recent, 2)]
        assert await browse.hops(tx, other, [AREAS[0]]) is None


def test_a_wish_that_asks_nothing_narrows_nothing() -> None:
    assert not narrows(WishArea(), {})
    assert narrows(WishArea(), {"include": ["사서"]})
    assert not narrows(WishArea(), {"include": []})
