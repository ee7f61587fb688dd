"""The main story in the web chat, which a newcomer gets with nothing set: an open page hears at once, a closed one on return."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession

from bot.app import App, build
from bot.settings import Settings
from tests.conftest import Clock
from tests.fakes.narrow import Narrow
from tests.fakes.webclient import people

from .world import World

ROW = "작은도서관 책 정리,별빛도서관,전남광주통합특별시 광산구 월곡2동,시급 12000원,월~금 14:00~17:00,2026-12-24,외국인 지원 가능"


@dataclass
class Town:
    app: App
    world: World
    person: Any


@pytest.fixture
async def town(loaded: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[Town]:
    shutil.copyfile(loaded, tmp_path / "town.db")
    sheets = tmp_path / "postings"
    sheets.mkdir()
    sources = tmp_path / "sources.toml"
    sources.write_text(f'[[source]]\nname = "postings"\nkind = "sheet"\npath = "{sheets}"\nevery = 3600\n', "utf-8")
    database = f"sqlite:///{tmp_path}/town.db"
    settings = Settings(database_url=database, http_port=0, sources=sources, key_file=tmp_path / "keys")
    app = await build(settings, now=clock)
    await app.start()
    async with people(app.web.address) as person:
        yield Town(app, World(app, Narrow(), clock, sheets), person)
    await app.stop()


async def test_an_alert_is_on_the_open_page_at_once_and_waits_for_the_closed_one(town: Town) -> None:
    anna = town.person("ru")
    await anna.comes()
    await anna.says("/start ru")
    await anna.says("1")
    await anna.says("Вольгок")
    assert anna.sees("Вольгок")
    assert "/start ru" not in anna.said
    await town.world.sheet("first", ROW)
    await anna.is_told("별빛도서관")
    await anna.goes()
    await town.world.sheet("second", ROW.replace("별빛", "달빛"))
    again = town.person("ru")
    again.token = anna.token
    for _ in range(50):
        await again.comes()
        if again.sees("달빛도서관"):
            break
        await again.goes()
        await asyncio.sleep(0.1)
    alerts = [line for line in again.lines.values() if "도서관" in again.words(line) and line.get("lead")]
    assert len(alerts) == 2, "each posting once"


async def test_erasing_empties_the_page_and_the_store(town: Town) -> None:
    minsu = town.person("ko")
    await minsu.comes()
    await minsu.says("/start ko")
    await minsu.taps("동의하고 시작")
    await minsu.says("월곡동")
    await minsu.says("/mydata")
    await minsu.taps("모두 지우기")
    await minsu.taps("네, 지울게요")
    assert len(minsu.lines) == 1
    assert minsu.sees("모두 지웠어요")
    for table in ("residents", "chats", "lines", "consents"):
        assert await town.world.count(table) == 0, table
    await minsu.says("월곡동")
    assert minsu.lines


async def test_details_stand_in_the_place_of_the_card_and_the_way_back_too(town: Town) -> None:
    sam = town.person("en")
    await sam.comes()
    await sam.says("/start en")
    await sam.taps("I agree, start")
    await sam.says("wolgok")
    await town.world.sheet("first", ROW)
    await sam.is_told("별빛도서관")
    before = len(sam.lines)
    await sam.taps("Details")
    assert sam.sees("전남광주통합특별시 광산구 월곡2동")
    await sam.taps("Back")
    assert not sam.sees("전남광주통합특별시 광산구 월곡2동")
    assert len(sam.lines) == before


async def test_one_tap_from_a_signs_link_on_the_page(town: Town) -> None:
    anna = town.person("ko")
    await anna.comes()
    await anna.says("/start a1233012800-ru-library")
    assert not anna.said, "nobody typed that"
    await anna.taps("Принимаю")
    assert anna.sees("Вольгок")
    assert anna.sees("Готово")
    assert await town.world.count("wishes", "sign = 'library'") == 1


async def test_a_postings_page_tells_search_engines_and_closes_with_it(town: Town) -> None:
    await town.world.sheet("first", ROW.replace("작은도서관", "</script><b>"))
    [posting] = await town.world.postings()
    address = f"{town.app.web.address}/p/{posting}"
    async with ClientSession() as session:
        async with session.get(address, headers={"Accept-Language": "ru"}) as answer:
            page = await answer.text()
        assert answer.status == 200
        [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        told = orjson.loads(data)
        assert told["title"].startswith("</script><b>")
        assert "</script><b>" not in page
        assert told["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": 12000, "unitText": "HOUR"}
        assert told["jobLocation"]["address"]["addressRegion"] == "전남광주통합특별시"
        assert told["validThrough"].startswith("2026-12-24")
        await town.world.sheet("first")
        async with session.get(address, headers={"Accept-Language": "ru"}) as answer:
            page = await answer.text()
        assert answer.status == 410
        assert "ld+json" not in page
        assert town.app.catalogs.translator("ru").t("This job is closed.") in page
