"""What sources told: listings and the postings they stand for, whatever the order and however often it is said."""

from datetime import timedelta
from typing import Any

from storage import postings
from storage.outbox_tables import Source
from storage.postings import Told
from storage.store import Store
from storage.tables import Listing, Posting, PostingArea, Reach
from tests.conftest import Clock

VALUES: dict[str, Any] = {"title": "책 정리", "organisation": "별빛도서관", "example": False, "closes_at": None}


def told(key: str = "1", hash_: str = "a", reach: dict[int, int] | None = None, **values: Any) -> Told:
    given = {**VALUES, "facts": {}, "spans": [], **values}
    return Told(key, hash_, given, [(1, "emd", "address")], {1: 0, 2: 1} if reach is None else reach)


async def record(store: Store, source: str, *all_: Told) -> dict[str, str]:
    async with store.transaction() as tx:
        return await postings.record(tx, source, all_)


async def gone(store: Store, source: str, *keys: str) -> int:
    async with store.transaction() as tx:
        return await postings.gone(tx, source, keys)


async def standing(store: Store) -> list[tuple[str, str, int]]:
    async with store.reading() as tx:
        return [(one.title, one.state, one.revision) for one in await tx.find(Posting, order=Posting.id)]


async def test_many_at_once_keep_their_own_areas(store: Store) -> None:
    many = [told(str(n), title=f"일자리 {n}", reach={n: 0}) for n in range(1, 300)]
    assert set((await record(store, "a", *many)).values()) == {"new"}
    async with store.reading() as tx:
        titles = {one.id: one.title for one in await tx.find(Posting)}
        for row in await tx.find(Reach):
            assert titles[row.posting_id] == f"일자리 {row.area}"
        for listing in await tx.find(Listing):
            assert titles[listing.posting_id] == f"일자리 {listing.key}"


async def test_the_same_again_changes_nothing_and_a_change_raises_the_revision(store: Store) -> None:
    assert await record(store, "a", told()) == {"1": "new"}
    assert await record(store, "a", told()) == {"1": "same"}
    assert await record(store, "a", told(hash_="b", title="책 나르기", reach={3: 0})) == {"1": "changed"}
    assert await standing(store) == [("책 나르기", "open", 2)]
    async with store.reading() as tx:
        assert [(row.area, row.hops) for row in await tx.find(Reach)] == [(3, 0)]
        assert len(await tx.find(PostingArea)) == 1


async def test_two_files_that_tell_one_posting_stand_for_one(store: Store) -> None:
    await record(store, "folder/a.csv", told())
    assert await record(store, "folder/b.csv", told()) == {"1": "same"}
    assert await gone(store, "folder/a.csv", "1") == 0
    assert await standing(store) == [("책 정리", "open", 1)]
    assert await gone(store, "folder/b.csv", "1") == 1
    assert await standing(store) == [("책 정리", "closed", 1)]


async def test_back_under_its_old_name_is_no_news_either(store: Store) -> None:
    await record(store, "folder/a.csv", told())
    for there, away in (("b", "a"), ("a", "b"), ("b", "a")):
        assert await record(store, f"folder/{there}.csv", told()) == {"1": "same"}
        await gone(store, f"folder/{away}.csv", "1")
    assert await standing(store) == [("책 정리", "open", 1)]


async def test_two_files_that_differ_show_the_last_that_was_told(store: Store) -> None:
    await record(store, "folder/a.csv", told())
    await record(store, "folder/b.csv", told(hash_="b", pay_low=2))
    assert await record(store, "folder/a.csv", told(hash_="c", pay_low=3)) == {"1": "changed"}
    assert await record(store, "folder/a.csv", told(hash_="b", pay_low=2)) == {"1": "changed"}
    assert await record(store, "folder/b.csv", told(hash_="b", pay_low=2)) == {"1": "same"}
    async with store.reading() as tx:
        assert [one.pay_low for one in await tx.find(Posting)] == [2]


async def test_another_name_and_other_words_is_a_change(store: Store) -> None:
    await record(store, "folder/a.csv", told())
    assert await record(store, "folder/b.csv", told(hash_="b", pay_low=12000)) == {"1": "changed"}
    assert await record(store, "folder/b.csv", told(hash_="b", pay_low=12000)) == {"1": "same"}
    assert await standing(store) == [("책 정리", "open", 2)]


async def test_numbers_of_two_facilities_are_told_apart(store: Store) -> None:
    await record(store, "folder/a.csv", told())
    other = [told(organisation="달빛도서관"), told("2", title="주방 보조")]
    assert await record(store, "folder/b.csv", *other) == {"1": "new", "2": "new"}
    assert await record(store, "examples", told(example=True)) == {"1": "new"}


async def test_what_was_taken_away_is_known_for_a_week_under_another_name(store: Store, clock: Clock) -> None:
    await record(store, "folder/a.csv", told())
    await gone(store, "folder/a.csv", "1")
    clock.forward(days=6)
    assert await record(store, "folder/b.csv", told()) == {"1": "changed"}
    assert await standing(store) == [("책 정리", "open", 2)]
    await gone(store, "folder/b.csv", "1")
    clock.forward(days=8)
    assert await record(store, "folder/c.csv", told()) == {"1": "new"}


async def test_what_is_over_closes_and_what_comes_back_opens(store: Store, clock: Clock) -> None:
    await record(store, "a", told(closes_at=clock() + timedelta(days=1)), told("2", closes_at=clock(), title="어제"))
    assert await standing(store) == [("책 정리", "open", 1), ("어제", "closed", 1)]
    clock.forward(days=1)
    async with store.transaction() as tx:
        assert await postings.close_due(tx) == 1
        assert await postings.close_due(tx) == 0
    await record(store, "a", told(hash_="b", closes_at=clock() + timedelta(days=1)))
    assert (await standing(store))[0] == ("책 정리", "open", 2)


async def test_retired_sources_close_with_their_parts_and_may_come_back(store: Store) -> None:
    for source in ("folder/a.csv", "folders", "city"):
        await record(store, source, told(title=source))
    async with store.transaction() as tx:
        for name in ("folder", "folders", "city"):
            await postings.polled(tx, name, "good", {}, (), "cursor")
        assert await postings.retire(tx, ["folders"]) == 2
        assert await postings.retire(tx, ["folders"]) == 0
        assert [row.name for row in await tx.find(Source)] == ["folders"]
    assert [state for _, state, _ in await standing(store)] == ["closed", "open", "closed"]
    assert await record(store, "city", told(title="city")) == {"1": "changed"}


async def test_failures_are_counted_in_a_row_and_the_cursor_outlives_them(store: Store) -> None:
    async with store.transaction() as tx:
        said = [
            await postings.polled(tx, "a", outcome, {}, (), cursor)
            for outcome, cursor in (("good", "1"), ("failed", None), ("partial", "2"), ("failed", None), ("good", None))
        ]
        assert said == [0, 1, 2, 3, 0]
        assert await postings.cursor(tx, "a") == "2"
