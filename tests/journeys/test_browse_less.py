"""What does not fit becomes a filter, after a look at what it would have left out; and an old card says what is new."""

import re

import pytest

from handlers.chat.capabilities import WEB
from handlers.chat.events import Tapped
from handlers.chat.presses import Press
from tests.fakes.narrow import Person
from tests.journeys.test_first_alert import ROW

from .test_wishes import EVENING, MORNING, NEXT_DOOR, SILENT
from .world import World


def looked_back(anna: Person) -> tuple[int, int, int]:
    """Of how many alerts how many would have come, and how many more that do not say."""
    said = "\n".join(message.plain for message in anna.last)
    came = re.search(r"(\d+) of the (\d+) alerts? of the last 30 days", said)
    silent = re.search(r"(\d+) more that do(?:es)? not say", said)
    assert came, said
    return int(came[2]), int(came[1]), int(silent[1]) if silent else 0


async def three(world: World) -> Person:
    """Somebody who was told of a morning, an evening and one that says nothing, and looks at the evening's card."""
    world.narrow.capabilities = WEB
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await world.sheet("first", MORNING, EVENING, SILENT)
    await world.until("alerts", "state IN ('carried', 'told')", 3)
    await world.until("deliveries", "state = 'sent'", 3)
    return anna


async def not_for_me(world: World, anna: Person, organisation: str) -> None:
    card = await anna.is_pushed(organisation)
    await anna.sends(Tapped(next(button.payload for button in card.flat() if button.label == "Not for me")))


async def test_an_evening_job_leads_to_other_times_in_three_taps(world: World) -> None:
    anna = await three(world)
    await not_for_me(world, anna, "달빛식당")
    assert {"Time", "Kind of work", "Pay too low", "Just this one"} == set(anna.labels), "it lies at home"
    await anna.taps("Time")
    assert anna.last[0].edit
    assert looked_back(anna) == (3, 1, 1), "all but the evening, and one that does not say"
    await anna.taps("Leave out what does not say it")
    assert looked_back(anna) == (3, 1, 0)
    await anna.taps("✓ Leave out what does not say it")
    await anna.taps("Save")
    assert anna.sees("Saved. From now on: Every day morning, afternoon, night")
    await world.sheet("next", MORNING.replace("별빛", "새벽"), EVENING.replace("달빛", "노을"))
    await anna.is_pushed("새벽도서관")
    await world.until("alerts", "1 = 1", 4)
    await anna.taps("Undo")
    assert anna.sees("Everything is as before.")
    await world.sheet("third", EVENING.replace("달빛", "샛별"))
    await anna.is_pushed("샛별식당")


async def test_times_can_be_tapped_and_written(world: World) -> None:
    anna = await three(world)
    await not_for_me(world, anna, "별빛도서관")
    await anna.taps("Time")
    assert looked_back(anna) == (3, 1, 1)
    await anna.says("evenings")
    assert looked_back(anna) == (3, 1, 1)
    await anna.says("Weekend only")
    assert looked_back(anna) == (3, 0, 1)
    await anna.taps("✓ Weekend only")
    await anna.says("mornings")
    assert looked_back(anna) == (3, 1, 1)
    await anna.says("rhubarb")
    assert anna.sees("Please choose one of the buttons")
    await anna.taps("✓ Morning")
    assert anna.sees("One time must stay")
    await anna.taps("Just this one")
    assert anna.sees("We will not show this one again.")
    await anna.taps("Undo")
    assert await world.count("marks", "verb = 'hidden'") == 0
    await anna.says("/alerts")
    assert anna.sees("1. Every job near you")


