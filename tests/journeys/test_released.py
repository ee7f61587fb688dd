"""The first story in every released language, side by side on one program: by polling, by webhook, and in the web chat."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import App, build
from bot.commands import MENU
from locales import Catalogs, languages
from tests.conftest import Clock
from tests.fakes.botapi import BotApi
from tests.fakes.narrow import Narrow
from tests.fakes.webclient import people
from tests.postgres import Server

from .conftest import watching
from .readers import InTheWebChat, OnTelegram, Reader, telegram_code
from .world import World

RELEASED = Catalogs.load().released
LINES, BUTTONS = 10, 4  # of a card at most
HOME = {"ko": "월곡동", "ru": "Вольгок"}  # how the neighbourhood is typed; else in Latin letters
PUBLIC = "https://ilgam.example"
ORGANISATION = "별빛도서관"
ROW = f"작은도서관 책 정리,{ORGANISATION},광산구 월곡2동,시급 12000원,월~금 14:00~17:00,2026-12-24,외국인 지원 가능"


@dataclass
class Town:
    """A whole program with both platforms, and who lives there."""

    app: App
    world: World
    botapi: BotApi
    web: Callable[[str], InTheWebChat]

    def telegram(self, code: str) -> OnTelegram:
        person = self.botapi.person(language_code=telegram_code(code))
        return OnTelegram(self.app.catalogs, code, person)


@asynccontextmanager
async def town(database: str, folder: Path, clock: Clock, botapi: BotApi, webhook: str = "") -> AsyncIterator[Town]:
    telegram = {"telegram_token": botapi.token, "telegram_api": botapi.url, "telegram_webhook": webhook}
    settings = watching(database, folder, **telegram)
    app = await build(settings, now=clock)
    await app.start()
    botapi.proxied[PUBLIC] = app.web.address
    async with people(app.web.address) as person:

        def web(code: str) -> InTheWebChat:
            return InTheWebChat(app.catalogs, code, person(code))

        yield Town(app, World(app, Narrow(), clock, folder / "postings"), botapi, web)
    await app.stop()


async def together(act: Callable[[Reader], Awaitable[None]], readers: Sequence[Reader]) -> None:
    """All at the same time; whatever goes wrong in any language is told, with its name."""
    done = await asyncio.gather(*map(act, readers), return_exceptions=True)
    wrong = [(reader.code, error) for reader, error in zip(readers, done, strict=True) if error is not None]
    for code, error in wrong:
        error.add_note(f"in {code}")
    if wrong:
        raise BaseExceptionGroup(" ".join(code for code, _ in wrong), [error for _, error in wrong])


async def subscribes(reader: Reader) -> None:
    t = reader.t
    await reader.comes()
    await reader.sees(t.t("You may say no and still look at the jobs."))
    await reader.taps(t.t("I agree, start"))
    await reader.sees(t.t("Which neighbourhood do you live in? Type its name in any alphabet."))
    await reader.says(HOME.get(reader.code, "wolgok"))
    found = await reader.sees("1. ")
    assert "월곡" in found.text
    assert {"1", "2", "3"} <= set(found.labels)
    done = await reader.sees(t.t("Done. We will write as soon as there is a new job."))
    assert t.t("To stop, write “stop” at any time.") in done.text


async def hears(reader: Reader) -> None:
    """The alert, and from it all that one does about a job, until the alerts end."""
    t = reader.t
    card = await reader.sees(ORGANISATION, 30)
    assert card.text.startswith(t.t("New job · {near}", near=t.t("your neighbourhood")))
    assert (t.term("library_assistant") if reader.code != "ko" else "작은도서관 책 정리") in card.text
    assert t.t("Foreign residents: the notice says yes") in card.text
    assert (t.t("Your status: ask 1345 first") in card.text) == (reader.code != "ko")
    assert len(card.text.split("\n")) <= LINES
    assert len(card.labels) <= BUTTONS
    assert card.labels == [t.t("Apply"), t.t("Save"), t.t("Details"), t.t("Not for me")]

    before = len(reader.shown)
    await reader.taps(t.t("Details"))
    details = await reader.sees(f"{t.t('Where')}: ")
    labels = [t.t("Apply"), t.t("Save"), t.t("Korean original"), t.t("Back"), t.t("Remind me tomorrow")]
    labels.append(t.t("Something is wrong"))
    assert details.labels == labels
    assert len(reader.shown) == before, "in the card's place"
    await reader.taps(t.t("Apply"))
    how = await reader.sees(t.t("You apply to {organisation} itself.", organisation=ORGANISATION))
    assert t.t("I applied") in how.labels
    await reader.taps(t.t("Save"))
    saved = await reader.sees(t.t("Saved: {title}", title=""))
    assert t.t("My saved jobs") in saved.labels
    await reader.says("/help")
    await reader.sees(t.t("/stop get no more alerts"))
    await reader.says(reader.stop)
    ended = await reader.sees(t.t("You get no more alerts."))
    assert ended.labels == [t.t("Start again")]


async def story(town: Town, readers: Sequence[Reader]) -> None:
    """All subscribe, hear, act and stop; the store knows each one's language and mark, and who stopped is left alone."""
    await together(subscribes, readers)
    await town.world.sheet("first", ROW)
    await together(hears, readers)
    shown = [len(reader.shown) for reader in readers]
    await town.world.sheet("second", ROW.replace("별빛", "달빛"))
    await town.world.until("postings", "organisation = '달빛도서관' AND matched_revision > 0", 1)
    assert await town.world.count("alerts", "state = 'waiting'") == 0
    assert [len(reader.shown) for reader in readers] == shown, "who stopped hears nothing"
    assert await town.world.count("marks", "verb = 'saved'") == len(readers)
    async with town.app.store.reading() as tx:
        spoken = await tx.all(text("SELECT language FROM residents"))
    assert sorted(row[0] for row in spoken) == sorted(reader.code for reader in readers)
    for reader in readers:
        assert not reader.t.missing, reader.code


