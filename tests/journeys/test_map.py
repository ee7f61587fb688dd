"""A resident looks at their neighbourhood on a map: in the web chat, on Telegram, and in words where there are no pictures."""

import io
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from bot.app import App, build
from bot.settings import Settings
from handlers.chat.events import Tapped
from storage.area_lookup import Polygons
from tests.conftest import Clock
from tests.fakes.botapi import BotApi
from tests.fakes.webclient import people

from .conftest import watching
from .world import World

SLOW = 30  # seconds: the first map unpacks the boundaries and loads fonts, on a machine that may be busy


@dataclass
class Town:
    app: App
    botapi: BotApi
    person: Any


@pytest.fixture
async def town(loaded: Path, tmp_path: Path, clock: Clock, botapi: BotApi) -> AsyncIterator[Town]:
    """The whole program with the web chat and Telegram."""
    shutil.copyfile(loaded, tmp_path / "town.db")
    asked: Settings = watching(
        f"sqlite:///{tmp_path}/town.db", tmp_path, telegram_token=botapi.token, telegram_api=botapi.url
    )
    app = await build(asked, now=clock)
    await app.start()
    async with people(app.web.address) as person:
        yield Town(app, botapi, person)
    await app.stop()


def size(drawn: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(drawn)) as image:
        image.load()
        return image.size


async def test_the_map_in_the_web_chat(town: Town) -> None:
    anna = town.person("ru")
    await anna.comes()
    await anna.says("/start ru")
    await anna.taps("Принимаю")
    await anna.says("Вольгок")
    await anna.taps("Показать на карте")
    [line] = [line for line in anna.lines.values() if "picture" in line]
    assert "Вольгок-дон (월곡동)" in line["text"]
    assert "Уннам-дон" in line["text"]
    assert line["picture"]["alt"].startswith("Карта. Тёмно-зелёным: Вольгок-дон. Светло-зелёным: ")
    async with anna.session.get(anna.address + line["picture"]["src"]) as answer:
        assert answer.content_type == "image/png"
        assert answer.headers["Content-Security-Policy"]
        assert size(await answer.read()) == (800, 800)


async def test_the_map_on_telegram(town: Town) -> None:
    sam = town.botapi.person(language_code="ru")
    await sam.says("/start")
    await sam.taps("Принимаю")
    await sam.sees("В каком районе")
    await sam.says("Вольгок 2")
    await sam.taps("Показать на карте")
    seen = await sam.sees("Мы сообщаем о работе в районе Вольгок 2-дон (월곡2동) и рядом.", SLOW)
    assert "Сюда входят: Санджон-дон, Вольгок-дон" in seen.text
    assert size(seen.photo) == (800, 800)
    await sam.taps("Сменить район")
    await sam.sees("В каком районе")
    await sam.taps("Показать на карте")
    await town.botapi.until(lambda: len([one for one in sam.messages if one.photo]) == 2, SLOW)
    await sam.says("Суван")
    await sam.sees("Суван-дон (수완동)")


async def test_who_hears_only_of_their_own_neighbourhood_sees_no_other_coloured(town: Town) -> None:
    anna = town.person("en")
    await anna.comes()
    await anna.says("/start en")
    await anna.taps("I agree, start")
    await anna.says("wolgok")
    async with town.app.store.transaction() as tx:
        await tx.execute(text("UPDATE neighbourhoods SET width = 0"))
    await anna.taps("Show on a map")
    [line] = [line for line in anna.lines.values() if "picture" in line]
    assert line["picture"]["alt"] == "Map. In dark green: Wolgok-dong."
    assert "next to it" not in line["text"]


async def test_a_map_that_cannot_be_drawn_leaves_its_words(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Polygons, "parts", lambda _self: [])
    sam = town.botapi.person(language_code="ru")
    await sam.says("/start")
    await sam.taps("Принимаю")
    await sam.sees("В каком районе")
    await sam.says("Вольгок")
    await sam.taps("Показать на карте")
    seen = await sam.sees("Мы сообщаем о работе в районе Вольгок-дон (월곡동) и рядом.", SLOW)
    assert not seen.photo
    assert seen.labels == ["Сменить район", "Работа рядом"]


async def test_who_chose_nothing_is_told_so(town: Town) -> None:
    sam = town.botapi.person(language_code="en")
    await sam.says("/start")
    greeting = await sam.sees("Choose your language")
    sam.presses("mp", greeting)
    seen = await sam.sees("You have not chosen a neighbourhood yet.")
    assert not seen.photo


async def test_where_there_are_no_pictures_the_words_say_it_all(world: World) -> None:
    mina = world.person("mina", "ko")
    await world.subscribe(mina)
    assert "지도로 보기" not in mina.labels
    await mina.sends(Tapped("mp"))
    assert mina.sees("일자리를 알려 드리는 동네: 월곡동")
    assert mina.sees("옆 동네: ")
    assert all(message.picture is None for message in mina.last)
