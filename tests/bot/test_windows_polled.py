"""Sites whose list is only a window, polled: walked from their newer end, closing by dates, never by what is missing."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from bot.budgets import Budgets
from bot.poller import Poller
from bot.sources.api import Api
from bot.sources.cleaneye import Cleaneye
from bot.sources.gojobs import Gojobs
from bot.sources.gyeonggi import Gyeonggi
from bot.sources.http import Fetcher, Limits
from bot.sources.jobposting import Jobposting
from bot.sources.senuri import Senuri
from bot.sources.seoul import Seoul
from bot.sources.site import Asking
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage import area_data
from storage.area_search import AreaNames
from storage.store import Store
from storage.tables import Posting, PostingArea, Reach
from tests.bot import test_cleaneye, test_gojobs, test_gyeonggi, test_jobposting, test_senuri, test_seoul
from tests.engines import on_sqlite
from tests.fakes.paged import Paged
from tests.fakes.site import Site

pytestmark = on_sqlite

QUICK = Limits(connect=1, read=1, total=2, again=(), between=0.0)


@dataclass
class Scene:
    store: Store
    site: Site
    poller: Poller

    async def counts(self, name: str) -> dict[str, int]:
        return dict((await self.poller.poll(name)).counts)

    async def states(self) -> list[str]:
        async with self.store.reading() as tx:
            return [one.state for one in await tx.find(Posting, order=Posting.id)]


@pytest.fixture
async def scene(store: Store) -> AsyncIterator[Scene]:
    async with store.transaction() as tx:
        await area_data.load(tx)
    async with Site() as site:
        web_, budgets = Fetcher(QUICK), Budgets(store)
        asking = Asking(site.url, "SECRET", ("4146",), urls=(f"{site.url}/a", f"{site.url}/b"))
        kinds = {
            "cleaneye": Cleaneye,
            "gojobs": Gojobs,
            "gyeonggi": Gyeonggi,
            "senuri": Senuri,
            "seoul": Seoul,
            "pages": Jobposting,
        }
        sources = [Api(name, kind(asking), 60, web_, ["private"], budgets) for name, kind in kinds.items()]
        recorder = Recorder(AreaNames.packaged(), Eligibility.load(), 4146000000)
        yield Scene(store, site, Poller(store, sources, recorder))


def gyeonggi_row(number: int, end: str = "20261220", region: str = "4146") -> dict[str, Any]:
    link = f"https://www.jobs.example.kr/Recruit/GI_Read/{99000000 + number}"
    return {
        **test_gyeonggi.ROW,
        "URL": link,
        "RCPT_END_DE": end,
        "WORK_REGION_CD_CONT": region,
        "PBANC_CONT": f"모집 {number}",
    }


async def test_a_list_with_old_rows_is_walked_from_its_newer_end(scene: Scene) -> None:
    listing = Paged(
        scene.site,
        "/GGJOBABARECRUSTM",
        lambda rows, total: test_gyeonggi.answer(*rows, total=total),
        "pIndex",
        "pSize",
        most=10,
    )
    old = [gyeonggi_row(n, end="20260101") for n in range(50)]
    listing.postings = [*old, *(gyeonggi_row(n) for n in range(50, 65)), gyeonggi_row(65, region="4111")]
    assert (await scene.counts("gyeonggi"))["new"] == 15
    assert [one["pIndex"] for one in listing.asked] == ["1", "7", "6", "5"]
    listing.again()
    listing.postings = listing.postings[::-1]
    assert "new" not in await scene.counts("gyeonggi")
    assert [one["pIndex"] for one in listing.asked] == ["1", "7", "2", "3"]
    async with scene.store.reading() as tx:
        (area,) = {(one.area, one.level, one.known_by) for one in await tx.find(PostingArea)}
    assert area == (4146000000, "sigungu", "address")


async def test_a_list_that_does_not_say_how_long_it_is_is_walked_to_its_end_and_closes_nothing(scene: Scene) -> None:
    def told(rows: list[dict[str, str]], total: int) -> bytes:
        return test_cleaneye.answer(*rows).replace(b"<totalCount>%d</totalCount>" % len(rows), b"")

    listing = Paged(scene.site, "/openXmlEmployInfo", told)
    listing.postings = [{**test_cleaneye.ROW, "NO": str(n), "ENT_TITLE": f"채용 {n}"} for n in range(501)]
    assert await scene.counts("cleaneye") == {"new": 501}
    assert [one["pageNo"] for one in listing.asked] == ["1", "2", "3"]
    listing.postings = listing.postings[:3]
    assert await scene.counts("cleaneye") == {"same": 3}


async def test_what_a_window_no_longer_shows_stays_until_its_last_day(scene: Scene) -> None:
    listing = Paged(
        scene.site, "/GGJOBABARECRUSTM", lambda rows, total: test_gyeonggi.answer(*rows, total=total), "pIndex", "pSize"
    )
    listing.postings = [gyeonggi_row(1), gyeonggi_row(2)]
    await scene.counts("gyeonggi")
    listing.postings = [gyeonggi_row(2)]
    for _ in range(3):
        assert await scene.counts("gyeonggi") == {"same": 1}
    listing.postings = [gyeonggi_row(1, end="20261101")]
    assert await scene.counts("gyeonggi") == {"gone": 1}
    assert await scene.states() == ["closed", "open"]


async def test_a_row_that_says_closed_closes_and_an_employers_address_is_told_as_such(scene: Scene) -> None:
    open_, closed = test_senuri.item(), test_senuri.item(deadline="마감")
    scene.site.answers("/getJobList", test_senuri.items(open_))
    scene.site.answers("/getJobInfo", test_senuri.DETAIL)
    assert await scene.counts("senuri") == {"new": 1}
    async with scene.store.reading() as tx:
        (area,) = await tx.find(PostingArea)
        assert await tx.find(Reach)
    assert (area.level, area.known_by) == ("emd", "employer")
    scene.site.answers("/getJobList", test_senuri.items(code="99"))
    assert await scene.counts("senuri") == {}
    scene.site.answers("/getJobList", test_senuri.items(closed))
    assert await scene.counts("senuri") == {"gone": 1}


async def test_where_it_is_may_be_known_by_a_code_alone(scene: Scene) -> None:
    scene.site.answers("/getList", test_gojobs.items(test_gojobs.item(area="41465")))
    scene.site.answers("/getItem", status=500)
    assert await scene.counts("gojobs") == {"new": 1}
    async with scene.store.reading() as tx:
        (area,) = await tx.find(PostingArea)
    assert (area.area, area.level, area.known_by) == (4146500000, "sigungu", "code")
    scene.site.answers("/getItem", test_gojobs.DETAIL)
    assert await scene.counts("gojobs") == {"changed": 1}
    assert await scene.counts("gojobs") == {"same": 1}
    async with scene.store.reading() as tx:
        (area,) = await tx.find(PostingArea)
        (posting,) = await tx.find(Posting)
    assert (area.level, area.known_by, posting.pay_hourly) == ("emd", "address", 11500)


async def test_a_key_in_the_path_is_in_no_fault(scene: Scene) -> None:
    async def serve(request: web.Request) -> web.StreamResponse:
        return web.Response(
            body=json.dumps({"RESULT": {"CODE": "INFO-100", "MESSAGE": "key SECRET is wrong"}}).encode()
        )

    scene.site.does("/SECRET/json/GetJobInfo/1/500/", serve)
    polled = await scene.poller.poll("seoul")
    assert polled.outcome == "failed"
    assert polled.faults == ("the site refuses (code INFO-100): key *** is wrong",)
    scene.site.answers("/SECRET/json/GetJobInfo/1/500/", test_seoul.answer(test_seoul.ROW))
    assert await scene.counts("seoul") == {"new": 1}


async def test_one_page_of_several_that_fails_closes_nothing_and_hides_nothing(scene: Scene) -> None:
    one, other = ({**test_jobposting.JOB, "identifier": name, "url": None} for name in ("J1", "J2"))
    scene.site.answers("/a", test_jobposting.html(one))
    scene.site.answers("/b", test_jobposting.html(other))
    assert await scene.counts("pages") == {"new": 2}
    scene.site.answers("/a", status=500)
    polled = await scene.poller.poll("pages")
    assert (polled.outcome, dict(polled.counts)) == ("partial", {"same": 1})
    scene.site.answers("/a", test_jobposting.html({**one, "identifier": "J3", "title": "다른 일"}))
    assert await scene.counts("pages") == {"new": 1, "same": 1, "gone": 1}
