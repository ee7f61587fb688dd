"""Polling what did not change: 10,000 postings of a JSON and an XML site, and real postings that several sources tell.

`python -m bench.ingest [--runs 7] [--rows 10000] [--engine sqlite|postgres|both] [--skip-real]`
"""

import argparse
import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from lxml import etree
from sqlalchemy import text
from sqlmodel import SQLModel

from bench.match import database
from bench.network import Network, standing
from bench.report import Goal, finish, middle, say
from bot.poller import Polled, Poller
from bot.sources import api
from bot.sources.http import Answer, Fetcher
from bot.sources.seoul import Seoul
from bot.sources.site import Asking, Site
from bot.sources.work24 import Work24
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage.area_search import AreaNames
from storage.sealing import Keys
from storage.store import ROUTINE, Store
from tests.bot import test_seoul
from tests.fixtures import work24

# Milliseconds are held against the least of the runs, since other work on the machine only ever adds to them.
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HOME = 1233000000
UNCHANGED = {"json": 120.0, "xml": 300.0}  # ms of CPU for 10,000 postings in another order
AGAIN = 15.0  # ms where every byte is the same
RATIO = {"json": 6.0, "xml": 6.0}  # at most this many times parsing alone
DETAIL = "210D01"
REAL = 17_269  # postings in the package network-jobs-data
DUTIES = "어르신 댁에서 식사와 청소를 돕고 함께 걷습니다. 요양보호사 자격증이 있어야 합니다. 자세한 것은 방문하여 상담해 주세요. "


class Served(Fetcher):
    """Answers from memory, as they come from the wire: bytes without a charset."""

    def __init__(self, answer: Callable[[str], bytes]) -> None:
        super().__init__()
        self.answer = answer

    async def get(
        self,
        url: str,
        seen: str | None = None,
        allow: Collection[str] = (),
        reading: str = "",
        accept: str = "*/*",
        slow: float = 0.0,
    ) -> Answer:
        return Answer(self.answer(url), url, "", None, "", True)


@dataclass
class Kind:
    """A site of 10,000 postings. `pages` are its answers to one sweep, as bytes; `turned` gives them in another order."""

    site: Site
    rows: list[dict[str, Any]]
    render: Callable[[list[dict[str, Any]], int], bytes]
    number: Callable[[str], int]  # of the page that a URL asks for, 0 for another list, -1 for a detail
    parse: Callable[[bytes], object]
    nothing: bytes = b""
    pages: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turn(0)

    def turn(self, by: int, **said: str) -> None:
        """The rows in another order, so that no page is the same, each with these fields beside."""
        rows = [{**row, **said} for row in (*self.rows[by:], *self.rows[:by])]
        size = self.site.size
        self.pages = [self.render(rows[at : at + size], len(rows)) for at in range(0, len(rows), size)]

    def answer(self, url: str) -> bytes:
        number = self.number(url)
        if number < 0:
            return work24.detailed(parse_qs(urlsplit(url).query)["wantedAuthNo"][0], workRegion="광주광역시")
        return self.pages[number - 1] if number else self.nothing

    def parsed(self) -> float:
        """Milliseconds of CPU to parse the pages and nothing else."""
        started = time.process_time()
        for page in self.pages:
            self.parse(page)
        return (time.process_time() - started) * 1e3


def seoul(rows: int) -> Kind:
    def render(some: list[dict[str, Any]], total: int) -> bytes:
        return test_seoul.answer(*some, total=total)

    told = [
        {
            **test_seoul.ROW,
            "JO_REGIST_NO": f"K1{n:014}",
            "JO_SJ": f"요양보호사 모집 {n}",
            "DTY_CN": DUTIES,
            "WORK_PARAR_BASS_ADRES_CN": "서울특별시",
        }
        for n in range(rows)
    ]
    site = Seoul(Asking("http://127.0.0.1", "key"))
    return Kind(site, told, render, lambda url: int(url.split("/")[-3]) // site.size + 1, orjson.loads)


def portal(rows: int) -> Kind:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)

    def number(url: str) -> int:
        if DETAIL in url:
            return -1
        return int(url.split("startPage=")[1].split("&")[0]) if url.endswith("empTpGb=1") else 0

    told = [
        {**work24.row(), "wantedAuthNo": f"K1{n:014}", "title": f"청소하실 분 {n}", "basicAddr": "광주광역시"}
        for n in range(rows)
    ]
    nothing = b"<wantedRoot><messageCd>006</messageCd><message>none</message></wantedRoot>"
    site = Work24(Asking("http://127.0.0.1", "key", ("29200",)))
    return Kind(site, told, work24.listed, number, lambda page: etree.fromstring(page, parser), nothing)


@asynccontextmanager
async def opened(engine: str) -> AsyncIterator[Store]:
    with database(engine) as url:
        store = Store(url, Keys.fresh(), lambda: NOW)
        async with store.transaction(ROUTINE) as tx:
            await tx.connection.run_sync(SQLModel.metadata.create_all)
        yield store
        await store.close()


