"""Applying without leaving the chat: a resident, the librarian who reads it, and each told of what the other did."""

from datetime import UTC, datetime

from sqlalchemy import text

from handlers.cards import SEOUL
from handlers.resident.applications import KIND
from handlers.resident.meeting import remind, when
from storage import facilities, staff
from storage.tables import Posting
from tests.journeys.people import Town
from tests.journeys.voices import Voice

JOB = "도서관 책 정리,별빛도서관,광산구 월곡동,시급 12000원,월~금 09:00~12:00,2026-12-24,성인"
SECRET = "950101-1234567"


async def works_at(town: Town, who: Voice, name: str) -> int:
    """Somebody of the town is the manager of a facility from now on; the facility's id."""
    async with town.world.store.transaction() as tx:
        facility_id = await facilities.make(tx, name)
        newest = await tx.scalar(text("SELECT max(resident_id) FROM chats"))
        await staff.appoint(tx, newest, "manager", [facility_id], "서지은")
    return facility_id


async def opens_a_job(town: Town, facility_id: int, row: str = JOB) -> int:
    """Its posting, which is the facility's own."""
    await town.sheet("library", row)
    async with town.world.store.transaction() as tx:
        posting_id = int(await tx.scalar(text("SELECT max(id) FROM postings")))
        await tx.execute(
            text(f"UPDATE postings SET facility_id = {facility_id}, headcount = 1 WHERE id = {posting_id}")
        )
    return posting_id


async def applies(who: Voice, name: str, born: str) -> None:
    """From the alert to the receipt."""
    await who.is_told("별빛도서관")
    await who.taps("Apply")
    await who.answered("Write your name, in any alphabet.")
    await who.says(name)
    await who.answered("How may they answer you? Choose, or write a phone number.")
    await who.taps("Only in this chat")
    await who.answered("Write your year of birth, for example 1998.")
    await who.says(born)
    await who.answered("Can you work at these times?")
    await who.taps("Yes, all")
    await who.answered("Press both boxes to send.")
    await who.taps("Use my data")
    await who.answered("Press both boxes to send.")
    await who.taps("Give it to them")
    await who.answered("To: {organisation}")
    await who.taps("Send")
    await who.answered("Sent. Your number is {number}.")
    await who.answered("Keep your name and year of birth so that we need not ask again?")


async def test_one_is_chosen_another_is_told_kindly_and_nobody_else_sees_a_name(town: Town) -> None:
    librarian = town.person("ko", "Librarian")
    await librarian.says("/start")
    await librarian.answered("You may say no and still look at the jobs.")
    facility_id = await works_at(town, librarian, "별빛도서관")
    anna, minh = town.person("ru", "Anna"), town.person("vi", "Minh")
    for one in (anna, minh):
        await town.joins(one, "Wolgok")
    posting_id = await opens_a_job(town, facility_id)
    await applies(anna, "Анна Ким", "1990")
    await anna.taps("Keep")
    await anna.answered("Kept. You can have it deleted at any time: /mydata")
    await applies(minh, "Nguyễn Minh", "2001")
    await minh.taps("Do not keep")
    await minh.answered("Not kept.")

    await librarian.says("/today")
    await librarian.answered("Today's work")
    await librarian.taps("Applications")
    await librarian.answered("Applications")
    await librarian.taps("1")
    summary = await librarian.answered("What you open is noted.")
    assert "2" in summary
    assert "Анна" not in summary
    assert "Русский 1" in summary
    await librarian.taps("1")
    assert "1990" in await librarian.reads("Анна Ким")
    await anna.is_told(anna.word("Your application was read."))
    await librarian.taps("Choose")
    await librarian.answered("Choose number {number}? They are told at once.")
    await librarian.taps("Yes, choose")
    await librarian.answered("All places are filled, so the job is closed.")
    await anna.is_told(anna.word("You were chosen for this job. They will tell you when to come."))
    await librarian._tap(librarian.t.n("Tell {n} other", "Tell the {n} others", 1))
    await librarian.reads(librarian.t.n("{n} person is told.", "{n} people are told.", 1))
    told = await minh.is_told(minh.word("This time somebody else was chosen. Thank you for applying."))
    assert "Анна" not in told
    assert not minh.sees("Анна")
    assert not minh.sees("1990")

    await anna.says("/applications")
    assert anna.word("Chosen") in await anna.answered("My applications")
    async with town.world.store.reading() as tx:
        rows = await tx.all(text("SELECT word, said_by FROM milestones ORDER BY application_id, id"))
        assert [tuple(row) for row in rows] == [
            *(("sent", "resident"), ("seen", "facility"), ("hired", "facility")),
            *(("sent", "resident"), ("declined", "facility")),
        ]
        posting = await tx.get(Posting, id=posting_id)
        assert posting is not None
        assert posting.state == "closed"
        acts = {row[0] for row in await tx.all(text("SELECT act FROM audit"))}
        assert {"read", "seen", "hired", "declined"} <= acts
    assert await town.world.count("deliveries", f"kind = '{KIND}' AND state = 'sent'") == 3


