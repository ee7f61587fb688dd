"""Quiet hours, digest times and what an outcome means."""

from datetime import UTC, datetime, timedelta

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
