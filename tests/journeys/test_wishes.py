"""Residents say what they look for: several wishes, in several places, tapped or written, with the jobs that fit counted live."""

import re

import pytest

from tests.fakes.narrow import Person

from .world import World

MORNING = "아침 청소,별빛도서관,전남광주통합특별시 광산구 월곡동,시급 11000원,월~금 09:00~12:00,2026-12-24,"
EVENING = "저녁 조리 보조,달빛식당,전남광주통합특별시 광산구 월곡동,시급 13000원,월~금 18:00~21:00,2026-12-24,"
SILENT = "공원 청소,구청,전남광주통합특별시 광산구 월곡동,협의,협의,2026-12-24,"
NEXT_DOOR = "돌봄 보조,햇빛센터,전남광주통합특별시 광산구 하남동,시급 12000원,월~금 13:00~17:00,2026-12-24,"


def counted(anna: Person) -> tuple[int, int]:
    """How many open jobs are said to fit, and how many more do not say."""
    said = "\n".join(message.plain for message in anna.last)
    found = [re.search(words, said) for words in (r"(\d+) open jobs? fits? now", r"(\d+) more do(?:es)? not say")]
    return int(found[0][1]) if found[0] else 0, int(found[1][1]) if found[1] else 0


async def test_a_wish_for_mornings_brings_only_what_fits(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await world.sheet("first", MORNING, EVENING, SILENT)
    await world.until("deliveries", "state = 'sent'", 3)
    await anna.says("/alerts")
    assert anna.sees("Your alerts")
    assert anna.sees("1. Every job near you")
    await anna.says("1")
    every, _ = counted(anna)
    assert every > 3
    await anna.says("Time")
    await anna.says("Mon, Wed, Fri mornings")
    assert anna.sees("Mon, Wed, Fri morning")
    await anna.says("weekdays")
    await anna.says("Done")
    fit, silent = counted(anna)
    assert 1 <= fit < every
    assert 1 <= silent < every
    await anna.says(f"Leave out {silent} that do not say")
    assert counted(anna) == (fit, 0)
    await anna.says("Save")
    assert counted(anna) == (fit, 0)
    assert anna.sees("1. Mon–Fri morning")
    await world.sheet(
        "second", MORNING.replace("별빛", "새벽"), EVENING.replace("달빛", "노을"), SILENT.replace("구청", "시청")
    )
    await anna.is_pushed("새벽도서관")
    await world.until("alerts", "1 = 1", 4)


async def test_two_wishes_in_two_places(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("Where")
    assert anna.sees("Wolgok-dong")
    await anna.says("Add a neighbourhood")
    await anna.says("하남동")
    assert anna.sees("How far around")
    await anna.says("Only there")
    assert anna.sees("only there")
    await anna.says("Done")
    assert anna.sees("only there")
    await anna.says("1")
    await anna.says("Work")
    await anna.says("уборка")
    assert anna.sees("Cleaning")
    await anna.says("Done")
    await anna.says("Save")
    await anna.says("Add a wish")
    await anna.says("Work")
    await anna.says("care")
    await anna.says("Done")
    await anna.says("Pay")
    await anna.says("많이")
    assert anna.sees("Please write won an hour as a number")
    await anna.says("월 250만원")
    assert anna.sees("from 11,961 won/h")
    await anna.says("Save")
    assert anna.sees("2. Care · from 11,961 won/h")
    await world.sheet("first", MORNING, EVENING, NEXT_DOOR)
    await world.until("alerts", "1 = 1", 2)
    await anna.is_pushed("햇빛센터")


@pytest.mark.parametrize(
    ("step", "said", "answer"),
    [
        ("Start", "2020-01-01", "This day is over."),
        ("Start", "언젠가", "Please write a day"),
        ("Start", "2027-01-04", "Start: from Mon 4 Jan"),
        ("Start", "4/1", "Start: from Mon 4 Jan"),
        ("Start", "from 4th January", "Start: from Mon 4 Jan"),
        ("Start", "4 Jan 2029", "Please write a day to come within a year, for example 7 Dec."),
        ("Pay", "500원", "Please write won an hour"),
        ("Pay", "99999999999999999999", "Please write won an hour"),
        ("Pay", "11,000", "Pay: from 11,000 won/h"),
        ("Work", "(a+)+$" * 30, "I do not know this work."),
        ("Words", "(a+)+$, 사서, -야간", "With the words: (a+)+$, 사서"),
        ("Words", ",".join("가나다라마바사아자차카타"), "Ten words are the most."),
        ("Time", "아무거나", "Please write days and times"),
        ("Time", "토일 저녁", "Sat, Sun evening"),
        ("Hours a week", "less than 15 h", "Hours a week: Less than 15 h"),
        ("For whom", "students", "For whom: Students"),
    ],
)
async def test_everything_can_be_written(world: World, step: str, said: str, answer: str) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("1")
    await anna.says(step)
    await anna.says(said)
    assert anna.sees(answer), [message.plain for message in anna.last]


async def test_a_language_that_one_speaks_is_a_question_of_its_own(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("1")
    await anna.says("Words")
    await anna.says("-야간")
    await anna.says("More")
    await anna.says("Languages")
    assert anna.labels[0] == "English", "one's own first"
    await anna.says("all of them")
    assert anna.sees("Please choose one of the buttons")
    await anna.says("Tiếng Việt")
    await anna.says("러시아어")
    await anna.says("vietnamese")
    await anna.says("Done")
    assert anna.sees("Languages: Русский")
    await anna.says("Words")
    await anna.says("-심야")
    assert anna.sees("Languages: Русский"), "other words leave it"
    await anna.says("Save")
    asks = SILENT.replace("공원 청소", "러시아어 상담 보조")
    await world.sheet("first", MORNING, EVENING, asks, asks.replace("보조", "심야 보조"))
    await anna.is_pushed("You look for: Русский")
    assert await world.count("alerts") == 1


async def test_each_day_has_its_own_times(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await anna.says("/alerts")
    await anna.says("1")
    await anna.says("Time")
    await anna.says("weekdays")
    await anna.says("Each day apart")
    assert anna.sees("Mon–Fri any time")
    await anna.says("Mon, Wed mornings")
    assert anna.sees("Mon, Wed morning")
    assert anna.sees("Tue, Thu, Fri any time")
    await anna.says("Tue")
    assert anna.sees("Morning 06–12")
    for band in ("Morning", "Afternoon", "Evening"):
        await anna.says(f"✓ {band}")
    await anna.says("Done")
    assert anna.sees("Tue night")
    await anna.says("sometimes")
    assert anna.sees("Please write days and times")
    await anna.says("Done")
    assert anna.sees("Time: Mon, Wed morning; Tue night; Thu, Fri any time")
    await anna.says("Time")
    await anna.says("Mon mornings")
    await anna.says("Each day apart")
    await anna.says("Mon")
    await anna.says("✓ Morning")
    assert anna.sees("One time must stay")
    await anna.says("evening")
    await anna.says("Done")
    assert anna.sees("Mon morning, evening"), "a label that is written is a tap"


async def test_places_have_their_bounds(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    for place in ("하남동", "수완동", "비아동", "운남동"):
        await anna.says("/alerts")
        await anna.says("Where")
        await anna.says(place)
        assert anna.sees("How far around"), place
        await anna.says("2")
    await anna.says("신창동")
    assert anna.sees("Five neighbourhoods are the most.")
    await anna.says("아틀란티스")
    assert anna.sees("I do not know this place.")
    await anna.says("/alerts")
    for left in (4, 3, 2, 1):
        await anna.says("Where")
        await anna.says("1")
        await anna.says("Remove")
        await anna.says("Done")
        assert anna.last[0].plain.count("and next to it") == left
    await anna.says("Where")
    await anna.says("1")
    await anna.says("Remove")
    assert anna.sees("It is your only neighbourhood.")
