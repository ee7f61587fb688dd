"""A file goes out with its words and its Korean name; whatever becomes of it, the words arrive once. What is sent to us
is fetched only where it is asked for.
"""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from PIL import Image

from bot.platforms.platform import MOST_BYTES
from bot.platforms.telegram.attached import Attach
from bot.platforms.telegram.client import Telegram
from handlers.chat.events import Address, Event, Offered, Said
from handlers.chat.messages import Button, File, Message, Picture, Replies, Spot
from tests.fakes.botapi import BotApi, Fault
from tests.fakes.botpeople import Person

FILE = File("시설 목록 (11월)", "table", {"heads": [], "rows": []})
ROWS = ((Button("Back", payload="dk"),),)
WORDS = Message("It is <here> & below", ROWS, title="Facilities", file=FILE)
LONG = Message("길" * 1021, ROWS, title="Facilities", file=FILE)
MAP = Picture("a map", (Spot(1233012800, ("월곡동",)),))
_DRAWN = io.BytesIO()
Image.new("RGB", (80, 80), "green").save(_DRAWN, "PNG")
PNG = _DRAWN.getvalue()
MADE = b"PK\x03\x04" + bytes(range(256)) * 40

Start = Callable[[Message], Awaitable[Telegram]]


@pytest.fixture
async def start(botapi: BotApi) -> AsyncIterator[Start]:
    """A bot that shows a message whatever is said; a file is made unless it is called "broken"."""
    running = []

    async def start(message: Message) -> Telegram:
        async def answer(event: Event) -> Replies:
            if isinstance(event.what, Said) and event.what.text == "edit":
                return Replies((Message("menu", ROWS),))
            return Replies((message,))

        async def make(file: File) -> bytes | None:
            return None if file.name == "broken" else MADE

        async def draw(picture: Picture) -> bytes | None:
            return PNG

        telegram = Telegram(botapi.token, botapi.url, wait=5, read_timeout=0.3, patience=1, draw=draw, make=make)
        running.append(telegram)
        await telegram.start(answer)
        return telegram

    yield start
    for telegram in running:
        await telegram.stop()


@pytest.fixture
def anna(botapi: BotApi) -> Person:
    return botapi.person()


def at(telegram: Telegram, person: Person) -> Address:
    return Address("telegram", telegram.account, str(person.id))


async def test_the_words_stand_below_the_file_which_has_its_korean_name(start: Start, anna: Person) -> None:
    await start(WORDS)
    await anna.says("list")
    seen = await anna.sees("below")
    assert (seen.text, seen.document, seen.labels) == (f"Facilities\n{WORDS.text}", MADE, ["Back"])
    assert seen.document.name == "시설 목록 (11월).xlsx"
    assert len(anna.messages) == 1


@pytest.mark.parametrize(
    "name", ['"; filename="x', "a\r\nX-Evil: 1", "../../등록\u202efdp", "😀" * 300, "100%", "a\\b"]
)
async def test_no_name_breaks_the_form(start: Start, anna: Person, name: str) -> None:
    file = File(name, "table", {})
    await start(Message("here", file=file))
    await anna.says("list")
    assert (await anna.sees("here")).document.name == file.called
    assert file.called.endswith(".xlsx")


async def test_a_file_of_megabytes_arrives_whole(start: Start, anna: Person, botapi: BotApi) -> None:
    telegram = await start(WORDS)
    whole = MADE * 400

    async def make(_file: File) -> bytes:
        return whole

    telegram._attach = Attach(telegram._attach.draw, make)
    [outcome] = await telegram.send([at(telegram, anna)], WORDS, "key")
    assert outcome.kind == "sent"
    assert anna.messages[0].document == whole


async def test_words_too_long_for_a_caption_follow_the_file(start: Start, anna: Person) -> None:
    await start(LONG)
    await anna.says("list")
    await anna.sees(LONG.text)
    file, words = anna.messages
    assert (file.document, file.text, file.labels) == (MADE, "", [])
    assert (words.document, words.text, words.labels) == (None, f"Facilities\n{LONG.text}", ["Back"])


async def test_a_picture_and_a_file_are_two_messages(start: Start, anna: Person) -> None:
    await start(Message("both", ROWS, picture=MAP, file=FILE))
    await anna.says("list")
    await anna.sees("both")
    assert [(one.photo, one.document) for one in anna.messages] == [(PNG, None), (b"", MADE)]
    assert anna.messages[1].labels == ["Back"]


async def test_a_message_with_a_file_is_never_an_edit(start: Start, anna: Person, botapi: BotApi) -> None:
    await start(Message("list", ROWS, edit=True, file=FILE))
    await anna.says("edit")
    await anna.sees("menu")
    await anna.taps("Back")
    await anna.sees("list")
    assert [one.document for one in anna.messages] == [None, MADE]
    await anna.taps("Back")
    await botapi.until(lambda: len(anna.messages) == 3)
    assert not botapi.sent("editMessageText")


