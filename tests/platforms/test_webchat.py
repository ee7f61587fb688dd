"""The web chat as a platform: what is said is kept and comes back, alerts wait for a closed page, nothing happens twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from bot.platforms.webchat import Site, WebChat
from bot.platforms.webchat.connection import hashed
from bot.web import Web
from handlers.chat.events import Address, Pinned, Said, Tapped
from handlers.chat.messages import Button, Message, Replies
from locales import Catalogs
from storage import lines, staff
from storage.store import Store
from tests.conftest import Clock
from tests.fakes.script import Script
from tests.fakes.webclient import WebPerson, people

CARD = Message(
    "Wolgok 2-dong",
    ((Button("Apply", "ap.1", main=True), Button("Save", "sv.1")), (Button("Details", "de.1"),)),
    lead="New job",
    title="Library assistant",
    language="en",
    card=True,
)
ANSWERS = {
    "jobs": Replies((CARD,)),
    "sv.1": Replies((), notice="Saved"),
    "de.1": Replies((Message("All the details", ((Button("Back", "ca.1"),),), language="en", edit=True),)),
    "ap.1": Replies((Message("This is how to apply", language="en"),)),
}


@dataclass
class Place:
    """A running web chat and those who come to it."""

    store: Store
    chat: WebChat
    script: Script
    web: Web
    person: Any

    def address(self, person: WebPerson) -> Address:
        assert person.token is not None
        return Address("web", "web", hashed(person.token))


@pytest.fixture
async def place(store: Store) -> AsyncIterator[Place]:
    chat = WebChat(store, Catalogs.load(), Site({"en": "Gwangsan-gu"}))
    script = Script(store, chat, ANSWERS)
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()
    await chat.start(script)
    async with people(web.address) as person:
        yield Place(store, chat, script, web, person)
    await chat.stop()
    await web.stop()


async def test_what_is_said_and_answered_is_there_again_after_closing_the_page(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("jobs")
    await anna.taps("Apply")
    shown = list(anna.lines.values())
    assert [line["mine"] for line in shown] == [True, False, True, False]
    assert anna.said == ["jobs", "Apply"]
    await anna.goes()
    again = place.person()
    again.token = anna.token
    await again.comes()
    assert list(again.lines.values()) == shown


async def test_an_alert_shows_at_once_on_every_open_page_and_waits_for_a_closed_one(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("hello")
    twin = place.person()
    twin.token = anna.token
    await twin.comes()
    outcome = (await place.chat.send([place.address(anna)], CARD, "attempt 1"))[0]
    await anna.is_told("Library assistant")
    await twin.is_told("Library assistant")
    assert outcome.kind == "sent"
    assert anna.lines[int(outcome.ref)]["title"] == "Library assistant"
    await anna.goes()
    await twin.goes()
    assert (await place.chat.send([place.address(anna)], Message("While away"), "attempt 2"))[0].kind == "sent"
    await anna.comes()
    assert anna.sees("While away")
    assert len([line for line in anna.lines.values() if line.get("title")]) == 1


async def test_the_same_attempt_is_one_line_and_a_stranger_is_gone(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("hello")
    address = place.address(anna)
    for _ in range(3):
        assert (await place.chat.send([address], CARD, "same"))[0].kind == "sent"
    outcomes = await place.chat.send([Address("web", "web", "nobody"), address], CARD, "other")
    assert [outcome.kind for outcome in outcomes] == ["gone", "sent"]
    async with place.store.reading() as tx:
        assert len(await lines.since(tx, "web", "web", address.id, 0)) == 4


async def test_a_press_edits_what_was_tapped_and_a_notice_is_only_shown(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("jobs")
    count = len(anna.lines)
    await anna.taps("Save")
    assert {"notice": "Saved"} in anna.frames
    await anna.taps("Details")
    assert len(anna.lines) == count
    assert anna.sees("All the details")
    assert not place.person().lines
    again = place.person()
    again.token = anna.token
    await again.comes()
    assert again.sees("All the details")
    assert not again.sees("Library assistant")


async def test_who_is_who_is_a_token_that_is_kept_as_a_hash_only(place: Place) -> None:
    anna, other = place.person(), place.person()
    await anna.comes()
    await other.comes()
    assert anna.token
    assert other.token
    assert anna.token != other.token
    await anna.says("my secret words")
    assert not other.lines
    async with place.store.reading() as tx:
        chats = [row[0] for row in await tx.all(text("SELECT address FROM chats"))]
        bodies = [bytes(row[0]) for row in await tx.all(text("SELECT body FROM lines"))]
    assert chats == [hashed(anna.token)]
    assert not any(b"secret" in body for body in bodies)


async def test_an_edit_cannot_reach_the_line_of_another_person(place: Place) -> None:
    anna, eve = place.person(), place.person()
    await anna.comes()
    await eve.comes()
    await anna.says("jobs")
    hers = next(line for line in anna.lines.values() if not line["mine"])["line"]
    await eve.sends({"tap": "de.1", "message": hers, "id": "x"})
    await eve.until(lambda: "x" in eve.acknowledged)
    again = place.person()
    again.token = anna.token
    await again.comes()
    assert again.sees("Library assistant")


async def test_an_update_sent_twice_is_worked_on_once(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("hello", name="one")
    await anna.goes()
    await anna.comes()
    await anna.says("hello", name="one")
    assert anna.said == ["hello"]
    assert len(place.script.heard) == 1


async def test_one_persons_names_of_updates_do_not_meet_anothers(place: Place) -> None:
    anna, eve = place.person(), place.person()
    await anna.comes()
    await eve.comes()
    await anna.says("hello", name="1")
    await eve.says("hello", name="1")
    assert len(place.script.heard) == 2


async def test_events_say_what_happened_and_in_which_language(place: Place) -> None:
    anna = place.person("ru-RU")
    await anna.comes()
    await anna.says("  hello ")
    await anna.pins(35.14, 126.8)
    await anna.sends({"tap": "ap.9", "message": None, "id": "tap", "language": "ko"})
    await anna.until(lambda: "tap" in anna.acknowledged)
    assert [event.what for event in place.script.heard] == [Said("hello"), Pinned(35.14, 126.8), Tapped("ap.9")]
    assert [event.language for event in place.script.heard] == ["ru-RU", "ru-RU", "ko"]
    async with place.store.reading() as tx:
        kept = await lines.since(tx, "web", "web", place.address(anna).id, 0)
    assert not any("126.8" in str(line.body) for line in kept), "a place is never kept"


async def test_what_was_not_committed_is_said_but_not_kept(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    place.script.fails = True
    await anna.says("hello")
    assert anna.sees("Something went wrong")
    place.script.fails = False
    await anna.says("again")
    again = place.person()
    again.token = anna.token
    await again.comes()
    assert not again.sees("Something went wrong")
    assert again.said == ["again"]


async def test_a_shared_computer_leaves_nothing(place: Place) -> None:
    place.chat.linger = 0.5
    anna = place.person(keep=False)
    await anna.comes()
    await anna.says("hello")
    await anna.goes()
    await anna.comes()
    assert anna.said == ["hello"], "loading the page anew is not leaving"
    await anna.goes()
    for _ in range(100):
        async with place.store.reading() as tx:
            left = [await tx.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("residents", "chats", "lines")]
        if not any(left):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(left)


async def test_a_shared_computer_keeps_a_role_but_nothing_of_what_was_said(place: Place) -> None:
    place.chat.linger = 0.1
    anna = place.person(keep=False)
    await anna.comes()
    await anna.says("hello")
    async with place.store.transaction() as tx:
        await staff.appoint(tx, await tx.scalar(text("SELECT max(id) FROM residents")), "manager")
    await anna.goes()
    for _ in range(100):
        async with place.store.reading() as tx:
            said, kept = [await tx.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("lines", "staff")]
        if not said:
            break
        await asyncio.sleep(0.05)
    assert (said, kept) == (0, 1), "an officer gives them a new link"


async def test_lines_are_forgotten_after_thirty_days(place: Place, clock: Clock) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("old")
    clock.forward(days=20)
    await anna.says("newer")
    clock.forward(days=10, hours=1)
    async with place.store.transaction() as tx:
        assert await lines.forget_old(tx) == 2
    again = place.person()
    again.token = anna.token
    await again.comes()
    assert again.said == ["newer"]


async def test_earlier_lines_come_when_asked(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("hello")
    async with place.store.transaction() as tx:
        chat = await tx.scalar(text("SELECT id FROM chats"))
        for i in range(150):
            await lines.add(tx, chat, {"text": f"line {i}"})
    again = place.person()
    again.token = anna.token
    await again.comes()
    assert len(again.lines) == 100
    assert again.frames[-1] == {"ready": True, "more": True, "files": False}
    await again.sends({"before": min(again.lines)})
    await again.until(lambda: "older" in again.frames[-1])
    assert len(again.frames[-1]["older"]) == 52
    assert again.frames[-1]["more"] is False


async def test_what_the_store_does_not_take_is_provably_not_sent(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("hello")
    async with place.store.transaction() as tx:
        await tx.execute(text("ALTER TABLE lines RENAME TO away"))
    outcomes = await place.chat.send([place.address(anna)], CARD, "attempt")
    async with place.store.transaction() as tx:
        await tx.execute(text("ALTER TABLE away RENAME TO lines"))
    assert [outcome.kind for outcome in outcomes] == ["not_sent"]
    assert (await place.chat.send([place.address(anna)], CARD, "attempt"))[0].ref
