"""Updates that are posted to us: taken once and in order whatever comes twice or late, and nothing else is let in."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import structlog.testing

from bot.platforms.telegram.client import Telegram
from bot.platforms.telegram.inbound import KINDS
from bot.web import Web
from handlers.chat.events import Event, Said
from handlers.chat.messages import Message, Replies
from tests.fakes.botapi import BotApi, Fault
from tests.fakes.botwebhook import HEADER

PUBLIC = "https://ilgam.example"
MEGABYTE = 2**20
Answer = Callable[[Event], Awaitable[Replies]]


class Hooked:
    """A bot with a webhook, on a server that the fake Telegram reaches through a proxy."""

    def __init__(self, botapi: BotApi, **options: Any) -> None:
        self.botapi, self.counts = botapi, Counter[str]()
        self.telegram = Telegram(
            *(botapi.token, botapi.url),
            **{"pauses": (0.01, 0.01), "patience": 1.0, "webhook": PUBLIC, "counted": self.count, **options},
        )
        self.server = Web("127.0.0.1", 0, self.telegram.routes())
        self.answer: Answer = echo

    def count(self, outcome: str) -> None:
        self.counts[outcome] += 1

    async def listen(self) -> None:
        await self.server.start()
        self.botapi.proxied[PUBLIC] = self.server.address

    async def start(self) -> None:
        await self.telegram.start(lambda event: self.answer(event))

    async def stop(self) -> None:
        await self.telegram.stop()
        await self.server.stop()

    async def post(self, body: bytes | dict[str, Any], secret: str | None = None) -> tuple[int, str]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {HEADER: self.botapi.secret if secret is None else secret}
        address = f"{self.server.address}/telegram/{self.telegram.account}"
        async with aiohttp.ClientSession() as session, session.post(address, data=data, headers=headers) as answer:
            return answer.status, await answer.text()

    async def raw(self, head: str, body: bytes = b"", secret: str | None = None) -> tuple[bytes, bytes]:
        """The answer to the head of a request and part of its body, and all that came until the connection ended."""
        host, port = "127.0.0.1", self.server.port
        reader, writer = await asyncio.open_connection(host, port)
        given = self.botapi.secret if secret is None else secret
        path = f"/telegram/{self.telegram.account}"
        writer.write(f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{HEADER}: {given}\r\n{head}\r\n\r\n".encode() + body)
        try:
            first = await asyncio.wait_for(reader.readline(), 5)
            return first, first + await asyncio.wait_for(reader.read(), 5)
        finally:
            writer.close()


async def echo(event: Event) -> Replies:
    return Replies((Message(f"you said {event.what.text}"),) if isinstance(event.what, Said) else ())


@pytest.fixture
async def hooked(botapi: BotApi) -> AsyncIterator[Hooked]:
    hooked = Hooked(botapi)
    await hooked.listen()
    await hooked.start()
    yield hooked
    await hooked.stop()


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


@pytest.mark.parametrize("secret", ["", "wrong", "\N{GRINNING FACE}", "0" * 64])
async def test_who_does_not_know_the_secret_is_not_let_in(botapi: BotApi, hooked: Hooked, secret: str) -> None:
    anna = botapi.person()
    await anna.says("hello")
    await anna.sees("you said hello")
    update = {"update_id": 1, "message": {"chat": {"id": anna.id, "type": "private"}, "text": "forged"}}
    assert await hooked.post(update, secret) == (403, "This address is for Telegram alone.\n")
    assert len(anna.messages) == 1
    assert hooked.counts == {"taken": 1, "forbidden": 1}


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (b"", 400, "not_json"),
        (b"hello", 400, "not_json"),
        (b'{"update_id": 1', 400, "not_json"),
        (b"\xff\xfe{}", 400, "not_json"),
        (b"[" * 100_000, 400, "not_json"),
        (b"[]", 400, "not_an_update"),
        (b"{}", 400, "not_an_update"),
        (b'{"update_id": "1", "message": {}}', 400, "not_an_update"),
        (b'{"update_id": true, "message": {}}', 400, "not_an_update"),
        (b'{"update_id": 1}', 200, "unasked"),
        (b'{"update_id": 1, "edited_message": {"text": "x"}}', 200, "unasked"),
        (b'{"update_id": 1, "a_kind_of_next_year": {}}', 200, "unasked"),
        (b'{"update_id": 1, "message": 5}', 200, "taken"),
        (b'{"update_id": 1, "message": {"chat": {"id": 7, "type": "private"}, "location": {}}}', 200, "taken"),
    ],
)
async def test_odd_bodies_are_answered_clearly_and_counted(
    botapi: BotApi, hooked: Hooked, body: bytes, status: int, outcome: str
) -> None:
    got, words = await hooked.post(body)
    assert (got, hooked.counts) == (status, {outcome: 1})
    assert words.endswith(".\n")
    anna = botapi.person()
    await anna.says("still there?")
    await anna.sees("you said still there?")


async def test_a_body_of_30_mb_is_refused_without_being_read(hooked: Hooked) -> None:
    first, whole = await hooked.raw(f"Content-Length: {30 * MEGABYTE}", b"{" * 1000)
    assert first == b"HTTP/1.1 413 Request Entity Too Large\r\n"
    assert b"Connection: close" in whole
    assert hooked.counts == {"too_large": 1}


async def test_a_body_that_does_not_say_its_size_is_read_no_further_than_the_limit(hooked: Hooked) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    first, _ = await hooked.raw("Transfer-Encoding: chunked", chunk * 17)
    assert first == b"HTTP/1.1 413 Request Entity Too Large\r\n"
    assert hooked.counts == {"too_large": 1}


async def test_a_large_body_of_who_does_not_know_the_secret_is_not_read(hooked: Hooked) -> None:
    first, _ = await hooked.raw(f"Content-Length: {30 * MEGABYTE}", b"{", secret="wrong")
    assert first == b"HTTP/1.1 403 Forbidden\r\n"


async def test_a_slow_body_is_not_waited_for(botapi: BotApi) -> None:
    hooked = Hooked(botapi)
    assert hooked.telegram._webhook is not None
    hooked.telegram._webhook._slowest = 0.2
    await hooked.listen()
    await hooked.start()
    first, _ = await hooked.raw("Content-Length: 100", b'{"update_id"')
    assert first == b"HTTP/1.1 408 Request Timeout\r\n"
    assert hooked.counts == {"too_slow": 1}
    await hooked.stop()


async def test_a_body_that_breaks_off_is_nothing(botapi: BotApi, hooked: Hooked) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", hooked.server.port)
    head = f"POST /telegram/{hooked.telegram.account} HTTP/1.1\r\nHost: x\r\n{HEADER}: {botapi.secret}\r\n"
    writer.write(f"{head}Content-Length: 100\r\n\r\n".encode() + b'{"update_id"')
    await asyncio.sleep(0.1)
    writer.close()
    await botapi.until(lambda: hooked.counts)
    assert hooked.counts == {"broken": 1}


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
