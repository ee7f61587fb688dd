"""One posting that several sources tell: whatever the order, nothing is lost, nobody is told twice, and a split stays one."""

import asyncio
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.clock.merge import merge
from handlers.stated import keys
from storage import alerts, browse, changes, deliveries, merging, postings, used
from storage.outbox_tables import Alert, Delivery
from storage.postings import Told
from storage.store import Store
from storage.tables import Listing, Mark, Posting, PostingArea, Reach, Wish, WishArea
from tests.conftest import Clock
from tests.storage.people import alert, person, states

ORDER = ("city", "work24", "senuri")
HERE, THERE = 2920010100, 2920010200
BLANK: dict[str, Any] = {
    **dict.fromkeys(
        ("pay_kind", "pay_low", "pay_high", "pay_hourly", "week_minutes", "starts_on", "ends_on", "headcount")
    ),
    "kind": "job",
    "sector": "public",
    "kind_bit": 1,
    "sector_bit": 1,
    "occupation": None,
    "occupation_bit": 0,
    "hour_bits": 0,
    "days": 0,
    "spans": [],
    "scope": "emd",
    "foreigners": "unknown",
    "statuses": "",
    "until_filled": False,
    "closes_at": None,
    "example": False,
    "facts": {},
    "number": None,
}


def told(key: str, clock: Clock, areas: tuple[int, ...] = (HERE,), **values: Any) -> Told:
    given = {
        **BLANK,
        "title": "책 정리 도우미",
        "organisation": "별빛도서관",
        "closes_at": clock.at + timedelta(days=9),
        **values,
    }
    said = {**given, **keys(given)}
    return Told(
        key,
        f"{sorted(values.items())}{areas}",
        said,
        [(area, "emd", "address") for area in areas],
        dict.fromkeys(areas, 0),
    )


async def tell(store: Store, source: str, *all_: Told) -> dict[str, str]:
    async with store.transaction() as tx:
        done = await postings.record(tx, source, all_, ORDER)
        await merge(tx, source, [key for key, what in done.items() if what != "same"], ORDER)
        return done


async def gone(store: Store, source: str, *keys_: str) -> int:
    async with store.transaction() as tx:
        return await postings.gone(tx, source, keys_, ORDER)


async def standing(store: Store) -> list[Posting]:
    async with store.reading() as tx:
        return await tx.find(Posting, Posting.merged_into.is_(None), order=Posting.id)  # type: ignore[union-attr]


def tellings(clock: Clock) -> dict[str, Told]:
    """What three sources say of one job, each something that the others leave out."""
    return {
        "city": told(
            "c", clock, title="책정리 도우미 모집", pay_kind="hour", pay_low=12000, facts={"pay": "시급 12,000원"}
        ),
        "work24": told(
            "w",
            clock,
            pay_kind="month",
            pay_low=900000,
            spans=[[540, 720]],
            days=31,
            facts={"hours": "9~12"},
            number="K1",
        ),
        "senuri": told(
            "s", clock, organisation="(재)별빛도서관", headcount=2, facts={"duties": "책을 꽂아요"}, number="K1"
        ),
    }


@pytest.mark.parametrize("order", list(permutations(ORDER)))
async def test_whatever_the_order_one_posting_says_the_same(store: Store, clock: Clock, order: tuple[str, ...]) -> None:
    said = tellings(clock)
    for source in order:
        assert await tell(store, source, said[source]) == {said[source].key: "new"}
    [one] = await standing(store)
    assert (one.id, one.title, one.organisation) == (1, "책정리 도우미 모집", "별빛도서관")
    assert (one.pay_kind, one.pay_low, one.spans, one.headcount) == ("hour", 12000, [[540, 720]], 2)
    assert one.facts == {"pay": "시급 12,000원", "hours": "9~12", "duties": "책을 꽂아요"}
    assert one.told_by is not None
    assert [one.told_by[name] for name in ("title", "pay", "hours", "headcount")] == [
        "city",
        "city",
        "work24",
        "senuri",
    ]
    revision = one.revision
    for source in order:
        assert await tell(store, source, said[source]) == {said[source].key: "same"}
    [one] = await standing(store)
    assert one.revision == revision
    async with store.reading() as tx:
        assert await merging.sources(tx, one.id) == ["city", "senuri", "work24"]
        assert {row.posting_id for row in await tx.find(Listing)} == {1}


