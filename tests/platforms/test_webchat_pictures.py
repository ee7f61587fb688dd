"""A picture in the web chat: the page is told where it lies, only that address shows it, and it goes with its line."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from bot.platforms.webchat import Content, Site, WebChat
from bot.web import Web
from handlers.chat.messages import Button, Message, Picture, Replies, Spot
from locales import Catalogs
from storage.store import Store
from tests.fakes.script import Script
from tests.fakes.webclient import WebPerson, people

PICTURE = Picture("A map of Wolgok", (Spot(1233012800, ("월곡동", "Wolgok-dong")),), (Spot(1233012700, ("산정동",)),))
ANSWERS = {
    "map": Replies((Message("It is here", ((Button("Change", "ar"),),), language="en", picture=PICTURE),)),
    "ar": Replies((Message("Changed", language="en", edit=True, picture=PICTURE),)),
}


@dataclass
class Place:
    store: Store
    address: str
    script: Script
    person: Any
    drawn: list[Picture] = field(default_factory=list)
    broken: bool = False

    async def picture(self, person: WebPerson, src: str) -> tuple[int, bytes, str]:
        async with person.session.get(self.address + src) as answer:
            return answer.status, await answer.read(), answer.headers.get("Cache-Control", "")


@pytest.fixture
async def place(store: Store) -> AsyncIterator[Place]:
    async def draw(picture: Picture) -> bytes | None:
        place.drawn.append(picture)
        return None if place.broken else b"PNG"

    chat = WebChat(store, Catalogs.load(), Site({"en": "Gwangsan-gu"}), Content(draw=draw))
    script = Script(store, chat, ANSWERS)
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()
    await chat.start(script)
    async with people(web.address) as person:
        place = Place(store, web.address, script, person)
        yield place
    await chat.stop()
    await web.stop()


def shown(person: WebPerson, words: str) -> dict[str, Any]:
    return next(line for line in person.lines.values() if line.get("text") == words)


async def test_the_page_is_told_where_the_picture_lies_and_what_it_shows(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("map")
    line = shown(anna, "It is here")
    assert line["picture"]["alt"] == "A map of Wolgok"
    assert set(line["picture"]) == {"src", "alt"}, "what is to be drawn stays with us"
    assert await place.picture(anna, line["picture"]["src"]) == (200, b"PNG", "no-store")
    assert place.drawn == [PICTURE]


async def test_a_closed_page_finds_the_same_picture_again(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("map")
    src = shown(anna, "It is here")["picture"]["src"]
    await anna.goes()
    anna.lines.clear()
    await anna.comes()
    assert shown(anna, "It is here")["picture"]["src"] == src
    assert (await place.picture(anna, src))[0] == 200


async def test_a_picture_stands_in_the_place_of_what_was_tapped(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("map")
    before = shown(anna, "It is here")
    await anna.taps("Change")
    line = shown(anna, "Changed")
    assert line["line"] == before["line"]
    assert (await place.picture(anna, line["picture"]["src"]))[0] == 200
    assert (await place.picture(anna, before["picture"]["src"]))[0] == 404, "the old picture went with the old words"


async def test_no_other_address_shows_it(place: Place) -> None:
    anna, boris = place.person(), place.person()
    for person in (anna, boris):
        await person.comes()
        await person.says("map")
    hers, his = (shown(person, "It is here")["picture"]["src"] for person in (anna, boris))
    assert hers != his
    _, _, line, key = hers.split("/")
    _, _, other, _ = his.split("/")
    for src in (
        f"/picture/{other}/{key}",
        f"/picture/{line}/{'A' * 22}.png",
        f"/picture/{line}/{key[1:]}",
        f"/picture/{line}/{'가' * 22}.png",
        f"/picture/999999999999999999/{key}",
        f"/picture/{line}/.png",
        f"/picture/1/{key}",  # the resident's own words, which carry none
    ):
        assert (await place.picture(anna, src))[0] == 404, src
    assert place.drawn == []


async def test_a_picture_goes_with_its_line(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("map")
    src = shown(anna, "It is here")["picture"]["src"]
    async with place.store.transaction() as tx:
        await tx.execute(text("DELETE FROM lines"))
    assert (await place.picture(anna, src))[0] == 404


async def test_what_cannot_be_drawn_costs_no_words(place: Place) -> None:
    place.broken = True
    anna = place.person()
    await anna.comes()
    await anna.says("map")
    line = shown(anna, "It is here")
    assert (await place.picture(anna, line["picture"]["src"]))[0] == 503


async def test_what_is_kept_of_a_picture_is_sealed(place: Place) -> None:
    anna = place.person()
    await anna.comes()
    await anna.says("map")
    async with place.store.reading() as tx:
        rows = await tx.all(text("SELECT body FROM lines"))
    assert rows
    assert not any("Wolgok" in str(row[0]) or "1233012800" in str(row[0]) for row in rows)


async def test_an_answer_that_is_not_kept_has_no_picture(place: Place) -> None:
    """There would be nothing to draw it from."""
    place.script.fails = True
    anna = place.person()
    await anna.comes()
    await anna.says("map")
    assert "picture" not in shown(anna, "Something went wrong.")
