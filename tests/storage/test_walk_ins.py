"""People without a chat: matched as everybody, told by staff and never by a message, and gone when they say so."""

from sqlmodel import select

from handlers.clock.match import match_new
from handlers.clock.plan import plan
from handlers.clock.tidy import tidy
from storage import audit, lines, neighbourhoods, residents, staff, walk_ins, wishes
from storage.outbox_tables import Alert, Delivery
from storage.staff import Who
from storage.staff_tables import WalkIn
from storage.store import Store
from storage.tables import Consent, Line, Reach, Resident
from storage.transaction import Transaction
from storage.walk_ins import Entry

from .people import alert, on_the_map, person, posting

WOLGOK, HANAM = 1233012800, 1233013000
OFFICER = Who(0, "officer")
NAME, NUMBER = "Nguyễn Thị Hoa", "010-1234-5678"


async def enter(tx: Transaction, name: str = NAME, **values: object) -> int:
    await on_the_map(tx, WOLGOK, HANAM)
    given = {"language": "vi", "area": WOLGOK, "phone": NUMBER, **values}
    return await walk_ins.enter(tx, Entry(name, **given), 1, "paper")  # type: ignore[arg-type]


async def near(tx: Transaction, **values: object) -> int:
    key = await posting(tx, **values)
    await tx.add(Reach, posting_id=key, area=WOLGOK, hops=0)
    return key


async def states(tx: Transaction) -> dict[int, str]:
    return {one.posting_id: one.state for one in await tx.find(Alert)}


async def test_matching_owes_them_what_fits_and_planning_leaves_it_to_staff(store: Store) -> None:
    async with store.transaction() as tx:
        grandmother = await enter(tx, work=1)
        other, _ = await person(tx, "other")
        fits, _ = await near(tx, occupation_bit=1), await near(tx, occupation_bit=2)
        await match_new(tx)
        await alert(tx, other, fits)
        assert (await plan(tx, 1.0, ["telegram"])).messages == 1
        [mine] = await tx.find(Alert, Alert.resident_id == grandmother)
        assert (mine.posting_id, mine.state, mine.reason) == (fits, "waiting", None)
        [(whom, n)] = (await walk_ins.with_news(tx, OFFICER, 0, 9))[1]
        assert (whom.resident_id, whom.name, whom.phone, n) == (grandmother, NAME, NUMBER, 1)
        [(newest, job)] = await walk_ins.news(tx, grandmother, 9)
        assert (newest, job.id) == (mine.id, fits)


async def test_many_who_wait_for_the_counter_hold_up_nobody_else(store: Store) -> None:
    async with store.transaction() as tx:
        job = await near(tx)
        for i in range(4):
            await alert(tx, await enter(tx, f"Name {i}"), job)
        other, _ = await person(tx, "other")
        await alert(tx, other, job)
        assert (await plan(tx, 1 / 30, ["telegram"])).messages == 1, "room is for two; the four are not looked at"


async def test_told_is_what_was_on_the_page_and_the_rest_stays(store: Store) -> None:
    async with store.transaction() as tx:
        grandmother, (stranger, _) = await enter(tx), await person(tx, "stranger")
        first, second = await near(tx), await near(tx)
        seen = await alert(tx, grandmother, first)
        await alert(tx, grandmother, second)
        theirs = await alert(tx, stranger, first)
        assert await walk_ins.told(tx, grandmother, seen) == 1
        assert await walk_ins.told(tx, grandmother, seen) == 0
        assert await walk_ins.told(tx, stranger, theirs) == 0, "only who was entered is told at the counter"
        assert [job.id for _, job in await walk_ins.news(tx, grandmother, 9)] == [second]


async def test_what_closed_before_it_was_told_is_no_news_and_the_sweep_drops_it(store: Store) -> None:
    async with store.transaction() as tx:
        grandmother = await enter(tx)
        over, open_ = await near(tx, state="closed"), await near(tx)
        await alert(tx, grandmother, over)
        await alert(tx, grandmother, open_)
        assert [job.id for _, job in await walk_ins.news(tx, grandmother, 9)] == [open_]
        await tidy(tx)
        assert await states(tx) == {over: "dropped", open_: "waiting"}