async def test_a_detail_that_comes_later_joins_what_stood_apart(store: Store, clock: Clock) -> None:
    await tell(store, "work24", told("w", clock, number="K1"))
    await tell(store, "senuri", told("RECR", clock, title="도서관 일", closes_at=None))
    assert [one.id for one in await standing(store)] == [1, 2]
    assert await tell(store, "senuri", told("RECR", clock, title="도서관 일", headcount=3, number="K1")) == {
        "RECR": "changed"
    }
    [one] = await standing(store)
    assert (one.id, one.headcount, one.title) == (1, 3, "책 정리 도우미")
    async with store.reading() as tx:
        found = await browse.posting(tx, 2)
        shown = await merging.show(tx, 2)
    assert found is not None
    assert found.id == 1
    assert shown is not None
    assert [(member.id, member.because) for member in shown.members] == [(1, None), (2, "both have the number K1")]


async def test_a_change_of_either_is_seen_and_the_other_one_s_words_stay(store: Store, clock: Clock) -> None:
    for source, one in tellings(clock).items():
        await tell(store, source, one)
    await tell(store, "city", told("c", clock, title="책정리 도우미 모집", pay_kind="hour", pay_low=13000))
    await tell(store, "senuri", told("s", clock, organisation="(재)별빛도서관", headcount=4, number="K1"))
    [one] = await standing(store)
    assert (one.pay_low, one.headcount, one.spans) == (13000, 4, [[540, 720]])


async def test_it_closes_when_nobody_tells_it_any_more(store: Store, clock: Clock) -> None:
    said = tellings(clock)
    for source in ("city", "work24"):
        await tell(store, source, said[source])
    assert await gone(store, "city", "c") == 0
    [one] = await standing(store)
    assert (one.state, one.pay_kind, one.title) == ("open", "month", "책 정리 도우미")
    assert await gone(store, "work24", "w") == 1
    assert [one.state for one in await standing(store)] == ["closed"]
    assert await tell(store, "city", said["city"]) == {"c": "changed"}
    [one] = await standing(store)
    assert (one.state, one.pay_kind) == ("open", "hour")


async def test_what_is_finer_known_says_where_and_split_gives_it_back(store: Store, clock: Clock) -> None:
    province = told("a", clock, areas=(), scope="sido")
    await tell(store, "city", province)
    await tell(store, "work24", told("w", clock, areas=(HERE, THERE), number="K9"))
    async with store.transaction() as tx:
        assert {row.area for row in await tx.find(Reach, Reach.posting_id == 1)} == {HERE, THERE}
        assert (await standing(store))[0].scope == "emd"
        assert await merging.split(tx, 1, ORDER) == [2]
        assert await tx.find(Reach, Reach.posting_id == 1) == []
        assert await tx.find(PostingArea, PostingArea.posting_id == 1) == []
        assert {row.area for row in await tx.find(Reach, Reach.posting_id == 2)} == {HERE, THERE}
    first, second = await standing(store)
    assert (first.scope, first.own, first.told_by) == ("sido", None, None)
    assert (second.scope, second.state, second.merged_because) == ("emd", "open", None)


async def test_a_split_stays_a_split(store: Store, clock: Clock) -> None:
    said = tellings(clock)
    for source, one in said.items():
        await tell(store, source, one)
    async with store.transaction() as tx:
        assert await merging.split(tx, 2, ORDER) == [2]
        assert await merging.split(tx, 2, ORDER) == []
        assert await merging.split(tx, 99, ORDER) == []
    assert [one.id for one in await standing(store)] == [1, 2]
    for again in ("c", "d"):
        await tell(store, "city", told("c", clock, title=f"책정리 도우미 모집{again}", pay_kind="hour", pay_low=12500))
        await tell(store, "work24", told("w", clock, number="K1", facts={"duties": again}))
        await tell(store, "senuri", told("s", clock, number="K1", facts={"duties": again}))
    assert [one.id for one in await standing(store)] == [1, 2]


