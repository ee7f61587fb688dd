"""What is counted beside a posting is no news; what only looks like a count stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.draft import Draft, as_of
from handlers.text import lasting, parse_closing, settled

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "counted",
    [
        *("[D-3] 책 정리", "책 정리 (D-12)", "책 정리 마감 D-5", "책 정리 D-DAY 아님 접수 D-day"),
        *(
            "책 정리 조회수 123",
            "책 정리 (조회: 1,234)",
            "책 정리 스크랩 12",
            "책 정리 지원자 수: 12명",
            "책 정리 Views: 33",
        ),
        *("책 정리 3일 남음", "책 정리 (마감 12일 남았어요)", "책 정리 남은 기간: 4일 남음"),
    ],
)
def test_counts_are_left_out(counted: str) -> None:
    assert lasting(counted).startswith("책 정리")
    assert not any(letter.isdigit() for letter in lasting(counted))


@pytest.mark.parametrize(
    "said",
    [
        *(
            "D-2는 시간제취업 허가 후 가능",
            "가능(F-2, D-4)",
            "지원자 3명 이상이면 면접",
            "동장 추천 2명",
            "3일 근무",
            "2일 남짓",
        ),
        *("시급 12,000원", "2026-12-04", "관심 있는 분 2명", "조회 업무 3건 담당", "  두 칸  "),
    ],
)
def test_what_is_no_count_stays_as_it_is(said: str) -> None:
    assert lasting(said) == said


@pytest.mark.parametrize(
    ("told", "means"),
    [
        ("D-3", "2026-11-27"),
        ("D-DAY", "2026-11-24"),
        ("오늘 마감", "2026-11-24"),
        ("내일 18시 마감", "2026-11-25 18:00"),
        ("2026-12-04 (D-10)", "2026-12-04"),
        ("D-2 (채용 시 마감)", "2026-11-26 (채용시까지)"),
        ("채용 시 마감", "채용 시 마감"),
        ("2026-12-04  18:00", "2026-12-04  18:00"),
        ("", ""),
    ],
)
def test_days_left_are_told_as_their_day(told: str, means: str) -> None:
    assert settled(told, TODAY) == means
    assert parse_closing(means, TODAY) == parse_closing(told, TODAY)


@given(st.integers(1, 200), st.integers(0, 100))
def test_a_countdown_says_the_same_every_day(left: int, later: int) -> None:
    on = date.fromordinal(TODAY.toordinal() + min(left, later))
    first = as_of(Draft("1", "책 정리", "도서관", closing=f"D-{left}"), TODAY)
    then = as_of(Draft("1", "책 정리", "도서관", closing=f"D-{left - min(left, later)}"), on)
    assert first.fingerprint == then.fingerprint


@given(st.text(max_size=60))
def test_any_text_keeps_its_meaning_once(text: str) -> None:
    assert isinstance(lasting(text), str)
    assert settled(settled(text, TODAY), TODAY) == settled(text, TODAY)


def test_what_counts_nothing_has_the_fingerprint_that_it_always_had() -> None:
    """Else a new version would take every posting for a changed one."""
    told = Draft("1", "책 정리", "도서관", pay="시급 12,000원", closing="2026-12-24", duties="D-2 가능")
    assert told.fingerprint == "2b19d588f761113cb0522432a725f20c"
    assert (
        Draft("1", "책 정리", "도서관", occupation_code="work24 561101").fingerprint
        == Draft("1", "책 정리", "도서관").fingerprint
    )