async def writes(store: Store, since: int = 0) -> int:
    """Rows that SQLite wrote, or on PostgreSQL the transaction that comes next; from `since` on, the rows written."""
    async with store.transaction(ROUTINE) as tx:
        if not store.postgres:
            raw = await tx.connection.get_raw_connection()
            driver: Any = raw.driver_connection
            return int(driver.total_changes) - since
        if not since:
            return int(await tx.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")))
        names = SQLModel.metadata.tables
        newer = (f"(SELECT count(*) FROM {name} WHERE xmin::text::bigint >= {since})" for name in names)
        return int(await tx.scalar(text(f"SELECT {' + '.join(newer)}")))


@dataclass
class Poll:
    cpu: float  # milliseconds
    written: int  # rows, without the source's own
    polled: Polled


async def poll(store: Store, poller: Poller, name: str) -> Poll:
    before = await writes(store)
    started = time.process_time()
    polled = await poller.poll(name)
    cpu = (time.process_time() - started) * 1e3
    return Poll(cpu, await writes(store, before) - 1, polled)


def recorder() -> Recorder:
    return Recorder(AreaNames.packaged(), Eligibility.load(), HOME)


async def unchanged(engine: str, name: str, kind: Kind, runs: int) -> dict[str, float]:
    api.DETAILS = len(kind.rows)  # all in the first poll: how long a site takes to be known is not the question
    rows = len(kind.rows)
    async with opened(engine) as store:
        source = api.Api(name, kind.site, 60.0, Served(kind.answer))
        poller = Poller(store, [source], recorder())
        first = await poll(store, poller, name)
        assert first.polled.counts == {"new": rows}, first.polled
        for _ in range(2):  # an empty list is believed when it says so again
            await poll(store, poller, name)
        gc.collect()
        gc.freeze()  # as the program does after its start
        polls: dict[str, list[Poll]] = {"again": [], "unchanged": [], "counted": []}
        alone = []
        for run in range(1, runs + 1):
            alone.append(kind.parsed())
            polls["again"].append(await poll(store, poller, name))
            kind.turn(run * 7)
            polls["unchanged"].append(await poll(store, poller, name))
        for run in range(1, min(runs, 3) + 1):
            kind.turn(0, views=str(run))
            polls["counted"].append(await poll(store, poller, name))
        gc.unfreeze()
    for said, some in polls.items():
        assert all(one.polled.counts == {"same": rows} and one.polled.outcome == "good" for one in some), said
    figures = {f"{said}_ms": middle([one.cpu for one in some], 1) for said, some in polls.items()}
    figures |= {f"{said}_least_ms": round(min(one.cpu for one in some), 1) for said, some in polls.items()}
    figures |= {"first_ms": round(first.cpu), "parsing_ms": middle(alone, 1), "bytes": sum(map(len, kind.pages))}
    figures["times_parsing"] = middle([p.cpu / a for p, a in zip(polls["unchanged"], alone, strict=True)], 2)
    figures["rows_written"] = sum(one.written for some in polls.values() for one in some)
    say(f"{engine} {name}: {figures}")
    return figures


async def real() -> dict[str, float]:
    """All files of the package, then the same again, then the same from a second source that names postings otherwise."""
    source, other = Network("numbers", "id"), Network("addresses", "url")
    truth: dict[str, str] = {}
    for rows in source.files.values():
        for row in rows:
            truth |= {str(row["id"]): str(row["id"]), row["url"]: str(row["id"])}
    told = sum(map(len, source.files.values()))
    postings = len({row["id"] for rows in source.files.values() for row in rows})
    async with opened("sqlite") as store:
        poller = Poller(store, [source, other], recorder())
        first = await poll(store, poller, source.name)
        listings, made, mixed = await standing(store, truth)
        again = await poll(store, poller, source.name)
        figures = {
            "rows": told,
            "postings": postings,
            "duplicates": told - postings,
            "recognised": listings - made,
            "mixed_up": mixed,
            "first_us_a_row": round(first.cpu / told * 1e3, 1),
            "again_us_a_row": round(again.cpu / told * 1e3, 1),
            "again_rows_written": again.written,
        }
        assert again.polled.counts == {"same": told}, again.polled
        await poll(store, poller, other.name)
        _, after, mixed = await standing(store, truth)
        figures |= {"other_keys_recognised": postings - (after - made), "other_keys_mixed_up": mixed}
    say(f"network-jobs-data: {figures}")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--skip-real", action="store_true")
    options = parser.parse_args()
    figures: dict[str, object] = {"rows": options.rows, "runs": options.runs}
    goals: dict[str, Goal] = {}
    kinds: dict[str, Callable[[int], Kind]] = {"json": seoul, "xml": portal}
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        for name, kind in kinds.items():
            told = asyncio.run(unchanged(engine, name, kind(options.rows), options.runs))
            figures[f"{engine}_{name}"] = told
            goals[f"{engine}_{name}_rows_written"] = Goal(told["rows_written"], 0)
            if engine == "sqlite":
                goals[f"{name}_unchanged_ms"] = Goal(told["unchanged_least_ms"], UNCHANGED[name])
                goals[f"{name}_times_parsing"] = Goal(told["times_parsing"], RATIO[name])
                goals[f"{name}_same_bytes_ms"] = Goal(told["again_least_ms"], AGAIN)
    if not options.skip_real:
        told = asyncio.run(real())
        figures["network_jobs_data"] = told
        goals["real_postings"] = Goal(told["postings"], REAL, least=True)
        goals["real_duplicates_missed"] = Goal(told["duplicates"] - told["recognised"], 0)
        goals["real_mixed_up"] = Goal(told["mixed_up"], 0)
    finish(figures, goals)


if __name__ == "__main__":
    main()
