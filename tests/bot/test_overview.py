"""What the operator sees of the sources: a table in plain words, and a raw answer without its key."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot import overview
from bot.budgets import Budgets
from bot.poller import Poller
from bot.sources.alio import Alio
from bot.sources.api import Api
from bot.sources.feed import Feed
from bot.sources.http import Fetcher, Limits
from bot.sources.sheet import WebSheet
from bot.sources.site import Asking
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage import area_data
from storage.area_search import AreaNames
from storage.store import Store
from tests.bot import test_alio
from tests.conftest import Clock
from tests.fakes.site import Site
from tests.fixtures.feeds import RSS
from tests.handlers.test_sheet import GOOD, csv

HALF = RSS[: RSS.index("가을 음악회")]
QUICK = Limits(connect=1, read=1, total=2, again=(), between=0.0)


@dataclass
class Scene:
    store: Store
    site: Site
    poller: Poller

    async def rows(self) -> list[str]:
        shown = StringIO()
        Console(width=250, file=shown).print(await overview.table(self.store, self.poller))
        return [line for line in shown.getvalue().splitlines() if "alio" in line or "city" in line]


@pytest.fixture
async def scene(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.chdir(tmp_path)
    async with store.transaction() as tx:
        await area_data.load(tx)
    async with Site() as site:
        web = Fetcher(QUICK)
        alio = Api("alio", Alio(Asking(site.url, "SECRET")), 3600, web, ["private"], Budgets(store))
        feed = Feed("city", f"{site.url}/rss?key=SECRETKEY", 60, web, ["private"])
        sheet = WebSheet("sheet", f"{site.url}/pub", 60, web, ["private"])
        recorder = Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000)
        yield Scene(store, site, Poller(store, [alio, feed, sheet], recorder))


async def test_before_anything_was_asked(scene: Scene) -> None:
    alio, city = await scene.rows()
    assert [cell.strip() for cell in alio.split("│")[1:-1]] == ["alio", "never", "-", "0 of 800", "now", ""]
    assert [cell.strip() for cell in city.split("│")[1:-1]] == ["city", "never", "-", "-", "now", ""]


async def test_how_sources_stand_in_korean_time(scene: Scene, clock: Clock) -> None:
    scene.site.answers("/list", test_alio.answer(test_alio.ROW))
    await scene.poller.poll("alio")
    clock.forward(minutes=10)
    scene.site.answers("/list", status=403)
    for _ in range(2):
        await scene.poller.poll("alio")
    alio = [cell.strip() for cell in (await scene.rows())[0].split("│")[1:-1]]
    assert alio[:5] == ["alio", "11-24 12:00", "1 / 0 / 0", "3 of 800", "11-24 13:10"]
    assert alio[5] == "the site answered 403: is the key approved for this service? (2 in a row)"


async def test_a_probe_keeps_the_raw_answer_without_the_key(scene: Scene, clock: Clock, tmp_path: Path) -> None:
    scene.site.answers("/list", test_alio.answer({**test_alio.ROW, "srcUrl": "http://x.kr/?k=SECRET"}))
    lines, good = await overview.probe(scene.poller, "alio", clock())
    assert good
    kept = (tmp_path / "var/probes/alio-20261124-120000.json").read_text(encoding="utf-8")
    assert "한빛진흥원" in kept
    assert "SECRET" not in kept
    assert "k=***" in kept
    assert "1 postings of 1, 0 lost" in lines[1]
    assert "990001 | 한빛진흥원 기간제 직원 채용" in lines[2]


async def test_a_probe_of_nonsense_is_kept_too(scene: Scene, clock: Clock, tmp_path: Path) -> None:
    scene.site.answers("/list", b"<html>SECRET</html>")
    lines, good = await overview.probe(scene.poller, "alio", clock())
    assert not good
    assert "not understood: a web page came in its place" in lines[1]
    assert (tmp_path / "var/probes/alio-20261124-120000.html").read_bytes() == b"<html>***</html>"
    scene.site.answers("/list", status=500)
    assert await overview.probe(scene.poller, "alio", clock()) == (["alio: the site answered 500"], False)
    assert await overview.probe(scene.poller, "town", clock()) == (
        ["There is no site town to probe. There are: alio, city, sheet."],
        False,
    )


async def test_a_feed_and_a_sheet_are_probed_too(scene: Scene, clock: Clock, tmp_path: Path) -> None:
    scene.site.answers("/rss", RSS.replace("도우미", "도우미 SECRETKEY").encode())
    lines, good = await overview.probe(scene.poller, "city", clock())
    assert good
    assert lines[1] == "  3 postings"
    assert lines[2].startswith("  board-102 | [채용] 작은도서관 책 정리 도우미 *** | ")
    kept = (tmp_path / "var/probes/city-20261124-120000.xml").read_text(encoding="utf-8")
    assert "도우미 ***" in kept
    scene.site.answers("/rss", HALF.encode())
    lines, good = await overview.probe(scene.poller, "city", clock())
    assert lines[-1] == "  fault: the feed breaks off; what came before is read"
    scene.site.answers("/pub", csv(GOOD, "이름만"))
    lines, good = await overview.probe(scene.poller, "sheet", clock())
    assert good, lines
    assert "postings, " in lines[1]
    assert (tmp_path / "var/probes/sheet-20261124-120000.csv").exists()
    scene.site.answers("/pub", b"<html>log in</html>")
    lines, good = await overview.probe(scene.poller, "sheet", clock())
    assert not good
    assert "not understood" in lines[1]


async def test_a_restart_waits_for_a_site_that_was_asked_just_before(scene: Scene, clock: Clock) -> None:
    sources = list(scene.poller.sources.values())
    assert await overview.waits(scene.store, sources) == {"alio": 0, "city": 0, "sheet": 0}
    scene.site.answers("/list", test_alio.answer(test_alio.ROW))
    await scene.poller.poll("alio")
    clock.forward(minutes=10)
    assert await overview.waits(scene.store, sources) == {"alio": 3000, "city": 0, "sheet": 0}
    clock.forward(hours=2)
    assert (await overview.waits(scene.store, sources))["alio"] == 0
    await scene.poller.poll("alio")
    scene.site.answers("/list", status=500)
    await scene.poller.poll("alio")
    assert (await overview.waits(scene.store, sources))["alio"] == 0, "what failed is asked again"
