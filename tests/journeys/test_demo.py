"""The demo desk: a resident on the left, staff on the right, and a clock that is moved on to see nights and last days."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession

from bot.app import App, build
from bot.demo import PLACE, Ahead
from bot.settings import BadSettings, Settings
from handlers.text import SEOUL
from storage import facilities
from storage.criteria import open_now
from storage.tables import Posting
from tests.conftest import Clock
from tests.fakes.botapi import BotApi
from tests.fakes.webclient import people

from .conftest import watching


@dataclass
class Desk:
    """The bar over the demo, as its page presses it."""

    app: App
    clock: Ahead
    person: Any
    session: ClientSession
    secret: str = ""

    async def opens(self) -> str:
        """Load the page; its words."""
        async with self.session.get(f"{self.app.web.address}/demo", headers={"Accept-Language": "ko"}) as answer:
            assert answer.status == 200
            text = await answer.text()
        found = re.search(r'id="demo">(.*?)</script>', text)
        assert found
        self.secret = orjson.loads(found[1])["secret"]
        return text

    async def asks(self, path: str, **headers: str) -> int:
        given = {"X-Demo": self.secret, "Origin": self.app.web.address} | headers
        async with self.session.post(f"{self.app.web.address}/demo/{path}", headers=given) as answer:
            return answer.status

    async def presses(self, path: str) -> Any:
        given = {"X-Demo": self.secret, "Origin": self.app.web.address}
        async with self.session.post(f"{self.app.web.address}/demo/{path}", headers=given) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def until(self, hour: int) -> None:
        """Press "one hour later" until it is that hour in Korea."""
        while self.clock().astimezone(SEOUL).hour != hour:
            await self.presses("clock/hour")


def settings(folder: Path, loaded: Path, **more: Any) -> Settings:
    shutil.copyfile(loaded, folder / "demo.db")
    return watching(f"sqlite:///{folder}/demo.db", folder, **more)


@pytest.fixture
async def desk(loaded: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    ahead = Ahead(clock)
    app = await build(settings(tmp_path, loaded), now=ahead)
    await app.start()
    async with people(app.web.address) as person, ClientSession() as session:
        yield Desk(app, ahead, person, session)
    await app.stop()


async def test_a_newcomer_sees_both_sides_the_night_and_the_last_day(desk: Desk) -> None:
    page = await desk.opens()
    assert "왼쪽은 주민, 오른쪽은 담당자" in page
    assert "left a resident" in page
    officer = desk.person("ko")
    await officer.comes()
    await officer.says(f"/owner {(await desk.presses('owner'))['token']}")
    assert officer.frames[1] == {"staff": None}
    assert {"staff": {"role": "owner", "name": "", "hidden": False}} in officer.frames

    minsu = desk.person("ko")
    await minsu.comes()
    await minsu.says("/start ko")
    await minsu.taps("동의하고 시작")
    await minsu.says("월곡동")
    assert all(frame in ({"staff": None},) for frame in minsu.frames if "staff" in frame)
    await officer.says("/today")
    assert officer.sees("알림 받는 주민 1명")

    first = (await desk.presses("posting"))["title"]
    await minsu.is_told(first)

    await desk.presses("clock/hour")
    await officer.until(lambda: {"staff": {"role": "owner", "name": "", "hidden": True}} in officer.frames)
    await desk.until(22)
    second = (await desk.presses("posting"))["title"]
    await officer.says("/today")
    assert second != first
    assert not minsu.sees(second), "a routine alert waits for the morning"
    await desk.presses("clock/morning")
    await minsu.is_told(second)
    assert desk.clock().astimezone(SEOUL).hour == 9

    await minsu.taps("저장")
    for _ in range(5):
        await desk.presses("clock/morning")
    assert not minsu.sees("내일까지 · 저장하신 일자리"), (
        "it closes on 1 December, and is reminded of at ten o'clock of the day before"
    )
    await desk.presses("clock/hour")
    await minsu.is_told("내일까지 · 저장하신 일자리")

    before = desk.clock()
    await desk.presses("clock/week")
    assert desk.clock() - before == timedelta(weeks=1)
    await minsu.taps("자세히")
    assert minsu.sees("이 일자리는 끝났어요.")


async def test_a_third_side_and_the_same_posting_again_are_of_their_own(desk: Desk) -> None:
    await desk.opens()
    sides = [desk.person("ko"), desk.person("ru")]
    for side, agree, home in zip(sides, ("동의하고 시작", "Принимаю"), ("월곡동", "Вольгок"), strict=True):
        await side.comes()
        await side.says(f"/start {side.language}")
        await side.taps(agree)
        await side.says(home)
    titles = [(await desk.presses("posting"))["title"] for _ in range(7)]
    assert titles[6] == titles[0]
    for side in sides:
        await side.until(lambda side=side: sum(side.words(line).count("(가상)") for line in side.lines.values()) >= 7)
        await side.is_told("해담작은도서관(가상) 2관")


async def test_other_hosts_and_other_sites_find_nothing(desk: Desk) -> None:
    """A name that was made to lead here, a proxy, a page of another site, a script that knows no secret."""
    await desk.opens()
    there, before = desk.app.web.address, desk.clock()
    port = there.rpartition(":")[2]
    for headers in (
        {"Host": f"evil.example:{port}"},
        {"Host": "127.0.0.1.evil.example"},
        {"X-Forwarded-For": "203.0.113.5"},
        {"X-Real-IP": "203.0.113.5"},
        {"Via": "1.1 proxy"},
    ):
        async with desk.session.get(f"{there}/demo", headers=headers) as answer:
            assert answer.status == 404, headers
        async with desk.session.get(f"{there}/", headers=headers) as answer:
            assert "/demo" not in await answer.text()
        for path in ("owner", "posting", "clock/week"):
            assert await desk.asks(path, **headers) == 404, (path, headers)
    for path in ("owner", "posting", "clock/week"):
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"X-Demo": ""}, {"X-Demo": "é"}):
            assert await desk.asks(path, **headers) == 403, (path, headers)
        async with desk.session.post(f"{there}/demo/{path}", headers={"X-Demo": desk.secret}) as answer:
            assert answer.status == 403, "browsers always name the origin of a POST"
        async with desk.session.get(f"{there}/demo/{path}") as answer:
            assert answer.status in (404, 405)
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
    writer.write(f"GET /demo HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    assert b" 404 " in await reader.readline(), (
        "a browser speaks HTTP/1.1; a proxy that says nothing of itself mostly does not"
    )
    writer.close()
    assert desk.clock() == before
    async with desk.session.get(f"{there}/metrics") as answer:
        assert 'ilgam_foreign_total{tried="demo"} 15.0' in await answer.text()
    assert await desk.asks("clock/year") == 409
    async with desk.session.get(f"{there}/") as answer:
        assert "/demo" in await answer.text(), "a newcomer is told of it"


async def test_the_clock_goes_no_farther_than_a_demo_can_show(desk: Desk) -> None:
    await desk.opens()
    statuses = {await desk.asks("clock/week") for _ in range(58)}
    assert statuses == {200, 409}
    assert await desk.asks("clock/week") == 409
    assert await desk.asks("clock/hour") == 200


def _real(botapi: BotApi) -> list[dict[str, Any]]:
    return [
        {"telegram_token": botapi.token, "telegram_api": botapi.url},
        {"web_url": "https://jobs.example"},
        {"embed_origins": "https://www.city.example"},
        {"http_host": "0.0.0.0"},
    ]


@pytest.mark.parametrize("which", range(4))
async def test_a_real_program_has_no_demo_and_its_clock_is_never_moved(
    which: int, loaded: Path, tmp_path: Path, clock: Clock, botapi: BotApi
) -> None:
    real = _real(botapi)[which]
    given = settings(tmp_path, loaded, **real)
    with pytest.raises(BadSettings, match="can't be moved"):
        await build(given, now=Ahead(clock))
    app = await build(given, sources=[])
    await app.start()
    try:
        address = f"http://127.0.0.1:{app.web.port}"
        async with ClientSession() as session:
            for path in ("/demo", "/demo/owner", "/demo/posting", "/demo/clock/week"):
                async with session.get(f"{address}{path}") as answer:
                    assert answer.status == 404
                async with session.post(f"{address}{path}", headers={"Origin": address}) as answer:
                    assert answer.status == 404
            async with session.get(f"{address}/") as answer:
                assert "demo" not in await answer.text()
        async with app.store.reading() as tx:
            assert abs(tx.now - datetime.now(UTC)) < timedelta(minutes=1), "the machine's own time"
        assert "demo" not in app.poller.sources
    finally:
        await app.stop()


async def test_what_the_demo_brought_goes_with_it(loaded: Path, tmp_path: Path, clock: Clock) -> None:
    """Where no clock was moved, the database may become a real one: without the demo's facility and postings."""
    given = settings(tmp_path, loaded)
    app = await build(given, now=Ahead(clock), sources=[])
    await app.start()
    async with people(app.web.address) as person, ClientSession() as session:
        desk = Desk(app, Ahead(clock), person, session)
        await desk.opens()
        for _ in range(2):
            await desk.presses("owner")
        await desk.presses("posting")
    async with app.store.reading() as tx:
        assert [one.name for one in await facilities.some(tx)] == [PLACE]
        assert len(await tx.find(Posting, open_now(tx))) == 1
    await app.stop()
    app = await build(given.model_copy(update={"web_url": "https://jobs.example"}), now=clock, sources=[])
    await app.start()
    async with app.store.reading() as tx:
        assert await facilities.some(tx) == []
        assert len(await tx.find(Posting, open_now(tx))) == 0
    await app.stop()


