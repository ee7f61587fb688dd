"""Nobody touches another's application, whatever button they forge."""

from itertools import product

from sqlalchemy import text

from handlers.chat.events import Tapped
from handlers.chat.presses import Press
from handlers.routes import ROUTES
from storage import applications, slots
from storage.tables import Posting
from tests.storage.test_applications import FORM, somebody

from .test_first_alert import ROW
from .world import World

ABOUT = ("mw", "mx", "mt", "ma", "mn", "mg", "mk", "mq")
TABLES = ("applications", "milestones", "slots", "deliveries", "consents", "audit", "profiles")


async def rows(world: World) -> list[list[tuple[object, ...]]]:
    async with world.store.reading() as tx:
        return [[tuple(row) for row in await tx.all(text(f"SELECT * FROM {table} ORDER BY 1"))] for table in TABLES]


async def test_every_press_about_an_application_is_for_its_own_person_only(either_world: World) -> None:
    world = either_world
    assert {verb for verb in ROUTES.presses if verb.startswith("m")} - {"mp", "mv", "mc", "mu", "ms", "mf"} == set(
        ABOUT
    )
    mallory = world.person("mallory", language="en")
    await world.subscribe(mallory)
    await world.sheet("library", ROW)
    async with world.store.transaction() as tx:
        posting = (await tx.find(Posting, order=Posting.id))[-1]
        theirs = [
            await applications.file(tx, posting.id, await somebody(tx), "job", stage, FORM)
            for stage in ("sent", "invited", "interview", "hired", "declined")
        ]
        await applications.note(tx, theirs[0].id, "ask begin", "facility", 1)
        await slots.offer(tx, posting.id, [tx.now.replace(year=2027)], "1층")
        [slot] = await slots.free(tx, posting.id)
        await slots.take(tx, theirs[2], slot.id)
    await mallory.is_pushed("별빛도서관")
    await world.until("deliveries", "state IN ('queued', 'leased', 'sending')", 0)
    before = await rows(world)
    for verb, number in product(ABOUT, [*(one.id for one in theirs), 10**6, 2**63 - 1]):
        rest = {"mt": (slot.id,), "mq": (0, 0)}.get(verb, ())
        await mallory.sends(Tapped(Press(verb, (number, *rest)).pack()))
        assert mallory.sees("There is no such application of yours."), (verb, number)
    assert await rows(world) == before
