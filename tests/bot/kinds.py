"""Every kind of source on a fake site with two postings: what it is configured by, what it is served, and how it is polled."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.budgets import Budgets
from bot.poller import Polled, Poller
from bot.sources import sites
from bot.sources import source as sources
from bot.sources.feed import Feed, Reading
from bot.sources.http import Fetcher, Limits
from bot.sources.sheet import WebSheet
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage import area_data
from storage.area_search import AreaNames
from storage.outbox_tables import Source
from storage.store import Store
from storage.tables import Listing, Posting
from tests.bot import (
    test_alio,
    test_cleaneye,
    test_gojobs,
    test_govsupport,
    test_gyeonggi,
    test_hrdnet,
    test_jobposting,
    test_saramin,
    test_senuri,
    test_seoul,
    test_yongin,
)
from tests.fakes.site import Answering, Site, answer
from tests.fixtures import work24
from tests.fixtures.feeds import RSS
from tests.handlers.test_sheet import GOOD, csv

KEY = "SECRET+/=="
QUICK = Limits(connect=1, read=1, total=2, again=(), between=0.0)
RECORDER = Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000)
NO_SENTENCE = re.compile(r"\w*|\w+Error.*")  # the mere name of an exception


@dataclass(frozen=True)
class Kind:
    """`body` tells two postings or more; `detail` is what is told of one, in an answer of its own at `detail_at`."""

    body: bytes
    options: Mapping[str, Any] = field(default_factory=dict)
    detail: bytes = b""
    detail_at: str = ""
    path: str = ""  # of the list, where it is a page or a file


SENURI = test_senuri.DETAIL.replace(b"<jobId>RECR_001</jobId>", b"")
GOJOBS = test_gojobs.DETAIL.replace(b"<idx>990001</idx>", b"")
KINDS: dict[str, Kind] = {
    "work24": Kind(
        work24.listed([work24.row(1), work24.row(2)], 2),
        {"regions": ["29200"]},
        work24.detailed(""),
        "/callOpenApiSvcInfo210D01.do",
    ),
    "alio": Kind(
        test_alio.answer(
            test_alio.ROW, {**test_alio.ROW, "recrutPblntSn": 990002, "recrutPbancTtl": "한빛진흥원 연구원 채용"}
        )
    ),
    "seoul": Kind(
        test_seoul.answer(
            test_seoul.ROW, {**test_seoul.ROW, "JO_REGIST_NO": "K990002611200002", "JO_SJ": "간병인 모집"}
        )
    ),
    "gyeonggi": Kind(
        test_gyeonggi.answer(
            test_gyeonggi.ROW,
            {**test_gyeonggi.ROW, "PBANC_CONT": "홀 서빙 모집", "URL": "https://www.jobs.example.kr/Recruit/99000002"},
        ),
        {"regions": ["4146"]},
    ),
    "senuri": Kind(
        test_senuri.items(test_senuri.item(), test_senuri.item("RECR_002", "광주광역시 광산구")),
        {},
        SENURI,
        "/getJobInfo",
    ),
    "gojobs": Kind(
        test_gojobs.items(test_gojobs.item(), test_gojobs.item(990002)), {"regions": ["29200"]}, GOJOBS, "/getItem"
    ),
    "saramin": Kind(test_saramin.answer(test_saramin.JOB, {**test_saramin.JOB, "id": "990002"})),
    "cleaneye": Kind(
        test_cleaneye.answer(test_cleaneye.ROW, {**test_cleaneye.ROW, "NO": "990002", "ENT_TITLE": "주차 관리원 채용"}),
        {"regions": ["007001"]},
    ),
    "yongin": Kind(test_yongin.answer(test_yongin.ROW, {**test_yongin.ROW, "sj": "조리원 모집"})),
    "hrdnet": Kind(
        test_hrdnet.answer(test_hrdnet.ROW, {**test_hrdnet.ROW, "trprDegr": "4", "traStartDate": "2026-12-14"})
    ),
    "govsupport": Kind(
        test_govsupport.answer("G1", "G2"), {"regions": ["29200"], "elements": test_govsupport.ELEMENTS}
    ),
    "jobposting": Kind(
        test_jobposting.html(
            test_jobposting.JOB,
            {**test_jobposting.JOB, "title": "홀 서빙", "identifier": {"value": "J2"}, "url": "/jobs/2"},
        ),
        path="/jobs",
    ),
    "feed": Kind(RSS.encode(), path="/rss"),
    "sheet": Kind(csv(GOOD, GOOD.replace("별빛", "달빛")), path="/pub.csv"),
}


def source(kind: str, url: str, allow: tuple[str, ...], store: Store, limits: Limits) -> sources.Source:
    """A source of this kind at a site, as sources.toml makes it."""
    one, fetcher = KINDS[kind], Fetcher(limits)
    if kind == "feed":
        return Feed(kind, f"{url}{one.path}?key={KEY}", 60, fetcher, allow, Reading(place="광산구"))
    if kind == "sheet":
        return WebSheet(kind, f"{url}{one.path}?key={KEY}", 60, fetcher, allow)
    entry = {"name": kind, "kind": kind, "allow": list(allow), "quota": 1_000_000, **one.options}
    if kind == "jobposting":
        entry["urls"] = [f"{url}{one.path}?key={KEY}"]
    else:
        entry |= {"key": "env:KEY", "base_url": url}
    environment = {"KEY": KEY}
    assert not sites.faults(entry, environment)
    return sites.source(entry, environment, fetcher, Budgets(store))


@dataclass
class Scene:
    """One kind's source, its site and a store. `serve` says what the list and the details are answered with from now on."""

    kind: str
    store: Store
    site: Site
    poller: Poller
    listing: Answering = field(default_factory=answer)
    detail: Answering = field(default_factory=answer)

    def serve(self, body: bytes | Answering | None = None, detail: bytes | Answering | None = None) -> None:
        one = KINDS[self.kind]
        told, more = (one.body if body is None else body), (one.detail if detail is None else detail)
        self.listing = answer(told) if isinstance(told, bytes) else told
        self.detail = answer(more) if isinstance(more, bytes) else more

    async def poll(self) -> Polled:
        return await self.poller.poll(self.kind)

    async def postings(self) -> list[Posting]:
        async with self.store.reading() as tx:
            return list(await tx.find(Posting, order=Posting.id))

    async def forget(self) -> None:
        """The source's cursor is lost, so that it reads everything anew."""
        async with self.store.transaction() as tx:
            await tx.put(Source, ["name"], name=self.kind, cursor=None)

    async def keys(self) -> set[str]:
        """What the source is known to tell at present."""
        async with self.store.reading() as tx:
            return {one.key for one in await tx.find(Listing) if one.gone_at is None}

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        one = KINDS[self.kind]
        return await (self.detail if one.detail_at and request.path == one.detail_at else self.listing)(request)


@asynccontextmanager
async def scene(
    kind: str, store: Store, allow: tuple[str, ...] = ("private",), limits: Limits = QUICK
) -> AsyncIterator[Scene]:
    """A kind whose postings are recorded already; whatever is served next comes after that."""
    async with store.transaction() as tx:
        await area_data.load(tx)
    async with Site() as site:
        one = Scene(kind, store, site, Poller(store, [source(kind, site.url, ("private",), store, QUICK)], RECORDER))
        site.otherwise = one._serve
        one.serve()
        for _ in range(2):
            first = await one.poll()
            assert first.outcome == "good", first
        assert len(await one.keys()) >= 2
        one.poller.sources[kind] = source(kind, site.url, allow, store, limits)
        yield one


def is_named(polled: Polled) -> bool:
    """Whether the operator hears how it went: in sentences, and without the key."""
    sentences = all(not NO_SENTENCE.fullmatch(fault) for fault in polled.faults)
    said = bool(polled.faults) or polled.outcome == "good"
    return polled.outcome in ("good", "partial", "failed") and said and sentences and "SECRET" not in str(polled)
