"""The whole program and the ways updates come: twice, late, after a kill, by another way than before; and groups."""

import asyncio

import aiohttp
import pytest

from locales import Catalogs
from tests.fakes.botapi import BotApi

from .process import Program

PUBLIC = "https://ilgam.example"


@pytest.fixture
def hooked(program: Program, botapi: BotApi) -> Program:
    program.webhook, program.proxied = PUBLIC, botapi.proxied
    return program


async def test_updates_that_are_replayed_and_reordered_are_taken_once(hooked: Program, botapi: BotApi) -> None:
    await hooked.start()
    anna = botapi.person(language_code="ru")
    await anna.says("/start")
    notice = await anna.sees("Здравствуйте")
    agree = anna.presses(notice.buttons[0]["callback_data"], notice)
    await anna.sees("В каком районе вы живёте?")
    await anna.says("Вольгок")
    await anna.sees("Готово")
    await botapi.until(lambda: not botapi.updates)
    shown = len(anna.messages)
    async with aiohttp.ClientSession() as session:
        again = [number for number in reversed(botapi.every) for _ in range(3)]
        statuses = await asyncio.gather(*(botapi.post(session, botapi.every[number]) for number in again))
        assert {status for status, _ in statuses} == {200}
        # A tap that Telegram held back arrives after what came later, and twice at once.
        late = dict(botapi.every[agree], update_id=agree - 1000)
        statuses = await asyncio.gather(*(botapi.post(session, late) for _ in range(2)))
        assert {status for status, _ in statuses} == {200}
    await botapi.until(lambda: len(anna.messages) > shown)
    await asyncio.sleep(0.5)
    assert len(anna.messages) == shown + 1, "the late tap is a tap on an old menu, once"
    assert await hooked.count("consents") == 2
    async with aiohttp.ClientSession() as session, session.get(f"{hooked.page}/metrics") as answer:
        taken = len(botapi.every) + len(again) + 2
        assert f'ilgam_telegram_webhook_total{{outcome="taken"}} {taken}.0' in await answer.text()


async def test_what_comes_while_the_program_is_dead_comes_again(hooked: Program, botapi: BotApi) -> None:
    await hooked.start()
    people = [botapi.person(language_code="ru") for _ in range(20)]
    for person in people:
        await person.says("/start")
    await people[0].sees("Здравствуйте")
    await hooked.kill()
    for person in people:
        await person.says("/help")
    await hooked.start()
    await botapi.until(lambda: not botapi.updates, 30)
    assert await hooked.count("residents") == 20, "each was met, once"
    assert await hooked.count("updates") == 40


async def test_the_way_changes_back_and_forth_and_nothing_is_lost(hooked: Program, botapi: BotApi) -> None:
    anna = botapi.person(language_code="ru")
    for turn, webhook in enumerate((PUBLIC, "", PUBLIC)):
        hooked.webhook = webhook
        await anna.says("/start" if not turn else "/help")
        await hooked.start()
        await anna.says("/help")
        await botapi.until(lambda n=turn: len(anna.messages) == 2 * n + 2, 15)
        await hooked.stop()
    assert await hooked.count("updates") == 6
    assert len(anna.messages) == 6, "one answer each"


async def test_a_group_is_told_once_where_to_write(hooked: Program, botapi: BotApi) -> None:
    await hooked.start()
    anna, group = botapi.person(language_code="ru"), botapi.group()
    for _ in range(25):
        await anna.says("/jobs", group)
        await anna.says(f"@{botapi.username} work?", group)
        await anna.says("good morning", group)
    await botapi.until(lambda: not botapi.updates, 15)
    (bubble,) = group.bubbles
    assert "저는 일대일 대화에서만 일해요" in bubble.text
    assert "I work in private chats" in bubble.text
    assert [button["url"] for button in bubble.buttons] == [f"https://t.me/{botapi.username}"]
    assert await hooked.count("chats") == 0, "nobody was met in a group"
    await anna.says("/start")
    await anna.sees("Здравствуйте")


async def test_a_fault_of_ours_is_not_told_to_a_group(hooked: Program, botapi: BotApi) -> None:
    """Everybody in it would be told again with each command."""
    await hooked.start()
    anna, group = botapi.person(language_code="ru"), botapi.group()
    await hooked.execute("CREATE TRIGGER broken BEFORE INSERT ON memos BEGIN SELECT RAISE(ABORT, 'broken'); END")
    for _ in range(3):
        await anna.says("/jobs", group)
    await botapi.until(lambda: not botapi.updates, 15)
    await anna.says("/start")
    await anna.sees("Здравствуйте")
    assert "turn failed" in hooked.words
    assert not group.bubbles


async def test_the_bot_introduces_itself_in_each_language(hooked: Program, botapi: BotApi) -> None:
    languages = len(Catalogs.load().released) + 1  # and for everybody else
    await hooked.start()
    await botapi.until(lambda: len([1 for what, _ in botapi.profile if what == "name"]) == languages, 30)
    assert botapi.profile["name", "ko"] == "동네일감 · 광산구"
    assert botapi.profile["name", ""] == "Dongne Ilgam · Gwangsan-gu"
    assert "jobs" in botapi.commands["ru"]
    assert "рядом с домом" in botapi.profile["short_description", "ru"]
    await hooked.stop()
    botapi.calls.clear()
    await hooked.start()
    await botapi.until(
        lambda: len([1 for method, _ in botapi.calls if method.startswith("getMy")]) == 4 * languages, 30
    )
    assert not [method for method, _ in botapi.calls if method.startswith("setMy")]
