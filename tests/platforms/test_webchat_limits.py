"""What the web chat refuses: foreign pages, floods, oversized and strange frames; and that refusing harms nobody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.webchat import Site, WebChat, connection, frames
from bot.platforms.webchat.client import PER_ADDRESS
from bot.platforms.webchat.connection import BURST
from bot.web import Web
from handlers.chat.events import Address, Event
from locales import Catalogs
from storage.store import Store
from tests.fakes.script import Script
from tests.fakes.webclient import people


class Place:
    def __init__(self, web: Web, chat: WebChat, script: Script, person: Any) -> None:
        self.web, self.chat, self.script, self.person = web, chat, script, person


@pytest.fixture
async def place(sqlite_store: Store) -> AsyncIterator[Place]:
    chat = WebChat(sqlite_store, Catalogs.load(), Site({"en": "Gwangsan-gu"}, url="https://jobs.example.org/chat"))
    script = Script(sqlite_store, chat)
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()
    await chat.start(script)
    async with people(web.address) as person:
        yield Place(web, chat, script, person)
    await chat.stop()
    await web.stop()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1:1"])
async def test_another_sites_page_may_not_speak_for_a_resident(place: Place, origin: str) -> None:
    with pytest.raises(WSServerHandshakeError, match="403"):
        async with ClientSession() as session:
            await session.ws_connect(f"{place.web.address}/ws", headers={"Origin": origin})


async def test_the_public_address_may(place: Place) -> None:
    await place.person().comes(origin="https://jobs.example.org")


async def test_without_an_origin_nobody_may(place: Place) -> None:
    with pytest.raises(WSServerHandshakeError, match="403"):
        async with ClientSession() as session:
            await session.ws_connect(f"{place.web.address}/ws")


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        "{}",
        '{"id": "x"}',
        '{"say": "no id"}',
        '{"say": "", "id": "x"}',
        '{"say": 7, "id": "x"}',
        '{"say": "x", "id": ""}',
        '{"tap": "ap.1", "id": "x", "message": "1"}',
        '{"tap": "' + "a" * 65 + '", "id": "x", "message": null}',
        '{"pin": [91, 0], "id": "x"}',
        '{"pin": ["1", 0], "id": "x"}',
        '{"pin": [1], "id": "x"}',
        '{"say": "' + "x" * 4001 + '", "id": "x"}',
    ],
)
async def test_a_frame_that_our_page_would_not_send_closes_the_page(place: Place, frame: str) -> None:
    anna = place.person()
    await anna.comes()
    await anna.sends(frame)
    await anna.until(lambda: anna.closed_with == 1008, "the end")
    await anna.comes()
    await anna.says("still here")


async def test_a_huge_frame_is_not_read(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.sends('{"say": "' + "x" * 20_000 + '", "id": "x"}')
    await anna.until(lambda: anna.closed_with == 1009, "the end")
    assert not place.script.heard


async def test_a_flood_is_slowed_and_nothing_of_it_lost(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RATE", 2.0)  # so that a busy machine still sends faster than that
    anna = place.person()
    await anna.comes()
    waiting = [f"n{i}" for i in range(int(BURST) + 10)]
    for name in waiting:
        await anna.sends({"say": name, "id": name})
    await anna.until(lambda: any("slow" in frame for frame in anna.frames), "the brake")
    for _ in range(100):
        late = [name for name in waiting if name not in anna.acknowledged]
        if not late:
            break
        await asyncio.sleep(0.15)
        await anna.sends({"say": late[0], "id": late[0]})
    await anna.until(lambda: set(waiting) <= anna.acknowledged, "all receipts")
    assert sorted(anna.said) == sorted(waiting)


async def test_one_person_has_at_most_ten_pages(place: Place) -> None:
    first = place.person()
    await first.comes()
    for _ in range(PER_ADDRESS - 1):
        twin = place.person()
        twin.token = first.token
        await twin.comes()
    late = place.person()
    late.token = first.token
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(late.comes(), 1)
    assert late.closed_with == 4429
    await first.says("the others go on")


@pytest.mark.parametrize("token", ["short", "x" * 65, 7, ["x"]])
async def test_a_token_that_we_did_not_make_is_refused(place: Place, token: Any) -> None:
    eve = place.person()
    eve.token = token
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(eve.comes(), 1)
    assert eve.closed_with == 1008


async def test_who_is_slow_to_greet_is_asked_to_come_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page forgets a token that is refused (1008): a slow network must not cost a resident theirs."""
    monkeypatch.setattr(connection, "HELLO_SECONDS", 0.1)
    async with ClientSession() as session:
        ws = await session.ws_connect(f"{place.web.address}/ws", origin=place.web.address)
        await ws.receive(timeout=2)
        assert ws.close_code == 1013


async def test_stopping_lets_what_is_in_hand_finish(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    saying = asyncio.create_task(anna.says("last words"))
    await asyncio.sleep(0.02)
    await place.chat.stop()
    await anna.until(lambda: anna.closed_with == 1001, "the goodbye")
    saying.cancel()  # a receipt that has not come by now comes no more
    await asyncio.gather(saying, return_exceptions=True)
    await place.chat.start(place.script)
    await anna.comes()
    assert anna.said == ["last words"] * len(place.script.heard)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["say", "tap", "message", "pin", "id", "language"]), json_values))
def test_any_frame_is_an_event_or_refused(frame: dict[str, Any]) -> None:
    address = Address("web", "web", "a" * 64)
    with suppress(frames.BadFrame):
        assert isinstance(frames.event(address, frame, None), Event)