@pytest.mark.parametrize(("said", "came"), [("13,000", 1), ("✓ 11,500", 1), ("1원", None), ("12000원", 1)])
async def test_pay_too_low_asks_from_how_much(world: World, said: str, came: int | None) -> None:
    anna = await three(world)
    await not_for_me(world, anna, "별빛도서관")
    await anna.taps("Pay too low")
    assert looked_back(anna) == (3, 1, 1)
    assert {"✓ 11,500", "12,500", "13,500"} <= set(anna.labels)
    await anna.says(said)
    if came is None:
        assert anna.sees("Please choose one of the buttons")
    assert looked_back(anna) == (3, 1, 1)
    await anna.taps("Save")
    assert anna.sees("From now on: from")
    await anna.taps("Your alerts")
    assert anna.sees("won/h")
    await anna.sends(Tapped(Press("uu").pack()))
    assert anna.sees("Your alerts"), "something else was asked since: nothing is put back unseen"


async def test_too_far_looks_less_far_and_back(world: World) -> None:
    world.narrow.capabilities = WEB
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await world.sheet("first", MORNING, NEXT_DOOR)
    await world.until("deliveries", "state = 'sent'", 2)
    await not_for_me(world, anna, "햇빛센터")
    await anna.taps("Too far")
    assert looked_back(anna) == (2, 1, 0)
    await anna.taps("Save")
    assert anna.sees("From now on: Only there")
    await anna.taps("Undo")
    await anna.says("/alerts")
    assert anna.sees("and next to it")


async def test_one_of_two_wishes_is_narrowed_or_both(world: World) -> None:
    anna = await three(world)
    await anna.says("/alerts")
    await anna.says("Add a wish")
    await anna.says("Time")
    await anna.says("evenings")
    await anna.says("Done")
    await anna.says("Save")
    await not_for_me(world, anna, "달빛식당")
    await anna.taps("Kind of work")
    assert looked_back(anna) == (3, 3, 0), "the other wish brings it still"
    await anna.taps("For all my wishes")
    assert looked_back(anna) == (3, 2, 0)
    await anna.taps("Save")
    assert anna.sees("No more alerts of this kind: Kitchen helper")
    assert await world.count("wishes", "occupations <> -1") == 2
    await anna.taps("Undo")
    assert await world.count("wishes", "occupations <> -1") == 0


async def test_an_old_cards_button_shows_what_changed_once(world: World) -> None:
    world.narrow.capabilities = WEB
    minsu = world.person("minsu", language="ko")
    await world.subscribe(minsu)
    await world.sheet("library", ROW)
    card = await minsu.is_pushed("별빛도서관")
    await world.until("deliveries", "state = 'sent'", 1)
    await world.sheet("library", ROW.replace("12000", "13000"))
    await world.until("postings", "organisation = '별빛도서관' AND revision = 2", 1)
    apply = next(button for button in card.flat() if button.label == "지원하기")
    await minsu.sends(Tapped(apply.payload))
    assert minsu.last[0].edit
    assert minsu.last[0].lead == "알려 드린 뒤에 바뀌었어요."
    assert "시급 13,000원" in minsu.last[0].text
    assert len(minsu.last) == 2, "and how to apply"
    await minsu.sends(Tapped(apply.payload))
    assert len(minsu.last) == 1
    await world.sheet("library", ROW.replace("12000", "14000"))
    await world.until("postings", "organisation = '별빛도서관' AND revision = 3", 1)
    await minsu.sends(Tapped(next(button for button in card.flat() if button.label == "자세히").payload))
    assert minsu.last[0].lead == "알려 드린 뒤에 바뀌었어요."


async def test_forged_reasons_do_nothing(world: World) -> None:
    guest, anna = world.person("guest", language="ko"), world.person("anna", language="ko")
    await world.subscribe(anna)
    await guest.says("/start")
    posting_id = (await world.postings())[0]
    for verb in ("nt", "nk", "nf", "np"):
        await guest.sends(Tapped(Press(verb, (posting_id,)).pack()))
        await anna.sends(Tapped(Press(verb, (999_999,)).pack()))
        assert anna.sees("이 일자리는 이제 없어요")
    await guest.sends(Tapped(Press("uu").pack()))
    assert await world.count("wishes", "occupations <> -1 OR hours <> -1 OR pay_floor <> 0") == 0
