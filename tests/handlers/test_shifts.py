"""Patterns of shift work as people write them, and how postings lie to the days off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import shifts

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("주주야야비비", "DDNNOO"),
        ("DDNNOO", "DDNNOO"),
        ("주간, 주간, 야간, 야간, 비번, 휴무", "DDNNOO"),
        ("조조석석야야휴휴", "DDEENNOO"),
        ("day day off", "DDO"),
        ("주주야야", None),
        ("비비", None),
        ("아무거나", None),
        ("", None),
        ("주비" * 40, None),
    ],
)
def test_patterns_are_read(said: str, pattern: str | None) -> None:
    assert shifts.read(said) == pattern


def test_days_off_repeat_before_and_after_the_first_day() -> None:
    assert list(shifts.days_off("DDNNOO", TODAY, TODAY))[:3] == [TODAY + timedelta(days=n) for n in (4, 5, 10)]
    assert list(shifts.days_off("DDNNOO", TODAY + timedelta(days=2), TODAY))[:2] == [TODAY, TODAY + timedelta(days=1)]
    assert shifts.fit("DDNNOO", TODAY, TODAY, 0b0011111) == shifts.Fit(1, 4)  # Saturday, Sunday, Friday, Saturday
    assert shifts.fit("", TODAY, TODAY, 127) == shifts.Fit(0, 0)


@given(st.sampled_from(list(shifts.PRESETS.values())), st.dates(), st.dates(), st.integers(0, 127))
def test_a_posting_never_lies_on_more_days_off_than_there_are(
    pattern: str, first: date, today: date, days: int
) -> None:
    if (date.max - today).days < shifts.AHEAD:
        return
    found = shifts.fit(pattern, first, today, days)
    assert 0 <= found.days <= found.off <= shifts.AHEAD
    assert shifts.fit(pattern, first, today, 127).days == found.off


@given(st.text())
def test_whatever_is_written_is_read_or_not(said: str) -> None:
    pattern = shifts.read(said)
    assert pattern is None or shifts.OFF in pattern
