"""A site that tells the same again: nothing is read or written twice, and nothing is missed by not reading it."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.poller import Polled, Poller
from bot.sources.alio import Alio
from bot.sources.api import Api
from bot.sources.http import Fetcher, Limits
from bot.sources.site import Asking, Page
from bot.sources.site import Site as Kind
from bot.sources.tree import Tree
from bot.sources.work24 import Work24
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage.area_search import AreaNames
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Posting
from tests.bot import test_alio
from tests.conftest import Clock, copy_of
from tests.engines import on_sqlite
from tests.fakes.paged import Paged
from tests.fakes.site import Site
from tests.fixtures import work24

LIST, DETAIL = "/callOpenApiSvcInfo210L01.do", "/callOpenApiSvcInfo210D01.do"
PATIENT = Limits(again=(), between=0.0)  # a busy machine makes no difference between the two ways
RECORDER = Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000)
NAME = "site"


class Counting(Alio):
    """It counts the rows that are read."""

    read_rows = 0

    def page(self, tree: Tree, today: Any) -> Page:
        page = super().page(tree, today)

        def reading(row: Tree) -> Any:
            self.read_rows += 1
            return page.read_row(row)

        return Page(page.total, unread=page.unread, read_row=reading)


def alio(number: int, **said: Any) -> dict[str, Any]:
    return {**test_alio.ROW, "recrutPblntSn": number, "recrutPbancTtl": f"직원 채용 {number}", **said}


@dataclass
class Scene:
    store: Store
    clock: Clock
    list: Paged
    kind: Counting
    poller: Poller

    async def poll(self) -> Polled:
        self.clock.forward(minutes=10)
        return await self.poller.poll(NAME)

    def read(self) -> int:
        """Rows read since this was asked last."""
        self.kind.read_rows, rows = 0, self.kind.read_rows
        return rows

    async def states(self) -> list[str]:
        async with self.store.reading() as tx:
            return [one.state for one in await tx.find(Posting, order=Posting.id)]


@pytest.fixture
async def scene(store: Store, clock: Clock) -> AsyncIterator[Scene]:
    async with Site() as site:
        listing = Paged(site, "/list", lambda rows, total: test_alio.answer(*rows, total=total), most=2)
        listing.postings = [alio(number) for number in range(1, 6)]
        kind = Counting(Asking(site.url, "SECRET"))
        source = Api(NAME, kind, 60, Fetcher(PATIENT), ["private"])
        yield Scene(store, clock, listing, kind, Poller(store, [source], RECORDER))


async def row(store: Store) -> Any:
    async with store.reading() as tx:
        return await tx.first(text("SELECT failures, good_at, polled_at FROM sources"))


async def changes(store: Store) -> int:
    """Rows that SQLite wrote until now."""
    async with store.transaction() as tx:
        raw = await tx.connection.get_raw_connection()
        driver: Any = raw.driver_connection
        return int(driver.total_changes)


@on_sqlite
async def test_the_same_bytes_write_the_line_of_their_source_and_are_a_good_poll(scene: Scene) -> None:
    assert (await scene.poll()).counts == {"new": 5}
    assert scene.read() == 5
    before, written = await row(scene.store), await changes(scene.store)
    polled = await scene.poll()
    assert (polled.outcome, polled.counts, polled.faults) == ("good", {"same": 5}, ())
    assert scene.read() == 0
    assert await changes(scene.store) == written + 1
    after = await row(scene.store)
    assert (after.failures, after.good_at > before.good_at, after.polled_at > before.polled_at) == (0, True, True)
    assert len(scene.list.asked) == 6, "every page was asked for"


async def test_same_rows_in_another_order_are_known_and_write_nothing(scene: Scene) -> None:
    await scene.poll()
    scene.read()
    scene.list.postings.reverse()
    assert (await scene.poll()).counts == {"same": 5}
    assert scene.read() == 0


async def test_what_changed_came_and_went_is_noticed_beside_what_did_not(scene: Scene) -> None:
    await scene.poll()
    scene.read()
    scene.list.postings = [alio(6), alio(1), alio(2, recrutPbancTtl="다른 제목"), alio(3), alio(4)]
    assert (await scene.poll()).counts == {"new": 1, "changed": 1, "same": 4}, (
        "a list of several pages is believed twice"
    )
    assert scene.read() == 2
    assert (await scene.poll()).counts == {"same": 5, "gone": 1}
    assert scene.read() == 0
    scene.list.postings = [alio(number) for number in range(1, 7)]
    assert (await scene.poll()).counts == {"changed": 2, "same": 4}, "the fifth is back, the second as it was"
    assert await scene.states() == ["open"] * 6


async def test_of_a_key_that_is_told_twice_the_first_counts_even_where_both_came_before(scene: Scene) -> None:
    scene.list.postings = [alio(1), alio(1, recrutPbancTtl="다른 제목")]
    assert (await scene.poll()).counts == {"new": 1}
    scene.list.postings.reverse()
    assert (await scene.poll()).counts == {"changed": 1}


async def test_faults_are_told_again_with_the_same_bytes(scene: Scene) -> None:
    scene.list.postings[2] = alio(3, recrutPbancTtl="")
    first, again = await scene.poll(), await scene.poll()
    assert first.faults == again.faults == ("1 rows could not be read",)
    assert again.counts == {"same": 4}


async def test_a_row_is_read_anew_on_the_next_day_as_its_last_day_may_be_over(scene: Scene) -> None:
    scene.list.postings[0] = alio(1, pbancEndYmd="20261124")
    await scene.poll()
    scene.clock.forward(hours=6)
    assert (await scene.poll()).counts == {"same": 5}
    assert await scene.states() == ["open"] * 5
    scene.clock.forward(hours=6)  # past midnight in Korea
    assert (await scene.poll()).counts == {"same": 4, "gone": 1}
    assert await scene.states() == ["closed"] + ["open"] * 4
    assert (await scene.poll()).counts == {"same": 5}


async def test_what_was_not_recorded_is_not_remembered(scene: Scene) -> None:
    await scene.poll()
    scene.list.postings.append(alio(6))
    source: Any = scene.poller.sources[NAME]
    async with scene.store.reading() as tx:
        cursor = await tx.scalar(text("SELECT cursor FROM sources"))
    await source.fetch(cursor, scene.clock())  # and the process could not write what came
    assert (await scene.poll()).counts == {"new": 1, "same": 5}
    assert (await scene.poll()).counts == {"same": 6}


async def test_a_source_that_was_taken_out_comes_back_whole(scene: Scene) -> None:
    await scene.poll()
    poller = Poller(scene.store, [], RECORDER)
    await poller.retire()
    assert await scene.states() == ["closed"] * 5
    assert (await scene.poll()).counts == {"changed": 5}
    assert await scene.states() == ["open"] * 5


async def test_an_empty_list_is_still_believed_only_when_it_says_so_again(scene: Scene) -> None:
    await scene.poll()
    scene.list.postings.clear()
    assert (await scene.poll()).counts == {}
    assert (await scene.poll()).counts == {"gone": 5}
    assert (await scene.poll()).counts == {}
    assert await scene.states() == ["closed"] * 5


@dataclass(frozen=True)
class Step:
    """What the site tells next: rows of few postings, some twice, each in one of a few wordings; and what goes wrong."""

    rows: Sequence[tuple[int, int]]
    hours: int
    wrong: int  # the request that is answered with an error, 0 for none
    failing: Collection[int]  # postings whose details can't be had


STEPS = st.lists(
    st.builds(
        Step,
        st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), max_size=6),
        st.sampled_from([0, 1, 1, 9, 25]),
        st.sampled_from([0, 0, 0, 0, 1, 2, 3]),
        st.frozensets(st.integers(1, 5), max_size=4),
    ),
    min_size=2,
    max_size=6,
).flatmap(lambda steps: st.lists(st.sampled_from(steps), min_size=3, max_size=8))  # so that many come again
DUE = Step([(1, 0)], 1, 0, {1})
TWICE = Step([(1, 0), (1, 2)], 1, 0, ())
TITLES = ("청소원", "청소원", "경비원", "")


@dataclass
class Way:
    """A store that is filled with or without remembering."""

    store: Store
    source: Callable[[], Api]
    remembers: bool
    poller: Poller | None = None

    async def poll(self) -> Polled:
        if self.poller is None or not self.remembers:
            self.poller = Poller(self.store, [self.source()], RECORDER)
        return await self.poller.poll(NAME)

    async def holds(self) -> list[Any]:
        async with self.store.reading() as tx:
            return [
                await tx.all(text(f"SELECT * FROM {table}")) for table in ("listings", "postings", "polls", "sources")
            ]


@pytest.mark.parametrize("detailed", [False, True], ids=["plain", "detailed"])
@given(steps=STEPS)
@example(steps=[DUE, DUE, replace(DUE, failing=())])
@example(steps=[TWICE, replace(TWICE, rows=[(1, 2), (1, 0)])])
@settings(max_examples=25)
async def test_remembering_makes_the_same_store_as_reading_everything(
    detailed: bool,
    steps: Sequence[Step],
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clock, keys = Clock(), Keys.fresh()
    failing: set[str] = set()

    async def detail(request: web.Request) -> web.StreamResponse:
        id = request.query["wantedAuthNo"]
        return web.Response(status=404) if id in failing else web.Response(body=work24.detailed(id))

    async with Site() as site:
        kind: Kind = Work24(Asking(site.url, "K", ("29200",))) if detailed else Alio(Asking(site.url, "K"))
        names = ("startPage", "display") if detailed else ("pageNo", "numOfRows")
        render = work24.listed if detailed else lambda rows, total: test_alio.answer(*rows, total=total)
        listing = Paged(site, LIST if detailed else "/list", render, *names, most=2)
        listing.chosen = lambda row, request: request.query.get("empTpGb", "1") == "1"
        site.does(DETAIL, detail)

        def source() -> Api:
            return Api(NAME, kind, 60, Fetcher(PATIENT), ["private"])

        stores = [Store(copy_of(sqlite_template, tmp_path_factory.mktemp("way")), keys, clock) for _ in range(2)]
        ways = [Way(store, source, remembers) for store, remembers in zip(stores, (True, False), strict=True)]
        for step in steps:
            clock.forward(hours=step.hours)
            failing.clear()
            failing.update(work24.row(id)["wantedAuthNo"] for id in step.failing)
            listing.postings = [told(detailed, id, wording) for id, wording in step.rows]
            polls, asked = [], []
            for way in ways:
                listing.again()
                site.asked.clear()
                listing.wrongs = {step.wrong: 500} if step.wrong else {}
                polls.append(await way.poll())
                asked.append([str(one.rel_url) for one in site.asked])
            assert polls[0] == polls[1]
            assert asked[0] == asked[1]
            assert await ways[0].holds() == await ways[1].holds()
        for store in stores:
            await store.close()


def told(detailed: bool, id: int, wording: int) -> dict[str, Any]:
    """The wordings: two days of closing, another title, and a row that can't be read."""
    closes = ("2026-12-20", "2026-11-25", "2026-12-20", "2026-12-20")[wording]
    if detailed:
        return work24.row(id, title=TITLES[wording], closeDt=closes[2:])
    return alio(id, recrutPbancTtl=TITLES[wording], pbancEndYmd=closes.replace("-", ""))
