"""Periods of work and closings of applications, as Korean notices write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text import SEOUL, parse_closing, parse_dates, parse_period

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "start", "end", "one_day"),
    [
        ("2027-01-04 ~ 2027-06-30", "2027-01-04", "2027-06-30", False),
        ("2027. 1. 4.(월) ~ 2027. 12. 24.(금)", "2027-01-04", "2027-12-24", False),
        ("2027. 1. 4. ~ 12. 24.", "2027-01-04", "2027-12-24", False),
        ("2026.12.1.~2.28.", "2026-12-01", "2027-02-28", False),
        ("2027.1.4.~24.", "2027-01-04", "2027-01-24", False),
        ("2027-03 ~ 2027-11", "2027-03-01", "2027-11-30", False),
        ("2027년 3월 ~ 11월", "2027-03-01", "2027-11-30", False),
        ("2027-03-02 ~ 2028-02-29", "2027-03-02", "2028-02-29", False),
        ("2027년 3월 2일부터 2027년 6월 30일까지", "2027-03-02", "2027-06-30", False),
        ("20270104~20271231", "2027-01-04", "2027-12-31", False),
        ("27.1.4 ~ 27.12.31", "2027-01-04", "2027-12-31", False),
        ("2026-11-28 하루", "2026-11-28", "2026-11-28", True),
        ("~12.31.", None, "2026-12-31", False),
        ("채용일 ~ 2027-12-31", None, "2027-12-31", False),
        ("2027-12-31까지", None, "2027-12-31", False),
        ("2027-01-04 ~", "2027-01-04", None, False),
        ("12.1.~12.18.", "2026-12-01", "2026-12-18", False),
    ],
)
def test_periods(text: str, start: str | None, end: str | None, one_day: bool) -> None:
    read = parse_period(text, TODAY)
    assert read
    assert (read.start and read.start.isoformat(), read.end and read.end.isoformat(), read.one_day) == (
        start,
        end,
        one_day,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "협의",
        "2027년",
        "계약일로부터 6개월",
        "2027-02-30 ~ 2027-03-01",
        "2027-06-01 ~ 2027-01-01",
        "2027-13 ~ 2027-14",
    ],
)
def test_what_is_no_period_is_unknown(text: str) -> None:
    assert parse_period(text, TODAY) is None


def test_a_year_said_nowhere_needs_today() -> None:
    assert parse_period("12.1.~12.18.") is None


@pytest.mark.parametrize(
    ("text", "at", "until_filled"),
    [
        ("2026-12-04 18:00", "2026-12-04 18:00", False),
        ("2026-12-04 18:00:00", "2026-12-04 18:00", False),
        ("2026. 12. 11.(금) 17:00까지", "2026-12-11 17:00", False),
        ("2026-12-09 18시", "2026-12-09 18:00", False),
        ("12월 4일(금) 오후 6시까지", "2026-12-04 18:00", False),
        ("2026-12-31 24:00", "2027-01-01 00:00", False),
        ("2026-12-09", "2026-12-10 00:00", False),  # a day lasts to its end
        ("2027.2.12.(금)", "2027-02-13 00:00", False),
        ("2026.04.01 (수) 24:00 고용24 입사지원", "2026-04-02 00:00", False),
        ("마감일 (2025-07-08)", "2025-07-09 00:00", False),
        ("25/11/01", "2025-11-02 00:00", False),
        ("20261204", "2026-12-05 00:00", False),
        ("46361", "2026-12-06 00:00", False),
        ("46361.75", "2026-12-05 18:00", False),
        ("11/22(일)", "2026-11-23 00:00", False),  # two days ago, and a Sunday
        ("~11.30.", "2026-12-01 00:00", False),
        ("1/5", "2027-01-06 00:00", False),
        ("2026.12.1.~12.10. 18:00", "2026-12-10 18:00", False),
        ("접수기간: 2026.11.20.(금) 09:00 ~ 2026.12.4.(금) 18:00", "2026-12-04 18:00", False),
        ("원서접수 2026. 12. 1.(화) ~ 12. 3.(목) 18:00, 면접 12. 10.(목)", "2026-12-03 18:00", False),
        ("2026-12-04 정오", "2026-12-04 12:00", False),
        ("202612041800", "2026-12-04 18:00", False),
        ("오늘마감", "2026-11-25 00:00", False),
        ("오늘 마감 18:00", "2026-11-24 18:00", False),
        ("내일마감", "2026-11-26 00:00", False),
        ("D-14", "2026-12-09 00:00", False),
        ("D-14 마감일 : 2025-09-16 등록일 : 2025-09-02", "2025-09-17 00:00", False),
        ("채용시까지 마감일 : 2025-11-01 등록일 : 2025-09-02", "2025-11-02 00:00", True),
        ("등록일 : 2025-09-02 마감일 : 2025-11-01", "2025-11-02 00:00", False),
        ("2026-12-04 (채용 시 조기 마감)", "2026-12-05 00:00", True),
        ("채용 시 마감", None, True),
        ("채용시까지 (마감시간 : 24시)", None, True),
        ("상시", None, True),
        ("수시", None, True),
        ("2099-12-31", None, True),
    ],
)
def test_closings(text: str, at: str | None, until_filled: bool) -> None:
    read = parse_closing(text, TODAY)
    assert read
    assert read.at == (datetime.fromisoformat(at).replace(tzinfo=SEOUL) if at else None)
    assert read.until_filled is until_filled


@pytest.mark.parametrize(
    "text",
    ["", "협의", "2026-02-30", "2026-13-01", "2026-12-04 25:00", "2026-12-01 ~", "99999", "0", "등록일 : 2025-09-02"],
)
def test_what_is_no_closing_is_unknown(text: str) -> None:
    assert parse_closing(text, TODAY) is None


def test_several_dates_in_a_cell() -> None:
    assert parse_dates("서류 2026.12.4., 면접 12.9.(수), 발표 2027.1.3.", TODAY) == (
        date(2026, 12, 4),
        date(2026, 12, 9),
        date(2027, 1, 3),
    )


DATES = st.dates(date(2020, 1, 1), date(2080, 12, 31))
FORMS = st.sampled_from(
    [
        "{0.year}-{0.month:02}-{0.day:02}",
        "{0.year}. {0.month}. {0.day}.",
        "{0.year}.{0.month:02}.{0.day:02}",
        "{0.year}년 {0.month}월 {0.day}일",
    ]
)


@given(DATES, DATES, FORMS, st.sampled_from([" ~ ", "~", "∼", "～"]))
def test_written_periods_read_back(one: date, other: date, form: str, dash: str) -> None:
    start, end = sorted((one, other))
    read = parse_period(f"{form.format(start)}{dash}{form.format(end)}")
    assert read
    assert (read.start, read.end, read.one_day) == (start, end, start == end)


@given(DATES, FORMS, st.integers(0, 23), st.integers(0, 59))
def test_written_closings_read_back(on: date, form: str, hour: int, minute: int) -> None:
    day = form.format(on)
    midnight = datetime(on.year, on.month, on.day, tzinfo=SEOUL)
    timed, plain = parse_closing(f"{day} {hour:02}:{minute:02}", TODAY), parse_closing(f"{day} 까지", TODAY)
    assert timed
    assert timed.at == midnight.replace(hour=hour, minute=minute)
    assert plain
    assert plain.at == midnight + timedelta(days=1)


@given(DATES, st.integers(-60, 270))
def test_a_date_without_its_year_is_the_nearest_sensible_one(today: date, ahead: int) -> None:
    on = today + timedelta(days=ahead)
    read = parse_closing(f"~{on.month}.{on.day}.", today)
    assert read
    assert read.at
    assert read.at.date() == on + timedelta(days=1)


@given(
    st.text(
        st.sampled_from("0123456789.-/~년월일시분()까지마감등록채용상시오늘내일D: \n") | st.characters(), max_size=60
    ),
    DATES,
)
def test_no_text_makes_dates_raise(text: str, today: date) -> None:
    closing, period = parse_closing(text, today), parse_period(text, today)
    assert closing is None or closing.until_filled or (closing.at and closing.at.tzinfo is SEOUL)
    assert period is None or not (period.start and period.end) or period.start <= period.end
    parse_dates(text, today)