async def test_marks_go_over_and_come_off_for_good(store: Store, clock: Clock) -> None:
    await tell(store, "city", told("c", clock, closes_at=None))
    await tell(store, "work24", told("w", clock, title="도서관 일", number="K1"))
    async with store.transaction() as tx:
        one, _ = await person(tx, "1")
        other, _ = await person(tx, "2")
        await browse.mark(tx, one, 2, "saved")
        await browse.mark(tx, other, 1, "saved")
        await browse.mark(tx, other, 2, "hidden")
    await tell(store, "city", told("c", clock, number="K1"))
    async with store.transaction() as tx:
        assert {(row.resident_id, row.verb) for row in await tx.find(Mark, Mark.posting_id == 1)} == {
            *((one, "saved"), (other, "saved"), (other, "hidden"))
        }
        assert [found.id for found in await browse.saved(tx, one)] == [1]
        await changes.looked(tx)
        assert {change.posting_id for change in await changes.found(tx, tx.now, ["telegram"])} == {1}
        await browse.unmark(tx, one, 2, "saved")
        assert await browse.saved(tx, one) == []


async def two(store: Store, clock: Clock) -> tuple[int, int]:
    """Two postings that stand apart as yet; a number that both are told with makes them one."""
    await tell(store, "city", told("c", clock))
    await tell(store, "work24", told("w", clock, title="도서관 일"))
    return 1, 2


async def joined(store: Store, clock: Clock) -> None:
    await tell(store, "work24", told("w", clock, title="도서관 일", number="K1"))
    await tell(store, "city", told("c", clock, number="K1"))


@pytest.mark.parametrize(
    ("old", "new", "stands"),
    [
        ("told", None, "told"),
        ("waiting", None, "waiting"),
        ("dropped", None, None),
        ("told", "waiting", "told"),
        ("waiting", "told", "told"),
        ("told", "told", "told"),
        ("waiting", "waiting", "waiting"),
        ("waiting", "dropped", "waiting"),
        ("dropped", "waiting", "waiting"),
        (None, "waiting", "waiting"),
    ],
)
async def test_nobody_is_owed_it_twice(
    store: Store, clock: Clock, old: str | None, new: str | None, stands: str | None
) -> None:
    older, newer = await two(store, clock)
    async with store.transaction() as tx:
        resident, _ = await person(tx, "1")
        for posting, state in ((newer, old), (older, new)):
            if state:
                await alert(tx, resident, posting, state=state)
    await joined(store, clock)
    async with store.transaction() as tx:
        found = {row.posting_id: row.state for row in await tx.find(Alert)}
        assert found.get(older) == stands
        assert found.get(newer) in (None, "told", "dropped")
        await merging.split(tx, older, ORDER)
        back = {row.posting_id: row.state for row in await tx.find(Alert)}
        assert back.get(newer) == old


async def queue(store: Store, once: str, chat: int, kind: str, alerts_: list[int], **values: Any) -> int:
    async with store.transaction() as tx:
        made = await deliveries.queue(tx, [deliveries.Owed(once, chat, kind, 2, **values)])
        for one in alerts_:
            await tx.execute(
                Alert.__table__.update().where(Alert.id == one).values(state="carried", delivery_id=made[once])
            )  # type: ignore[attr-defined]
        return made[once]


