"""The readers over 287 recorded notices of Work24: how many cells are understood, and that none of 100 checked ones is misread.

Run with -s to see the shares. The recordings are not part of this repository; without them these tests are skipped.
"""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.eligibility import Eligibility
from handlers.occupations import occupation
from handlers.text import (
    SEOUL,
    hour_bits,
    hourly,
    mask,
    parse_address,
    parse_closing,
    parse_headcount,
    parse_hours,
    parse_pay,
    parse_period,
    states_nothing,
)

from .work24_checked import GANGNAM, GANGNAM_ROWS, SITE_A, SITE_B, SITE_C, SITE_ROWS

WORK24 = Path(__file__).parents[2] / "../shared/samples/work24"
TODAY = date(2026, 8, 7)

pytestmark = pytest.mark.skipif(not (WORK24 / GANGNAM).exists(), reason="the recordings are not here")


@dataclass(frozen=True)
class Row:
    pay: str
    hours: str
    place: str
    closing: str


@cache
def rows() -> dict[tuple[str, int], Row]:
    found: dict[tuple[str, int], Row] = {}
    with (WORK24 / GANGNAM).open(encoding="utf-8-sig", newline="") as lines:
        for i, row in enumerate(csv.DictReader(lines)):
            found[GANGNAM, i] = Row(
                row["annual_salary"], row["working_condition"], row["location"], row["deadline_date"]
            )
    for name in (SITE_A, SITE_B, SITE_C):
        for i, row in enumerate(json.loads((WORK24 / name).read_text(encoding="utf-8"))):
            found[name, i] = Row(" ".join(row["dollar"]), " ".join(row["time"]), row["site"], row["deadline_cell"])
    return found


READERS: dict[str, Callable[[str], object]] = {
    "pay": parse_pay,
    "hours": parse_hours,
    "place": parse_address,
    "closing": lambda text: parse_closing(text, TODAY),
}


@pytest.mark.parametrize("field", READERS)
def test_nearly_every_cell_is_understood(field: str) -> None:
    cells = [getattr(row, field) for row in rows().values()]
    assert len(cells) == 287
    read = sum(READERS[field](cell) is not None for cell in cells)
    nothing = sum(READERS[field](cell) is None and states_nothing(cell) for cell in cells)
    lost = len(cells) - read - nothing
    print(f"\n{field:8} {len(cells)} cells: {read} read, {nothing} state nothing, {lost} not understood")  # noqa: T201  the shares are for people
    assert (read + nothing) / len(cells) >= 0.95


@pytest.mark.parametrize("index", GANGNAM_ROWS)
def test_a_checked_row_of_the_portal_is_not_misread(index: int) -> None:
    pay, days, hours, span, sido, sigungu, closes = GANGNAM_ROWS[index]
    row = rows()[GANGNAM, index]
    assert_pay(row.pay, "year", pay)
    assert_hours(row.hours, days, hours, span)
    assert_place(row.place, sido, sigungu, None)
    assert_closing(row.closing, closes, False)


@pytest.mark.parametrize("key", SITE_ROWS, ids=str)
def test_a_checked_row_of_the_site_is_not_misread(key: tuple[str, int]) -> None:
    kind, pay, days, hours, span, sido, sigungu, dong, closes, until_filled = SITE_ROWS[key]
    row = rows()[key]
    assert_pay(row.pay, kind, pay)
    assert_hours(row.hours, days, hours, span)
    assert_place(row.place, sido, sigungu, dong)
    assert_closing(row.closing, closes, until_filled)


def test_a_hundred_rows_were_checked() -> None:
    assert len(GANGNAM_ROWS) + len(SITE_ROWS) == 100


def assert_pay(cell: str, kind: str, figures: tuple[int, int | None]) -> None:
    unit = 1 if kind == "hour" else 10_000
    pay = parse_pay(cell)
    assert pay
    low, high = figures
    assert (pay.kind, pay.low, pay.high) == (kind, low * unit, high and high * unit)


def assert_hours(cell: str, days: int | None, hours: int | None, span: tuple[int, int] | None) -> None:
    read = parse_hours(cell)
    if not (days or hours or span):
        assert read is None
        return
    assert read
    assert read.days == 0, "no notice of these names its weekdays"
    assert read.days_per_week == days
    assert hour_bits(read) is None
    assert (None if read.computed else read.week_minutes) == (hours and hours * 60)
    if span is None:
        assert (read.start, read.end, read.spans) == (None, None, ())
    else:
        start, end = (hhmm // 100 * 60 + hhmm % 100 for hhmm in span)
        assert read.spans == ((start, end if end > start else end + 1440),)


def assert_place(cell: str, sido: str, sigungu: str | None, dong: str | None) -> None:
    read = parse_address(cell)
    assert read
    assert (read.sido or "")[:2] == sido
    assert (read.sigungu, read.dong) == (sigungu, dong)


def assert_closing(cell: str, day: int, until_filled: bool) -> None:
    read = parse_closing(cell, TODAY)
    assert read
    on = date(2000 + day // 10_000, day // 100 % 100, day % 100)
    assert read.at == datetime.combine(on + timedelta(days=1), time(), SEOUL)
    assert read.until_filled is until_filled


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_mutated_cell_makes_a_reader_raise(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(list(rows().values())))
    cell = data.draw(
        st.sampled_from([row.pay, row.hours, row.place, row.closing, f"{row.pay} {row.hours} {row.closing}"])
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(cell)))
        cell = (
            cell[:at]
            + data.draw(st.sampled_from(MUTATIONS) | st.text(max_size=2))
            + cell[at + data.draw(st.integers(0, 3)) :]
        )
    pay, hours = parse_pay(cell), parse_hours(cell)
    if pay:
        hourly(pay, hours)
    if hours:
        hour_bits(hours)
    parse_address(cell)
    parse_closing(cell, TODAY)
    parse_period(cell, TODAY)
    parse_headcount(cell)
    mask(cell)
    occupation(cell)
    ELIGIBILITY.read_column(cell)


MUTATIONS = (
    "",
    "0",
    "99",
    "~",
    "-",
    ":",
    ".",
    "(",
    ")",
    "만",
    "월",
    "시",
    "24:00",
    "등",
    "\u3000",
    "\u2011",
    "٣",
    "，",
    "\n",
)
ELIGIBILITY = Eligibility.load()
