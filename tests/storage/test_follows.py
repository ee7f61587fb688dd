"""Followed facilities: what they post comes whatever the wishes say, and goes with the last thing that asks for it."""

from datetime import timedelta

from sqlmodel import select, update

from handlers.clock.match import match_new
from handlers.clock.plan import plan
from storage import deliveries, due, facilities, follows, lately, neighbourhoods, postings, residents, wishes
from storage.criteria import FOLLOWED
from storage.outbox_tables import Alert
from storage.postings import Told
from storage.staff_tables import Follow
from storage.store import Store
from storage.tables import Posting, Reach, Resident
from storage.transaction import Transaction
from tests.conftest import Clock

from .people import on_the_map, person, posting

HERE, FAR = 1233012800, 1233012900


async def owed(tx: Transaction) -> list[tuple[int, int | None, int, str]]:
    return [(a.resident_id, a.wish_id, a.hops, a.state) for a in await tx.find(Alert, order=Alert.id)]


async def library(tx: Transaction) -> int:
    return await facilities.make(tx, "별빛작은도서관")


async def job(tx: Transaction, clock: Clock, facility_id: int | None, area: int = FAR, **values: object) -> int:
    """Posted a minute later than all that was, and matched."""
    tx.now = clock.forward(minutes=1)
    key = await posting(tx, facility_id=facility_id, **values)
    await tx.add(Reach, posting_id=key, area=area, hops=0)
    await match_new(tx)
    return key


async def wishing(tx: Transaction, address: str, **wish: object) -> tuple[int, int]:
    """A resident who looks for anything in one neighbourhood: their id and their wish's."""
    await on_the_map(tx, HERE, FAR)
    who, _ = await person(tx, address)
    await neighbourhoods.add(tx, who, HERE, 0)
    made = await wishes.make(tx, who, **wish)
    assert made is not None
    return who, made


async def test_it_comes_to_who_has_no_wish_and_from_where_nobody_looks(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        its = await library(tx)
        before = await posting(tx, facility_id=its)
        tx.now = clock.forward(minutes=1)
        who, _ = await person(tx, "a")
        gone, _ = await person(tx, "b", state="left")
        for resident in (who, gone):
            assert await follows.follow(tx, resident, its)
        await match_new(tx)
        assert await owed(tx) == [], f"{before} was there before"
        for _ in range(2):
            await job(tx, clock, its, scope="unknown")
        await job(tx, clock, None)
        assert await owed(tx) == [(who, None, FOLLOWED, "waiting")] * 2
        assert (await plan(tx, 10, ["telegram"])).messages == 2
        assert await lately.alerts(tx, who, tx.now - timedelta(days=1)) == [], "no wish brought them"


async def test_the_wish_that_fits_brings_it_and_the_facility_keeps_it(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        its, other = await library(tx), await facilities.make(tx, "달빛작은도서관")
        who, wish = await wishing(tx, "a")
        await follows.follow(tx, who, its)
        await job(tx, clock, its, HERE)
        await job(tx, clock, other, HERE)
        assert await owed(tx) == [(who, wish, 0, "waiting")] * 2
        await wishes.change(tx, who, wish, active=False)
        assert await owed(tx) == [(who, None, FOLLOWED, "waiting"), (who, wish, 0, "dropped")]
        await wishes.change(tx, who, wish, active=True)
        assert (await owed(tx))[0] == (who, wish, 0, "waiting"), "a wish that asks for it tells it"


async def test_who_follows_no_more_is_told_only_what_a_wish_asks_for(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        its = await library(tx)
        who, wish = await wishing(tx, "a")
        await follows.follow(tx, who, its)
        await job(tx, clock, its, FAR)
        await job(tx, clock, its, HERE)
        await job(tx, clock, its, FAR)
        await plan(tx, 10, ["telegram"])
        await follows.unfollow(tx, who, its)
        told = await owed(tx)
        assert [state for *_, state in told] == ["dropped", "carried", "dropped"]
        assert told[1] == (who, wish, 0, "carried")
        left = [one.posting_id for one in await deliveries.claim(tx, 9, (2,), "mine", 30)]
        assert left == [2]


async def test_what_was_matched_while_one_stopped_following_is_let_go(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        its = await library(tx)
        who, _ = await person(tx, "a")
        await follows.follow(tx, who, its)
        await job(tx, clock, its)
        await tx.execute(Follow.__table__.delete())  # type: ignore[attr-defined]
        assert [one.over for one in await due.due(tx, 9, ["telegram"])] == ["unwanted"]
        assert (await plan(tx, 10, ["telegram"])).messages == 0
        assert await owed(tx) == [(who, None, FOLLOWED, "dropped")]


async def test_as_many_as_may_be_and_none_twice(store: Store) -> None:
    async with store.transaction() as tx:
        who, _ = await person(tx, "a")
        some = [await facilities.make(tx, f"{i:02}") for i in range(follows.MOST + 1)]
        assert [await follows.follow(tx, who, one) for one in some] == [True] * follows.MOST + [False]
        assert await follows.follow(tx, who, some[0])
        await facilities.change(tx, some[1], state="closed")
        assert [one.id for one in await follows.of(tx, who)] == [some[0], *some[2:-1]]


async def test_they_go_over_with_the_wishes_and_end_with_the_person(store: Store) -> None:
    async with store.transaction() as tx:
        its, (a, _), (b, _) = await library(tx), await person(tx, "a"), await person(tx, "b")
        await follows.follow(tx, a, its)
        await follows.swap(tx, a, b)
        assert [await follows.follows(tx, who, its) for who in (a, b)] == [False, True]
        await wishes.copy(tx, b, a)
        assert await follows.follows(tx, a, its)
        leaving = await tx.get(Resident, id=a)
        assert leaving is not None
        await residents.leave(tx, leaving)
        await residents.erase(tx, b)
        assert await tx.find(Follow) == []


async def test_postings_find_their_facility_by_its_name_or_their_source(store: Store) -> None:
    def told(key: str, organisation: str) -> Told:
        values = {"title": "사서 보조", "organisation": organisation, "closes_at": None, "example": False}
        return Told(key, key, {**values, "facts": {}, "spans": []}, [], {})

    async with store.transaction() as tx:
        await postings.record(tx, "sheet/a.csv", [told("1", "별빛작은도서관"), told("2", "시청")])
        its = await library(tx)
        assert await _facilities(tx) == [its, None]
        bound = await facilities.bind(tx, "sheet", "무릉 도서관")
        assert await facilities.bind(tx, "sheet", "무릉 도서관") == bound
        assert await _facilities(tx) == [bound, bound]
        assert await facilities.name(tx, bound) == "무릉 도서관"
        await tx.execute(update(Posting).values(facility_id=None))
        await facilities.bind(tx, "shee", "다른 곳")
        assert await _facilities(tx) == [None, None]


async def _facilities(tx: Transaction) -> list[int | None]:
    return [row[0] for row in await tx.all(select(Posting.facility_id).order_by(Posting.id))]
