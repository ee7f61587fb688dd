"""Times of interviews as staff write them: a day and a time a line, ahead of now, or nothing at all is taken."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cards import SEOUL
from handlers.staff.meet import AHEAD, MOST, read

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12월 8일 14:00", [at(8, 14)]),
        ("12월 8일(화) 14:00\n12월 9일 10:30", [at(8, 14), at(9, 10, 30)]),
        ("12/8 14:00, 12/8 16:30", [at(8, 14), at(8, 16, 30)]),
        ("2026-12-08 오후 2시", [at(8, 14)]),
        ("12월 9일 10:30\n12월 8일 14:00\n12월 9일 10:30", [at(8, 14), at(9, 10, 30)]),
        ("11월 24일 12:01", [at(24, 12, 1, month=11)]),
    ],
)
def test_what_is_written_is_read(text: str, said: list[datetime]) -> None:
    assert read(text, NOW) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "내일",
        "12월 8일",
        "14:00",
        "11월 24일 11:59",
        "2026-03-01 10:00",
        "12월 8일 14:00\n아무 때나",
        "3월 20일 10:00",
    ],
)
def test_what_cannot_be_read_or_is_past_or_far_ahead_is_not_guessed(text: str) -> None:
    assert read(text, NOW) == []


@given(st.lists(st.integers(1, int(AHEAD.total_seconds()) // 60 - 1), min_size=1, max_size=MOST + 2, unique=True))
def test_up_to_five_times_come_back_as_they_were_written(minutes: list[int]) -> None:
    times = [(NOW + timedelta(minutes=m)).astimezone(SEOUL) for m in minutes]
    text = "\n".join(f"{t.year}년 {t.month}월 {t.day}일 {t:%H:%M}" for t in times)
    assert read(text, NOW) == (sorted(times) if len(times) <= MOST else [])
