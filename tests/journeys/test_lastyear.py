"""A librarian who posts twice a year is asked in that very week whether to post again."""

from datetime import timedelta

from handlers.chat.events import Tapped
from handlers.chat.presses import Press
from handlers.clock.record import Recorder
from handlers.clock.staff import tell_staff
from handlers.clock.watch import Watch
from handlers.draft import Draft
from handlers.eligibility import Eligibility
from storage import audit, facilities, postings, residents, staff

from .world import World

PLATFORMS = Watch("", ["narrow"])


async def manager(world: World, name: str, facility: int) -> int:
    who = world.person(name, "ko")
    await who.says("/start")
    async with world.store.transaction() as tx:
        found = await residents.at(tx, "narrow", "channel", name)
        assert found is not None
        await staff.appoint(tx, found[1].id, "manager", [facility])
    return found[1].id


async def desk(world: World, facility: int, key: str, title: str, closing: str) -> None:
    """A posting that a facility wrote here."""
    recorder = Recorder(world.app.deployment.names, Eligibility.load(), world.app.deployment.home)
    drafts = [Draft(key, title, "별빛작은도서관", "광산구 월곡동", closing=closing)]
    async with world.store.transaction() as tx:
        await recorder.record(tx, "desk", drafts, await recorder.prepare(tx, drafts, facility=facility))


async def hears(world: World, **later: float) -> int:
    world.clock.forward(**later)
    async with world.store.transaction() as tx:
        await postings.close_due(tx)
        return await tell_staff(tx, PLATFORMS)


async def test_managers_are_asked_once_in_the_week_of_last_year(either_world: World) -> None:
    world = either_world
    async with world.store.transaction() as tx:
        library = await facilities.make(tx, "별빛작은도서관")
        other = await facilities.make(tx, "달빛작은도서관")
    for name, facility in (("jin", library), ("mina", library), ("sora", other)):
        await manager(world, name, facility)
    await desk(world, library, "1", "겨울방학 독서교실 강사", "2026-12-04")
    await desk(world, library, "2", "도서관 사서 보조", "2026-12-04")
    assert await hears(world, weeks=20) == 0
    await desk(world, library, "3", "도서관 사서 보조", "2027-06-04")
    assert await hears(world, weeks=30) == 0
    assert await hears(world, weeks=1, days=1, hours=-8) == 0, "not in the night: it is 4 o'clock"
    assert await hears(world, hours=6) == 2, "one message for each of two managers, of what was not posted again"
    assert await hears(world, days=1) == 0
    jin = world.person("jin", "ko")
    asked = await jin.is_pushed("겨울방학 독서교실 강사")
    assert "작년에 올린 날" in asked.plain
    await world.person("mina", "ko").is_pushed("올해도 올릴까요?")
    assert "sora" not in world.narrow.pushed
    [again, no] = asked.flat()
    assert again.payload.startswith("zo.")
    await jin.sends(Tapped(no.payload))
    assert jin.sees("올해는 올리지 않을게요")
    late = await manager(world, "late", library)
    assert await hears(world, days=1) == 0, "declined is declined for who comes later, too"
    async with world.store.reading() as tx:
        assert [(line.act, line.facility_id) for line in await audit.lines(tx)] == [("not this year", library)]
        assert (await audit.verify(tx))[1] is None
    stranger = world.person("sora", "ko")
    await stranger.sends(Tapped(Press("xn", (1,)).pack()))
    assert stranger.sees("이 일은 맡은 일이 아니에요")
    assert late


async def test_what_was_posted_again_meanwhile_is_not_asked(either_world: World) -> None:
    world = either_world
    async with world.store.transaction() as tx:
        library = await facilities.make(tx, "별빛작은도서관")
    await manager(world, "jin", library)
    await desk(world, library, "1", "겨울방학 독서교실 강사", "2026-12-04")
    async with world.store.transaction() as tx:
        tx.now = world.clock.at + timedelta(weeks=52)
        assert await tell_staff(tx, PLATFORMS) == 1
    world.clock.forward(weeks=52, seconds=-1)
    await desk(world, library, "2", "겨울방학 독서교실 강사", "2027-12-04")
    world.clock.forward(minutes=1)
    await world.until("deliveries", "kind = 'lastyear' AND state = 'suppressed'", 1)
    assert "jin" not in world.narrow.pushed
