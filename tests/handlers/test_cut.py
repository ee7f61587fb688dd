"""Texts are cut between characters as people see them: Khmer, Burmese and Hindi letters stand on each other."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.capabilities import NARROW
from handlers.chat.cut import cut
from handlers.chat.fit import fit
from handlers.chat.messages import Button, Message
from locales import Catalogs

KHMER = st.text(alphabet=st.characters(min_codepoint=0x1780, max_codepoint=0x17D3), max_size=40)


@pytest.mark.parametrize(
    ("text", "limit", "beginning"),
    [
        ("ខ្ញុំយល់ព្រម", 5, "ខ្ញុំ"),  # five code points, one character
        ("ខ្ញុំយល់ព្រម", 4, ""),
        ("ខ្ញុំយល់ព្រម", 10, "ខ្ញុំយល់"),  # not "ព" and a coeng that hangs in the air
        ("ខ្ញុំយល់ព្រម", 12, "ខ្ញុំយល់ព្រម"),
        ("Điện thoại", 5, "Điện "),
        (unicodedata.normalize("NFD", "Điện"), 3, "Đi"),
        ("क्षेत्र", 2, ""),
        ("น้ำใจ", 2, ""),
        ("👩‍🌾일", 2, ""),
        ("👩‍🌾일", 3, "👩‍🌾"),
        ("월곡동", 2, "월곡"),
        ("", 3, ""),
        ("abc", 0, ""),
        ("abc", -1, ""),
    ],
)
def test_a_beginning_ends_between_characters(text: str, limit: int, beginning: str) -> None:
    assert cut(text, limit) == beginning


@given(st.text(max_size=60) | KHMER, st.integers(-1, 70))
def test_what_is_cut_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    found = cut(text, limit)
    assert text.startswith(found)
    assert len(found) <= max(limit, 0)
    assert found == text or unicodedata.combining((text + " ")[len(found)]) == 0 or "\n" in text


@given(KHMER, st.integers(1, 40))
def test_no_khmer_consonant_is_torn_from_what_stands_below_it(text: str, limit: int) -> None:
    found = cut(text, limit)
    if found and found != text:
        assert not found.endswith("\N{KHMER SIGN COENG}")
        assert unicodedata.category(text[len(found)]) not in ("Mn", "Mc")


def test_a_long_khmer_label_keeps_whole_characters() -> None:
    label = "ទទួលដំណឹងតែមួយថ្ងៃម្ដងប៉ុណ្ណោះ"
    now, _ = fit([Message("?", ((Button(label, "da.1"),),))], NARROW)
    shown = now[0].flat()[0].label
    assert len(shown) <= NARROW.label
    assert label.startswith(shown.removesuffix("…"))
    assert cut(label, len(shown) - 1) == shown.removesuffix("…")


def test_a_long_khmer_message_is_split_between_characters_and_loses_none() -> None:
    word = "សូមសរសេរឈ្មោះតំបន់របស់អ្នកជាអក្សរ"
    now, later = fit([Message(word * 60)], NARROW)
    pieces = [message.text for message in now + later]
    assert "".join(pieces) == word * 60
    assert not [piece for piece in pieces if unicodedata.category(piece[0]) in ("Mn", "Mc")]


def test_every_khmer_text_of_ours_can_be_cut_anywhere() -> None:
    t = Catalogs.load().translator("km")
    for label in (t.t("Change neighbourhood"), t.t("Not for me"), t.term("cleaner")):
        for limit in range(len(label)):
            assert not cut(label, limit).endswith("\N{KHMER SIGN COENG}")
