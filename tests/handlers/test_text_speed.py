"""No reader's time grows faster than its text: a run of 200,000 characters of any shape is read in little more than its share."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from handlers import notice, text
from handlers.eligibility import Eligibility
from handlers.occupations import occupation

TODAY = date(2026, 11, 24)
LONG = 200_000
MOST = 2.0  # seconds; the slowest takes a tenth, and one that is quadratic minutes
READERS: dict[str, Callable[[str], object]] = {
    name: getattr(text, name)
    for name in (
        *(
            "find_registration_number",
            "links",
            "mask",
            "parse_address",
            "parse_headcount",
            "parse_hours",
            "parse_moment",
        ),
        *("parse_pay", "phones", "plain", "states_nothing", "unescaped", "unmarked"),
    )
}
READERS |= {
    "parse_dates": partial(text.parse_dates, today=TODAY),
    "parse_period": partial(text.parse_period, today=TODAY),
    "parse_closing": partial(text.parse_closing, today=TODAY),
    "stated": partial(notice.stated, today=TODAY),
    "eligibility": Eligibility.load().read_column,
    "occupation": lambda said: occupation(said, said),
    "letters": lambda said: text.is_damaged_utf8(said.encode() + b"\xff"),
}
PIECES = (
    *(
        " ",
        "\n",
        "\t",
        "\u3000",
        "1",
        "1.",
        "1월 ",
        "12/",
        "9~",
        "9시 ",
        "09:00~",
        "2026.1.",
        "10000원 ",
        "1만",
        "1,",
        "월·",
        "월",
    ),
    *(
        "가",
        "시급 ",
        "급여: ",
        "\n급여 ",
        "담당자 ",
        "광산구 ",
        "(",
        "()",
        "[",
        "<",
        "<a ",
        "<b>",
        "</",
        "<!--",
        "&",
        "&amp;",
        "&#",
        "&#1;",
    ),
    *(
        "&#99999999999",
        "&lt;a ",
        "a@",
        "a.",
        "010-",
        "02-",
        "+82 ",
        "http://",
        "https://a.",
        "F-4 ",
        "외국인 ",
        "가능 ",
        "부터",
        "부",
    ),
    *("-", "~", "·", "등 ", "\ufdfa", "１", "오전 ", "매주 ", "휴게 ", "1일 ", "주 1"),
)


@pytest.mark.parametrize("name", READERS)
def test_a_long_text_takes_no_longer_than_its_share(name: str) -> None:
    for piece in PIECES:
        said = (piece * (LONG // len(piece) + 1))[:LONG]
        began = time.process_time()
        READERS[name](said)
        READERS[name](f"시급 {said} 12,000원")
        assert time.process_time() - began < 2 * MOST, piece


def test_a_number_that_python_will_not_read_is_no_letter() -> None:
    assert text.plain("가&#" + "9" * 5000 + ";나 &#x1F600;&amp;#44032;") == "가나 😀가"


def test_a_row_of_dates_without_a_year_is_followed_to_its_end() -> None:
    closing = text.parse_closing("12.1, " + "12.2, " * 300 + "12.3", TODAY)
    assert closing is not None
    assert closing.at is not None
    assert closing.at.date() == date(2026, 12, 4)
