"""Looking at postings: nearest first, only open ones, never a hidden one, old ids lead on."""

from datetime import timedelta
from typing import Any

import pytest

from handlers.matching import OCCUPATIONS, without
from storage import browse
from storage.area_tables import Area
from storage.store import Store
from storage.tables import Posting, PostingArea, Reach, Resident, WishArea
from storage.transaction import Transaction

HERE, NEXT, DISTRICT = 1233012800, 1233012900, 1233000000


async def post(tx: Transaction, hops: dict[int, int] | None = None, **values: Any) -> int:
    values = {"title": "사서", "facts": {}, "spans": [], "created_at": tx.now, "changed_at": tx.now, **values}
    posting_id = int(await tx.add(Posting, **values))
    for area, far in (hops or {}).items():
        await tx.add(Reach, posting_id=posting_id, area=area, hops=far)
    return posting_id


async def resident(tx: Transaction) -> int:
    return int(await tx.add(Resident, language="ko", created_at=tx.now))


def ids(found: browse.Found) -> list[tuple[int, int]]:
    return [(posting.id, far) for posting, far in found.rows]


async def test_the_nearest_come_first_and_of_these_what_closes_soonest(store: Store) -> None:
    async with store.transaction() as tx:
        soon, late = tx.now + timedelta(days=1), tx.now + timedelta(days=9)
        bordering = await post(tx, {HERE: 1, NEXT: 0}, closes_at=soon)
        open_ended = await post(tx, {HERE: 0})
        closing_late = await post(tx, {HERE: 0}, closes_at=late)
        closing_soon = await post(tx, {HERE: 0}, closes_at=soon)
        far = await post(tx, {HERE: 2})
        await post(tx, {HERE: 0}, closes_at=tx.now)
        await post(tx, {HERE: 0}, state="closed")
        await post(tx, {HERE: 0}, merged_into=far)
        found = await browse.open_near(tx, [(HERE, 1)], 0, 3)
        assert (found.total, ids(found)) == (4, [(closing_soon, 0), (closing_late, 0), (open_ended, 0)])
        assert ids(await browse.open_near(tx, [(HERE, 1)], 3, 3)) == [(bordering, 1)]
        assert ids(await browse.open_near(tx, [(HERE, 1), (NEXT, 0)], 0, 1)) == [(bordering, 0)]
        assert await browse.open_near(tx, [], 0, 3) == browse.Found(0, [])
        assert await browse.counts_by_ring(tx, HERE) == (3, 4, 5, 5)
        assert (await browse.open_all(tx, None, 0, 2))[0] == 5


async def test_what_is_hidden_or_filtered_is_left_out(store: Store) -> None:
    async with store.transaction() as tx:
        cook = await post(tx, {HERE: 0}, occupation="cook", occupation_bit=OCCUPATIONS["cook"], pay_hourly=11_000)
        other = await post(tx, {HERE: 0})
        anna = await resident(tx)
        await browse.mark(tx, anna, other, "hidden")
        await browse.mark(tx, anna, other, "hidden")
        assert ids(await browse.open_near(tx, [(HERE, 0)], 0, 9, resident_id=anna)) == [(cook, 0)]
        await browse.unmark(tx, anna, other, "hidden")
        assert (await browse.open_near(tx, [(HERE, 0)], 0, 9, resident_id=anna)).total == 2
        for wish, left in (
            (WishArea(occupations=without(-1, "cook")), [other]),
            (WishArea(pay_floor=12_000), [other]),
            (WishArea(strict=1), [cook]),
        ):
            found = await browse.open_near(tx, [(HERE, 0)], 0, 9, filters=[wish])
            assert [posting.id for posting, _ in found.rows] == left


@pytest.mark.parametrize(
    ("words", "kinds", "hits"),
    [
        (["도서관"], [], [0]),
        (["library"], [], [1]),
        (["LIBRARY", "seoul"], [], [1]),
        (["library", "busan"], [], []),
        (["%"], [], [2]),
        (["_"], [], []),
        (["없음"], ["cook"], [3]),
        ([" "], [], []),
    ],
)
async def test_words_are_looked_up_as_they_are_written(
    store: Store, words: list[str], kinds: list[str], hits: list[int]
) -> None:
    async with store.transaction() as tx:
        made = [
            await post(tx, {HERE: 0}, title="작은도서관 도우미"),
            await post(tx, title="Library desk", organisation="Seoul"),
            await post(tx, title="100% 재택"),
            await post(tx, title="조리", occupation="cook"),
        ]
        found = await browse.search(tx, words, kinds, 0, 9, areas=[(HERE, 1)])
        assert ids(found) == [(made[i], 0 if i == 0 else 3) for i in hits]
        assert found.total == len(hits)


async def test_an_old_id_leads_to_what_it_was_merged_into(store: Store) -> None:
    async with store.transaction() as tx:
        last = await post(tx, closes_at=tx.now + timedelta(days=2))
        middle = await post(tx, merged_into=last)
        first = await post(tx, merged_into=middle)
        gone = await post(tx, state="closed")
        found = await browse.posting(tx, first)
        assert found is not None
        assert found.id == last
        assert await browse.posting(tx, 999) is None
        anna = await resident(tx)
        for posting_id in (gone, first, middle):
            await browse.mark(tx, anna, posting_id, "saved")
        assert [posting.id for posting in await browse.saved(tx, anna)] == [last, gone]


async def test_the_most_precise_place_is_shown_and_a_district_holds_its_neighbourhoods(store: Store) -> None:
    names = dict.fromkeys(("name_ko", "full_ko", "name_en", "full_en", "name_ru"), "")
    async with store.transaction() as tx:
        for code, level, parent in ((DISTRICT, "sigungu", 1200000000), (HERE, "emd", DISTRICT)):
            await tx.add(Area, code=code, level=level, kind="legal", parent=parent, lat=35.0, lon=126.0, **names)
        made = [await post(tx) for _ in range(3)]
        for posting_id, area, level in ((made[0], DISTRICT, "sigungu"), (made[0], HERE, "emd"), (made[1], 1, "sido")):
            await tx.add(PostingArea, posting_id=posting_id, area=area, level=level, known_by="address")
        assert await browse.place_codes(tx, made) == {made[0]: HERE, made[1]: 1}
        assert [posting.id for posting in (await browse.open_all(tx, DISTRICT, 0, 9))[1]] == [made[0]]