async def test_an_interview_is_offered_chosen_moved_and_reminded_of(town: Town) -> None:
    librarian = town.person("ko", "Librarian")
    await librarian.says("/start")
    await librarian.answered("You may say no and still look at the jobs.")
    facility_id = await works_at(town, librarian, "별빛도서관")
    anna = town.person("ru", "Anna")
    await town.joins(anna, "Wolgok")
    await opens_a_job(town, facility_id)
    await applies(anna, "Анна Ким", "1990")
    await anna.taps("Do not keep")
    await librarian.is_told(librarian.word("Somebody applied: number {number}.").format(number=1))
    await librarian.taps("Open")
    await librarian.reads("Анна Ким")
    await librarian.taps("Ask something")
    await librarian.answered("What would you like to ask? They read it in their own language.")
    await librarian.taps("When can you begin?")
    await librarian.answered("Asked: {question}")
    await anna.is_told(anna.word("When can you begin?"))
    await anna.taps("In a week")
    await anna.answered("You answered: {answer}")
    await librarian.is_told(librarian.word("Number {number} answered your question.").format(number=1))
    await librarian.taps("Open")
    await librarian.reads(librarian.word("In a week"))
    await librarian.taps("Ask to come")
    await librarian.answered("When can you meet? Write up to {n} times, one on each line, as: {example}")
    await librarian.says("어제 12시")
    await librarian.answered("I can't read a day and a time ahead in that. Write it as: {example}")
    await librarian.says("12월 8일 14:00\n12월 9일 10:30")
    await librarian.answered("Where do you meet? People see it in Korean, as you write it.")
    await librarian.says("별빛도서관 1층 사무실")
    await librarian.answered("Number {number} is asked to choose a time.")
    await anna.is_told(anna.word("They would like to meet you. Choose a time."))
    tuesday, wednesday = (
        when(anna.t, datetime(2026, 12, day, *at, tzinfo=SEOUL)) for day, at in ((8, (14, 0)), (9, (10, 30)))
    )
    await anna._tap(tuesday)
    assert "별빛도서관 1층 사무실" in await anna.answered("You have a time.")
    await librarian.is_told(librarian.word("Number {number} chose a time.").format(number=1))
    await anna.taps("Another time")
    await anna.answered("Choose a time:")
    await anna._tap(wednesday)
    await anna.answered("You have a time.")
    for moment, words in ((datetime(2026, 12, 8, 18, 5), "Tomorrow"), (datetime(2026, 12, 9, 8, 31), "In two hours")):
        town.world.clock.at = moment.replace(tzinfo=SEOUL).astimezone(UTC)
        for _ in range(2):
            async with town.world.store.transaction() as tx:
                await remind(tx)
        await anna.is_told(anna.word(words))
    await town.world.until("deliveries", "kind = 'meeting' AND state = 'sent'", 2)
    await anna.taps("I am coming")
    await anna.answered("Good. See you there.")
    await anna.taps("I can't come")
    await anna.answered("We told them. Do you want another time?")
    await librarian.is_told(librarian.word("Number {number} can't come at the time they chose.").format(number=1))
    async with town.world.store.reading() as tx:
        assert [row[0] for row in await tx.all(text("SELECT taken FROM slots ORDER BY starts"))] == [0, 0]


async def test_what_is_odd_is_answered_and_nothing_of_it_is_kept(town: Town) -> None:
    librarian = town.person("ko", "Librarian")
    await librarian.says("/start")
    await librarian.answered("You may say no and still look at the jobs.")
    facility_id = await works_at(town, librarian, "별빛도서관")
    anna = town.person("ru", "Anna")
    await town.joins(anna, "Wolgok")
    await opens_a_job(town, facility_id)
    await anna.is_told("별빛도서관")
    await anna.taps("Apply")
    await anna.answered("Write your name, in any alphabet.")
    for odd in (SECRET, "😀" * 500, "12345", "x" * 200):
        await anna.says(odd)
        await anna.answered("Write your name, in any alphabet.")
    await anna.says("Анна")
    await anna.answered("How may they answer you? Choose, or write a phone number.")
    await anna.says("не скажу")
    await anna.answered("That is not a phone number. Or choose “{label}”.")
    await anna.says("010 1234-5678")
    await anna.answered("Write your year of birth, for example 1998.")
    for odd in ("1850", "2090", "давно"):
        await anna.says(odd)
        await anna.answered("That is not a year of birth.")
    await anna.says("2015")
    await anna.answered("Under {age} nobody may work. Nothing was sent, and nothing is kept.", age="15")
    assert await town.world.count("applications") == 0

    await anna.taps("Apply")
    await anna.says("Анна")
    await anna.answered("How may they answer you? Choose, or write a phone number.")
    async with town.world.store.transaction() as tx:
        await tx.execute(text("UPDATE postings SET state = 'closed'"))
    await anna.says("+82 10-1234-5678")
    await anna.answered("This job closed while you were writing. Nothing was sent, and nothing is kept.")
    assert await town.world.count("applications") == 0
