"""Tables and files in the web chat: what the page is told and where it fetches; and files that people send, hostile ones too."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import ClientError, ClientSession
from sqlalchemy import text

from bot.platforms.platform import MOST_BYTES
from bot.platforms.webchat import Content, Site, WebChat
from bot.platforms.webchat.parts import Parts
from bot.web import Web
from handlers.chat.events import Address, Event, Sent
from handlers.chat.messages import File, Message, Replies, Table
from locales import Catalogs
from storage.store import Store
from tests.fakes.script import Script
from tests.fakes.webclient import WebPerson, people

TABLE = Table("시설", ("이름", "연 일자리"), (("별빛도서관", "3"), ("월곡센터", "0")), more="and 50 more")
FILE = File("시설 목록: 11월", "table", {"heads": ["이름"], "rows": [["별빛도서관"]]})
ASKS = Replies((Message("Send the sheet", language="en"),), files=True)
ANSWERS = {
    "table": Replies((Message("Facilities", language="en", table=TABLE),)),
    "file": Replies((Message("Here it is", language="en", file=FILE),)),
    "ask": ASKS,
}


@dataclass
class Place:
    store: Store
    address: str
    script: Script
    parts: Parts
    person: Any
    made: list[File] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # addresses whose open question takes files
    heard: list[Event] = field(default_factory=list)

    async def sends(
        self, who: WebPerson, data: Any, name: str = "cv.pdf", update: str = "a" * 24, **headers: str
    ) -> tuple[int, Any]:
        told = {"Authorization": f"Bearer {who.token}", "Origin": self.address, "X-Name": quote(name), **headers}
        url = f"{self.address}/chat/file/{update}"
        async with ClientSession() as session, session.post(url, data=data, headers=told) as answer:
            return answer.status, await answer.json() if answer.ok else None


@pytest.fixture
async def place(store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    async def make(file: File) -> bytes | None:
        place.made.append(file)
        return None if file.name == "broken" else b"PK made"

    async def takes_files(address: Address) -> bool:
        return address.id in place.asked

    chat = WebChat(store, Catalogs.load(), Site({"en": "Gwangsan-gu"}), Content(make=make, takes_files=takes_files))
    parts: list[Parts] = []
    monkeypatch.setattr(
        "bot.platforms.webchat.client.Parts", lambda chat: parts.append(Parts(chat, 0.4, 1.0)) or parts[0]
    )
    script = Script(store, chat, ANSWERS)
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()

    async def handle(event: Event) -> Replies:
        place.heard.append(event)
        return await script(event)

    await chat.start(handle)
    async with people(web.address) as person:
        place = Place(store, web.address, script, parts[0], person)
        yield place
    await chat.stop()
    await web.stop()


def shown(person: WebPerson, words: str) -> dict[str, Any]:
    return next(line for line in person.lines.values() if line.get("text") == words)


async def anna_at(place: Place, *says: str) -> WebPerson:
    anna: WebPerson = place.person()
    await anna.comes()
    for said in says:
        await anna.says(said)
    return anna


async def asked(place: Place) -> WebPerson:
    anna = await anna_at(place, "ask")
    place.asked.add(place.heard[-1].address.id)
    place.heard.clear()
    return anna


async def test_a_table_is_told_whole_and_again_to_who_comes_back(place: Place) -> None:
    anna = await anna_at(place, "table")
    table = {
        "name": "시설",
        "heads": ["이름", "연 일자리"],
        "rows": [["별빛도서관", "3"], ["월곡센터", "0"]],
        "more": "and 50 more",
    }
    assert shown(anna, "Facilities")["table"] == table
    await anna.goes()
    anna.lines.clear()
    await anna.comes()
    assert shown(anna, "Facilities")["table"] == table


async def test_a_file_is_made_when_it_is_asked_for_and_named_in_korean(place: Place) -> None:
    anna = await anna_at(place, "file")
    file = shown(anna, "Here it is")["file"]
    assert set(file) == {"src", "name"}, "what is in it stays with us"
    assert file["name"] == "시설 목록 11월.xlsx"
    assert place.made == []
    async with anna.session.get(place.address + file["src"]) as answer:
        assert (answer.status, await answer.read()) == (200, b"PK made")
        assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote(file['name'])}"
        assert answer.content_disposition is not None
        assert answer.content_disposition.filename == file["name"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.content_type.endswith("spreadsheetml.sheet")
    assert place.made == [FILE]


async def test_no_other_address_gives_the_file(place: Place) -> None:
    anna, boris = await anna_at(place, "file"), await anna_at(place, "file")
    hers, his = (shown(person, "Here it is")["file"]["src"] for person in (anna, boris))
    *_, line, key = hers.split("/")
    other = his.split("/")[-2]
    for src in (
        *(f"/chat/file/{other}/{key}", f"/chat/file/{line}/{'A' * 22}", f"/chat/file/{line}/{key}.xlsx"),
        *(f"/picture/{line}/{key}.png", f"/chat/file/1/{key}", f"/chat/file/999999999999999999/{key}"),
    ):
        async with anna.session.get(place.address + src) as answer:
            assert answer.status == 404, src
    async with place.store.transaction() as tx:
        await tx.execute(text("DELETE FROM lines"))
    async with anna.session.get(place.address + hers) as answer:
        assert answer.status == 404, "a file goes with its line"
    assert place.made == []


async def test_what_is_kept_of_a_file_is_sealed(place: Place) -> None:
    await anna_at(place, "file", "table")
    async with place.store.reading() as tx:
        assert not any("도서관" in str(row[0]) for row in await tx.all(text("SELECT body FROM lines")))


async def test_a_page_knows_when_a_file_may_be_sent(place: Place) -> None:
    anna = await anna_at(place, "ask")
    assert [frame["files"] for frame in anna.frames if "files" in frame] == [False, True]
    await anna.says("table")
    assert [frame["files"] for frame in anna.frames if "files" in frame] == [False, True, False]
    await anna.goes()
    place.asked.add(place.heard[0].address.id)
    await anna.comes()
    assert anna.frames[-1]["ready"]
    assert anna.frames[-1]["files"]


async def test_a_file_is_heard_and_stands_in_the_chat(place: Place) -> None:
    anna = await asked(place)
    assert await place.sends(anna, b"MZ whatever", "이력서 (최종).pdf") == (200, {"frames": []})
    assert [event.what for event in place.heard] == [Sent("이력서 (최종).pdf", b"MZ whatever")]
    await anna.until(lambda: "이력서 (최종).pdf" in anna.said)
    assert next(line for line in anna.lines.values() if line["mine"] and ".pdf" in line["text"])["id"] == "a" * 24
    await place.sends(anna, b"MZ whatever", "이력서 (최종).pdf")
    assert anna.said.count("이력서 (최종).pdf") == 1, "the same once more"


async def test_no_file_is_read_where_none_is_asked_or_the_sender_is_unknown(place: Place) -> None:
    anna = await anna_at(place)
    body = Endless()
    assert (await place.sends(anna, body.pieces()))[0] in (409, 0)
    anna = await asked(place)
    for status, changed in (
        (403, {"Origin": "https://elsewhere.example"}),
        (400, {"Authorization": "Bearer x"}),
        (400, {"Authorization": anna.token or ""}),
        (409, {"Authorization": f"Bearer {'x' * 43}"}),
    ):
        assert (await place.sends(anna, b"x", **changed))[0] == status, changed
    assert (await place.sends(anna, b"x", update="../etc"))[0] == 404
    assert (await place.sends(anna, b"x", update="A" * 24))[0] == 400
    assert place.heard == []


class Endless:
    """A body that never ends, unless nobody reads it."""

    def __init__(self, pause: float = 0.0, piece: bytes = b"x" * 65536) -> None:
        self.sent, self.pause, self.piece = 0, pause, piece

    async def pieces(self) -> AsyncIterator[bytes]:
        for _ in range(2000):
            yield self.piece
            self.sent += len(self.piece)
            await asyncio.sleep(self.pause)


async def outcome(place: Place, anna: WebPerson, data: Any, **headers: str) -> Any:
    """What the conversation heard of a file, whatever the connection came to."""
    with contextlib.suppress(ClientError):
        await place.sends(anna, data, **headers)
    await anna.until(lambda: place.heard)
    return place.heard[0].what


async def test_what_is_announced_as_too_large_is_not_read(place: Place) -> None:
    anna = await asked(place)
    assert await outcome(place, anna, b"", **{"X-Size": str(2 * 2**30)}) == Sent("cv.pdf", None)
    place.heard.clear()
    assert await outcome(place, anna, io.BytesIO(b"x" * (MOST_BYTES + 1)), update="b" * 24) == Sent("cv.pdf", None)


async def test_the_largest_file_comes_whole(place: Place) -> None:
    anna = await asked(place)
    assert await outcome(place, anna, io.BytesIO(b"x" * MOST_BYTES)) == Sent("cv.pdf", b"x" * MOST_BYTES)


async def test_a_body_without_end_is_cut_off(place: Place) -> None:
    anna = await asked(place)
    assert await outcome(place, anna, Endless().pieces()) == Sent("cv.pdf", None)


async def test_a_body_that_stops_or_trickles_is_given_up(place: Place) -> None:
    anna = await asked(place)
    assert await outcome(place, anna, Endless(pause=5).pieces()) == Sent("cv.pdf", None), "nothing comes for too long"
    place.heard.clear()
    trickle = Endless(pause=0.1, piece=b"x")
    assert await outcome(place, anna, trickle.pieces(), update="c" * 24) == Sent("cv.pdf", None)
    assert trickle.sent < 100


async def test_one_file_of_a_chat_at_a_time(place: Place) -> None:
    anna = await asked(place)
    slow = asyncio.create_task(place.sends(anna, Endless(pause=0.1, piece=b"x").pieces()))
    await asyncio.sleep(0.3)
    assert (await place.sends(anna, b"x", update="d" * 24))[0] == 429
    await asyncio.gather(slow, return_exceptions=True)
    assert (await place.sends(anna, b"x", update="e" * 24))[0] == 200


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "file"),
        ("../../x", "x"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\nb.pdf", "a b.pdf"),
        ("😀" * 512, "😀" * 60),
    ],
)
async def test_a_name_harms_nobody(place: Place, name: str, shown: str) -> None:
    anna = await asked(place)
    assert await outcome(place, anna, b"", **({"X-Name": quote(name)})) == Sent(shown, b"")


async def test_an_answer_that_is_not_kept_comes_with_the_request(place: Place) -> None:
    anna = await asked(place)
    place.script.fails = True
    _, answer = await place.sends(anna, b"x")
    assert [frame["text"] for frame in answer["frames"]] == ["Something went wrong."]
