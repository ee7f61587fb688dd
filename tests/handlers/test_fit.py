"""Fitting keeps every choice: as a button, or as a numbered line that can be typed."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.capabilities import NARROW, TELEGRAM, WEB, Capabilities
from handlers.chat.fit import choices, fit
from handlers.chat.messages import Button, Message, Picture, Spot

labels = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=50)
rows = st.lists(st.lists(labels, min_size=1, max_size=4), max_size=8)


@st.composite
def messages(draw: st.DrawFn) -> list[Message]:
    found, n = [], 0
    for _ in range(draw(st.integers(1, 4))):
        buttons = []
        for row in draw(rows):
            buttons.append(tuple(Button(label, f"~1.{n + i}") for i, label in enumerate(row)))
            n += len(row)
        found.append(Message(draw(st.text(max_size=3000)), tuple(buttons), card=draw(st.booleans())))
    return found


@given(messages(), st.sampled_from([NARROW, TELEGRAM, WEB]))
def test_every_choice_is_a_button_or_a_numbered_line(said: list[Message], platform: object) -> None:
    assert isinstance(platform, type(NARROW))
    now, later = fit(said, platform)
    assert len(now) <= platform.bubbles
    shown = {button.payload for message in now + later for button in message.flat()}
    text = "\n".join(message.text for message in now + later)
    for i, (label, payload) in enumerate(choices(said), 1):
        assert payload in shown or f"{i}. {label}" in text


@given(messages(), st.sampled_from([NARROW, TELEGRAM]))
def test_labels_and_numbers_of_buttons_stay_in_bounds(said: list[Message], platform: object) -> None:
    assert isinstance(platform, type(NARROW))
    for message in fit(said, platform)[0]:
        assert len(message.flat()) <= platform.buttons
        assert all(len(button.label) <= platform.label for button in message.flat())
        assert all(len(row) <= platform.row for row in message.buttons)


def test_a_card_is_shortened_and_never_split() -> None:
    long = Message("\n".join(f"line {i}" for i in range(400)), title="t", card=True)
    now, later = fit([long], NARROW)
    assert len(now) == 1
    assert not later
    assert len(now[0].plain) <= NARROW.text


def test_what_a_synchronous_answer_cannot_hold_waits() -> None:
    now, later = fit([Message(str(i)) for i in range(5)], NARROW)
    assert [m.text for m in now + later] == ["0", "1", "2", "3", "4"]
    assert len(now) == NARROW.bubbles


def test_a_cut_never_takes_the_marks_from_a_letter() -> None:
    """At KakaoTalk's 14 characters: Chinese between any two characters, Khmer never inside a syllable, accents stay."""
    said = {
        "查看全部工作查看全部工作查看全部工作": "查看全部工作查看全部工作查…",
        "ធ្វើការនៅផ្ទះបាយ": "ធ្វើការនៅផ្ទះ…",
        "abcdefghijkle\u0301fgh": "abcdefghijkl…",
        "Boshqa foydalanuvchi": "Boshqa foydal…",
    }
    for label, cut in said.items():
        fitted, _ = fit([Message("?", ((Button(label, "a"), Button("b", "b")),))], NARROW)
        assert fitted[0].flat()[0].label == cut


def test_a_long_text_is_split_between_letters() -> None:
    text = "ខ្មែរ" * 500
    pieces = [message.text for part in fit([Message(text)], NARROW) for message in part]
    assert "".join(pieces) == text
    assert not any(piece.startswith("\u17d2") or piece.endswith("\u17d2") for piece in pieces)


spots = st.lists(st.builds(Spot, st.integers(0, 2**40), st.lists(st.text(), max_size=2).map(tuple)), max_size=3).map(
    tuple
)
pictures = st.builds(Picture, st.text(), spots, spots)


@given(pictures)
def test_a_picture_is_the_same_after_it_was_kept(picture: Picture) -> None:
    assert Picture.kept(json.loads(json.dumps(asdict(picture)))) == picture


@given(st.text(min_size=1, max_size=9000), pictures, st.sampled_from([NARROW, TELEGRAM, WEB]))
def test_a_picture_goes_with_the_first_words_or_not_at_all(text: str, picture: Picture, platform: object) -> None:
    assert isinstance(platform, type(NARROW))
    now, later = fit([Message(text, picture=picture)], platform)
    shown = [message.picture for message in now + later]
    assert shown == [picture if platform.pictures else None, *[None] * (len(shown) - 1)]
    bare, rest = fit([Message(text)], platform)
    assert [replace(message, picture=None) for message in now + later] == bare + rest, "the words are the same without"


def row_of(*labels: str) -> Message:
    return Message("t", (tuple(Button(label, f"~1.{n}") for n, label in enumerate(labels)),))


def lengths(labels: Sequence[str], platform: Capabilities) -> list[int]:
    return [len(row) for row in fit([row_of(*labels)], platform)[0][0].buttons]


def test_no_button_is_left_alone_in_its_row() -> None:
    assert lengths(["Mon", "✓ Tue", "Wed", "Thu", "Fri", "✓ Sat", "Sun"], TELEGRAM) == [4, 3]
    assert lengths(["Morning", "Afternoon", "Evening", "Night"], TELEGRAM) == [2, 2]
    assert lengths(["1", "2", "3", "4", "5"], WEB) == [5]
    assert (
        lengths(["월", "화", "수", "목", "금", "토", "일"], WEB)
        == lengths([f"✓ {d}" for d in "월화수목금토일"], WEB)
        == [4, 3]
    )


def test_a_label_has_room_to_be_read() -> None:
    long = ["Обучение, библиотека", "Уход"]
    assert lengths(long, TELEGRAM) == [1, 1], "it would be cut"
    assert lengths(long, WEB) == [2], "it takes two lines"
    assert lengths(["주주야야비비", "2교대", "3교대"], TELEGRAM) == [2, 1]


@given(messages(), st.sampled_from([TELEGRAM, WEB]))
def test_rows_keep_what_stands_in_them_in_order(said: list[Message], platform: Capabilities) -> None:
    for before, after in zip(said, fit([*said], replace(platform, buttons=1000, bubbles=1000))[0], strict=False):
        if before.plain == after.plain:
            assert [b.payload for b in before.flat()] == [b.payload for b in after.flat()]
