"""A night worker on shifts who reads Khmer, and a mother with mornings only: what fits, when it suits, and nothing else."""

import re
from datetime import date

from .people import JOBS, Town, row

NAMES = list(JOBS)


async def test_a_worker_on_shifts_sleeps_by_day_and_sees_how_a_job_lies_to_the_days_off(town: Town) -> None:
    sokha = town.person("km", "Sokha")
    await town.joins(sokha, "월곡동")
    await town.opens(sokha, "1")
    await sokha.answered("Your wish")
    await sokha.taps("More")
    await sokha.answered("What else?")
    await sokha.taps("Korean")
    await sokha.answered("How much Korean?")
    await sokha.taps("No Korean needed")
    await sokha.answered("Your wish")
    await sokha.leaves_out_what_is_silent()
    await sokha.answered("Your wish")
    await sokha.taps("Save", "a wish")
    await sokha.answered("Your alerts")
    await sokha.taps("When")
    await sokha.answered("When we write")
    await sokha.taps("Shift work")
    await sokha.answered("We then say on how many of your days off a job lies. Which shifts do you work?")
    await sokha.says("주주야야비비")
    await sokha.answered("Which day is the first of it? You can write a date, for example {date}.")
    await sokha.says("ថ្ងៃទី24 វិច្ឆិកា")
    await sokha.answered(
        "Shifts: {pattern}, from {date}", pattern="주주야야비비", date=sokha.t.date(date(2026, 11, 24))
    )
    await sokha.answered("Your days off: {dates}")
    await sokha.taps("Quiet hours")
    await sokha.answered("When shall nothing come? You can write it, for example 22:00~07:00.")
    await sokha.says("08:00~17:00")
    await sokha.answered("Then messages may come between 21:00 and 08:00. For that we need your agreement apart.")
    assert await town.world.count("consents", "item = 'night'") == 0
    await sokha.taps("I agree")
    await sokha.answered("When we write")
    assert await town.world.count("consents", "item = 'night' AND language = 'km' AND withdrawn_at IS NULL") == 1

    await town.jobs()
    await town.world.until("alerts", "1 = 1", 1)
    if sokha.rings:
        assert not sokha.heard_of(NAMES), "it is noon, and the phone would wake her"
        town.world.clock.forward(hours=5)
    card = await sokha.is_told("한밤공장")
    assert sokha.t.t("Your status: ask 1345 first") in card
    assert sokha.heard_of(NAMES) == await town.fitting() == {"한밤공장"}
    await sokha.taps("Details")
    off = sokha.t.t("Of your {off} days off in the next two weeks it lies on {days}.", off=4, days=1)
    await sokha.reads(off)
    await sokha.taps("Remind me tomorrow")
    await sokha.answered("We will remind you on {date} at {time}.")
    town.world.clock.forward(hours=30)
    await sokha.is_told(sokha.word("You asked us to remind you"))
    await sokha.taps("Not for me")
    await town.world.until("marks", "verb = 'hidden'", 1)
    await town.sheet("more", row("한밤공장", "달밤공장"), row("통역센터", "법률센터"))
    await town.world.until("alerts", "1 = 1", 2)
    assert await town.fitting() == {"한밤공장", "달밤공장"}
    await sokha.is_told("달밤공장")


async def test_a_parent_with_mornings_only_is_spared_what_does_not_say(town: Town) -> None:
    anna = town.person("ru", "Анна")
    await town.joins(anna, "Вольгок")
    await town.opens(anna, "1")
    await anna.answered("Your wish")
    await anna.taps("Work")
    await anna.answered("What work? Choose one or more, or write it in your own words.")
    await anna.says("библиотека")
    await anna.reads("иблиотек")
    await anna.taps("Done")
    await anna.answered("Your wish")
    await anna.taps("Time")
    await anna.answered("When can you work? The whole working time must lie inside.")
    await anna.says("будни утром")
    await anna.reads("пн–пт утром")
    await anna.taps("Done")
    await anna.answered("Your wish")
    await anna.leaves_out_what_is_silent()
    await anna.answered("Your wish")
    await anna.taps("Save", "a wish")
    await anna.answered("Your alerts")

    await town.jobs()
    await anna.is_told("별빛도서관")
    assert anna.heard_of(NAMES) == await town.fitting() == {"별빛도서관"}
    await anna.taps("Save")
    await anna.answered("Saved: {title}")
    assert await town.reminds() == 0, "it is Tuesday; it closes on Friday"
    town.world.clock.forward(days=2)
    assert await town.reminds() == 1
    assert "별빛도서관" in await anna.is_told(anna.word("Closes tomorrow · a job you saved"))

    await anna.says("/parent")
    shown = await anna.answered("Write this code in your parent's chat with us:")
    mother = town.person("ko", "말순")
    await mother.says(f"/start m{''.join(re.findall('[2-9A-Z]{4}-[2-9A-Z]{4}', shown)[0].split('-'))}")
    await mother.answered("Somebody who helps you prepared this for you:")
    await mother.says("1")
    await mother.answered("May the person who helps you get a copy of each of your alerts?")
    await mother.says("네")
    await anna.is_told(anna.word("You get a copy of each alert for the person you help."))
    await town.sheet("more", row("별빛도서관", "달빛도서관").replace("2026-11-27", "2026-12-24"))
    await mother.is_told("달빛도서관")
    await anna.is_told(anna.word("This is also for the person you help."))
    assert anna.sees("달빛도서관") == 1, "the same job once, though it is for both"
    assert not mother.sees("별빛도서관"), "she hears of what comes after she agreed"