async def test_of_two_messages_on_their_way_one_goes(store: Store, clock: Clock) -> None:
    older, newer = await two(store, clock)
    async with store.transaction() as tx:
        people = [await person(tx, str(n)) for n in range(3)]
        owed = [[await alert(tx, one, posting) for posting in (older, newer)] for one, _ in people]
        rider = await alert(
            tx,
            people[0][0],
            await tx.add(Posting, title="다른 일", spans=[], facts={}, created_at=tx.now, changed_at=tx.now),
            maybe_seen=True,
        )
    await queue(store, "first", people[0][1], "alert", [owed[0][0]], posting_id=older)
    await queue(store, "second", people[0][1], "alert", [owed[0][1], rider], posting_id=newer)
    await queue(store, "digest", people[1][1], "digest", owed[1], body={"postings": [older, newer]})
    await queue(store, "alone", people[2][1], "digest", [owed[2][1]], body={"postings": [newer, 77]})
    await joined(store, clock)
    async with store.transaction() as tx:
        assert await states(tx) == {"first": "queued", "second": "cancelled", "digest": "queued", "alone": "queued"}
        assert (await tx.get(Alert, id=rider)).state == "waiting"  # type: ignore[union-attr]
        found = {(row.resident_id, row.posting_id): row.state for row in await tx.find(Alert) if row.id != rider}
        assert {state for (_, posting), state in found.items() if posting == older} == {"carried"}
        assert {state for (_, posting), state in found.items() if posting == newer} == {"dropped"}
        [message] = await tx.find(Delivery, Delivery.once == "first")
        assert not await used.told_otherwise(tx, people[0][0], older, message.id)
        assert await used.told_otherwise(tx, people[0][0], older, message.id + 1)


async def test_what_one_tells_of_another_neighbourhood_is_news_there_only(store: Store, clock: Clock) -> None:
    """A source that knew the province only alerts nobody; the other that knows the street does, those who were not told."""
    async with store.transaction() as tx:
        residents = [(await person(tx, str(n)))[0] for n in range(2)]
        for resident, area in zip(residents, (HERE, THERE), strict=True):
            wish = await tx.add(Wish, resident_id=resident, created_at=tx.now, words={})
            await tx.add(WishArea, wish_id=wish, area=area, resident_id=resident, width=1)
    await tell(store, "city", told("c", clock, areas=(HERE,)))

    async def match() -> list[tuple[int, int]]:
        async with store.transaction() as tx:
            await alerts.match(tx, await alerts.pending(tx, 10), tx.now)
            return sorted((row.resident_id, row.posting_id) for row in await tx.find(Alert) if row.state != "dropped")

    assert await match() == [(residents[0], 1)]
    await tell(store, "work24", told("w", clock, areas=(HERE, THERE), number="K1"))
    assert await match() == [(residents[0], 1)], "the place of who is believed more stands"
    async with store.transaction() as tx:
        await merging.split(tx, 1, ORDER)
    assert await match() == [(residents[0], 1), (residents[0], 2), (residents[1], 2)]


async def test_two_that_come_at_once_become_one(store: Store, clock: Clock) -> None:
    said = tellings(clock)
    await asyncio.gather(*(tell(store, source, one) for source, one in said.items()))
    assert len(await standing(store)) == 1


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_no_order_of_telling_taking_away_and_telling_again_changes_the_outcome(
    sqlite_store: Store, clock: Clock, data: st.DataObject
) -> None:
    """Each example is another library's job in the same store."""
    name = f"{data.draw(st.integers(0, 10**9))}도서관"
    said = {
        source: told(f"{one.key}{name}", clock, **{**one.values, "organisation": name, "number": name})
        for source, one in tellings(clock).items()
    }
    steps = data.draw(st.permutations([*said, *said]))
    seen: set[str] = set()
    for source in steps:
        if source in seen and data.draw(st.booleans()):
            await gone(sqlite_store, source, said[source].key)
        await tell(sqlite_store, source, said[source])
        seen.add(source)
    [one] = [row for row in await standing(sqlite_store) if row.organisation == name]
    assert (one.title, one.pay_kind, one.pay_low, one.spans, one.headcount, one.state) == (
        *("책정리 도우미 모집", "hour", 12000, [[540, 720]], 2, "open"),
    )
