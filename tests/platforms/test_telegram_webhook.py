"""Updates that are posted to us: taken once and in order whatever fails, comes late, or by which way it comes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import structlog.testing

from bot.platforms.telegram.inbound import KINDS
from handlers.chat.events import Event, Said
from handlers.chat.messages import Replies
from tests.fakes.botapi import BotApi, Fault

from .hooked import PUBLIC, Hooked, echo


async def test_what_is_posted_is_answered_and_nothing_is_polled(botapi: BotApi, hooked: Hooked) -> None:
    anna = botapi.person()
    await anna.says("hello")
    await anna.sees("you said hello")
    await botapi.until(lambda: not botapi.updates)
    assert not botapi.sent("getUpdates")
    wish = botapi.sent("setWebhook")[0]
    assert wish["url"] == f"{PUBLIC}/telegram/{hooked.telegram.account}"
    assert (wish["allowed_updates"], wish["drop_pending_updates"]) == (list(KINDS), False)
    token = botapi.token.partition(":")[2]
    assert token not in str(wish)
    assert hooked.counts == {"taken": 1}


async def test_an_update_is_confirmed_only_when_it_was_handled(botapi: BotApi, hooked: Hooked) -> None:
    anna, boris, go = botapi.person(), botapi.person(), asyncio.Event()

    async def answer(event: Event) -> Replies:
        if event.address.id == str(anna.id):
            await go.wait()
        return await echo(event)

    hooked.answer = answer
    held = await anna.says("first")
    for n in range(3):
        await boris.says(str(n))
    await boris.sees("you said 2")
    assert [update["update_id"] for update in botapi.updates] == [held]
    go.set()
    await anna.sees("you said first")
    await botapi.until(lambda: not botapi.updates)


async def test_a_chat_is_in_order_though_a_tap_overtakes_a_message(botapi: BotApi, hooked: Hooked) -> None:
    anna, under_way, most = botapi.person(), 0, 0

    async def answer(event: Event) -> Replies:
        nonlocal under_way, most
        under_way, most = under_way + 1, max(most, under_way + 1)
        await asyncio.sleep(0.02)
        under_way -= 1
        return await echo(event)

    hooked.answer = answer
    await anna.says("0")
    bubble = await anna.sees("you said 0")
    for n in range(1, 4):
        await anna.says(str(n))
        anna.presses("ap.1", bubble)
    await anna.sees("you said 3")
    await botapi.until(lambda: not botapi.updates and not botapi.unanswered)
    assert most == 1, "one turn of a chat at a time"
    assert [bubble.text for bubble in anna.messages] == [f"you said {n}" for n in range(4)]


async def test_a_failing_update_comes_again_and_is_given_up_in_the_end(botapi: BotApi, hooked: Hooked) -> None:
    anna, boris, tries = botapi.person(), botapi.person(), Counter[str]()

    async def answer(event: Event) -> Replies:
        assert isinstance(event.what, Said)
        tries[event.what.text] += 1
        if event.what.text == "bad" or (event.what.text == "unlucky" and tries["unlucky"] < 3):
            raise RuntimeError("broken")
        return await echo(event)

    hooked.answer = answer
    with structlog.testing.capture_logs() as logged:
        bad = await anna.says("bad")
        await anna.says("good")
        await boris.says("unlucky")
        await anna.sees("you said good", 15)
        await boris.sees("you said unlucky", 15)
    assert (tries["bad"], tries["unlucky"]) == (3, 3)
    assert [status for number, status in botapi.posts if number == bad] == [503, 503, 200]
    assert "update given up" in [line["event"] for line in logged]
    assert hooked.counts == {"failed": 4, "given_up": 1, "taken": 2}


async def test_before_the_start_and_after_the_stop_updates_stay_with_telegram(botapi: BotApi) -> None:
    anna, first, then = botapi.person(), Hooked(botapi), Hooked(botapi)
    await first.listen()
    await first.start()
    await anna.says("one")
    await anna.sees("you said one")
    await first.telegram.stop()
    await anna.says("two")
    await botapi.until(lambda: 503 in dict(botapi.posts).values())
    assert first.counts["not_ready"]
    await first.server.stop()
    await then.listen()
    await then.start()
    await anna.sees("you said two")
    await then.stop()


async def test_an_update_whose_body_ends_after_the_stop_stays_with_telegram(botapi: BotApi, hooked: Hooked) -> None:
    """200 would say that it is answered, but the way to answer is closed by then."""
    heard: list[Event] = []

    async def answer(event: Event) -> Replies:
        heard.append(event)
        return await echo(event)

    hooked.answer = answer
    body = b'{"update_id": 1, "message": {"chat": {"id": 7, "type": "private"}, "text": "late"}}'
    slowly, go = asyncio.Event(), asyncio.Event()

    async def pieces() -> AsyncIterator[bytes]:
        yield body[:10]
        slowly.set()
        await go.wait()
        yield body[10:]

    posting = asyncio.create_task(hooked.post(pieces()))
    await slowly.wait()
    await asyncio.sleep(0.1)
    await hooked.telegram.stop()
    go.set()
    assert (await posting)[0] == 503
    assert not heard
    assert hooked.counts == {"not_ready": 1}


async def test_polling_and_webhook_follow_each_other_and_lose_nothing(botapi: BotApi) -> None:
    anna, heard = botapi.person(), []

    async def answer(event: Event) -> Replies:
        heard.append(event.update)
        return await echo(event)

    numbers = []
    for turn in range(4):
        hooked = Hooked(botapi, wait=2, webhook=PUBLIC if turn % 2 else "")
        hooked.answer = answer
        numbers.append(await anna.says(f"before {turn}"))
        await hooked.listen()
        await hooked.start()
        numbers.append(await anna.says(f"during {turn}"))
        await anna.sees(f"you said during {turn}")
        await hooked.stop()
    assert heard == [str(number) for number in numbers]
    assert [bubble.text for bubble in anna.messages] == [
        f"you said {w} {n}" for n in range(4) for w in ("before", "during")
    ]


async def test_telegram_is_asked_until_it_takes_the_webhook(botapi: BotApi) -> None:
    botapi.fail(1, Fault(400, "Bad Request: bad webhook: Failed to resolve host"), "setWebhook")
    anna, hooked = botapi.person(), Hooked(botapi, patience=5)
    await hooked.listen()
    with structlog.testing.capture_logs() as logged:
        await hooked.start()
    assert {"event": "telegram refuses what was asked", "log_level": "error"}.items() <= logged[0].items()
    assert "Failed to resolve host" in logged[0]["reason"]
    await anna.says("hello")
    await anna.sees("you said hello")
    await hooked.stop()


async def test_it_is_told_when_telegram_cannot_reach_us_or_knows_another_webhook(botapi: BotApi) -> None:
    hooked = Hooked(botapi)
    webhook = hooked.telegram._webhook
    assert webhook is not None
    webhook._every = 0.05
    await hooked.server.start()
    with structlog.testing.capture_logs() as logged:
        await hooked.start()
        await botapi.person().says("hello")  # the proxy does not know where we are
        await botapi.until(lambda: "telegram did not reach the webhook" in [line["event"] for line in logged])
        botapi.proxied[PUBLIC] = hooked.server.address
        await botapi.people[5_000_000_001].sees("you said hello")
        botapi.webhook = "https://other.example/"
        await botapi.until(lambda: [line for line in logged if "taken away" in line["event"]])
    await hooked.stop()