async def test_the_same_person_is_known_by_the_number_or_by_name_and_area(store: Store) -> None:
    async with store.transaction() as tx:
        grandmother = await enter(tx, facility_id=None)
        found = [
            [one.resident_id for one in await walk_ins.like(tx, OFFICER, *asked)]
            for asked in (
                ("Kim", NUMBER, HANAM),
                ("NGUYỄN THỊ  HOA", None, WOLGOK),
                (NAME, None, HANAM),
                ("Kim", None, WOLGOK),
            )
        ]
        assert found == [[grandmother], [grandmother], [], []]
        library = Who(1, "manager", facilities=frozenset({7}))
        assert await walk_ins.like(tx, library, NAME, NUMBER, WOLGOK) == []
        assert await walk_ins.some(tx, library, 0, 9) == (0, [])


async def test_whoever_has_no_chat_outlives_the_sweeps_and_moves(store: Store) -> None:
    async with store.transaction() as tx:
        grandmother = await enter(tx)
        tx.now = tx.now.replace(year=tx.now.year + 2)
        await tidy(tx)
        await residents.erase_unreached(tx, [grandmother])
        assert await walk_ins.get(tx, grandmother) is not None


async def test_ending_erases_every_row_and_every_line_that_names_them(store: Store) -> None:
    async with store.transaction() as tx:
        worker, chat = await person(tx, "worker", "web")
        resident, elsewhere = await person(tx, "resident", "web")
        await staff.appoint(tx, worker, "officer")
        grandmother = await enter(tx)
        await alert(tx, grandmother, await near(tx))
        for words in (NAME, "01012345678", f"1. \u2068{NAME}\u2069 · 월곡동", "전화: 010-1234-5678"):
            await lines.add(tx, chat, {"text": words})
        await lines.add(tx, chat, {"text": f"{NAME}ng, 010-1234-9999"})
        await lines.add(tx, elsewhere, {"text": NAME})
        await audit.write(tx, worker, "end", "person", grandmother)
        assert await walk_ins.end(tx, grandmother)
        assert not await walk_ins.end(tx, grandmother)
        assert not await walk_ins.end(tx, resident), "a resident with a chat is not ended at the counter"
        assert {line.chat_id for line in await tx.find(Line)} == {chat, elsewhere}
        assert len(await tx.find(Line)) == 2
        for model in (WalkIn, Consent, Alert):
            assert await tx.find(model) == [], model
        assert {row[0] for row in await tx.all(select(Resident.id))} == {worker, resident}
        assert await audit.verify(tx) == (1, None)


async def test_who_has_a_phone_now_keeps_wishes_and_what_waits_and_is_told_nothing_twice(store: Store) -> None:
    async with store.transaction() as tx:
        grandmother, (there, chat) = await enter(tx, work=3), await person(tx, "phone")
        told, waits = await near(tx, occupation_bit=1), await near(tx, occupation_bit=2)
        await match_new(tx)
        [(first, _), _] = await walk_ins.news(tx, grandmother, 9)
        await walk_ins.told(tx, grandmother, first)
        await walk_ins.hand_over(tx, grandmother, there, own=False)
        assert await tx.get(Resident, id=grandmother) is None
        [wish] = await wishes.of(tx, there)
        assert wish.occupations == 3
        assert [one.area for one in await neighbourhoods.of(tx, there)] == [WOLGOK]
        await plan(tx, 1.0, ["telegram"])
        [sent] = await tx.find(Delivery)
        assert (sent.chat_id, sent.posting_id) == (chat, waits)
        assert (await states(tx))[told] == "told"


async def test_who_keeps_the_wishes_of_their_chat_gets_nothing_of_the_others(store: Store) -> None:
    async with store.transaction() as tx:
        grandmother, (there, _) = await enter(tx), await person(tx, "phone")
        await wishes.settle(tx, there, HANAM)
        await near(tx)
        await match_new(tx)
        await walk_ins.hand_over(tx, grandmother, there, own=True)
        assert [one.area for one in await neighbourhoods.of(tx, there)] == [HANAM]
        assert await tx.find(Alert) == []
