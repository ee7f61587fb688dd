"""Who applied, as staff see and decide it: all who wait are told, seats come back, names stay inside Korea unless agreed."""

from dataclasses import replace
from datetime import timedelta

from handlers.chat.capabilities import TELEGRAM, WEB
from handlers.chat.events import Tapped
from handlers.chat.presses import Press
from handlers.chat.turns import take
from handlers.routes import ROUTES
from storage import applications, residents, slots
from storage.application_tables import Application, Slot
from storage.tables import Chat, Resident
from storage.transaction import Transaction
from tests.engines import on_sqlite
from tests.storage.people import person

from .staffed import CATALOGS, World

pytestmark = on_sqlite
STAGES = ("sent", "seen", "invited", "interview", "reserve", "hired", "started", "declined", "withdrawn")


async def applied(tx: Transaction, world: World, stage: str, name: str = "이순자") -> Application:
    who, _ = await person(tx, f"{stage} {name}", "web", language="ko")
    form = {"name": name, "contact": "010", "born": 1990, "words": "잘 부탁드려요"}
    return await applications.file(tx, world.things["posting"]["A"], who, "job", stage, form)


async def test_the_others_are_all_who_wait_for_an_answer_and_their_seats_are_free(world: World) -> None:
    async with world.store.transaction() as tx:
        them = {stage: await applied(tx, world, stage) for stage in STAGES}
        posting = world.things["posting"]["A"]
        await slots.offer(tx, posting, [tx.now + timedelta(days=1)], "1층")
        [slot] = await slots.free(tx, posting)
        assert await slots.take(tx, them["interview"], slot.id)
        await world.hear(tx, "manager A", Tapped(Press("io", (posting,)).pack()))
        now = {stage: (await tx.get(Application, id=one.id)).stage for stage, one in them.items()}  # type: ignore[union-attr]
        told = dict.fromkeys(("sent", "seen", "invited", "interview"), "declined")
        assert now == {stage: stage for stage in STAGES} | told
        assert [one.taken for one in await tx.find(Slot)] == [0]


async def test_a_name_goes_abroad_only_where_its_person_agreed(world: World) -> None:
    async with world.store.transaction() as tx:
        plain, agreed = await applied(tx, world, "seen", "김하늘"), await applied(tx, world, "seen", "박바다")
        who = await tx.get(Resident, id=agreed.resident_id)
        assert who is not None
        await residents.consent(tx, who, "overseas", "1")
        chat = await tx.get(Chat, id=world.chats["manager A"])
        staff = await tx.get(Resident, id=world.staff["manager A"])
        assert chat is not None
        assert staff is not None
        for capabilities, one, seen in ((WEB, plain, True), (TELEGRAM, plain, False), (TELEGRAM, agreed, True)):
            press = Tapped(Press("is", (one.id,)).pack())
            turn = await take(tx, chat, staff, press, ROUTES, CATALOGS, world.deployment, replace(capabilities))
            words = turn.messages[-1].plain
            assert (one.form["name"] in words, "010" in words, "잘 부탁드려요" in words) == (seen, seen, seen)
        press = Tapped(Press("iz", (world.things["posting"]["A"],)).pack())
        turn = await take(tx, chat, staff, press, ROUTES, CATALOGS, world.deployment, TELEGRAM)
        assert all(message.file is None for message in turn.messages)
