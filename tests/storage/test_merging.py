"""One posting that several sources tell: whatever the order, nothing is lost, nobody is told twice, and a split stays one."""

import asyncio
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import browse, merging
from storage.store import Store
from storage.tables import Listing, PostingArea, Reach
from tests.conftest import Clock
from tests.storage.tellings import HERE, ORDER, THERE, gone, standing, tell, tellings, told


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
        assert await browse.told_by(tx, one.id) == ["city", "senuri", "work24"]
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
