"""The cells that staff write: whatever was typed, nothing raises, nothing is lost, and a date means the same later."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cards import last_day
from handlers.staff import cells
from handlers.text import parse_closing, parse_period
from storage.staff_tables import Facility

TODAY = date(2026, 11, 24)
FACILITY = Facility(name="별빛도서관", phone="062-960-0000", apply="방문 접수")
ANYTHING = st.text(max_size=300)


@given(st.sampled_from(cells.COLUMNS), ANYTHING)
def test_anything_may_be_typed(column: str, words: str) -> None:
    said = cells.settled(column, cells.tidy(column, words), TODAY)
    cells.reads(column, said, TODAY)
    draft = cells.draft({column: said, "duties": words}, FACILITY, "1")
    assert draft.organisation == "별빛도서관"
    cells.parted(words)
    cells.titled(words)
    cells.longer(words, 7, TODAY, TODAY)


@given(st.dates(date(2026, 11, 25), date(2027, 9, 20)), st.sampled_from(["", " 18시", " 18:00", " (방문 접수만)"]))
def test_a_last_day_without_its_year_is_kept_with_it(day: date, more: str) -> None:
    said = cells.settled("closing", f"{day.month}월 {day.day}일{more}", TODAY)
    assert str(day) in said
    closing = parse_closing(said, TODAY + timedelta(days=400))
    assert closing is not None
    assert closing.at is not None
    assert last_day(closing.at)[0] == day


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from([3, 7, 14, 30]))
def test_more_time_lies_ahead_and_never_ends_on_a_weekend(day: date, days: int) -> None:
    later = parse_closing(cells.longer(f"{day} 18:00", days, TODAY, TODAY), TODAY)
    assert later is not None
    assert later.at is not None
    last = last_day(later.at)[0]
    assert last >= max(day, TODAY) + timedelta(days=days)
    assert last.weekday() < 5
    assert last <= max(day, TODAY) + timedelta(days=days + 2)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("2027-01-04 ~ 2027-06-30, 2명", ("2027-01-04 ~ 2027-06-30", "2명")),
        ("1월 4일부터 6월 30일까지 총 3명", ("1월 4일부터 6월 30일까지", "3명")),
        ("12월 12일 하루 (5명)", ("12월 12일 하루", "5명")),
        ("협의", ("협의", "")),
    ],
)
def test_a_period_and_how_many_people_are_parted(typed: str, parts: tuple[str, str]) -> None:
    assert cells.parted(typed) == parts


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("책 정리", ("책 정리", "")),
        ("책 정리: 대출과 반납", ("책 정리", "대출과 반납")),
        ("책 정리\n대출과 반납\n\n청소", ("책 정리", "대출과 반납\n청소")),
    ],
)
def test_the_first_line_is_the_title(typed: str, parts: tuple[str, str]) -> None:
    assert cells.titled(typed) == parts


def test_a_period_without_its_year_is_kept_with_it() -> None:
    said = cells.settled("period", "1월 4일~6월 30일 (방학 제외)", TODAY)
    assert said == "2027-01-04 ~ 2027-06-30 (방학 제외)"
    assert parse_period(said, TODAY) == parse_period("2027-01-04 ~ 2027-06-30", TODAY)


def test_where_a_posting_says_nothing_its_facility_does() -> None:
    draft = cells.draft({"title": "책 정리", "phone": ""}, FACILITY, "7")
    assert (draft.key, draft.phone, draft.apply, draft.sector) == ("7", "062-960-0000", "방문 접수", "public")
    assert cells.draft({"phone": "062-1"}, FACILITY, "7").phone == "062-1"


def test_changes_are_told_column_by_column() -> None:
    assert cells.changes({"pay": "시급 1", "link": "a"}, {"pay": "시급 2", "link": "a"}) == [
        ("pay", "시급 1", "시급 2")
    ]
