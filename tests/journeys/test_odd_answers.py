"""What people really write, send and tap in the middle of a question about their wishes and their hours."""

import pytest

from handlers.chat.events import Contact, Pinned, Tapped, Unreadable
from handlers.chat.presses import Choice
from storage import dialogs
from storage.tables import Chat
from tests.fakes.narrow import Person

from .world import World


async def at(world: World, *path: str, language: str = "en") -> Person:
    anna = world.person("anna", language=language)
    await world.subscribe(anna)
    await anna.says("/alerts")
    for step in path:
        await anna.says(step)
    return anna


def said(anna: Person) -> str:
    return "\n".join(message.plain for message in anna.last)


@pytest.mark.parametrize(
    ("step", "written", "answer"),
    [
        ("Pay", "11,000원", "Pay: from 11,000 won/h"),
        ("Pay", "11,000원~13,000원", "Pay: from 11,000 won/h"),
        ("Pay", "1만 1천원", "Pay: from 11,000 won/h"),
        ("Pay", "11.000 won", "Pay: from 11,000 won/h"),
        ("Pay", "₩12000", "Pay: from 12,000 won/h"),
        ("Pay", "11 000 вон", "Pay: from 11,000 won/h"),
        ("Pay", "១២០០០", "Pay: from 12,000 won/h"),
        ("Pay", "월 250만원", "from 11,961 won/h"),
        ("Pay", "250", "Please write won an hour"),
        ("Pay", "-11000", "Please write won an hour"),
        ("Start", "2089-01-01", "Please write a day to come within a year"),
        ("Words", "–", "With the words, in Korean|Words that the notice should have"),
        ("Words", "-", "Words that the notice should have"),
        ("Words", "-야간", "Without the words: 야간"),
        ("Words", "-야간 -주말", "Without the words: 야간, 주말"),
        ("Words", "사서，보육、-야간", "With the words: 사서, 보육"),
        ("Words", "사서\x00\ud800", "With the words: 사서"),
        ("Words", "일", "With the words: 일"),
        ("Work", "I am scared of heights", "I do not know this work."),
        ("Work", "care", "Work: Care"),
        ("Time", "tonight is fine", "Please write days and times"),
        ("Time", "Mon, Wed 09:00-12:00", "Time: Mon, Wed morning"),
        ("Time", "9am-12pm", "morning"),
    ],
)
async def test_wishes_are_written_as_people_write(world: World, step: str, written: str, answer: str) -> None:
    anna = await at(world, "1", step, written)
    assert any(one in said(anna) for one in answer.split("|")), said(anna)


async def test_a_name_may_be_a_word_of_ours_and_is_cut_between_characters(world: World) -> None:
    anna = await at(world, "1", "More", "Name", "mom")
    assert anna.last[0].title == "mom"
    await anna.says("More")
    await anna.says("Name")
    await anna.says("👩‍👩‍👧" * 500)
    assert not anna.last[0].title.endswith("\N{ZERO WIDTH JOINER}")
    await anna.says("Save")
    await anna.says("/mydata")
    assert "👩‍👩‍👧👩‍👩‍👧" in said(anna)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("22~7", "Nothing between 22:00–07:00"),
        ("밤 10시부터 아침 7시까지", "Nothing between 22:00–07:00"),
        ("10pm-7am", "Nothing between 22:00–07:00"),
        ("from 10 p.m. to 7:30 a.m.", "Nothing between 22:00–07:30"),
        ("с 22 до 7", "Nothing between 22:00–07:00"),
        ("22h đến 7h", "Nothing between 22:00–07:00"),
        ("晚上10点到早上7点", "Nothing between 22:00–07:00"),
        ("22:00 dan 07:00 gacha", "Nothing between 22:00–07:00"),
        ("10~7", "Please write from when to when"),
        ("0~24", "Please write from when to when"),
        ("22:00~22:00", "Please write from when to when"),
        ("25~7", "Please write from when to when"),
        ("7", "Please write from when to when"),
        ("x" * 10_000, "Please write from when to when"),
    ],
)
async def test_quiet_hours_are_written_as_people_write(world: World, written: str, answer: str) -> None:
    anna = await at(world, "When", "Quiet hours", written)
    if anna.sees("agreement apart"):  # they end before 08:00
        await anna.says("I agree")
    assert answer in said(anna), said(anna)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("8:30", "Once a day, at 08:30"),
        ("저녁 7시 반", "Once a day, at 19:30"),
        ("6 pm", "Once a day, at 18:00"),
        ("19", "Once a day, at 19:00"),
        ("19 часов", "Once a day, at 19:00"),
        ("-1", "Please write a time"),
        ("24:30", "Please write a time"),
    ],
)
async def test_the_hour_is_written_as_people_write(world: World, written: str, answer: str) -> None:
    anna = await at(world, "When", "Once a day", written)
    assert answer in said(anna), said(anna)


STEPS = [
    *(("1", step) for step in ("Work", "Time", "Pay", "Start", "Words", "Hours a week", "For whom", "More")),
    ("1",),
    ("1", "Time", "Each day apart"),
    ("1", "More", "Name"),
    ("1", "More", "Foreigners"),
    ("Where",),
    ("Where", "1"),
    ("Where", "Add a neighbourhood"),
    ("Where", "Add a neighbourhood", "Pick from a list"),
    ("When",),
    ("When", "Once a week"),
    ("When", "Once a week", "Mon"),
    ("When", "Quiet hours"),
    ("When", "Quiet hours", "No quiet hours"),
    ("When", "Pause"),
    ("When", "Shift work"),
    ("When", "Shift work", "Two shifts"),
]


@pytest.mark.parametrize("path", STEPS, ids=[" > ".join(path) for path in STEPS])
async def test_no_step_breaks(world: World, path: tuple[str, ...]) -> None:
    """Whatever comes is answered, and what was asked can still be answered or left."""
    anna = await at(world, *path)
    odd = (Unreadable("photo"), Contact("+82100000000", True), Pinned(35.16, 126.8), Pinned(float("nan"), 999.0))
    for what in odd:
        await anna.sends(what)
        assert anna.last, what
        assert not anna.sees("went wrong"), what
    for words in (
        "x" * 10_000,
        "\u202e\u2069عربي",
        "99",
        "-",
        "\x00",
        "\ud800",
        "²",
        "a\nb",
        "/language ko",
        "/language en",
    ):
        await anna.says(words)
        assert anna.last, words
        assert not anna.sees("went wrong"), words
    await anna.says("back")
    assert anna.last
    await anna.says("/cancel")
    await anna.says("/alerts")
    assert anna.sees("Your alerts")


async def test_an_option_of_an_older_version_is_asked_again(world: World) -> None:
    for path in STEPS:
        anna = await at(world, *path)
        async with world.store.transaction() as tx:
            [chat] = await tx.find(Chat)
            open_ = await dialogs.load(tx, chat.id)
            open_.options, open_.answers = ["gone"] * len(open_.options), {"group": "gone"}
            await dialogs.save(tx, chat.id, open_)
        await anna.sends(Tapped(Choice(open_.number, 0).pack()))
        assert anna.last, path
        assert not anna.sees("went wrong"), path
