"""Who lost their way in comes back in a new chat, and an old device that is found is nobody's any more."""

import pytest

from handlers.clock.tidy import tidy
from handlers.typed_code import fresh
from storage import audit, codes, deliveries, invitations, moves, residents, returning, staff
from storage.deliveries import Owed
from storage.move_tables import Move
from storage.outbox_tables import Delivery
from storage.staff_tables import Invitation
from storage.store import Store
from storage.tables import Chat, Resident, Staff
from storage.transaction import Transaction
from tests.conftest import Clock

from .people import person
from .test_moves import moved, whose


async def back(tx: Transaction, resident: int, chat_id: int) -> None:
    chat = await tx.get(Chat, id=chat_id)
    assert chat is not None
    await returning.come_back(tx, resident, chat)


@pytest.mark.parametrize("state", ["new", "active"])
async def test_all_old_chats_lose_the_role_at_once(store: Store, state: str) -> None:
    async with store.transaction() as tx:
        mina, lost = await person(tx, "lost", state=state)
        await staff.appoint(tx, mina, "officer")
        _, phone = await person(tx, "phone", state="new")
        made = await moved(tx, (mina, lost), phone, both=True)
        await codes.make(tx, fresh(), "move", mina, lost)
        await deliveries.queue(tx, [Owed(f"word:{lost}:1", lost, "alert", 0)])
        visitor, new = await person(tx, "new", state="new")
        await back(tx, mina, new)
        assert await whose(tx, new) == mina
        assert await staff.role(tx, mina) == "officer"
        for chat in (lost, phone):
            assert await staff.role(tx, await whose(tx, chat)) is None
        assert await whose(tx, lost) != await whose(tx, phone)
        assert [row.chat_id for row in await tx.find(Delivery)] == [new]
        assert await codes.open_now(tx, mina) == 0
        assert await moves.undo(tx, made.id, lost) is None, "an old device can't bring itself back"
        assert not await tx.find(Move)
        assert await tx.get(Resident, id=visitor) is None


async def test_alerts_of_the_new_chat_go_on(store: Store) -> None:
    """Their own telephone, where they get alerts as a resident, becomes their way in."""
    async with store.transaction() as tx:
        mina, _ = await person(tx, "lost", state="new")
        await staff.appoint(tx, mina, "officer")
        herself, phone = await person(tx, "phone")
        own = await tx.get(Resident, id=herself)
        assert own is not None
        await residents.consent(tx, own, "alerts", "1")
        await back(tx, mina, phone)
        kept = await tx.get(Resident, id=mina)
        assert kept is not None
        assert kept.state == "active"
        assert await residents.agreed(tx, kept, "alerts")


async def test_dismissal_ends_invitations_too_and_is_forgotten_after_a_month(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        mina, _ = await person(tx, "1", state="new")
        await staff.appoint(tx, mina, "officer", name="민아")
        await invitations.invite(tx, "a", "viewer", made_by=mina, life=invitations.LONG)
        await invitations.invite(tx, "b", "officer", whose=mina, made_by=99, life=invitations.LONG)
        await invitations.invite(tx, "c", "viewer", made_by=99, life=invitations.LONG)
        await staff.dismiss(tx, mina)
        assert await staff.was(tx, mina)
        kept = await staff.row(tx, mina)
        assert kept is not None
        assert kept.name is None
        taken = [await invitations.accept(tx, token, 5) is not None for token in "abc"]
        assert taken == [False, False, True]
        await audit.write(tx, 99, "dismiss", "staff", mina)
    clock.forward(days=38)
    async with store.transaction() as tx:
        await tidy(tx)
        assert not await tx.find(Staff)
        assert not await tx.find(Invitation)
        assert await audit.verify(tx) == (1, None)


async def test_staff_who_stop_their_alerts_stay_staff(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        mina, _ = await person(tx, "1")
        resident = await tx.get(Resident, id=mina)
        assert resident is not None
        await staff.appoint(tx, mina, "officer")
        await residents.leave(tx, resident)
    clock.forward(days=31)
    async with store.transaction() as tx:
        await tidy(tx)
        assert await staff.role(tx, mina) == "officer"
