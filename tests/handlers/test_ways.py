"""Start links: they come back as they were packed, within Telegram's limits, and forged ones never raise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ways import LIMIT, Way, link, read, sign_code

LANGUAGES = st.sampled_from(["ko", "ru", "fil", "zh_Hans", None])
AREAS = st.integers(min_value=1_000_000_000, max_value=9_999_999_999)
SIGNS = st.one_of(st.none(), st.from_regex(r"[0-9a-z_]{1,16}", fullmatch=True))
WAYS = st.one_of(
    st.builds(Way, AREAS, LANGUAGES, SIGNS),
    st.builds(Way, language=LANGUAGES, posting=st.integers(min_value=0, max_value=2**63 - 1)),
    st.builds(Way, language=LANGUAGES),
    st.builds(Way, code=st.from_regex(r"[0-9A-Z]{8}", fullmatch=True)),
)


@given(WAYS)
def test_a_payload_leads_where_it_was_meant_to(way: Way) -> None:
    payload = way.pack()
    assert re.fullmatch(rf"[A-Za-z0-9_-]{{0,{LIMIT}}}", payload)
    assert read(payload) == way


FORGED = st.one_of(st.text(), st.from_regex(r"[ap]?[0-9a-zA-Z_-]{0,80}"), st.from_regex(r"[ap][0-9a-z]+-[a-z]*-.*"))


@given(FORGED)
def test_a_forged_payload_never_raises_and_brings_no_words_of_its_own(payload: str) -> None:
    way = read(payload)
    assert way.sign is None or re.fullmatch(r"[0-9a-z_]{1,16}", way.sign)
    assert way.language is None or len(way.language) <= 8
    assert way.posting is None or 0 <= way.posting < 2**63
    assert way.area is None or way.area < 36**10


@pytest.mark.parametrize(
    ("payload", "way"),
    [
        ("", Way()),
        ("ru", Way(language="ru")),
        ("zh-Hans", Way(language="zh_Hans")),
        ("a1233012800", Way(1233012800)),
        ("a1233012800-ru", Way(1233012800, "ru")),
        ("a1233012800--moon", Way(1233012800, sign="moon")),
        ("a1233012800-r%-moon", Way(1233012800, sign="moon")),
        ("a1233012800-ru-<b>", Way(1233012800, "ru")),
        ("p2n9c", Way(posting=123456)),
        ("p007-ru", Way(posting=7, language="ru")),
        ("m7KQ4M2XD", Way(code="7KQ4M2XD")),
        ("m7KQ4M2X", Way()),
        ("m7KQ4M2XD-ru", Way()),
        ("pt", Way(language="pt")),
        ("ar", Way(language="ar")),
        ("p" + "z" * 13, Way()),
        ("a1233012800-ru-" + "x" * 60, Way()),
    ],
)
def test_what_is_wrong_is_dropped_and_the_rest_used(payload: str, way: Way) -> None:
    assert read(payload) == way


def test_what_could_not_be_read_back_is_not_packed() -> None:
    for way in (Way(7), Way(1233012800, sign="No <b>"), Way(posting=-1), Way(posting=7, sign="moon")):
        with pytest.raises(ValueError, match="not"):
            way.pack()


def test_a_sign_has_one_short_code_for_its_name_and_area() -> None:
    code = sign_code("별빛작은도서관", 1233012800)
    assert code == sign_code(" 별빛작은도서관 ", 1233012800)
    assert code != sign_code("별빛작은도서관", 1233012900)
    assert re.fullmatch(r"[0-9a-z]{8}", code)
    assert link("https://t.me/bot", Way(1233012800, "ru", code)) == f"https://t.me/bot?start=ake3qrk-ru-{code}"
