"""What a move does with the rights of staff: they stay with the chat, or both chats are theirs."""

import pytest

from storage import facilities, moves, residents, staff
from storage.store import Store
from storage.tables import Consent, Resident

from .people import person
from .test_moves import moved, whose


async def test_rights_of_staff_stay_with_the_chat_unless_both_are_theirs(store: Store) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old")
        _, new = await person(tx, "new", state="new")
        library = await facilities.make(tx, "별빛도서관")
        await staff.appoint(tx, mina, "manager", [library])
        made_ = await moved(tx, (mina, old), new)
        assert await staff.role(tx, await whose(tx, new)) is None
        there = await staff.who(tx, await whose(tx, old))
        assert there is not None
        assert there.facilities == {library}, "what one acts for stays with the role"
        await staff.appoint(tx, mina, "viewer")  # in the new chat, by an invitation
        await moves.undo(tx, made_.id, old)
        assert await staff.role(tx, await whose(tx, old)) == "manager"
        assert await staff.role(tx, await whose(tx, new)) == "viewer"


@pytest.mark.parametrize("state", ["active", "new"])
@pytest.mark.parametrize("there", ["active", "new"])
async def test_a_second_device_of_staff_is_theirs_until_it_is_undone(store: Store, state: str, there: str) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old", state=state)
        other, new = await person(tx, "new", state=there)
        for one, agreed in ((mina, state), (other, there)):
            if agreed == "active":
                await tx.add(
                    Consent, resident_id=one, item="alerts", version="1", language="ko", basis="consent", at=tx.now
                )
        await staff.appoint(tx, mina, "officer")
        made_ = await moved(tx, (mina, old), new, both=True)
        assert await whose(tx, old) == await whose(tx, new) == mina
        assert await staff.role(tx, mina) == "officer"
        resident = await tx.get(Resident, id=mina)
        assert resident is not None
        assert resident.state == ("active" if "active" in (state, there) else "new")
        assert await residents.agreed(tx, resident, "alerts") == (resident.state == "active")
        await moves.undo(tx, made_.id, old)
        assert await whose(tx, old) == mina
        assert await whose(tx, new) != mina
        assert await staff.role(tx, await whose(tx, new)) is None
        for one, before in ((mina, state), (other, there)):
            kept = await tx.get(Resident, id=one)
            assert kept is not None
            assert kept.state == before
            assert await residents.agreed(tx, kept, "alerts") == (before == "active")


async def test_who_was_dismissed_brings_no_second_device(store: Store) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old")
        _, new = await person(tx, "new", state="new")
        await staff.appoint(tx, mina, "officer")
        await staff.dismiss(tx, mina)
        made_ = await moved(tx, (mina, old), new, both=True)
        assert not made_.both
        assert await staff.was(tx, await whose(tx, old))
        assert not await staff.was(tx, await whose(tx, new))
