"""What Telegram brings: in order, nothing lost, chats side by side, only what is meant for the bot."""

import asyncio

import pytest
import structlog.testing

from bot.platforms.telegram import client, replies
from bot.platforms.telegram.client import Telegram
from bot.platforms.telegram.updates import PAUSES
from handlers.chat.events import Address, Blocked, Event, Said, Unreadable
from handlers.chat.messages import Message, Replies
from tests.fakes.botapi import BotApi, Fault

from .conftest import Run


def echo(event: Event) -> Replies:
    return Replies((Message(f"you said {event.what.text}"),) if isinstance(event.what, Said) else ())


async def test_who_says_something_is_answered(botapi: BotApi, run: Run) -> None:
    anna = botapi.person(language_code="ru")
    telegram = await run(echo)
    assert (telegram.account, telegram.username) == ("1000000001", botapi.username)
    await anna.says("<b>&")
    await anna.sees("you said <b>&")


async def test_a_webhook_of_before_is_taken_away(botapi: BotApi, run: Run) -> None:
    botapi.webhook = "https://example.kr"
    await run(echo)
    await botapi.person().says("hi")
    await botapi.people[5_000_000_001].sees("you said hi")


async def test_a_chat_is_in_order_while_others_do_not_wait(botapi: BotApi, run: Run) -> None:
    slow, quick = botapi.person(), botapi.person()
    go = asyncio.Event()

    async def answer(event: Event) -> Replies:
        if event.address.id == str(slow.id):
            await go.wait()
        return echo(event)

    for n in range(5):
        await slow.says(f"slow {n}")
    await run(answer)
    for n in range(5):
        await quick.says(f"quick {n}")
    await quick.sees("quick 4")
    assert not slow.messages
    go.set()
    await slow.sees("slow 4")
    assert [bubble.text for bubble in slow.messages] == [f"you said slow {n}" for n in range(5)]
    assert [bubble.text for bubble in quick.messages] == [f"you said quick {n}" for n in range(5)]


async def test_an_update_is_confirmed_only_when_it_was_handled(botapi: BotApi, run: Run) -> None:
    anna, boris = botapi.person(), botapi.person()
    go = asyncio.Event()
    handled: list[str] = []

    async def answer(event: Event) -> Replies:
        if event.address.id == str(anna.id):
            await go.wait()
        handled.append(event.update)
        return Replies()

    await run(answer)
    held = await anna.says("first")
    for n in range(3):
        await boris.says(str(n))
    await botapi.until(lambda: botapi.delivered.count(held) > 2)
    assert all(call.get("offset", 0) <= held for call in botapi.sent("getUpdates"))
    assert len(handled) == 3
    go.set()
    await botapi.until(lambda: not botapi.updates)
    assert sorted(handled) == [str(held + n) for n in range(4)]


async def test_what_was_handled_is_confirmed_when_the_bot_stops(botapi: BotApi, run: Run) -> None:
    telegram = await run(echo)
    await botapi.person().says("bye")
    await botapi.people[5_000_000_001].sees("bye")
    await telegram.stop()
    await botapi.until(lambda: not botapi.updates)


async def test_who_floods_the_bot_makes_it_deaf_to_nobody_else(botapi: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram tells at most 100 unconfirmed updates at a time, and slows down replies to one chat."""
    monkeypatch.setattr(client, "TURN_WAITS", 0.2)
    monkeypatch.setattr(replies, "LONGEST_WAIT", 0.5)
    eve, anna = botapi.person(), botapi.person()

    async def pace(lane: int, to: Address) -> None:
        await asyncio.sleep(3600 if to.id == str(eve.id) else 0)

    async def handle(event: Event) -> Replies:
        return echo(event)

    for n in range(150):
        await eve.says(str(n))
    await anna.says("anybody there?")
    telegram = Telegram(botapi.token, botapi.url, wait=5, patience=0.1, pace=pace)
    await telegram.start(handle)
    try:
        await anna.sees("anybody there?", 10)
    finally:
        await telegram.stop()


async def test_a_failing_update_is_tried_five_times_then_let_go(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    tries = []

    def answer(event: Event) -> Replies:
        if event.what == Said("bad"):
            tries.append(event)
            raise RuntimeError("broken")
        return echo(event)

    await run(answer)
    with structlog.testing.capture_logs() as logged:
        await anna.says("bad")
        await anna.says("good")
        await anna.sees("you said good")
    assert len(tries) == 5
    assert "update given up" in [line["event"] for line in logged]


def test_a_database_may_take_a_minute_to_start_anew() -> None:
    """All that people say meanwhile fails, and must not be given up: somebody's "stop" may be in it."""
    assert sum(PAUSES) >= 60


async def test_faults_of_polling_are_lived_through(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    botapi.fail(1, Fault(reset=True), "getMe")
    botapi.fail(1, Fault(409, "Conflict: terminated by other getUpdates request"), "getUpdates")
    await run(echo)
    await anna.says("hello")
    await anna.sees("you said hello")


async def test_a_group_is_answered_when_the_bot_is_named(botapi: BotApi, run: Run) -> None:
    anna, group = botapi.person(), botapi.group()
    asked = []

    def answer(event: Event) -> Replies:
        asked.append((event.address, event.group))
        return Replies((Message("jobs"),))

    await run(answer)
    await anna.says("good morning all", group)
    await anna.says(f"/jobs@{botapi.username}", group)
    await botapi.until(lambda: group.bubbles)
    assert asked == [(Address("telegram", "1000000001", str(group.id)), True)]


async def test_who_blocks_gets_no_answer_and_may_come_back(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    seen = []
    await run(lambda event: seen.append(event.what) or Replies((Message("hello"),)))  # type: ignore[func-returns-value]
    await anna.blocks()
    await botapi.until(lambda: seen == [Blocked()])
    await anna.unblocks()
    await anna.sees("hello")
    assert len(botapi.sent()) == 1


async def test_an_album_is_answered_once(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    await run(lambda event: Replies((Message("only words"),)) if isinstance(event.what, Unreadable) else echo(event))
    for _ in range(4):
        anna.sends(photo=[], media_group_id="album")
    await anna.says("done")
    await anna.sees("you said done")
    assert [bubble.text for bubble in anna.messages] == ["only words", "you said done"]
