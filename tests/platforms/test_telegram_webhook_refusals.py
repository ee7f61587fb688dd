"""What is posted to the webhook and is no update from Telegram, or no sound one: answered clearly, counted, soon over."""

import asyncio

import pytest

from tests.fakes.botapi import BotApi
from tests.fakes.botwebhook import HEADER

from .hooked import Hooked

MEGABYTE = 2**20


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
    assert first in (b"HTTP/1.1 413 Request Entity Too Large\r\n", b"")
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
