"""A job asks for money: three people say so, it vanishes at once, and staff look and decide."""

import aiohttp
from sqlalchemy import text

from handlers.chat.events import Tapped
from handlers.chat.presses import Press
from handlers.clock.staff import tell_staff
from handlers.clock.watch import Watch
from handlers.ways import Way
from storage import audit, concerns, facilities, invitations, residents, staff

from .people import Town, row
from .test_first_alert import ROW
from .voices import Voice
from .world import World

FIRM = "쉬운돈상사"
JOB, SAFE = row("한밤공장", FIRM), row("은빛공원")


async def posting(world: World, organisation: str = FIRM) -> int:
    async with world.store.reading() as tx:
        found = await tx.scalar(text(f"SELECT id FROM postings WHERE organisation = '{organisation}'"))
    return int(found)


async def staff_hear(world: World) -> int:
    """The clock's minute in which staff are told what is held."""
    async with world.store.transaction() as tx:
        return await tell_staff(tx, Watch("", ["telegram", "web", "narrow"], ["web"]))


async def comes(town: Town, who: Voice, job: int) -> None:
    """By the QR code of a job; its details are open then."""
    await who.says(f"/start {Way(posting=job, language=who.t.code).pack()}")
    await who.reads(FIRM)
    await who.taps("Details")
    await who.reads("시급 14000원")


async def complains(town: Town, who: Voice, job: int, kind: str = "They ask for money or a bank book") -> None:
    await comes(town, who, job)
    await who.taps("Something is wrong")
    await who.answered("What is wrong with this job? Nobody learns who said it.")
    await who.taps(kind)
    await who.answered("Thank you. We will look at it.")


async def three_complain(town: Town, job: int) -> list[Voice]:
    people = [town.person(language, f"P{i}") for i, language in enumerate(("vi", "ko", "ru"))]
    for who, place in zip(people, ("Wolgok", "월곡동", "Вольгок"), strict=True):
        await town.joins(who, place)
        await comes(town, who, job)
        await who.taps("Save")
        await who.answered("Saved: {title}")
        await complains(town, who, job)
    await town.world.until("postings", "held_at IS NOT NULL", 1)
    return people


async def officer(town: Town) -> Voice:
    """Comes in by a one-time invitation."""
    who = town.person("ko", "Officer")
    async with town.world.store.transaction() as tx:
        await invitations.invite(tx, "one-time-invitation", "officer")
    await who.says("/join one-time-invitation")
    await who.answered("What is your name? Other staff see it, residents do not.")
    await who.taps("Skip")
    await who.answered("Today's work")
    return who


async def test_three_people_hold_a_job_and_an_officer_shows_it_again(town: Town) -> None:
    world, chief, later = town.world, await officer(town), town.person("uz", "Later")
    await town.joins(later, "Wolgok")
    await later.taps("Once a day only")
    await later.answered("One message a day, at 09:00.")
    await town.sheet("jobs", JOB, SAFE)
    job = await posting(world)
    guest = town.person("en", "Guest")
    await complains(town, guest, job, "It is unfair")
    people = await three_complain(town, job)

    await people[0].says("/saved")
    await people[0].answered("This one is being checked.")
    await people[1].says(f"/start {Way(posting=job, language='ko').pack()}")
    await people[1].answered("Some people say that something is wrong with this job. We are looking at it.")
    async with aiohttp.ClientSession() as session, session.get(f"{world.app.web.address}/p/{job}?lang=en") as page:
        shown = await page.text()
    assert "We are looking at it." in shown
    assert "시급 14000원" not in shown
    async with aiohttp.ClientSession() as session, session.get(f"{world.app.web.address}/jobs?lang=en") as page:
        assert f"/p/{job}?" not in await page.text()

    assert (await staff_hear(world), await staff_hear(world)) == (1, 0)
    told = await chief.is_told(chief.t.t("It is not shown, and nobody is told of it, until you decide."))
    assert f"{chief.t.t('They ask for money or a bank book')}: 3" in told
    assert f"{chief.t.t('It is unfair')}: 1" in told
    world.clock.forward(hours=21, minutes=30)
    await later.is_told(later.t.n("{n} new job near you", "{n} new jobs near you", 1))
    await chief.taps("Show it again")
    await chief.answered("It is shown again, and residents are told of it.")
    world.clock.forward(days=1)
    await world.until("alerts", "state = 'told'", 2)
    await world.until("deliveries", "kind = 'digest' AND state = 'sent'", 2)
    for who in people:
        await complains(town, who, job, "It is unfair")
    assert await world.count("postings", "held_at IS NOT NULL") == 0, "they were answered"
    async with world.store.reading() as tx:
        assert next((line.act, line.subject_id) for line in await audit.lines(tx)) == ("release", job)


async def test_what_an_officer_takes_down_stays_down(town: Town) -> None:
    world, chief = town.world, await officer(town)
    await town.sheet("jobs", JOB)
    job = await posting(world)
    people = await three_complain(town, job)
    await staff_hear(world)
    await chief.is_told(FIRM)
    await chief.taps("Take it down")
    await chief.answered("Take it down for good? Not even its source brings it back.")
    await chief.taps("Yes, take it down")
    await chief.answered("It is taken down for good. Whoever saved it is told that it is closed.")
    for who in people:
        await who.is_told(who.t.t("Closed · a job you saved"))
    await chief.taps("What residents say")
    await chief.answered("Nobody says that something is wrong with a job.")
    world.clock.forward(seconds=1)
    await town.sheet("jobs", JOB.replace("시급 14000원", "시급 15000원"))
    assert await world.count("postings", f"organisation = '{FIRM}' AND state = 'down'") == 1


async def test_a_manager_sees_and_decides_only_what_is_their_facility_s(world: World) -> None:
    async with world.store.transaction() as tx:
        mine, other = await facilities.make(tx, "별빛도서관"), await facilities.make(tx, "달빛도서관")
    await world.sheet("jobs", ROW, ROW.replace("별빛", "달빛"), ROW.replace("별빛도서관", "시청"))
    jobs = [await posting(world, name) for name in ("별빛도서관", "달빛도서관", "시청")]
    manager, viewer = world.person("manager", "ko"), world.person("viewer", "ko")
    for who, role in ((manager, "manager"), (viewer, "viewer")):
        await who.says("/start")
        async with world.store.transaction() as tx:
            found = await residents.at(tx, "narrow", "channel", who.name)
            assert found is not None
            await staff.appoint(tx, found[1].id, role, [mine])
    async with world.store.transaction() as tx:
        for job in jobs:
            await concerns.say(tx, 1, job, "wrong")
    await manager.sends(Tapped(Press("xl").pack()))
    assert [message.plain.count("내용이 사실과 달라요: 1") for message in manager.last] == [1]
    for who, job in ((manager, jobs[1]), (manager, jobs[2]), (manager, 99_999), *((viewer, job) for job in jobs)):
        for verb in ("xs", "xo", "xr", "xd", "xe"):
            await who.sends(Tapped(Press(verb, (job,)).pack()))
            assert who.sees("이 일은 맡은 일이 아니에요"), (who.name, verb, job)
    assert other != mine
    assert await world.count("concerns", "handled_at IS NOT NULL") == 0
    await manager.sends(Tapped(Press("xs", (jobs[0],)).pack()))
    await manager.taps("한국어 원문")
    assert manager.sees("별빛도서관")
    await manager.sends(Tapped(Press("xr", (jobs[0],)).pack()))
    assert manager.sees("다시 보여 주고")
    assert await world.count("concerns", "handled_at IS NOT NULL") == 1
