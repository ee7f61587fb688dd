"""A message with a picture is a photo with its words below; whatever becomes of the picture, the words arrive once."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from PIL import Image

from bot.platforms.telegram.client import Telegram
from handlers.chat.events import Address, Event, Said, Tapped
from handlers.chat.messages import Button, Message, Picture, Replies, Spot
from tests.fakes.botapi import BotApi, Fault
from tests.fakes.botpeople import Person

PICTURE = Picture("a map", (Spot(1233012800, ("월곡동", "Wolgok-dong")),))
ROWS = ((Button("Change", payload="ar"), Button("Jobs", payload="pg.0.0")),)
WORDS = "It is <here> & next to it"
MAP = Message(WORDS, ROWS, title="Map", picture=PICTURE)
LONG = Message("길" * 1021, ROWS, title="Map", picture=PICTURE)
FULL = Message("😀" * 510, ROWS, title="Map", picture=PICTURE)  # 3 + 1 + 1020 UTF-16 units


@pytest.fixture
def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 80), "green").save(file, "PNG")
    return file.getvalue()


Start = Callable[[Message], Awaitable[Telegram]]


@pytest.fixture
async def start(botapi: BotApi, png: bytes) -> AsyncIterator[Start]:
    """A bot that shows a message whatever is said; what is asked to be drawn is drawn, unless its words are "broken"."""
    running = []

    async def start(message: Message) -> Telegram:
        async def answer(event: Event) -> Replies:
            match event.what:
                case Tapped(_, tapped):
                    return Replies((Message("changed", edit=True),), tapped=tapped)
                case Said("keyboard"):
                    return Replies((Message("where?", ((Button("Here", ask="location"),),)),))
            return Replies((message,))

        async def draw(picture: Picture) -> bytes | None:
            return None if picture.alt == "broken" else png

        running.append(Telegram(botapi.token, botapi.url, wait=5, read_timeout=0.3, patience=1, draw=draw))
        await running[-1].start(answer)
        return running[-1]

    yield start
    for telegram in running:
        await telegram.stop()


@pytest.fixture
def anna(botapi: BotApi) -> Person:
    return botapi.person()


def at(telegram: Telegram, person: Person) -> Address:
    return Address("telegram", telegram.account, str(person.id))


@pytest.mark.parametrize("message", [MAP, FULL])
async def test_the_words_stand_below_the_photo_with_their_buttons(
    start: Start, anna: Person, png: bytes, message: Message
) -> None:
    await start(message)
    await anna.says("map")
    seen = await anna.sees(message.text)
    assert seen.text == f"Map\n{message.text}"
    assert seen.photo == png
    assert seen.labels == ["Change", "Jobs"]
    assert len(anna.messages) == 1


async def test_words_too_long_for_a_caption_follow_the_photo(start: Start, anna: Person, png: bytes) -> None:
    await start(LONG)
    await anna.says("map")
    await anna.sees(LONG.text)
    photo, words = anna.messages
    assert (photo.photo, photo.text, photo.labels) == (png, "", [])
    assert (words.photo, words.text, words.labels) == (b"", f"Map\n{LONG.text}", ["Change", "Jobs"])


async def test_what_cannot_be_drawn_is_said(start: Start, anna: Person) -> None:
    await start(Message(WORDS, ROWS, picture=Picture("broken", PICTURE.chosen)))
    await anna.says("map")
    seen = await anna.sees(WORDS)
    assert not seen.photo
    assert seen.labels == ["Change", "Jobs"]


async def test_a_photo_that_is_refused_leaves_its_words(start: Start, anna: Person, botapi: BotApi) -> None:
    await start(MAP)
    botapi.fail(1, Fault(400, "Bad Request: not enough rights to send photos to the chat"), "sendPhoto")
    await anna.says("map")
    seen = await anna.sees(WORDS)
    assert (seen.text, seen.photo, seen.labels) == (f"Map\n{WORDS}", b"", ["Change", "Jobs"])


@pytest.mark.parametrize("fault", [Fault(429, retry_after=1), Fault(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")])
async def test_long_words_arrive_after_a_photo_that_does_not(
    start: Start, anna: Person, botapi: BotApi, fault: Fault
) -> None:
    await start(LONG)
    botapi.fail(1, fault, "sendPhoto")
    await anna.says("map")
    await anna.sees(LONG.text)
    assert [bool(one.photo) for one in anna.messages] == ([True, False] if fault.code == 429 else [False])


async def test_a_tap_below_a_photo_is_answered_by_a_new_message(start: Start, anna: Person) -> None:
    """A photo has no text that could be edited."""
    await start(MAP)
    await anna.says("map")
    await anna.taps("Change")
    await anna.sees("changed")
    assert [bool(one.photo) for one in anna.messages] == [True, False]


async def test_a_message_with_a_picture_is_never_an_edit(start: Start, anna: Person, botapi: BotApi) -> None:
    telegram = await start(Message(WORDS, edit=True, picture=PICTURE))
    await telegram.send([at(telegram, anna)], Message("menu", ROWS), "key")
    await anna.says("map")
    await anna.sees(WORDS)
    assert [bool(one.photo) for one in anna.messages] == [False, True]
    assert not botapi.sent("editMessageText")


async def test_a_reply_keyboard_closes_with_the_photo(start: Start, anna: Person) -> None:
    await start(Message(WORDS, picture=PICTURE))
    await anna.says("keyboard")
    await anna.sees("where?")
    assert anna.keyboard == ["Here"]
    await anna.says("map")
    assert (await anna.sees(WORDS)).photo
    assert anna.keyboard == []


@pytest.mark.parametrize("message", [MAP, LONG])
@pytest.mark.parametrize(
    ("fault", "kind", "arrived"),
    [
        (None, "sent", True),
        (Fault(429, retry_after=7), "later", False),
        (Fault(403, "Forbidden: bot was blocked by the user"), "gone", False),
        (Fault(401, "Unauthorized"), "not_sent", False),
        (Fault(400, "Bad Request: IMAGE_PROCESS_FAILED"), "sent", True),
    ],
)
async def test_a_parcel_with_a_picture_has_the_outcome_of_its_words(
    start: Start, anna: Person, botapi: BotApi, message: Message, fault: Fault | None, kind: str, arrived: bool
) -> None:
    telegram = await start(message)
    if fault:
        botapi.fail(1, fault, "sendPhoto")
    [outcome] = await telegram.send([at(telegram, anna)], message, "key")
    assert outcome.kind == kind
    words = [one for one in anna.messages if message.text in one.text]
    assert len(words) == arrived
    assert outcome.ref == (str(words[0].id) if words else "")


@pytest.mark.parametrize(
    "fault", [Fault(reset=True), Fault(reset=True, after=True), Fault(500, "Internal Server Error")]
)
async def test_who_knows_whether_a_photo_arrived_is_not_sent_again(
    start: Start, anna: Person, botapi: BotApi, fault: Fault
) -> None:
    telegram = await start(MAP)
    botapi.fail(1, fault, "sendPhoto")
    [outcome] = await telegram.send([at(telegram, anna)], MAP, "key")
    assert outcome.kind == "unknown"
    assert len(botapi.sent("sendPhoto")) == 1
    assert not botapi.sent("sendMessage")


async def test_a_photo_that_never_left_is_named_so(start: Start, anna: Person, botapi: BotApi) -> None:
    telegram = await start(MAP)
    await botapi.stop()
    [outcome] = await telegram.send([at(telegram, anna)], MAP, "key")
    assert outcome.kind == "not_sent"
    await botapi.start()