async def test_who_brings_a_clock_of_their_own_has_no_demo(loaded: Path, tmp_path: Path, clock: Clock) -> None:
    app = await build(settings(tmp_path, loaded), now=clock)
    await app.start()
    async with ClientSession() as session, session.get(f"{app.web.address}/demo") as answer:
        assert answer.status == 404
    await app.stop()


async def test_the_demo_goes_on_where_it_was_left_and_its_days_never_become_real(
    loaded: Path, tmp_path: Path, clock: Clock
) -> None:
    """A restart does not turn the clock back, and a real program does not take such a database over."""
    given = settings(tmp_path, loaded)
    app = await build(given, now=Ahead(clock), sources=[])
    await app.start()
    async with people(app.web.address) as person, ClientSession() as session:
        desk = Desk(app, Ahead(clock), person, session)
        await desk.opens()
        moved = (await desk.presses("clock/week"))["now"]
        title = (await desk.presses("posting"))["title"]
    await app.stop()
    again = await build(given, now=Ahead(clock), sources=[])
    await again.start()
    async with again.store.reading() as tx:
        assert tx.now.timestamp() * 1000 == moved
    async with ClientSession() as session, session.get(f"{again.web.address}/jobs?lang=ko") as answer:
        assert title in await answer.text()
    await again.stop()
    for real in (
        given.model_copy(update={"web_url": "https://jobs.example"}),
        given.model_copy(update={"http_host": ""}),
    ):
        with pytest.raises(BadSettings, match="make fresh"):
            await build(real, sources=[])
