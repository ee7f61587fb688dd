"""Messages become payloads that Telegram takes and that read as meant; updates become events, and odd ones nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.client import Telegram
from bot.platforms.telegram.inbound import chat_of, read
from bot.platforms.telegram.outbound import render
from handlers.chat.events import (
    Address,
    Blocked,
    CameBack,
    Contact,
    Event,
    Moved,
    Pinned,
    Said,
    Tapped,
    Unreadable,
    What,
)
from handlers.chat.messages import Button, Message
from tests.fakes import botspec
from tests.fakes.botpeople import words

TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"'b/;#lt"), max_size=60)
BUTTON = st.builds(Button, st.text(min_size=1, max_size=20), payload=st.sampled_from(["ap.2n9c", "~1f.2", "x" * 64]))
ASK = st.builds(Button, st.text(min_size=1, max_size=20), ask=st.sampled_from(["location", "contact"]))
LINKS = st.sampled_from(["https://example.kr/a?b=1&c=2", "http://work.go.kr", "tel:062-123-4567", "tg://resolve"])
LINK = st.builds(Button, st.text(min_size=1, max_size=20), url=LINKS)
ROWS = st.lists(st.lists(BUTTON | ASK | LINK, max_size=3).map(tuple), max_size=4).map(tuple)


@given(lead=TEXT, title=TEXT, text=TEXT)
def test_any_words_are_read_as_they_were_meant(lead: str, title: str, text: str) -> None:
    message = Message(text, lead=lead, title=title)
    assert words(render(message)["text"]) == message.plain


@given(st.text(st.sampled_from("가<&😀\n"), min_size=1, max_size=9), st.integers(500, 5000), st.booleans())
def test_a_message_never_outgrows_telegram(piece: str, times: int, titled: bool) -> None:
    text = piece * times
    shown = words(render(Message(text, title="<title>" if titled else ""))["text"])
    assert len(shown.encode("utf-16-le")) // 2 <= 4096
    assert shown.endswith(("…", text))


@given(ROWS, st.booleans())
def test_every_choice_is_shown_in_a_payload_that_keeps_the_contract(
    rows: tuple[tuple[Button, ...], ...], private: bool
) -> None:
    message = Message("text", buttons=rows)
    payload = {"chat_id": 1, **render(message, private)}
    assert not botspec.faults("sendMessage", payload)
    shown = str(payload)
    for button in message.flat():
        if button.payload or (button.ask and private):
            assert repr(button.label) in shown
        elif button.url:
            assert button.url.removeprefix("tel:").replace("&", "&amp;") in shown or button.url in shown
    markup = payload.get("reply_markup", {})
    assert all(row for row in markup.get("inline_keyboard", []) + markup.get("keyboard", []))
    if not private:
        assert "keyboard" not in markup


def test_a_press_that_is_too_long_is_our_fault() -> None:
    with pytest.raises(AssertionError):
        render(Message("x", buttons=((Button("x", payload="가" * 22),),)))


def message(**content: Any) -> dict[str, Any]:
    sender = {"id": 7, "is_bot": False, "first_name": "A", "language_code": "zh-hans"}
    chat = {"id": 7, "type": "private"}
    return {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": chat, "from": sender, **content}}


def in_group(**content: Any) -> dict[str, Any]:
    return message(chat={"id": -9, "type": "supergroup"}, **content)


def membership(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    change = {"old_chat_member": old, "new_chat_member": new}
    return {"update_id": 5, "my_chat_member": {"chat": {"id": 7, "type": "private"}, **change}}


@pytest.mark.parametrize(
    ("update", "what"),
    [
        (message(text="안녕"), Said("안녕")),
        (message(text="x" * 5000), Said("x" * 4096)),
        (message(location={"latitude": 35, "longitude": 126.8}), Pinned(35.0, 126.8)),
        (message(contact={"phone_number": "+8210", "user_id": 7}), Contact("+8210", own=True)),
        (message(contact={"phone_number": "+8210", "user_id": 8}), Contact("+8210", own=False)),
        (message(contact={"phone_number": "+8210"}), Contact("+8210", own=False)),
        (message(photo=[{}], caption="look"), Unreadable("photo")),
        (message(sticker={}), Unreadable("sticker")),
        (message(voice={}), Unreadable("voice")),
        (message(animation={}, document={}), Unreadable("document")),
        (message(pinned_message={}), None),
        (membership({"status": "member"}, {"status": "kicked"}), Blocked()),
        (membership({"status": "kicked"}, {"status": "member"}), CameBack()),
        (membership({"status": "member"}, {"status": "administrator"}), None),
        (in_group(text="hello"), None),
        (in_group(text="/jobs"), Said("/jobs")),
        (in_group(text="/jobs@ilgam_bot"), Said("/jobs@ilgam_bot")),
        (in_group(text="/jobs@other_bot"), None),
        (in_group(text="hey @Ilgam_Bot!"), Said("hey @Ilgam_Bot!")),
        (in_group(text="hey @ilgam_bot2"), None),
        (in_group(photo=[{}]), None),
        (in_group(migrate_to_chat_id=-1009), Moved("-1009")),
        (message(chat={"id": 7, "type": "channel"}, text="x"), None),
        ({"update_id": 5, "edited_message": message(text="x")["message"]}, None),
        ({"update_id": 5, "callback_query": {"id": "1", "data": "ap.1", "inline_message_id": "a"}}, None),
    ],
    ids=str,
)
def test_an_update_is_an_event_or_nothing(update: dict[str, Any], what: What | None) -> None:
    event = read(update, "42", "ilgam_bot")
    assert (event.what if event else None) == what
    if event and "message" in update:
        assert event.address == Address("telegram", "42", chat_of(update))
        assert (event.update, event.language, event.group) == ("5", "zh-hans", event.address.id == "-9")


def test_a_tap_carries_its_payload_and_message() -> None:
    tapped = {"id": "1", "data": "ap.1", "message": message()["message"], "from": {"id": 7, "language_code": "ru"}}
    event = read({"update_id": 6, "callback_query": tapped}, "42", "")
    assert event is not None
    assert (event.what, event.language) == (Tapped("ap.1", "1"), "ru")


def mutants(value: Any) -> st.SearchStrategy[Any]:
    """The value with one part of it, anywhere, replaced by something else."""
    junk = st.none() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({})
    if not isinstance(value, dict) or not value:
        return junk
    parts = st.sampled_from(sorted(value))
    return junk | parts.flatmap(lambda name: mutants(value[name]).map(lambda part: {**value, name: part}))


TELEGRAM = Telegram("1:x", "http://127.0.0.1:1")
SAMPLES = [
    message(text="x"),
    in_group(text="/jobs"),
    message(contact={"phone_number": "1", "user_id": 7}),
    message(location={"latitude": 35, "longitude": 126.8}, media_group_id="1"),
    membership({"status": "member"}, {"status": "restricted", "is_member": True}),
    {"update_id": 6, "callback_query": {"id": "1", "data": "ap.1", "message": message()["message"]}},
]


def odd(update: dict[str, Any]) -> st.SearchStrategy[Any]:
    """The update with one part that is not as it should be; its number stays."""
    parts = st.sampled_from(sorted(set(update) - {"update_id"}))
    return parts.flatmap(lambda name: mutants(update[name]).map(lambda part: {**update, name: part}))


@given(st.sampled_from(SAMPLES).flatmap(odd))
def test_an_odd_update_stops_nobody(update: dict[str, Any]) -> None:
    assert isinstance(chat_of(update), str)
    assert isinstance(TELEGRAM._understood(update), Event | None)
