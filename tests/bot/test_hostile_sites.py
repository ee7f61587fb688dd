"""Every kind against a hostile server on a real socket: too much, too slow, without end, led astray, broken off; nothing of it
closes a posting, and the key goes to nobody else."""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import replace

import pytest
from aiohttp import web

from bot.sources.senuri import Senuri
from storage.store import Store
from tests.bot.kinds import KINDS, QUICK, is_named, scene
from tests.bot.mutations import LOGIN
from tests.engines import on_sqlite
from tests.fakes.site import Answering, answer, drip

pytestmark = on_sqlite  # what recording does is held on both engines elsewhere
MB = 1024 * 1024
HASTY = replace(QUICK, read=0.15, total=0.25)  # for servers that take their time
BOMB = gzip.compress(b"\0" * 50 * MB, 9)


def much(declared: bool) -> Answering:
    """50 MB."""

    async def answering(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(50 * MB)} if declared else {})
        await response.prepare(request)
        for _ in range(50):
            await response.write(b"<" * MB)
        return response

    return answering


def raw(data: bytes, again: bytes = b"", pause: float = 0.0, *, reset: bool = False) -> Answering:
    """These bytes as they are, then others again and again until nobody hears any more."""

    async def answering(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(data)
        while again and not request.transport.is_closing():
            request.transport.write(again)
            await asyncio.sleep(pause)
        if reset:
            await asyncio.sleep(0.02)
            request.transport.abort()
        else:
            request.transport.close()
        return web.Response()

    return answering


OK = b"HTTP/1.1 200 OK\r\n"
HOSTILE: dict[str, Callable[[bytes, str], Answering]] = {
    "50 MB": lambda body, url: much(True),
    "50 MB without their length": lambda body, url: much(False),
    "a bomb of 50 MB": lambda body, url: answer(BOMB, Content_Encoding="gzip"),
    "an endless stream": lambda body, url: drip(0.0, b"<a>" * 20_000),
    "a slow drip": lambda body, url: drip(0.05, b"<"),
    "silence behind the head": lambda body, url: drip(60, b"<"),
    "headers without end": lambda body, url: raw(OK, b"X-More: and more\r\n" * 100, 0.001),
    "a header of 1 MB": lambda body, url: raw(OK + b"X-Long: " + b"a" * MB),
    "headers that drip": lambda body, url: raw(OK, b"X", 0.05),
    "no HTTP": lambda body, url: raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "longer than it is": lambda body, url: raw(OK + b"Content-Length: %d\r\n\r\n" % (len(body) + 9) + body),
    "broken off": lambda body, url: raw(
        OK + b"Content-Length: %d\r\n\r\n" % len(body) + body[: len(body) // 2], reset=True
    ),
    "a broken chunk": lambda body, url: raw(OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n" + body),
    "a chunk without end": lambda body, url: raw(OK + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n" + body),
    "no length at all": lambda body, url: raw(OK + b"Content-Length: -5\r\n\r\n" + body),
    "reset at once": lambda body, url: raw(b"", reset=True),
    "a login page": lambda body, url: answer(LOGIN, Content_Type="text/html"),
    "led to this machine": lambda body, url: answer(status=302, Location="http://127.0.0.1:1/inside"),
    "led to its own port": lambda body, url: answer(status=302, Location=f"{url}/inside"),
    "led to the cloud's secrets": lambda body, url: answer(
        status=302, Location="http://169.254.169.254/latest/meta-data"
    ),
    "led to a file": lambda body, url: answer(status=302, Location="file:///etc/passwd"),
    "led nowhere": lambda body, url: answer(status=302, Location="http://[::1"),
    "led round": lambda body, url: answer(status=302, Location="?again=1"),
}

WHOLE = ("alio", "jobposting", "feed", "sheet")  # all of it; what the other kinds share with alio, a third each


@pytest.mark.parametrize("kind", KINDS)
async def test_a_hostile_server_closes_nothing_and_is_named(
    kind: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Senuri, "slow", 0.0)  # it is known to think for half a minute
    body = KINDS[kind].body
    async with scene(kind, store, limits=HASTY) as one:
        before, loop = await one.keys(), asyncio.get_running_loop()
        for number, (name, hostile) in enumerate(HOSTILE.items(), list(KINDS).index(kind)):
            if kind not in WHOLE and number % 3:
                continue
            one.serve(hostile(body, one.site.url), hostile(body, one.site.url))
            await one.forget()
            asked, began = len(one.site.asked), loop.time()
            polled = await one.poll()
            assert is_named(polled), (name, polled)
            assert polled.outcome == "failed", (name, polled)
            assert loop.time() - began < 5, name
            assert not any(request.path == "/inside" for request in one.site.asked), name
            assert len(one.site.asked) - asked <= 4, (name, "not again and again")
            assert await one.keys() == before, name
            assert all(posting.state == "open" for posting in await one.postings()), name
        one.serve()
        assert (await one.poll()).outcome == "good"
        assert await one.keys() == before


@pytest.mark.parametrize("kind", ["feed", "sheet"])
async def test_who_may_be_led_on_is_led_to_no_inside_address_and_not_without_end(kind: str, store: Store) -> None:
    async with scene(kind, store, allow=("redirect",), limits=HASTY) as one:
        polled = await one.poll()
        assert "inside address" in polled.faults[0], "the first address is held against the rule as well"
    async with scene(kind, store, allow=("redirect", "private"), limits=HASTY) as one:
        before = await one.keys()
        for where, why in (
            ("?again=1", "without end"),
            ("file:///etc/passwd", "no web address"),
            ("", "no web address"),
        ):
            one.serve(answer(status=302, Location=where))
            polled = await one.poll()
            assert why in polled.faults[0]
            assert is_named(polled)
            assert await one.keys() == before


@pytest.mark.parametrize("kind", KINDS)
async def test_the_key_is_carried_to_no_other_address(kind: str, store: Store) -> None:
    """Not in the address that is led to, nor in what it is told of where the request comes from."""
    async with scene(kind, store, allow=("private",), limits=HASTY) as one:
        one.serve(answer(status=302, Location=f"http://localhost:{one.site.port}/elsewhere"))
        polled = await one.poll()
        assert polled.outcome == "failed"
        assert "redirects" in polled.faults[0]
        assert "SECRET" not in str(polled)
        assert not any(request.path == "/elsewhere" for request in one.site.asked)
        assert not any("Referer" in request.headers or "Cookie" in request.headers for request in one.site.asked)
    if kind in ("feed", "sheet"):
        async with scene(kind, store, allow=("private", "redirect"), limits=HASTY) as one:
            one.site.answers("/elsewhere", KINDS[kind].body)
            one.serve(answer(status=302, Location=f"http://localhost:{one.site.port}/elsewhere"))
            assert (await one.poll()).outcome == "good"
            [led] = [request for request in one.site.asked if request.path == "/elsewhere"]
            assert "SECRET" not in f"{led.path_qs} {dict(led.headers)}"
