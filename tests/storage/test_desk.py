"""The counts of the desk: what waits for whom, within the facilities that they act for."""

from dataclasses import asdict
from datetime import timedelta

from storage import browse, desk, facilities, staff
from storage.desk import Today
from storage.outbox_tables import Delivery
from storage.staff import Who
from storage.staff_tables import Concern, Invitation, WalkIn, Writing
from storage.store import Store
from storage.tables import Resident
from storage.transaction import Transaction

from .people import alert, person, posting


def counted(today: Today) -> dict[str, int]:
    return {name: n for name, n in asdict(today).items() if n}


async def town(tx: Transaction) -> tuple[Who, Who, Who]:
    """An officer for all, and a manager each of the library and the centre; how much waits for each differs."""
    library, centre = await facilities.make(tx, "별빛도서관"), await facilities.make(tx, "햇살복지관")
    people = [(await person(tx, name))[0] for name in ("officer", "library", "centre")]
    await staff.appoint(tx, people[0], "officer")
    await staff.appoint(tx, people[1], "manager", [library])
    await staff.appoint(tx, people[2], "manager", [centre])
    soon, later = tx.now + timedelta(hours=20), tx.now + timedelta(days=9)
    empty = await posting(tx, closes_at=soon, facility_id=library)
    asked = await posting(tx, closes_at=soon, facility_id=library)
    await posting(tx, closes_at=tx.now - timedelta(hours=1), facility_id=library)
    held = await posting(tx, closes_at=later, facility_id=centre, held_at=tx.now)
    await posting(tx, closes_at=later)
    resident, chat = await person(tx, "resident")
    await browse.mark(tx, resident, asked, "applied")
    await tx.add(Concern, resident_id=resident, posting_id=held, kind="money", at=tx.now)
    await tx.add(Concern, resident_id=people[0], posting_id=held, kind="wrong", at=tx.now)
    await tx.add(Concern, resident_id=resident, posting_id=empty, kind="closed", at=tx.now, handled_at=tx.now)
    values = {"cells": {}, "created_at": tx.now, "changed_at": tx.now}
    await tx.add(Writing, facility_id=library, written_by=people[1], state="waiting", **values)
    await tx.add(Writing, facility_id=library, written_by=people[1], state="open", **values)
    await tx.add(Writing, facility_id=centre, written_by=people[0], state="open", **values)
    await tx.add(
        Invitation,
        token_hash="x",
        role="manager",
        expires_at=later,
        used_at=tx.now,
        used_by=people[1],
        made_by=people[0],
    )
    await tx.add(
        Delivery, once="one", chat_id=chat, kind="alert", lane=2, state="uncertain", settled_at=tx.now,
        created_at=tx.now, not_before=tx.now, body={},
    )  # fmt: skip
    grandmother = await tx.add(Resident, language="ko", state="active", created_at=tx.now)
    values = {"facility_id": centre, "entered_by": people[2], "paper": True, "since": tx.now}
    await tx.add(WalkIn, resident_id=grandmother, name="김복순", **values)
    await alert(tx, grandmother, held)
    await alert(tx, grandmother, empty)
    found = [await staff.who(tx, one) for one in people]
    assert all(found)
    return tuple(one for one in found if one)  # type: ignore[return-value]


async def test_each_role_counts_what_is_theirs(store: Store) -> None:
    async with store.transaction() as tx:
        officer, library, centre = await town(tx)
        until = tx.now + timedelta(days=1)
        everything = counted(await desk.today(tx, officer, until))
        assert everything == {
            "waiting": 1,
            "drafts": 1,
            "doubted": 1,
            "held": 1,
            "unasked": 1,
            "tell": 1,
            "uncertain": 1,
            "joined": 1,
            "open": 3,
            "active": 5,
        }
        at_the_library = counted(await desk.today(tx, library, until))
        assert {
            name: at_the_library.get(name, 0) for name in ("waiting", "drafts", "doubted", "held", "unasked", "tell")
        } == {
            "waiting": 1,
            "drafts": 1,
            "unasked": 1,
            "doubted": 0,
            "held": 0,
            "tell": 0,
        }
        assert at_the_library["open"] == 2
        at_the_centre = await desk.today(tx, centre, until)
        assert (at_the_centre.doubted, at_the_centre.held, at_the_centre.tell, at_the_centre.drafts) == (1, 1, 1, 1)
        assert (at_the_centre.waiting, at_the_centre.unasked, at_the_centre.open) == (0, 0, 0)


async def test_the_openings_behind_a_count_are_as_many_and_only_theirs(store: Store) -> None:
    async with store.transaction() as tx:
        officer, library, centre = await town(tx)
        until = tx.now + timedelta(days=1)
        for who in (officer, library, centre):
            counts = await desk.today(tx, who, until)
            assert len(await desk.unasked(tx, who, until, 9)) == counts.unasked
            assert len(await desk.drafts(tx, who, 9)) == counts.drafts
        assert [one.used_by for one in await desk.joined(tx, officer, 9)] == [library.resident_id]
        assert await desk.joined(tx, library, 9) == [], "of one's own there is nothing to notice"


async def test_a_day_later_nobody_is_told_of_an_invitation_any_more(store: Store) -> None:
    async with store.transaction() as tx:
        officer, _, _ = await town(tx)
        until = tx.now + timedelta(days=1)
        tx.now += timedelta(days=1)
        assert (await desk.today(tx, officer, until)).joined == 0
        tx.now += timedelta(days=7)
        assert (await desk.today(tx, officer, until)).uncertain == 0