async def menus(botapi: BotApi, codes: Sequence[str], catalogs: Catalogs) -> None:
    """Commands, name and descriptions are offered in each language."""
    for code in codes:
        t, their = catalogs.translator(code), languages.rows()[code]["set_my_commands_code"]
        wanted = [{"command": name, "description": t.t(words)} for name, words in MENU.items()]
        await botapi.until(
            lambda their=their, wanted=wanted: botapi.profile.get(("commands", their)) == wanted,
            15,
            lambda code=code: f"no menu in {code}: {botapi.profile}",
        )
        begin = t.t("To begin, press the button below.")
        await botapi.until(
            lambda their=their, begin=begin: begin in botapi.profile.get(("description", their), ""),
            15,
            lambda code=code: f"no description in {code}",
        )


@pytest.mark.parametrize("webhook", ["", PUBLIC], ids=["polling", "webhook"])
async def test_every_language_on_telegram(
    webhook: str, loaded: Path, tmp_path: Path, clock: Clock, botapi: BotApi
) -> None:
    shutil.copyfile(loaded, tmp_path / "town.db")
    async with town(f"sqlite:///{tmp_path}/town.db", tmp_path, clock, botapi, webhook) as here:
        await story(here, [here.telegram(code) for code in RELEASED])
        await menus(botapi, RELEASED, here.app.catalogs)
        await botapi.until(lambda: not botapi.unanswered)
    assert bool(botapi.posts) == bool(webhook)


async def test_every_language_in_the_web_chat(loaded: Path, tmp_path: Path, clock: Clock, botapi: BotApi) -> None:
    shutil.copyfile(loaded, tmp_path / "town.db")
    async with town(f"sqlite:///{tmp_path}/town.db", tmp_path, clock, botapi) as here:
        await story(here, [here.web(code) for code in RELEASED])


async def test_one_language_on_postgresql(
    postgres_server: Server, tmp_path: Path, clock: Clock, botapi: BotApi
) -> None:
    url = postgres_server.create()
    database = url.render_as_string(hide_password=False)
    async with town(database, tmp_path, clock, botapi) as here:
        await story(here, [here.telegram(RELEASED[-1]), here.web(RELEASED[-1])])
    postgres_server.drop(url)
