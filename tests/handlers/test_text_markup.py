"""HTML to plain text, and the moments at which sites say that something was published."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text import SEOUL, parse_moment, unmarked


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>가<br>나</p><ul><li>다<li>라</ul>", "가\n나\n다\n라"),
        ("<table><tr><th>급여</th><td>시급\n <b>12,000</b>원</td></tr></table>", "급여 | 시급 12,000원"),
        ("앞<script>alert('<b>')</script><style>p{}</style>뒤", "앞뒤"),
        ("앞<!-- 숨김 -->뒤<br/>", "앞뒤"),
        ("&lt;p&gt;두 번&lt;/p&gt;&lt;p&gt;싼 글&lt;/p&gt;", "두 번\n싼 글"),
        ("&amp;lt;p&amp;gt;세 번&amp;lt;/p&amp;gt;", "세 번"),
        ("급여 < 10000 & 수당 > 0", "급여 < 10000 & 수당 > 0"),
        ("첫 줄\n\n둘째&nbsp;줄 \n", "첫 줄\n둘째 줄"),
        ("<p>닫지 않은 <b>글", "닫지 않은 글"),
        ("<p>" * 5000 + "깊은 글", "깊은 글"),
        ("\x00\x0b글\ud800", "글"),
        ("", ""),
        ("<img src=x onerror=y>", ""),
    ],
)
def test_html_is_read_as_it_is_seen(html: str, text: str) -> None:
    assert unmarked(html) == text


@given(st.text(alphabet="<>/!-&;ltgab p=\"'\n#x0급", max_size=60))
def test_any_markup_is_read(html: str) -> None:
    unmarked(html).encode()


KOREAN = datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL)


@pytest.mark.parametrize(
    "said",
    [
        "Sun, 22 Nov 2026 09:00:00 +0900",
        "Sun, 22 Nov 2026 00:00:00 GMT",
        "Sun, 22 Nov 2026 09:00:00",
        "Sun, 22 Nov 2026 09:00:00 KST",
        "22 Nov 26 09:00:00 +0900",
        "일, 22 11월 2026 09:00:00 +0900",
        "2026-11-22T09:00:00+09:00",
        "2026-11-22T00:00:00Z",
        "2026-11-22T00:00:00.000Z",
        "2026-11-21T19:00:00-0500",
        "2026-11-22T09:00",
        "2026-11-22 09:00:00",
        "2026-11-22 09:00:00.0",
        "2026/11/22 09:00",
        "2026.11.22 09:00:00",
        "2026. 11. 22. 오전 9:00",
        "2026년 11월 22일 (일) 오전 9시",
        "20261122090000",
        " 2026-11-22 \n 09:00 ",
    ],
)
def test_a_moment_in_any_form(said: str) -> None:
    assert parse_moment(said) == KOREAN


@pytest.mark.parametrize(
    "said", ["", "어제", "09:00", "2026-02-31", "Sun, 99 Nov 2026 09:00", "11-22", "2026", "1 Jan 1900 00:00"]
)
def test_no_moment(said: str) -> None:
    assert parse_moment(said) is None


def test_a_date_alone_is_its_midnight_and_an_impossible_time_too() -> None:
    assert parse_moment("2026-11-22") == datetime(2026, 11, 22, tzinfo=SEOUL)
    assert parse_moment("2026-11-22 31:00") == datetime(2026, 11, 22, tzinfo=SEOUL)


@given(st.text(alphabet="0123456789-:./T +Z가오전후년월일시분 Nov,", max_size=40))
def test_any_words_give_an_aware_moment_or_none(words: str) -> None:
    at = parse_moment(words)
    assert at is None or at.tzinfo is not None
