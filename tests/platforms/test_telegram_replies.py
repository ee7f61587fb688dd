"""What Telegram shows of our replies: edits in place, taps that stop waiting, keyboards that come and go."""

import asyncio

import pytest

from bot.platforms.telegram import client
from bot.platforms.telegram.client import Telegram
from handlers.chat.events import Address, Event, Pinned, Said, Tapped
from handlers.chat.messages import Button, Message, Replies
from tests.fakes.botapi import BotApi, Fault

from .conftest import Run

MENU = Message("menu", buttons=((Button("One", payload="~1.1"), Button("Two", payload="~1.2")),))
ASK = Message(
    "where?",
    buttons=((Button("Here", ask="location"),), (Button("Type it", payload="~2.1"), Button("X", payload="~2.2"))),
)


def echo(event: Event) -> Replies:
    return Replies((Message(f"you said {event.what.text}"),) if isinstance(event.what, Said) else ())


async def test_a_tap_edits_its_message_and_stops_spinning(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()

    def answer(event: Event) -> Replies:
        if isinstance(event.what, Tapped):
            message = Message(f"chose {event.what.payload}", buttons=MENU.buttons, edit=True)
            return Replies((message,), notice="noted", tapped=event.what.message)
        return Replies((MENU,))

    await run(answer)
    await anna.says("/start")
    await anna.taps("Two")
    bubble = await anna.sees("chose ~1.2")
    assert (len(anna.messages), bubble.edits) == (1, 1)
    await botapi.until(lambda: anna.notices == ["noted"])
    await anna.taps("Two")  # the same again: Telegram calls it not modified
    await botapi.until(lambda: len(botapi.sent("editMessageText")) == 2 and len(anna.notices) == 2)
    anna.presses("~1.1", anna.messages[0])
    await anna.sees("chose ~1.1")
    assert (len(anna.messages), botapi.unanswered) == (1, 0)


async def test_what_cannot_be_edited_is_sent_anew(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    await run(
        lambda event: Replies((Message("new", edit=True),)) if isinstance(event.what, Tapped) else Replies((MENU,))
    )
    await anna.says("/start")
    bubble = await anna.sees("menu")
    anna.messages.clear()  # the person deleted the chat's history
    anna.presses("~1.1", bubble)
    await anna.sees("new")
    await botapi.until(lambda: botapi.unanswered == 0)


async def test_a_tap_is_answered_even_when_the_turn_fails(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()

    def answer(event: Event) -> Replies:
        if isinstance(event.what, Tapped):
            raise RuntimeError("broken")
        return Replies((MENU,))

    await run(answer)
    await anna.says("/start")
    await anna.taps("One")
    await botapi.until(lambda: anna.notices == [""])


def ask_and_thank(event: Event) -> Replies:
    """Asks for a place until it has one, or until another word comes."""
    if isinstance(event.what, Pinned):
        return Replies((Message(f"at {event.what.lat} {event.what.lon}"),))
    words = event.what.text if isinstance(event.what, Said) else ""
    return Replies({"plain": (Message("thanks"), MENU), "menu": (MENU,), "X": (Message("bye"),)}.get(words, (ASK,)))


async def test_a_location_is_asked_by_a_keyboard_that_goes_with_the_answer(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    await run(ask_and_thank)
    await anna.says("/start")
    await anna.sees("where?")
    assert anna.keyboard == ["Here", "Type it", "X"]
    await anna.pins(35.16, 126.8)
    await anna.sees("at 35.16 126.8")
    assert not anna.keyboard
    await anna.says("/start")
    await botapi.until(lambda: anna.keyboard)
    await anna.taps("X")  # a key of a reply keyboard is a text
    await anna.sees("bye")
    assert not anna.keyboard


@pytest.mark.parametrize("words", ["plain", "menu"])
async def test_a_keyboard_goes_before_a_menu_under_a_message(botapi: BotApi, run: Run, words: str) -> None:
    anna = botapi.person()
    await run(ask_and_thank)
    await anna.says("/start")
    await botapi.until(lambda: anna.keyboard)
    await anna.says(words)
    assert (await anna.sees("menu")).labels == ["One", "Two"]
    assert not anna.keyboard
    assert "·" not in [bubble.text for bubble in anna.messages]  # the dot that took it away is gone, and rang nobody
    assert [bubble.silent for bubble in botapi.received if bubble.text == "·"] == [True] * (words == "menu")


async def test_a_keyboard_of_before_a_restart_goes_when_it_was_used(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    await (await run(ask_and_thank)).stop()
    anna.chat.keyboard = [{"text": "Here", "request_location": True}]
    await run(ask_and_thank)
    await anna.pins(35.16, 126.8)
    await anna.sees("at 35.16")
    assert not anna.keyboard


async def test_a_reply_that_was_provably_not_sent_is_sent_once_more(botapi: BotApi, run: Run) -> None:
    anna = botapi.person()
    botapi.fail(1, Fault(429, retry_after=1))
    await run(echo)
    await anna.says("hello")
    await anna.sees("you said hello")
    botapi.fail(1, Fault(500, after=True))  # nobody knows, so it is not repeated
    await anna.says("once")
    await anna.says("next")
    await anna.sees("you said next")
    assert [bubble.text for bubble in anna.messages].count("you said once") == 1


async def test_replies_wait_for_their_pace_and_tell_of_a_429(botapi: BotApi) -> None:
    paced, slowed = [], []

    async def pace(lane: int, to: Address) -> None:
        paced.append((lane, to.id))

    async def handle(event: Event) -> Replies:
        return Replies((Message("one"), Message("two")))

    anna = botapi.person()
    botapi.fail(1, Fault(429, retry_after=1))
    telegram = Telegram(botapi.token, botapi.url, pace=pace, slowed=lambda *told: slowed.append(told), wait=5)
    await telegram.start(handle)
    await anna.says("hi")
    await anna.sees("two")
    assert paced == [(0, str(anna.id))] * 2
    assert slowed == [(Address("telegram", telegram.account, str(anna.id)), 1.0)]
    await telegram.stop()


async def test_a_turn_waits_for_its_replys_slot_but_not_for_long(
    botapi: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TURN_WAITS", 0.5)
    slots, heard = asyncio.Semaphore(0), []

    async def pace(lane: int, to: Address) -> None:
        await slots.acquire()

    async def handle(event: Event) -> Replies:
        heard.append(event.what)
        return echo(event)

    anna = botapi.person()
    telegram = Telegram(botapi.token, botapi.url, pace=pace, wait=5)
    await telegram.start(handle)
    number = await anna.says("one")
    await botapi.until(lambda: number in botapi.delivered)
    assert not heard, "so that it would come again"
    slots.release()
    await anna.sees("you said one")
    await anna.says("two")
    await botapi.until(lambda: Said("two") in heard)
    await botapi.until(lambda: not botapi.updates)
    assert "you said two" not in [bubble.text for bubble in anna.messages], "taken, but its reply still waits"
    slots.release()
    await anna.sees("you said two")
    await telegram.stop()


@pytest.mark.parametrize("words", ["그만", "/stop", "/stop@ilgam_test_bot", "Стоп!"])
async def test_a_stop_is_taken_at_once_while_the_gate_is_full(botapi: BotApi, words: str) -> None:
    slots, heard = asyncio.Semaphore(0), []

    async def pace(lane: int, to: Address) -> None:
        await slots.acquire()

    async def handle(event: Event) -> Replies:
        heard.append(event.what)
        return echo(event)

    anna = botapi.person()
    telegram = Telegram(botapi.token, botapi.url, pace=pace, wait=5)
    await telegram.start(handle)
    await anna.says(words)
    await botapi.until(lambda: heard, 2)
    slots.release()
    await anna.sees(f"you said {words}")
    await telegram.stop()
