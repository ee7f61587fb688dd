"""What residents chose is changed, rests, ends or goes: nothing is lost by it, and nothing comes that they did not agree to."""

from sqlalchemy import text

from handlers.chat.events import Tapped

from .carrying import anna_at_home, code_of
from .test_first_alert import ROW
from .test_odd_answers import at, said
from .test_wishes import EVENING, MORNING, NEXT_DOOR, counted
from .world import World


async def test_what_must_be_stated_goes_with_what_is_asked(world: World) -> None:
    anna = await at(world, "1", "Pay", "11,000")
    _, silent = counted(anna)
    for words in (f"Leave out {silent} that do not say", "Pay", "Any pay", "Save"):
        await anna.says(words)
    assert await world.count("wishes", "strict = 0") == 1


async def test_a_wish_rests_and_wakes(either_world: World) -> None:
    world = either_world
    anna = await at(world, "1", "Let it rest", "Save")
    assert anna.sees("(rests)")
    await world.sheet("library", ROW)
    await world.until("postings", "matched_revision > 0", await world.count("postings", "state = 'open'"))
    assert await world.count("alerts") == 0
    await anna.says("1")
    await anna.says("Let it run again")
    await anna.says("Save")
    assert not anna.sees("(rests)")
    await world.sheet("second", EVENING)
    await anna.is_pushed("달빛식당")


async def test_without_a_wish_they_hear_that_nothing_comes(world: World) -> None:
    anna = await at(world, "1", "Delete")
    assert anna.sees("You have no wish: nothing comes.")


async def test_what_a_deleted_wish_found_is_told_if_another_fits(either_world: World) -> None:
    world = either_world
    anna = await at(world, "When", "Pause", "One day")
    for words in ("Done", "Add a wish", "Pay", "12,000", "Save"):
        await anna.says(words)
    await world.sheet("two", MORNING, EVENING)
    await world.until("alerts", "state = 'waiting' AND wish_id = 1", 2)
    for words in ("1", "Delete"):
        await anna.says(words)
    assert anna.sees("Deleted.")
    world.clock.forward(days=1, hours=1)
    await anna.is_pushed("달빛식당")
    await world.until("alerts", "state = 'dropped' AND reason = 'unwanted'", 1)


async def test_a_chosen_hour_in_the_night_needs_the_agreement_too(world: World) -> None:
    anna = await at(world, "When", "Once a day", "07:00")
    assert anna.sees("agreement apart")
    await anna.says("I do not agree")
    assert anna.sees("New jobs come at once")
    for words in ("Once a day", "07:00", "I agree"):
        await anna.says(words)
    assert anna.sees("Once a day, at 07:00")
    await anna.says("At once")
    assert await world.count("consents", "item = 'night' AND withdrawn_at IS NULL") == 0


async def test_who_comes_back_after_stopping_has_the_usual_night(world: World) -> None:
    anna = await at(world, "When", "Quiet hours", "No quiet hours", "I agree")
    for words in ("Shift work", "Two shifts", "Today", "Pause", "A month", "stop"):
        await anna.says(words)
    assert await world.count("residents", "quiet_from = 1260 AND shifts = '' AND paused_until IS NULL") == 1
    await world.subscribe(anna)
    await anna.says("/alerts")
    assert anna.sees("Nothing between 21:00–08:00")


async def test_daily_after_weekly_is_daily(world: World) -> None:
    anna = await at(world)
    for words in ("When", "Once a week", "Thu", "09:00"):
        await anna.says(words)
    await anna.sends(Tapped("da.1"))
    assert await world.count("residents", "daily_at = 540 AND weekly_on IS NULL") == 1
    await anna.sends(Tapped("da.0"))
    assert await world.count("residents", "daily_at IS NULL AND weekly_on IS NULL") == 1


async def test_what_was_put_off_follows_a_new_rhythm(either_world: World) -> None:
    world = either_world
    anna = await at(world, "When", "Once a week", "Mon", "09:00")
    await world.sheet("library", ROW)
    await world.until("alerts", "state = 'waiting' AND due_at > '2026-11-29'", 1)
    await anna.says("At once")
    await anna.is_pushed("별빛도서관")


