"""Quiet hours, digest times and what an outcome means."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import pace

MINUTES = st.integers(0, 1439)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
KOREAN_NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=pace.SEOUL)


@given(MOMENTS, MINUTES, MINUTES)
def test_who_is_written_to_is_never_within_their_quiet_hours(now: datetime, begins: int, ends: int) -> None:
    due = pace.due(now, begins, ends)
    assert due >= now
    assert due - now <= timedelta(days=1)
    assert not pace.quiet(pace.minute_of(due), begins, ends)
    assert pace.due(due, begins, ends) == due


@given(MOMENTS, MINUTES, MINUTES)
def test_the_day_is_quiet_exactly_as_long_as_was_asked(now: datetime, begins: int, ends: int) -> None:
    minutes = sum(pace.quiet(minute, begins, ends) for minute in range(1440))
    assert minutes == (ends - begins) % 1440
    assert not minutes or pace.quiet(begins, begins, ends)
    assert not pace.quiet(ends, begins, ends)


@given(MOMENTS, MINUTES)
def test_the_next_moment_of_a_minute_is_within_a_day(now: datetime, minute: int) -> None:
    due = pace.next_at(now, minute)
    assert now <= due < now + timedelta(days=1)
    assert (pace.minute_of(due), due.tzinfo) == (minute, UTC)
    assert pace.next_at(due, minute) == due


@dataclass
class Someone:
    quiet_from: int = 21 * 60
    quiet_until: int = 8 * 60
    daily_at: int | None = None
    weekly_on: int | None = None
    paused_until: datetime | None = None


PEOPLE = st.builds(
    Someone,
    MINUTES,
    MINUTES,
    st.none() | MINUTES,
    st.none() | st.integers(0, 6),
    st.none() | MOMENTS,
)


@given(MOMENTS, MOMENTS, PEOPLE, st.booleans())
def test_nobody_is_written_to_when_they_do_not_want_it(
    now: datetime, since: datetime, who: Someone, rings: bool
) -> None:
    at = pace.may_go(now, since, who, rings=rings)
    assert at >= since
    assert who.paused_until is None or at >= who.paused_until
    if who.daily_at is not None:
        assert pace.minute_of(at) == who.daily_at
        assert who.weekly_on is None or at.astimezone(pace.SEOUL).weekday() == who.weekly_on
        assert at - max(since, who.paused_until or since) < timedelta(days=7 if who.weekly_on is not None else 1)
    elif rings:
        assert not pace.quiet(pace.minute_of(at), who.quiet_from, who.quiet_until)


def test_once_a_week_comes_on_its_day() -> None:
    who = Someone(daily_at=9 * 60, weekly_on=3)  # Thursday; the 24th is a Tuesday
    assert pace.may_go(at(10), at(10), who) == at(9, day=26)
    assert pace.may_go(at(9, day=26), at(9, day=26), who) == at(9, day=26)
    assert pace.may_go(at(9, 1, day=26), at(9, 1, day=26), who) == at(9, day=26) + timedelta(days=7)


@pytest.mark.parametrize(
    ("begins", "ends", "covers"),
    [(21, 8, True), (20, 9, True), (22, 8, False), (21, 7, False), (8, 17, False), (0, 0, False), (8, 7, False)],
)
def test_which_windows_leave_the_night_alone(begins: int, ends: int, covers: bool) -> None:
    assert pace.covers_night(begins * 60, ends * 60) is covers


def test_a_night_across_midnight_ends_in_the_morning() -> None:
    night = (21 * 60, 8 * 60)
    assert pace.due(at(20, 59), *night) == at(20, 59)
    assert pace.due(at(21), *night) == at(8, day=25)
    assert pace.due(at(3, day=25), *night) == at(8, day=25)
    assert pace.due(at(8), *night) == at(8)


def test_what_never_left_is_tried_again_ever_more_slowly() -> None:
    waits = [pace.verdict("not_sent", "", 0, "", n).after for n in range(1, 30)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (2, pace.LONGEST_WAIT)


def test_doubt_is_repeated_only_where_a_second_copy_is_dropped() -> None:
    assert pace.verdict("unknown", "", 0, "timed out", 1).state == "uncertain"
    assert pace.verdict("unknown", "", 0, "timed out", 1, keyed=True).state == "queued"


def test_only_some_refusals_say_something_about_the_chat() -> None:
    assert pace.verdict("gone", "", 0, "bot was blocked", 1).chat == "off"
    assert pace.verdict("refused", "", 0, "403 not enough rights", 1).chat == "strike"
    assert pace.verdict("refused", "", 0, "400 message is too long", 1).chat == ""
    assert pace.verdict("later", "", 7.5, "", 1).after == 7.5
