"""A paged site, polled: what is new and gone, what a broken, throttled or lying site cannot close, what a key may spend."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

import pytest
from aiohttp import web

from bot.budgets import Budgets
from bot.poller import Polled, Poller
from bot.sources.api import Api
from bot.sources.http import Fetcher, Limits
from bot.sources.site import Asking
from bot.sources.work24 import Work24
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage import area_data, budgets
from storage.area_search import AreaNames
from storage.outbox_tables import Poll
from storage.store import Store
from storage.tables import Posting, PostingArea
from tests.conftest import Clock
from tests.engines import on_sqlite
from tests.fakes.paged import Paged
from tests.fakes.site import Site
from tests.fixtures import work24

pytestmark = on_sqlite  # what recording does is held on both engines in test_poller.py

LIST, DETAIL = "/callOpenApiSvcInfo210L01.do", "/callOpenApiSvcInfo210D01.do"
KEY = "SECRET+/=="
QUICK = Limits(connect=1, read=1, total=2, again=(), between=0.0)
GATEWAY = (
    b"<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>%s</returnAuthMsg>"
    b"<returnReasonCode>%s</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)


@dataclass
class Scene:
    store: Store
    site: Site
    list: Paged
    poller: Poller
    api: Api
    clock: Clock

    async def poll(self) -> Polled:
        return await self.poller.poll("work")

    async def states(self) -> list[str]:
        async with self.store.reading() as tx:
            return [one.state for one in await tx.find(Posting, order=Posting.id)]

    def details(self) -> list[str]:
        return [one.query["wantedAuthNo"] for one in self.site.asked if one.path == DETAIL]


async def _detail(request: web.Request, **said: str) -> web.StreamResponse:
    return web.Response(body=work24.detailed(request.query["wantedAuthNo"], **said))


_changed = partial(_detail, collectPsncnt="3")


@pytest.fixture
async def scene(store: Store, clock: Clock) -> AsyncIterator[Scene]:
    async with store.transaction() as tx:
        await area_data.load(tx)
    async with Site() as site:
        listing = Paged(site, LIST, work24.listed, "startPage", "display", most=2)
        listing.chosen = lambda row, request: row.get("day", "1") == request.query["empTpGb"]
        listing.postings = [work24.row(n) for n in range(1, 6)]
        site.does(DETAIL, _detail)
        asking = Asking(site.url, KEY, ("29200",))
        api = Api("work", Work24(asking), 60, Fetcher(QUICK), ["private"], Budgets(store), 100)
        recorder = Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000)
        scene = Scene(store, site, listing, Poller(store, [api], recorder), api, clock)
        yield scene


async def test_all_pages_are_told_and_details_asked_for_once(scene: Scene) -> None:
    polled = await scene.poll()
    assert polled.counts == {"new": 5}
    assert [one["startPage"] for one in scene.list.asked] == ["1", "2", "3", "1"]
    assert {one["authKey"] for one in scene.list.asked} == {KEY}
    assert len(scene.details()) == 5
    assert (await scene.poll()).counts == {"same": 5}
    assert len(scene.details()) == 5
    async with scene.store.reading() as tx:
        posting = await tx.get(Posting, id=1)
        areas = await tx.find(PostingArea, PostingArea.posting_id == 1)
    assert posting is not None
    assert (posting.pay_hourly, posting.headcount, posting.foreigners, posting.until_filled) == (
        11000,
        2,
        "listed",
        True,
    )
    assert [(one.level, one.known_by) for one in areas] == [("emd", "address")]
    assert "홍길동" not in str(posting)
    assert "010-1234" not in str(posting)


async def test_a_whole_sweep_closes_what_is_gone_and_changes_what_changed(scene: Scene) -> None:
    await scene.poll()
    await scene.poll()  # the list of day labour was empty twice
    scene.list.postings = [work24.row(1), work24.row(2, closeDt="26-12-24"), work24.row(3), work24.row(4)]
    scene.site.does(DETAIL, _changed)
    assert (await scene.poll()).counts == {"changed": 1, "same": 4}, "on its way up a page it may have been missed"
    assert (await scene.poll()).counts == {"gone": 1, "same": 4}
    assert scene.details()[5:] == ["K120012611200002"]
    assert await scene.states() == ["open"] * 4 + ["closed"]


async def test_what_only_the_detail_says_anew_is_found_by_when_it_was_changed(scene: Scene) -> None:
    await scene.poll()
    scene.site.does(DETAIL, _changed)
    assert (await scene.poll()).counts == {"same": 5}
    scene.list.postings[2] = work24.row(3, smodifyDtm="202611241100")
    assert (await scene.poll()).counts == {"changed": 1, "same": 4}


async def test_the_list_of_day_labour_is_its_own(scene: Scene) -> None:
    scene.list.postings.append(work24.row(9, day="2"))
    assert (await scene.poll()).counts == {"new": 6}
    assert scene.list.asked[-1]["empTpGb"] == "2"


async def test_nothing_broken_closes_anything(scene: Scene) -> None:
    await scene.poll()
    await scene.poll()
    whole = list(scene.list.postings)
    wrongs: dict[str, dict[int, bytes | int]] = {
        "ill": {1: 503},
        "a web page": {1: b"<!DOCTYPE html><html>maintenance</html>"},
        "a web page later": {3: b"<html></html>"},
        "nothing": {1: b""},
        "half": {2: work24.listed(whole[2:4], 5)[:-40]},
        "a page too few": {3: work24.listed([], 5)},
        "another total": {3: work24.listed(whole[4:], 4)},
        "the key": {1: work24.BAD_KEY.replace("{key}", KEY).encode()},
        "the gateway": {1: GATEWAY % (b"SERVICE_KEY_IS_NOT_REGISTERED_ERROR", b"30")},
        "json": {1: b'{"total": 0}'},
        "another document": {1: b"<other><total>0</total></other>"},
        "entities": {1: b"<!DOCTYPE a [<!ENTITY b 'c'>]><wantedRoot/>"},
        "no total": {1: b"<wantedRoot></wantedRoot>"},
        "a total and no rows": {1: b"<wantedRoot><total>5</total></wantedRoot>"},
    }
    for name, wrong in wrongs.items():
        scene.list.again()
        scene.list.wrongs = wrong
        polled = await scene.poll()
        assert set(polled.counts) <= {"same"}, name
        assert polled.faults, name
        assert "SECRET" not in str(polled), name
    for lie in ({"total": 50}, {"stuck": True}):
        scene.list.again()
        for name, value in lie.items():
            setattr(scene.list, name, value)
        assert set((await scene.poll()).counts) <= {"same"}, lie
    assert await scene.states() == ["open"] * 5
    scene.list.again()
    scene.list.postings = whole[:4]
    await scene.poll()
    assert (await scene.poll()).counts == {"same": 4, "gone": 1}


async def test_a_throttled_site_is_left_alone_and_closes_nothing(scene: Scene) -> None:
    await scene.poll()
    scene.list.again()
    scene.list.wrongs = {2: 429}
    polled = await scene.poll()
    assert (polled.outcome, polled.counts) == ("partial", {"same": 2})
    assert polled.faults[0] == "the site answered 429"
    assert "left alone" in (await scene.poll()).faults[0]
    assert len(scene.list.asked) == 2
    assert await scene.states() == ["open"] * 5


async def test_a_site_that_is_suddenly_empty_is_believed_when_it_says_so_again(scene: Scene) -> None:
    await scene.poll()
    await scene.poll()
    scene.list.postings = []
    assert (await scene.poll()).counts == {}
    assert (await scene.poll()).counts == {"gone": 5}


async def test_a_posting_that_moves_up_a_page_meanwhile_is_not_taken_away(scene: Scene) -> None:
    """One goes from the first page and one comes to the last: the total stays, and the third is on neither page."""
    await scene.poll()
    await scene.poll()
    first = list(scene.list.postings)
    asked = scene.list.chosen

    def chosen(row: dict[str, str], request: web.Request) -> bool:
        if request.query["startPage"] == "2":
            scene.list.postings[:] = [*first[1:], work24.row(6)]
        return asked(row, request)

    scene.list.chosen = chosen
    assert (await scene.poll()).counts == {"new": 1, "same": 5}
    scene.list.chosen = asked
    assert (await scene.poll()).counts == {"same": 6}
    assert (await scene.poll()).counts == {"same": 5, "gone": 1}
    assert await scene.states() == ["closed"] + ["open"] * 5


async def test_a_site_that_turns_round_in_its_pages_is_not_followed(scene: Scene) -> None:
    scene.list.stuck, scene.list.total = True, 5000
    polled = await scene.poll()
    assert polled.counts == {"new": 2}
    assert len(scene.list.asked) == 3, "its second page says nothing new, and the other list has none at all"
    assert any("not whole (2 of 5000)" in fault for fault in polled.faults)


async def test_a_total_that_is_the_length_of_a_page_is_not_believed(scene: Scene) -> None:
    scene.list.most = work24_size = scene.api.site.size
    scene.list.postings = [work24.row(n) for n in range(1, work24_size + 3)]
    scene.list.total = work24_size
    polled = await scene.poll()
    assert polled.counts == {"new": work24_size + 2}
    async with scene.store.reading() as tx:
        (row,) = await tx.find(Poll)
    assert any("not whole" in fault for fault in row.faults), "what a good poll missed is kept too"


async def test_a_row_that_cannot_be_read_closes_nothing(scene: Scene) -> None:
    await scene.poll()
    await scene.poll()
    scene.list.postings = [*scene.list.postings[:3], work24.row(4, wantedAuthNo="")]
    polled = await scene.poll()
    assert polled.counts == {"same": 3}
    assert "1 rows could not be read" in polled.faults


async def test_a_detail_that_says_no_such_posting_takes_it_away(scene: Scene) -> None:
    await scene.poll()
    scene.site.answers(DETAIL, work24.NOTHING)
    scene.list.postings[0] = work24.row(1, title="다른 제목")
    assert (await scene.poll()).counts == {"same": 4, "gone": 1}


async def test_without_a_detail_a_new_posting_is_told_and_a_known_one_stays(scene: Scene) -> None:
    scene.site.answers(DETAIL, status=500)
    polled = await scene.poll()
    assert polled.counts == {"new": 5}
    assert len(scene.details()) == 3, "three failures in a row are enough"
    scene.site.does(DETAIL, _detail)
    assert (await scene.poll()).counts == {"changed": 5}
    scene.site.answers(DETAIL, b"<html>")
    scene.list.postings[0] = work24.row(1, title="다른 제목")
    polled = await scene.poll()
    assert polled.counts == {"same": 5}
    scene.site.does(DETAIL, _changed)
    assert (await scene.poll()).counts == {"changed": 1, "same": 4}


async def test_a_key_spends_four_fifths_of_its_quota_and_begins_again_at_korean_midnight(scene: Scene) -> None:
    api = Api("work", scene.api.site, 60, Fetcher(QUICK), ["private"], Budgets(scene.store), 10)
    scene.poller.sources["work"] = api
    polled = await scene.poll()
    assert (polled.outcome, polled.counts) == ("good", {"new": 5}), "4 pages and 4 details"
    assert len(scene.site.asked) == 8
    polled = await scene.poll()
    assert (polled.outcome, len(scene.site.asked)) == ("failed", 8)
    assert "today's 8 requests are used up" in polled.faults[0]
    async with scene.store.reading() as tx:
        assert await budgets.used(tx, api.budget) == 8
    scene.clock.forward(days=1)
    assert (await scene.poll()).counts == {"changed": 1, "same": 4}
    assert await scene.states() == ["open"] * 5


async def test_a_site_that_says_that_the_quota_is_used_up_is_left_alone_until_midnight(scene: Scene) -> None:
    scene.list.wrongs = {1: GATEWAY % (b"LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", b"22")}
    polled = await scene.poll()
    assert "the day's quota is used up" in polled.faults[0]
    assert "used up" in (await scene.poll()).faults[0]
    assert len(scene.site.asked) == 1
    scene.clock.forward(days=1)
    assert (await scene.poll()).counts == {"new": 5}


async def test_the_raw_answer_has_no_key_in_it(scene: Scene) -> None:
    scene.site.answers(LIST, f"<a>{KEY} SECRET%2B%2F%3D%3D</a>".encode())
    probed = await scene.api.probe(scene.clock())
    assert probed.answer == b"<a>*** ***</a>"
    assert probed.error


async def test_a_key_that_is_not_approved_is_told_so(scene: Scene) -> None:
    scene.site.answers(LIST, status=403)
    assert (await scene.poll()).faults == ("the site answered 403: is the key approved for this service?",)