async def test_what_cannot_be_made_is_said(start: Start, anna: Person) -> None:
    await start(Message("here", ROWS, file=File("broken", "table", {})))
    await anna.says("list")
    seen = await anna.sees("here")
    assert (seen.document, seen.labels) == (None, ["Back"])


@pytest.mark.parametrize("message", [WORDS, LONG])
@pytest.mark.parametrize(
    ("fault", "kind", "arrived"),
    [
        (None, "sent", True),
        (Fault(429, retry_after=7), "later", False),
        (Fault(403, "Forbidden: bot was blocked by the user"), "gone", False),
        (Fault(401, "Unauthorized"), "not_sent", False),
        (Fault(400, "Bad Request: file is too big"), "sent", True),
    ],
)
async def test_a_parcel_with_a_file_has_the_outcome_of_its_words(
    start: Start, anna: Person, botapi: BotApi, message: Message, fault: Fault | None, kind: str, arrived: bool
) -> None:
    telegram = await start(message)
    if fault:
        botapi.fail(1, fault, "sendDocument")
    [outcome] = await telegram.send([at(telegram, anna)], message, "key")
    assert outcome.kind == kind
    words = [one for one in anna.messages if message.text in one.text]
    assert len(words) == arrived
    assert outcome.ref == (str(words[0].id) if words else "")


@pytest.mark.parametrize(
    "fault", [Fault(reset=True), Fault(reset=True, after=True), Fault(500, "Internal Server Error")]
)
async def test_who_knows_whether_a_file_arrived_is_not_sent_again(
    start: Start, anna: Person, botapi: BotApi, fault: Fault
) -> None:
    telegram = await start(WORDS)
    botapi.fail(1, fault, "sendDocument")
    [outcome] = await telegram.send([at(telegram, anna)], WORDS, "key")
    assert outcome.kind == "unknown"
    assert len(botapi.sent("sendDocument")) == 1
    assert not botapi.sent("sendMessage")


# What comes in


async def heard(botapi: BotApi, start: Start, anna: Person, document: dict[str, Any]) -> tuple[Telegram, Offered]:
    found: list[Event] = []
    telegram = await start(Message("?"))

    async def listen(event: Event) -> Replies:
        found.append(event)
        return Replies()

    telegram._handle = listen
    anna.sends(document=document)
    await botapi.until(lambda: found)
    what = found[0].what
    assert isinstance(what, Offered)
    return telegram, what


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("이력서.pdf", "이력서.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\nb\r\nc.pdf", "a b c.pdf"),
        ("😀" * 512, "😀" * 60),
        (None, "file"),
        ("", "file"),
    ],
)
async def test_a_file_is_offered_under_a_name_that_harms_nobody_and_not_fetched_yet(
    botapi: BotApi, start: Start, anna: Person, name: str | None, shown: str
) -> None:
    data = b"MZ\x90 not a PDF at all"
    telegram, offered = await heard(botapi, start, anna, botapi.keeps(name, data))
    assert (offered.name, offered.size) == (shown, len(data))
    assert botapi.fetched == []
    assert await telegram.fetch(offered.ref, MOST_BYTES) == data, "bytes are bytes, whatever they are called"


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ({"data": b""}, b""),
        ({"data": b"x" * 1000, "size": None}, b"x" * 1000),
        ({"data": b"x" * 1001, "size": None}, None),  # larger than was told
        ({"data": b"x" * 1001, "size": 10}, None),
        ({"data": b"x", "size": 2**31}, None),
        ({"data": b"x", "size": 5000}, None),
        ({"data": b"", "size": None, "endless": True}, None),
        ({"data": b"x", "status": 404}, None),
        ({"data": b"x", "status": 302}, None),
    ],
)
async def test_no_more_is_read_than_was_asked_for(
    botapi: BotApi, start: Start, kept: dict[str, Any], found: bytes | None
) -> None:
    telegram = await start(Message("?"))
    ref = botapi.keeps("cv.pdf", kept.pop("data"), kept.pop("size", -1), **kept)["file_id"]
    assert await telegram.fetch(ref, 1000) == found


async def test_a_file_that_trickles_or_is_unknown_is_given_up(botapi: BotApi, start: Start) -> None:
    telegram = await start(Message("?"))
    telegram._transport._fetch = 0.5
    slow = botapi.keeps("cv.pdf", b"x" * 2**20, slow=0.2)["file_id"]
    assert await telegram.fetch(slow, MOST_BYTES) is None
    assert await telegram.fetch("nobody knows it", MOST_BYTES) is None
    botapi.fail(1, Fault(hang=True), "getFile")
    assert await telegram.fetch(slow, MOST_BYTES) is None
    await botapi.stop()
    assert await telegram.fetch(slow, MOST_BYTES) is None
    await botapi.start()
