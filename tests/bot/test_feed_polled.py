"""A feed and a sheet on a site, polled: what is recorded, what closes nothing, and what the operator hears."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import web
from prometheus_client import generate_latest

from bot.metrics import Metrics
from bot.poller import Polled, Poller
from bot.sources.feed import Feed
from bot.sources.http import Fetcher, Limits
from bot.sources.sheet import WebSheet
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage import area_data
from storage.area_search import AreaNames
from storage.store import Store
from storage.tables import Posting
from tests.engines import on_sqlite
from tests.fakes.site import Site, answer
from tests.fixtures.feeds import RSS
from tests.handlers.test_sheet import GOOD, csv

pytestmark = on_sqlite  # what recording does is held on both engines in test_poller.py

FEED, SHEET = "/rss.do", "/pub"
HALF = RSS[: RSS.index("가을 음악회")]
QUICK = Limits(connect=1, read=1, total=2, again=(), between=0.0)


@dataclass
class Scene:
    store: Store
    site: Site
    poller: Poller
    metrics: Metrics

    async def poll(self, name: str = "city") -> Polled:
        return await self.poller.poll(name)

    async def states(self) -> list[str]:
        async with self.store.reading() as tx:
            return [one.state for one in await tx.find(Posting, order=Posting.id)]


@pytest.fixture
async def scene(store: Store) -> AsyncIterator[Scene]:
    async with store.transaction() as tx:
        await area_data.load(tx)
    async with Site() as site:
        fetcher, metrics = Fetcher(QUICK), Metrics()
        here = ["private"]
        sources = [
            Feed("city", f"{site.url}{FEED}?serviceKey=SECRET", 60, fetcher, here),
            Feed("outside", f"{site.url}{FEED}", 60, fetcher),
            WebSheet("sheet", f"{site.url}{SHEET}", 60, fetcher, [*here, "redirect"]),
        ]
        recorder = Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000)
        yield Scene(store, site, Poller(store, sources, recorder, refused=metrics.refusal), metrics)


async def test_what_a_feed_tells_is_recorded_and_an_unchanged_one_is_not_read_again(scene: Scene) -> None:
    scene.site.answers(FEED, RSS.encode(), ETag='"1"')
    assert (await scene.poll()).counts == {"new": 3}
    assert (await scene.poll()).lines() == ["city: good, nothing new"]
    assert scene.site.asked[-1].headers["If-None-Match"] == '"1"'
    async with scene.store.reading() as tx:
        posting = await tx.get(Posting, title="[채용] 작은도서관 책 정리 도우미")
    assert posting is not None
    assert (posting.pay_hourly, posting.week_minutes, posting.scope, posting.occupation) == (
        12000,
        1200,
        "emd",
        "library_assistant",
    )
    assert posting.facts["link"] == f"{scene.site.url}/board/view.do?no=102&menu=7"
    assert "SECRET" not in str(posting)


async def test_what_falls_off_the_end_stays_and_what_changes_is_a_change(scene: Scene) -> None:
    scene.site.answers(FEED, RSS.encode())
    await scene.poll()
    oldest = RSS.index("<item>\n<title>가을")
    scene.site.answers(FEED, (RSS[:oldest] + "</channel></rss>").replace("12,000", "12,500").encode())
    polled = await scene.poll()
    assert (polled.outcome, polled.counts) == ("good", {"changed": 1, "same": 1})
    assert await scene.states() == ["open"] * 3


BROKEN = {
    "half": answer(HALF.encode()),
    "nothing": answer(b""),
    "a web page": answer(b"<html>maintenance</html>"),
    "no items": answer(b"<rss><channel></channel></rss>"),
    "entities": answer(b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + RSS.encode()),
    "ill": answer(status=503),
    "badly packed": answer(RSS.encode(), Content_Encoding="gzip"),
}


async def test_no_answer_closes_anything_and_the_next_good_one_is_the_same(scene: Scene) -> None:
    scene.site.answers(FEED, RSS.encode())
    await scene.poll()
    for name, broken in BROKEN.items():
        scene.site.does(FEED, broken)
        polled = await scene.poll()
        assert polled.outcome == {"half": "partial", "no items": "good"}.get(name, "failed"), name
        assert set(polled.counts) <= {"same"}, name
    assert await scene.states() == ["open"] * 3
    scene.site.answers(FEED, RSS.encode())
    assert (await scene.poll()).counts == {"same": 3}


async def test_a_feed_that_broke_off_is_read_again_though_its_tag_is_the_same(scene: Scene) -> None:
    scene.site.answers(FEED, HALF.encode(), ETag='"1"')
    polled = await scene.poll()
    assert (polled.outcome, polled.counts["new"]) == ("partial", 2)
    assert any("breaks off" in line for line in polled.lines())
    scene.site.answers(FEED, RSS.encode(), ETag='"1"')
    assert (await scene.poll()).counts == {"new": 1, "same": 2}


async def test_the_operator_hears_what_was_refused_without_a_key(scene: Scene) -> None:
    scene.site.answers(FEED, RSS.encode())
    polled = await scene.poll("outside")
    assert polled.outcome == "failed"
    assert 'allow = ["private"]' in polled.lines()[1]
    scene.site.answers(FEED, b"<!DOCTYPE rss><rss/>")
    assert "SECRET" not in str((await scene.poll()).lines())
    told = generate_latest(scene.metrics.registry).decode()
    assert 'ilgam_source_refusals_total{rule="private",source="outside"} 1.0' in told
    assert 'ilgam_source_refusals_total{rule="doctype",source="city"} 1.0' in told


async def test_a_published_sheet_that_redirects_is_read_and_closes_its_own(scene: Scene) -> None:
    """As spreadsheets on the web do: the published link leads on to another host, for which it is allowed."""
    scene.site.answers(SHEET, status=307, Location=f"http://localhost:{scene.site.port}/export?format=csv")
    scene.site.answers("/export", csv(GOOD, GOOD.replace("별빛", "달빛")), ETag='"1"', Content_Type="text/csv")
    assert (await scene.poll("sheet")).counts == {"new": 2}
    assert (await scene.poll("sheet")).counts == {}
    scene.site.answers("/export", csv(GOOD), ETag='"2"', Content_Type="text/csv")
    assert (await scene.poll("sheet")).counts == {"same": 1, "gone": 1}
    scene.site.answers("/export", csv(GOOD, '"cut'), ETag='"3"')
    assert (await scene.poll("sheet")).outcome == "failed"
    scene.site.answers("/export", status=404)
    assert (await scene.poll("sheet")).lines() == ["sheet: failed, nothing new", "  the site answered 404"]
    assert sorted(await scene.states()) == ["closed", "open"]


async def test_a_sheet_that_may_have_broken_off_closes_nothing(scene: Scene) -> None:
    """An answer that says neither its length nor its end ends with the connection: nobody knows whether it is whole."""

    async def unframed(request: web.Request) -> web.Response:
        assert request.transport is not None
        head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: identity\r\n\r\n"
        request.transport.write(head + csv(GOOD))
        request.transport.close()
        return web.Response()

    scene.site.answers(SHEET, csv(GOOD, GOOD.replace("별빛", "달빛")), ETag='"1"')
    assert (await scene.poll("sheet")).counts == {"new": 2}
    scene.site.does(SHEET, unframed)
    polled = await scene.poll("sheet")
    assert (polled.outcome, polled.counts, len(polled.faults)) == ("good", {"same": 1}, 1)
    scene.site.answers(SHEET, csv(GOOD))
    assert (await scene.poll("sheet")).counts == {"same": 1, "gone": 1}
