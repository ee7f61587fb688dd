"""What staff write, kept: who is first to decide decides, what was tried leaves nothing, and the desk is no source to retire."""

from collections.abc import Mapping

from handlers.clock.put_up import put_up, put_up_due
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage import facilities, postings, writings
from storage.area_search import AreaNames
from storage.staff_tables import Facility, Writing
from storage.store import Store
from storage.tables import Listing, Posting
from storage.transaction import Transaction
from tests.conftest import Clock

RECORDER = Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000, (writings.DESK, "sheets"))
CELLS: Mapping[str, str] = {"title": "책 정리", "pay": "시급 13,000원", "closing": "2026-12-24"}


async def library(tx: Transaction, name: str = "별빛도서관") -> int:
    return await facilities.make(tx, name)


async def test_what_is_tried_leaves_nothing(store: Store) -> None:
    async with store.transaction() as tx:
        here = await library(tx)
        async with tx.tried():
            await facilities.make(tx, "나래복지관")
            assert await facilities.named(tx, "나래복지관") is not None
        assert await facilities.named(tx, "나래복지관") is None
        await facilities.change(tx, here, phone="062-1")
    async with store.reading() as tx:
        assert [(one.name, one.phone) for one in await tx.find(Facility)] == [("별빛도서관", "062-1")]


async def test_of_two_who_decide_the_first_does(store: Store) -> None:
    async with store.transaction() as tx:
        draft = await writings.begin(tx, await library(tx), 1, CELLS)
        assert await writings.settle(tx, [draft], "open", "waiting") == 1
        assert [one.id for one in await writings.waiting(tx)] == [draft]
        assert await writings.waiting(tx, [99]) == []
    for by, won in ((2, 1), (3, 0)):
        async with store.transaction() as tx:
            assert await writings.settle(tx, [draft], "waiting", "published", by) == won
    async with store.reading() as tx:
        kept = await writings.get(tx, draft)
        assert kept is not None
        assert kept.decided_by == 2


async def test_a_writing_becomes_a_posting_of_its_facility_and_its_correction_the_same(
    store: Store, clock: Clock
) -> None:
    async with store.transaction() as tx:
        here = await library(tx)
        draft = await writings.begin(tx, here, 1, CELLS)
        await writings.settle(tx, [draft], "open", "published", 1)
        assert not await put_up_due(tx, RECORDER)
        posting = (await tx.find(Posting))[0]
        assert (posting.facility_id, posting.organisation, posting.pay_low) == (here, "별빛도서관", 13_000)
    clock.forward(hours=1)
    async with store.transaction() as tx:
        seen = await writings.revision(tx, posting.id)
        more = await writings.begin(tx, here, 1, {**CELLS, "pay": "시급 14,000원"}, posting.id, seen)
        await writings.settle(tx, [more], "open", "published", 1)
        await put_up(tx, RECORDER, await tx.find(Writing, Writing.id == more))
        (now,) = await tx.find(Posting)
        assert (now.pay_low, now.revision) == (14_000, seen + 1)
        assert [one.id for one in await writings.published(tx, posting.id)] == [more, draft]
        assert [one.id for one in await writings.published(tx, posting.id, seen)] == [draft]
        last = await writings.last(tx, here)
        assert last is not None
        assert last.id == more
        assert [one.key for one in await tx.find(Listing)] == [str(draft)]
    async with store.transaction() as tx:
        await postings.retire(tx, [writings.DESK])
        assert (await tx.find(Posting))[0].state == "open"
        await postings.gone(tx, writings.DESK, [str(draft)])
        await writings.close(tx, posting.id)
        assert (await tx.find(Posting))[0].state == "closed"


async def test_what_staff_post_twice_they_mean_twice(store: Store) -> None:
    async with store.transaction() as tx:
        here = await library(tx)
        for _ in range(2):
            draft = await writings.begin(
                tx, here, 1, {**CELLS, "workplace": "광산구 월곡동", "hours": "월 09:00~12:00"}
            )
            await writings.settle(tx, [draft], "open", "published", 1)
        await put_up_due(tx, RECORDER)
        assert [one.merged_into for one in await tx.find(Posting)] == [None, None]


async def test_drafts_are_forgotten_and_what_was_published_is_kept(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        here = await library(tx)
        await writings.begin(tx, here, 1, CELLS)
        kept = await writings.begin(tx, here, 1, CELLS)
        await writings.settle(tx, [kept], "open", "published", 1)
    clock.forward(days=31)
    async with store.transaction() as tx:
        assert await writings.forget(tx) == 1
        assert [one.id for one in await tx.find(Writing)] == [kept]
