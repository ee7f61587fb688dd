"""The demo's clock: it begins by day, and goes on as people mean it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo import Ahead
from handlers.text import SEOUL
from tests.conftest import Clock


@pytest.mark.parametrize(("utc", "begins"), [(3, 12), (13, 9), (20, 9), (10, 19), (23, 8)])
def test_a_demo_begins_by_day(utc: int, begins: int) -> None:
    """Whoever starts it in the night sees alerts come all the same."""
    real = Clock(datetime(2026, 11, 24, utc, 30, tzinfo=UTC))
    ahead = Ahead(real)
    ahead.by_day()
    assert ahead().astimezone(SEOUL).hour == begins
    assert timedelta() <= ahead() - real() < timedelta(hours=13)
    before = ahead()
    real.forward(minutes=5)
    assert ahead() - before == timedelta(minutes=5)


@pytest.mark.parametrize(("hour", "day"), [(1, 24), (5, 24), (6, 25), (9, 25), (12, 25), (23, 25)])
def test_tomorrow_morning_is_the_one_that_people_mean(hour: int, day: int) -> None:
    ahead = Ahead(Clock(datetime(2026, 11, 24, hour, 10, tzinfo=SEOUL)))
    there = ahead.move("morning").astimezone(SEOUL)
    assert (there.day, there.hour, there.minute) == (day, 9, 0)
