"""Applications as they are kept: one number for a person and a posting, steps that only one can take, and an end to papers."""

import asyncio
from datetime import timedelta

from sqlmodel import col, delete, select, update

from handlers.clock.tidy import tidy
from storage import applications, residents
from storage.application_tables import Application, Milestone, Profile
from storage.store import Store
from storage.tables import Posting, Resident
from storage.transaction import Transaction
from tests.conftest import Clock

FORM = {"name": "Анна", "born": 1990, "contact": "chat"}


async def somebody(tx: Transaction, state: str = "active") -> int:
    return int(await tx.add(Resident, language="ru", state=state, created_at=tx.now))


async def posting(tx: Transaction) -> int:
    return int(await tx.add(Posting, title="도서관 책 정리", created_at=tx.now, changed_at=tx.now, facts={}, spans=[]))


async def filed(store: Store, state: str = "active") -> Application:
    async with store.transaction() as tx:
        return await applications.file(tx, await posting(tx), await somebody(tx, state), "job", "sent", FORM)


async def test_applying_again_reopens_the_same_row(store: Store, clock: Clock) -> None:
    first = await filed(store)
    async with store.transaction() as tx:
        assert await applications.step(tx, first, "withdrawn", "resident", first.resident_id)
    clock.forward(hours=1)
    async with store.transaction() as tx:
        again = await applications.file(tx, first.posting_id, first.resident_id, "job", "sent", {**FORM, "born": 1991})
        said = await applications.milestones(tx, again.id)
    assert (again.id, again.stage, again.form["born"], again.made_at) == (first.id, "sent", 1991, first.made_at)
    assert [one.word for one in said] == ["sent", "withdrawn", "sent"]


async def test_of_two_who_decide_at_once_one_is_told_that_it_was_decided(store: Store) -> None:
    one = await filed(store)

    async def decides(word: str) -> int | None:
        async with store.transaction() as tx:
            return await applications.step(tx, one, word, "facility", 1)

    decided = await asyncio.gather(*(decides(word) for word in ("hired", "declined", "reserve")))
    assert sum(made is not None for made in decided) == 1
    async with store.reading() as tx:
        now = await applications.get(tx, one.id)
        assert now is not None
        assert [line.word for line in await applications.milestones(tx, one.id)] == ["sent", now.stage]


async def test_papers_go_thirty_days_after_the_job_closed_but_not_of_who_was_taken(store: Store, clock: Clock) -> None:
    kept, gone, open_ = await filed(store), await filed(store), await filed(store)
    async with store.transaction() as tx:
        await applications.step(tx, kept, "hired", "facility", 1)
        closed = col(Posting.id).in_((kept.posting_id, gone.posting_id))
        await tx.execute(update(Posting).where(closed).values(state="closed", closed_at=tx.now))
    for days, left in ((applications.KEPT_DAYS - 1, 3), (2, 2)):
        clock.forward(days=days)
        async with store.transaction() as tx:
            await tidy(tx)
            assert len(await tx.find(Application)) == left
    async with store.reading() as tx:
        assert {one.id for one in await tx.find(Application)} == {kept.id, open_.id}
        assert {one.application_id for one in await tx.find(Milestone)} == {kept.id, open_.id}


async def test_who_only_applied_is_kept_until_their_papers_go_and_then_forgotten(store: Store, clock: Clock) -> None:
    one = await filed(store, state="new")
    clock.forward(days=3)
    async with store.transaction() as tx:
        await tidy(tx)
        assert await tx.get(Resident, id=one.resident_id) is not None
        closed = update(Posting).where(col(Posting.id) == one.posting_id)
        await tx.execute(closed.values(state="closed", closed_at=tx.now - timedelta(days=applications.KEPT_DAYS + 1)))
        await tidy(tx)
        assert await tx.get(Resident, id=one.resident_id) is None


async def test_who_stops_the_alerts_still_hears_of_their_application(store: Store, clock: Clock) -> None:
    one, other = await filed(store), await filed(store)
    async with store.transaction() as tx:
        await tx.execute(delete(Application).where(col(Application.id) == other.id))
        for resident_id in (one.resident_id, other.resident_id):
            who = await tx.get(Resident, id=resident_id)
            assert who is not None
            for item in ("alerts", "apply", "apply: give"):
                await residents.consent(tx, who, item, "1")
            await residents.leave(tx, who)
            standing = {said.item for said in await residents.consents(tx, who) if said.withdrawn_at is None}
            assert standing == ({"apply", "apply: give"} if who.id == one.resident_id else set())
            assert who.state == ("guest" if who.id == one.resident_id else "left")
    clock.forward(days=40)
    async with store.transaction() as tx:
        await tidy(tx)
        assert [who.id for who in await tx.find(Resident)] == [one.resident_id]


async def test_erasing_a_person_leaves_nothing_of_their_applications(store: Store) -> None:
    one = await filed(store)
    async with store.transaction() as tx:
        await applications.keep(tx, one.resident_id, FORM)
        await residents.erase(tx, one.resident_id)
    async with store.reading() as tx:
        for model in (Application, Milestone, Profile):
            assert await tx.find(model) == []


async def test_names_stand_nowhere_in_the_clear(store: Store) -> None:
    one = await filed(store)
    async with store.transaction() as tx:
        await applications.keep(tx, one.resident_id, FORM)
        for column in (col(Application.form), col(Profile.form)):
            [(kept,)] = await tx.all(select(column).with_only_columns(column))
            assert kept == FORM
        for table in ("applications", "profiles"):
            [(raw,)] = (await tx.connection.exec_driver_sql(f"SELECT form FROM {table}")).all()
            assert "Анна".encode() not in bytes(raw)


async def test_applications_come_along_where_a_person_moves(store: Store) -> None:
    one, other = await filed(store), await filed(store)
    async with store.transaction() as tx:
        await applications.file(tx, one.posting_id, other.resident_id, "job", "sent", FORM)
        await applications.keep(tx, other.resident_id, FORM)
        await applications.move(tx, other.resident_id, one.resident_id)
        theirs = await applications.of(tx, one.resident_id)
        assert {found.posting_id for found in theirs} == {one.posting_id, other.posting_id}
        assert await applications.profile(tx, one.resident_id) == FORM
