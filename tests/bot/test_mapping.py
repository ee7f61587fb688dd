"""What all sites share on the way to a draft: closings, links, employers, and texts without persons."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.mapping import body, closing, day, key, line, link, past, sector
from handlers.text import parse_closing
from tests.bot.apis import TODAY


@pytest.mark.parametrize(
    ("closes", "opens", "told"),
    [
        ("20261201", "20261120", "2026-11-20 ~ 2026-12-01"),
        ("2026-12-01T00:00:00+09:00", "", "2026-12-01"),
        ("2026.12.01 (화) 18:00", "", "2026-12-01 18:00"),
        ("26/12/01", "", "2026-12-01"),
        ("마감일 (2026-12-08)", "", "2026-12-08"),
        ("채용시까지", "", "채용시까지"),
        ("채용시까지 2026-12-30", "", "2026-12-30 (채용시까지)"),
        ("20991231", "20261120", "채용시까지"),
        ("D-3", "", "D-3"),
        ("", "20261120", ""),
        ("20261301", "", "20261301"),
    ],
)
def test_closings(closes: str, opens: str, told: str) -> None:
    assert closing(closes, opens) == told


@given(st.dates())
def test_a_closing_day_is_read_again_as_it_was_told(on: object) -> None:
    told = parse_closing(closing(str(on).replace("-", "")), TODAY)
    assert told is None or told.at is None or str(told.at)[:10] >= str(on)


def test_past() -> None:
    assert past("20261121", TODAY)
    assert not past("20261122", TODAY)
    assert not past("채용시까지 20261121", TODAY)
    assert not past("", TODAY)
    assert day("20260230") is None


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("https://x.kr/a?b=1&amp;amp;c=2", "https://x.kr/a?b=1&c=2"),
        ("www.x.kr", "http://www.x.kr"),
        ("x.go.kr/a", "http://x.go.kr/a"),
        ("없음", ""),
        ("javascript:alert(1)", ""),
        ("https://x.kr/a b", "https://x.kr/a%20b"),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_links(text: str, there: str) -> None:
    assert link(text) == there


@pytest.mark.parametrize(
    ("organisation", "told"),
    [
        ("광산구청", "public"),
        ("한빛시 시설관리공단", "public"),
        ("한빛초등학교", "public"),
        ("한빛시립도서관", "public"),
        ("(주)한빛공사현장", "private"),
        ("별빛돌봄센터", "private"),
        ("", "private"),
    ],
)
def test_employers(organisation: str, told: str) -> None:
    assert sector(organisation) == told


def test_persons_are_left_out_of_texts() -> None:
    said = {"a": "<p>업무</p><br>채용 담당자 : 홍길동 (062-000-0000)", "b": "담당: 총무과", "c": "담당자: 홍길동"}
    assert body(said, "a", "b", "c") == "업무\n채용 담당자 : *** (062-000-0000)\n담당: 총무과\n담당자: ***"


def test_lines_and_keys() -> None:
    assert line({"a": "가&amp;lt;나&amp;gt;&#40;다&#41;\r\n라"}, "a") == "가<나>(다) 라"
    assert [key(text) for text in ("K1", "", "a\nb", "x" * 200)] == ["K1", "", "", ""]


def test_a_long_name_is_read_in_its_share_of_time() -> None:
    began = time.process_time()
    for piece in ("가", "부", "가나 부", "시", "공사"):
        sector(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 2
    assert sector("한빛시 체육부") == "public"
