"""Saved jobs are reminded of the day before they close, what was asked for comes when it was asked for, and nothing twice."""

from datetime import timedelta

from sqlalchemy import text

from handlers.clock.remind import remind
from tests.journeys.test_first_alert import ROW

from .world import World

SOON = ROW.replace("2026-12-24", "2026-11-27")


async def tick(world: World) -> int:
    async with world.store.transaction() as tx:
        return await remind(tx, ["narrow"])


async def test_a_saved_job_is_reminded_of_once(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await world.sheet("library", SOON)
    await anna.is_pushed("별빛도서관")
    await anna.taps("Save")
    assert await tick(world) == 0, "it is Tuesday; it closes on Friday"
    world.clock.forward(days=2)
    assert await tick(world) == 1
    assert await tick(world) == 0
    reminder = await anna.is_pushed("Closes tomorrow · a job you saved")
    assert "별빛도서관" in reminder.plain
    world.clock.forward(hours=3)
    assert await tick(world) == 0


async def test_who_went_to_apply_elsewhere_is_asked_once_whether_they_did(world: World) -> None:
    anna, boris = world.person("anna", language="en"), world.person("boris", language="en")
    for who in (anna, boris):
        await world.subscribe(who)
    await world.sheet("library", ROW)
    for who in (anna, boris):
        await who.is_pushed("별빛도서관")
        await who.taps("Apply")
    await boris.taps("I applied")
    world.clock.forward(days=2)
    assert await tick(world) == 0
    world.clock.forward(days=1, hours=1)
    assert await tick(world) == 1
    await anna.is_pushed("Did you apply for this job?")
    await anna.taps("Yes, I applied")
    assert anna.sees("Noted. Good luck!")
    world.clock.forward(days=1)
    assert await tick(world) == 0


async def test_who_applied_or_left_is_not_reminded(world: World) -> None:
    anna, boris = world.person("anna", language="en"), world.person("boris", language="en")
    for who in (anna, boris):
        await world.subscribe(who)
    await world.sheet("library", SOON)
    for who in (anna, boris):
        await who.is_pushed("별빛도서관")
        await who.taps("Save")
    await anna.taps("Apply")
    await anna.taps("I applied")
    await boris.says("stop")
    world.clock.forward(days=2)
    assert await tick(world) == 0


async def test_remind_me_tomorrow(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await world.sheet("library", ROW)
    await anna.is_pushed("별빛도서관")
    await anna.taps("Details")
    await anna.says("Remind me tomorrow")
    assert anna.sees("We will remind you on Wed 25 Nov at 09:00.")
    await anna.taps("Details")
    await anna.says("Remind me tomorrow")
    world.clock.forward(hours=20)
    assert len(world.narrow.pushed["anna"]) == 1
    world.clock.forward(hours=2)
    await anna.is_pushed("You asked us to remind you")
    assert await world.count("deliveries", "kind = 'reminder'") == 1


async def test_what_one_agreed_to_is_confirmed_after_two_years(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    world.clock.forward(days=729)
    assert await tick(world) == 0
    world.clock.forward(days=2)
    assert await tick(world) == 1
    assert await tick(world) == 0
    await anna.is_pushed("Two years ago you agreed")
    await anna.taps("Yes, go on")
    assert anna.sees("We go on writing to you")
    await anna.says("/mydata")
    assert anna.sees("what you agreed to was told you again")
    world.clock.forward(days=729)
    assert await tick(world) == 0


async def test_who_never_reacts_is_asked_once_whether_to_slow_down(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    world.clock.forward(days=31)
    async with world.store.transaction() as tx:
        for i in range(20):
            await tx.execute(
                text(
                    "INSERT INTO deliveries (once, chat_id, kind, lane, state, body, created_at, not_before, settled_at)"
                    " SELECT :once, id, 'alert', 2, 'sent', '{}', created_at, created_at, :at FROM chats"
                ),
                {"once": f"x{i}", "at": (tx.now - timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S.000000")},
            )
    assert await tick(world) == 1
    assert await tick(world) == 0
    await anna.is_pushed("Shall we write less?")
    await anna.taps("Once a day on…")
    assert anna.sees("One message a day, at 09:00.")
    world.clock.forward(days=40)
    assert await tick(world) == 0
