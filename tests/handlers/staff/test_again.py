"""A posting's dates once more: the same weekdays and lengths, never past, a last day that offices are open on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cards import last_day
from handlers.staff.again import AHEAD, HOLIDAYS, moved
from handlers.text import parse_closing, parse_period

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def cells(start: date, end: date, closing: date, hour: str = "") -> dict[str, str]:
    return {"period": f"{start} ~ {end}", "closing": f"{closing} {hour}".strip(), "pay": "시급 12,000원"}


def read(said: dict[str, str], today: date) -> tuple[date, date, date]:
    period, closing = parse_period(said["period"], today), parse_closing(said["closing"], today)
    assert period is not None
    assert period.start is not None
    assert period.end is not None
    assert closing is not None
    assert closing.at is not None
    return period.start, period.end, last_day(closing.at)[0]


@given(DAYS, st.integers(0, 400), st.integers(-40, 40), st.integers(-30, 900), st.sampled_from(["", "18:00", "12:30"]))
def test_what_is_moved_keeps_its_shape(closing: date, length: int, until: int, passed: int, hour: str) -> None:
    start = closing + timedelta(days=until)
    end, today = start + timedelta(days=length), closing + timedelta(days=passed)
    again = moved(cells(start, end, closing, hour), closing, today)
    first, last, by = read(again, today)
    assert by >= today + AHEAD
    assert by.weekday() < 5
    assert hour in again["closing"]
    assert first <= last
    assert first > start
    assert (by.month, by.day) not in HOLIDAYS
    if closing.weekday() < 5 and not any((by + timedelta(days=n)).timetuple()[1:3] in HOLIDAYS for n in range(-4, 5)):
        assert by.weekday() == closing.weekday()
        if start.day != 1:
            assert first - by == start - closing
    if closing < start:
        assert by < first + timedelta(days=5), "at the most the first day after a weekend and a holiday lies later"
    if start.day != 1 or length < 28:
        assert first.weekday() == start.weekday()
        if length < 28 or (end + timedelta(days=1)).day != 1:
            assert last - first == end - start
    elif last.weekday() != end.weekday() or first.weekday() != start.weekday():
        assert first.day == 1 or (last + timedelta(days=1)).day == 1
    assert again["pay"] == "시급 12,000원"


@given(DAYS, st.integers(330, 366))
def test_a_year_later_it_is_that_of_the_next_year(closing: date, passed: int) -> None:
    today = closing + timedelta(days=passed)
    _, _, by = read(moved(cells(closing, closing, closing), closing, today), today)
    assert abs((by - closing).days - 365) <= 40


@given(st.text(max_size=60), st.text(max_size=60), DAYS, DAYS)
def test_anything_may_stand_in_the_cells(period: str, closing: str, on: date, today: date) -> None:
    again = moved({"period": period, "closing": closing}, on, today)
    assert again.keys() == {"period", "closing"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # a term of the schools: Monday to Wednesday, as the year before
            {"period": "2027-01-04 ~ 2027-06-30", "closing": "2026-12-04 18:00"},
            {"period": "2028-01-03 ~ 2028-06-30", "closing": "2027-12-03 18:00"},
        ),
        (
            {"period": "2027.3.1.~12.31. (방학 제외)", "closing": "12월 4일까지"},
            {"period": "2028-03-01 ~ 2028-12-31 (방학 제외)", "closing": "2027-12-03"},
        ),
        (
            {"period": "2027-01-04부터", "closing": "채용 시 마감"},
            {"period": "2028-01-03 ~", "closing": "채용 시 마감"},
        ),
        ({"period": "협의", "closing": "12월 4일"}, {"period": "협의", "closing": "2027-12-03"}),
        ({"period": "협의", "closing": ""}, {"period": "협의", "closing": ""}),
        ({"period": "2026-12-12 하루"}, {"period": "2027-12-11 하루"}),
    ],
)
def test_a_year_later(before: dict[str, str], after: dict[str, str]) -> None:
    assert moved(before, date(2026, 11, 24), date(2027, 11, 25)) == after


def test_a_month_later() -> None:
    before = {"period": "2026-12-07 ~ 2026-12-18", "closing": "2026-12-03 18:00"}
    after = {"period": "2027-01-04 ~ 2027-01-15", "closing": "2026-12-31 18:00"}
    assert moved(before, date(2026, 11, 24), date(2026, 12, 10)) == after
