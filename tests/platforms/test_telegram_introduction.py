"""The bot introduces itself in each language: only what is not so yet is told, and a held-back name holds back nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog.testing

from bot.commands import MENU, Introduction, introductions
from bot.platforms.telegram.introduction import introduce
from bot.platforms.telegram.transport import Transport
from locales import Catalogs
from locales.languages import rows
from tests.fakes import botspec
from tests.fakes.botapi import BotApi, Fault

KO = Introduction("동네일감", "집 가까운 일", "설명", [("start", "시작"), ("help", "도움말")])
EN = Introduction("Ilgam", "Jobs near you", "Description", [("start", "Begin")])
WANTED = {"ko": KO, "": EN}


@pytest.fixture
async def transport(botapi: BotApi) -> AsyncIterator[Transport]:
    transport = Transport(botapi.url, botapi.token, read=1)
    await transport.initialize()
    yield transport
    await transport.shutdown()


def told(botapi: BotApi) -> list[tuple[str, str]]:
    calls = [(method, call["language_code"]) for method, call in botapi.calls if method.startswith("setMy")]
    botapi.calls.clear()
    return sorted(calls)


async def test_each_text_is_told_once_and_again_only_when_it_changes(botapi: BotApi, transport: Transport) -> None:
    await introduce(transport, WANTED, pace=0)
    whole = told(botapi)
    assert len(whole) == 8
    assert botapi.profile["name", "ko"] == "동네일감"
    assert botapi.profile["short_description", ""] == "Jobs near you"
    assert botapi.profile["description", "ko"] == "설명"
    assert botapi.commands == {"ko": ["start", "help"], "": ["start"]}
    await introduce(transport, WANTED, pace=0)
    assert told(botapi) == []
    botapi.profile["description", ""] = "somebody's own"
    changed = Introduction(KO.name, KO.short, KO.description, [("start", "시작해요"), ("help", "도움말")])
    await introduce(transport, {**WANTED, "ko": changed}, pace=0)
    assert told(botapi) == [("setMyCommands", "ko"), ("setMyDescription", "")]


async def test_a_name_that_must_wait_holds_back_nothing_else(botapi: BotApi, transport: Transport) -> None:
    botapi.fail(1, Fault(429, retry_after=86_400), "setMyName")
    introducing = asyncio.create_task(introduce(transport, WANTED, pace=0))
    await botapi.until(lambda: len(botapi.profile) == 6)
    assert {what for what, _ in botapi.profile} == {"short_description", "description", "commands"}
    assert not introducing.done()
    introducing.cancel()


async def test_faults_are_lived_through_and_a_refusal_is_logged(botapi: BotApi, transport: Transport) -> None:
    botapi.fail(1, Fault(429, retry_after=1), "setMyCommands")
    botapi.fail(1, Fault(code=502, html=True), "getMyDescription")
    botapi.fail(1, Fault(reset=True), "setMyShortDescription")
    botapi.fail(1, Fault(400, "Bad Request: can't set it"), "setMyName")
    with structlog.testing.capture_logs() as logged:
        await introduce(transport, WANTED, pace=0)
    assert [line["method"] for line in logged if line["event"] == "not introduced"] == ["setMyName"]
    assert len(botapi.profile) == 7


def test_every_released_language_fits_what_telegram_takes() -> None:
    catalogs = Catalogs.load()
    said = introductions(
        catalogs, lambda translator: {"ko": "광산구", "ru": "Квансан-гу"}.get(translator.code, "Gwangsan-gu")
    )
    assert set(said) == {rows()[code]["set_my_commands_code"] for code in catalogs.released} | {""}
    assert said[""] == said["en"]
    for code, words in said.items():
        assert len(code) in (0, 2)
        assert len(words.commands) == len(MENU)
        menu = [{"command": name, "description": description} for name, description in words.commands]
        for method, parameters in (
            ("setMyName", {"name": words.name}),
            ("setMyShortDescription", {"short_description": words.short}),
            ("setMyDescription", {"description": words.description}),
            ("setMyCommands", {"commands": menu}),
        ):
            assert not botspec.faults(method, {**parameters, "language_code": code})
            assert len(words.name) <= 64
            assert len(words.short) <= 120
            assert len(words.description) <= 512


def test_telegram_has_one_chinese_and_an_older_code_for_filipino() -> None:
    codes = {code: row["set_my_commands_code"] for code, row in rows().items()}
    assert (codes["zh_Hans"], codes["zh_Hant"], codes["fil"]) == ("zh", "zh", "tl")