async def test_a_pause_that_ends_in_the_night_can_be_ended_early(world: World) -> None:
    anna = await at(world, "When", "Once a day", "18:15", "Pause", "Three days")
    await world.sheet("library", ROW)
    await world.until("alerts", "state = 'waiting' AND due_at > '2026-11-26'", 1)
    for words in ("Pause", "Go on now", "At once"):
        await anna.says(words)
    await anna.is_pushed("별빛도서관")


async def test_back_never_leads_into_another_question(world: World) -> None:
    anna = await at(world, "1", "More", "Name")
    await anna.sends(Tapped("wh"))
    assert anna.sees("Where you look")
    await anna.says("back")
    assert anna.sees("Where you look")
    await anna.says("1")
    assert anna.sees("How far around")


async def test_a_marked_choice_can_be_typed(world: World) -> None:
    anna = await at(world, "When", "at once")
    assert not anna.sees("Please choose")


async def test_jobs_that_fit_are_those_of_the_wishes_in_all_places(world: World) -> None:
    anna = await at(world, "1", "Pay", "12,000", "Save", "Where", "하남동", "1", "Done")
    await world.sheet("three", MORNING, EVENING, NEXT_DOOR)
    await world.until("postings", "state = 'open' AND organisation IN ('별빛도서관', '달빛식당', '햇빛센터')", 3)
    await anna.says("/alerts")
    await anna.says("Jobs that fit")
    everything = said(anna)
    while any(label.startswith("Next") for label in anna.labels):
        await anna.says(next(label for label in anna.labels if label.startswith("Next")))
        everything += said(anna)
    assert "13,000 won/h" in everything
    assert "Hanam-dong" in everything
    assert "11,000 won/h" not in everything


async def test_why_names_the_neighbourhood_that_is_meant(world: World) -> None:
    anna = await at(world, "Where", "1", "1", "하남동", "1")
    await world.sheet("three", NEXT_DOOR)
    await anna.is_pushed("햇빛센터")
    await anna.taps("Details")
    assert anna.sees("it is in Hanam-dong")


async def test_not_this_kind_keeps_what_was_chosen(world: World) -> None:
    anna = await at(world, "1", "Work", "Care", "Done", "Save", "Add a wish", "Save")
    assert await world.count("wishes") == 2
    await world.sheet("kitchen", EVENING)
    await anna.is_pushed("달빛식당")
    await anna.taps("Not for me")
    await anna.taps("Kind of work")
    assert await world.count("wishes", "occupations = -1") == 1, "nothing changes before it is saved"
    await anna.says("Save")
    assert await world.count("wishes", "occupations = -1") == 0
    await anna.says("Undo")
    assert await world.count("wishes", "occupations = -1") == 1
    await anna.says("/alerts")
    assert "1. Care" in said(anna)


async def test_a_reminder_for_tomorrow_comes_tomorrow(world: World) -> None:
    anna = await at(world)
    await world.sheet("library", ROW)
    await anna.is_pushed("별빛도서관")
    world.clock.forward(hours=12 - 0.5)
    await anna.taps("Details")
    await anna.says("Remind me tomorrow")
    assert anna.sees("We will remind you on Wed 25 Nov at 09:00.")


async def test_an_area_that_newer_region_data_took_away(world: World) -> None:
    anna = await at(world, "Where", "하남동", "1", "Done")
    async with world.store.transaction() as tx:
        await tx.execute(
            text("UPDATE neighbourhoods SET area = 1 WHERE area <> (SELECT min(area) FROM neighbourhoods)")
        )
    for words in ("/alerts", "Where", "1"):
        await anna.says(words)
    assert anna.sees("How far around")
    assert await world.count("neighbourhoods") == 1
    assert await world.count("wish_areas") == 1


async def test_stopping_in_one_chat_closes_what_is_open_in_the_other(world: World) -> None:
    old, new = await anna_at_home(world), world.person("new", language="en")
    for words in (await code_of(old), "1", "1"):
        await new.says(words)
    assert await world.count("chats", "resident_id = 1") == 2
    await old.says("/alerts")
    await old.says("1")
    save = next(button for message in old.last for button in message.flat() if button.main)
    await new.says("stop")
    await old.sends(Tapped(save.payload))
    assert await world.count("wishes") == 0
