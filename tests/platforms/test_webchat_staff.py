"""The staff's side of the web chat: the page is told who they are whenever that changes, and names are shown to nobody else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.platforms.webchat import Site, WebChat
from bot.web import Web
from handlers.chat.messages import Button, Message, Replies
from locales import Catalogs
from storage import residents, staff
from storage.store import Store
from tests.conftest import Clock
from tests.engines import on_sqlite
from tests.fakes.script import Script
from tests.fakes.webclient import WebPerson, people

pytestmark = on_sqlite
NAMED = Message("1. 김보기\n2. 이보기", ((Button("김보기", "x1"),),), language="ko", names=True)


@dataclass
class Room:
    chat: WebChat
    talk: Script
    store: Store
    person: Any

    async def resident(self, person: WebPerson) -> int:
        address = next(event.address for event in self.talk.heard if event.address.id in self.chat._open)
        async with self.store.reading() as tx:
            found = await residents.at(tx, "web", "web", address.id)
        assert found
        assert person.token
        return found[1].id


@pytest.fixture
async def room(store: Store) -> AsyncIterator[Room]:
    chat = WebChat(store, Catalogs.load(), Site({"ko": "광산구"}))
    talk = Script(store, chat, {"list": Replies((NAMED,))})
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()
    await chat.start(talk)
    async with people(web.address) as person:
        yield Room(chat, talk, store, person)
    await chat.stop()
    await web.stop()


def told(person: WebPerson) -> list[Any]:
    """What the page was told of who it is, in order."""
    return [frame["staff"] for frame in person.frames if "staff" in frame]


async def test_a_page_is_told_of_each_change_of_who_it_is(room: Room) -> None:
    kim = room.person("ko")
    await kim.comes()
    await kim.says("hello")
    assert told(kim) == [None]
    ready = next(i for i, frame in enumerate(kim.frames) if frame.get("ready"))
    assert kim.frames.index({"staff": None}) < ready
    number = await room.resident(kim)
    async with room.store.transaction() as tx:
        await staff.appoint(tx, number, "manager")
    await kim.says("joined")
    async with room.store.transaction() as tx:
        await staff.appoint(tx, number, "officer", name="김보기")
    await kim.says("renamed")
    await kim.says("the same")
    async with room.store.transaction() as tx:
        await staff.dismiss(tx, number)
    await kim.says("dismissed")
    manager = {"role": "manager", "name": "", "hidden": False}
    assert told(kim) == [None, manager, {"role": "officer", "name": "김보기", "hidden": False}, None]


async def test_what_one_does_another_sees_at_once(room: Room) -> None:
    """Who is dismissed by an officer need not act to be told."""
    kim = room.person("ko")
    await kim.comes()
    await kim.says("hello")
    number = await room.resident(kim)
    async with room.store.transaction() as tx:
        await staff.appoint(tx, number, "manager")
    await kim.says("here")
    officer = room.person("ko")
    await officer.comes()
    await officer.says("hello")
    async with room.store.transaction() as tx:
        found = await residents.at(tx, "web", "web", room.talk.heard[-1].address.id)
        assert found
        await staff.appoint(tx, found[1].id, "officer")
    await officer.says("here")
    async with room.store.transaction() as tx:
        await staff.dismiss(tx, number)
    await officer.says("dismiss")
    await kim.until(lambda: told(kim)[-1] is None)


async def test_names_are_asked_for_anew_after_thirty_idle_minutes(room: Room, clock: Clock) -> None:
    kim = room.person("ko")
    await kim.comes()
    await kim.says("hello")
    number = await room.resident(kim)
    async with room.store.transaction() as tx:
        await staff.appoint(tx, number, "officer")
    await kim.says("list")
    [line] = [line for line in kim.lines.values() if not line["mine"] and line.get("names")]
    assert line["text"] == NAMED.text
    await kim.taps("김보기")
    assert [line["names"] for line in kim.lines.values() if line["mine"] and line["text"] == "김보기"] == [True]
    clock.forward(minutes=29)
    await kim.goes()
    await kim.comes()
    assert told(kim)[-1]["hidden"] is False
    clock.forward(minutes=1)
    await kim.goes()
    await kim.comes()
    assert told(kim)[-1]["hidden"] is True
    await kim.sends({"tap": "yh", "message": None, "id": "first"})
    await kim.until(lambda: {"names": False} in kim.frames)
    async with room.store.transaction() as tx:
        await staff.here(tx, number)
    await kim.sends({"tap": "yh", "message": None, "id": "second"})
    await kim.until(lambda: {"names": True} in kim.frames)
    assert told(kim)[-1]["hidden"] is False


async def test_who_is_dismissed_gets_no_names_from_before(room: Room) -> None:
    kim = room.person("ko")
    await kim.comes()
    await kim.says("hello")
    number = await room.resident(kim)
    async with room.store.transaction() as tx:
        await staff.appoint(tx, number, "manager")
    await kim.says("list")
    async with room.store.transaction() as tx:
        await staff.dismiss(tx, number)
    again = room.person("ko")
    again.token = kim.token
    await again.comes()
    await again.sends({"before": 10_000})
    await again.until(lambda: any("older" in frame for frame in again.frames))
    assert "보기" not in str(again.frames)
    assert any(line.get("names") for line in again.lines.values()), "that there was something is said"
    await again.sends({"tap": "yh", "message": None, "id": "mine"})
    await again.until(lambda: {"names": False} in again.frames)
