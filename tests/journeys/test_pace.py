"""Residents decide when they hear from us: once a day or a week, not in their hours, not while they pause, by their shifts."""

from datetime import timedelta

import pytest

from tests.journeys.test_first_alert import ROW

from .world import World

OTHER = ROW.replace("별빛", "달빛")


async def test_a_pause_holds_even_what_was_about_to_leave(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("When")
    assert anna.sees("New jobs come at once")
    await anna.says("Pause")
    await anna.says("Three days")
    assert anna.sees("Paused until")
    await world.sheet("library", ROW)
    await world.until("alerts", "state = 'waiting'", 1)
    assert not world.narrow.pushed
    world.clock.forward(days=2)
    await world.sheet("second", OTHER)
    await world.until("alerts", "state = 'waiting'", 2)
    assert not world.narrow.pushed
    world.clock.forward(days=1, hours=1)
    await anna.is_pushed("별빛도서관")
    await anna.is_pushed("달빛도서관")


async def test_a_pause_can_be_ended(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("When")
    await anna.says("Pause")
    await anna.says("4/1")
    assert anna.sees("Paused until Mon 4 Jan")
    await world.sheet("library", ROW)
    await world.until("alerts", "state = 'waiting' AND due_at > '2027-01-03'", 1)
    await anna.says("Pause")
    await anna.says("Go on now")
    assert not anna.sees("Paused")
    await anna.is_pushed("별빛도서관")


async def test_once_a_week_brings_one_message(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("When")
    await anna.says("Once a week")
    await anna.says("Thu")
    await anna.says("08:30")
    assert anna.sees("Once a week, Thu at 08:30")
    await world.sheet("two", ROW, OTHER)
    await world.until("alerts", "state = 'waiting'", 2)
    world.clock.forward(hours=23)
    assert not world.narrow.pushed
    world.clock.forward(days=1)
    assert "2. " in (await anna.is_pushed("2 new jobs near you")).plain
    await anna.says("At once")
    assert anna.sees("New jobs come at once")


async def test_who_works_at_night_agrees_apart(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("When")
    await anna.says("Quiet hours")
    await anna.says("09:00~17:00")
    assert anna.sees("we need your agreement apart")
    await anna.says("I do not agree")
    assert anna.sees("Nothing between 21:00–08:00")
    await anna.says("Quiet hours")
    await anna.says("09:00~17:00")
    await anna.says("I agree")
    assert anna.sees("Nothing between 09:00–17:00")
    assert await world.count("consents", "item = 'night' AND withdrawn_at IS NULL") == 1
    await world.sheet("library", ROW)
    await world.until("alerts", "state = 'waiting'", 1)
    assert not world.narrow.pushed  # it is noon
    world.clock.forward(hours=9)
    await anna.is_pushed("별빛도서관")
    await anna.says("Quiet hours")
    await anna.says("20:00~09:00")
    assert anna.sees("Nothing between 20:00–09:00")
    assert await world.count("consents", "item = 'night' AND withdrawn_at IS NULL") == 0


async def test_shift_work_says_how_a_job_lies(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await world.sheet("library", ROW)
    await anna.is_pushed("별빛도서관")
    await anna.says("/alerts")
    await anna.says("When")
    await anna.says("Shift work")
    await anna.says("아무거나")
    assert anna.sees("Please write the days one after the other")
    await anna.says("주주야야비비")
    await anna.says("Today")
    assert anna.sees("Your days off: ")
    await anna.taps("Details")
    assert anna.sees("Of your 4 days off in the next two weeks it lies on ")


@pytest.mark.parametrize(
    ("path", "said", "answer"),
    [
        (("Pause",), "2020-01-01", "Please write a day to come within a year"),
        (("Pause",), "언젠가", "Please write a day to come within a year"),
        (("Quiet hours",), "많이", "Please write from when to when"),
        (("Once a day",), "25:99", "Please write a time"),
        (("Once a day",), "18:15", "Once a day, at 18:15"),
        (("Shift work", "two"), "어제", "Please write a day"),
    ],
)
async def test_what_cannot_be_is_asked_again(world: World, path: tuple[str, ...], said: str, answer: str) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("When")
    for step in path:
        await anna.says({"two": "Two shifts"}.get(step, step))
    await anna.says(said)
    assert anna.sees(answer), [message.plain for message in anna.last]


async def test_what_waits_is_told_even_after_a_long_pause(world: World) -> None:
    """Nothing is lost: what closed meanwhile is left out by name."""
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("When")
    await anna.says("Pause")
    await anna.says("A month")
    await world.sheet("library", ROW, OTHER.replace("2026-12-24", "2026-12-05"))
    await world.until("alerts", "state = 'waiting'", 2)
    world.clock.forward(days=timedelta(days=20).days)
    await anna.says("/alerts")
    await anna.says("When")
    await anna.says("Pause")
    await anna.says("Go on now")
    await anna.is_pushed("별빛도서관")
    await world.until("alerts", "state = 'dropped' AND reason = 'closed'", 1)
