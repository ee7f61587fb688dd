"""Moves: one winner, nothing lost, nothing twice, and all of it back within a day."""

import asyncio
from typing import Any

import pytest
from sqlmodel import col, update

from handlers.clock.plan import plan
from handlers.clock.tidy import tidy
from handlers.typed_code import fresh
from storage import codes, copies, deliveries, moves, residents, wishes
from storage.deliveries import EVERY_LANE, Owed, Settled, Verdict
from storage.move_tables import Code, Copy, Move
from storage.outbox_tables import Alert, Delivery
from storage.store import Store
from storage.tables import Chat, Consent, Mark, Neighbourhood, Resident, Staff, Wish, WishArea
from storage.transaction import Transaction
from tests.conftest import Clock

from .people import alert, on_the_map, person, posting, states

PLATFORMS = ["telegram", "web"]


async def made(tx: Transaction, resident: int, chat: int) -> Code:
    """A code that was claimed already."""
    code = fresh()
    await codes.make(tx, code, "move", resident, chat)
    found = await codes.find(tx, code)
    assert found is not None
    claimed = await codes.claim(tx, found.id)
    assert claimed is not None
    return claimed


async def moved(tx: Transaction, one: tuple[int, int], to: int, **how: bool) -> Move:
    chat = await tx.get(Chat, id=to)
    assert chat is not None
    result = await moves.move(tx, await made(tx, *one), chat, **({"own": False, "both": False} | how))
    assert result is not None
    return result


async def whose(tx: Transaction, chat: int) -> int:
    found = await tx.get(Chat, id=chat)
    assert found is not None
    return found.resident_id


async def planned(tx: Transaction) -> list[tuple[int, int]]:
    """(chat, posting) of what is queued from now on."""
    before = {row.id for row in await tx.find(Delivery)}
    await plan(tx, 10, PLATFORMS, ["web"])
    return [(d.chat_id, d.posting_id or 0) for d in await tx.find(Delivery, order=Delivery.id) if d.id not in before]


async def test_two_chats_with_one_code_have_one_winner(store: Store) -> None:
    async with store.transaction() as tx:
        owner = await person(tx, "1")
        code = fresh()
        await codes.make(tx, code, "move", *owner)
        row = await codes.find(tx, code)
        assert row is not None
        guests = [(await person(tx, f"guest{n}", state="new"))[1] for n in range(2)]

    async def brings(chat_id: int) -> bool:
        async with store.transaction() as tx:
            claimed = await codes.claim(tx, row.id)
            chat = await tx.get(Chat, id=chat_id)
            assert chat is not None
            return claimed is not None and await moves.move(tx, claimed, chat, own=False, both=False) is not None

    assert sorted(await asyncio.gather(*map(brings, guests))) == [False, True]
    async with store.reading() as tx:
        assert len(await tx.find(Chat, Chat.resident_id == owner[0])) == 1


async def test_what_is_owed_follows_and_is_neither_lost_nor_doubled(store: Store) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old")
        other, new = await person(tx, "new", "web", state="new")
        p, q, r, s = [await posting(tx) for _ in range(4)]
        for one in (p, q, r):
            await alert(tx, mina, one)
        assert await planned(tx) == [(old, p), (old, q), (old, r)]
        [sending] = await deliveries.claim(tx, 1, EVERY_LANE, "mine", 30)
        await deliveries.intend(tx, [sending.bound], "k", "mine", 30)
        # The next one is in a sender's hand, not begun: it must not go to the old chat any more.
        await tx.execute(update(Delivery).where(col(Delivery.posting_id) == q).values(state="leased", lease="other"))
        await deliveries.queue(tx, [Owed(f"change:{old}:{s}:2", old, "change", 2, posting_id=s, revision=2)])
        made_ = await moved(tx, (mina, old), new)
        assert made_.to_chat == new
        assert await deliveries.intend(tx, [(sending.id + 1, old)], "k", "other", 30) == {}
        rows = [(d.once, d.chat_id, d.state) for d in await tx.find(Delivery, order=Delivery.id)]
        assert rows == [
            (f"alert:{new}:{p}", new, "sending"),
            (f"alert:{new}:{q}", new, "queued"),
            (f"alert:{new}:{r}", new, "queued"),
            (f"change:{new}:{s}:2", new, "queued"),
        ]
        t = await posting(tx)
        await alert(tx, mina, t)
        assert await planned(tx) == [(new, t)]
        # The one under way could not be sent: it goes to the new chat, not to where nobody reads any more.
        await deliveries.settle(tx, [Settled(sending.id, old, "mine", Verdict("queued", after=1.0))])
        assert (await states(tx))[f"alert:{new}:{p}"] == "queued"
        assert await whose(tx, new) == mina
        behind = await tx.get(Resident, id=await whose(tx, old))
        assert behind is not None
        assert behind.id not in (mina, other)
        assert behind.state == "new"


async def test_what_the_new_chat_was_told_is_not_told_there_again(store: Store) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old")
        other, new = await person(tx, "new", "web")
        p, q = await posting(tx), await posting(tx)
        await alert(tx, other, p, state="told")
        await alert(tx, other, q)
        assert await planned(tx) == [(new, q)]
        await alert(tx, mina, p)
        await alert(tx, mina, q)
        await moved(tx, (mina, old), new)
        assert await planned(tx) == []
        reasons = {(a.posting_id, a.reason) for a in await tx.find(Alert, Alert.resident_id == mina)}
        assert reasons == {(p, "told before"), (q, "told before")}


async def picture(tx: Transaction) -> dict[str, Any]:
    """All that a move changes and undoing puts back."""
    running = {
        w.resident_id: [a.active for a in await tx.find(WishArea, WishArea.resident_id == w.resident_id)]
        for w in await tx.find(Wish)
    }
    return {
        "wishes": {w.resident_id: w.id for w in await tx.find(Wish)},
        "places": {n.resident_id: n.area for n in await tx.find(Neighbourhood)},
        "running": running,
        "marks": sorted((m.resident_id, m.posting_id, m.verb) for m in await tx.find(Mark)),
        "chats": {c.id: c.resident_id for c in await tx.find(Chat)},
        "states": {r.id: (r.state, r.left_at) for r in await tx.find(Resident, Resident.state != "new")},
        "copies": sorted((c.id, c.resident_id, c.chat_id) for c in await tx.find(Copy)),
        "consents": sorted((c.id, c.resident_id) for c in await tx.find(Consent)),
        "staff": [(s.resident_id, s.role) for s in await tx.find(Staff)],
    }


async def two_lives(tx: Transaction) -> tuple[int, int, int, int]:
    """Mina in the old chat and who was in the new one: both have wishes, marks, and somebody who helps them or is helped."""
    mina, old = await person(tx, "old")
    other, new = await person(tx, "new", "web")
    _, helper = await person(tx, "helper")
    mother, _ = await person(tx, "mother")
    for who, area, verbs in ((mina, 1233012800, ["saved"]), (other, 1233012900, ["hidden", "saved"])):
        await on_the_map(tx, area)
        await wishes.settle(tx, who, area)
        for verb in verbs:
            await tx.add(Mark, resident_id=who, posting_id=await posting(tx), verb=verb, at=tx.now)
    resident = await tx.get(Resident, id=other)
    assert resident is not None
    await copies.give(tx, other, helper, await residents.consent(tx, resident, "copies", "1"))
    await copies.give(tx, mother, old, None)
    return mina, old, other, new


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("own", [False, True])
async def test_undoing_puts_all_back(store: Store, clock: Clock, own: bool, both: bool) -> None:
    async with store.transaction() as tx:
        mina, old, other, new = await two_lives(tx)
        before = await picture(tx)
    clock.forward(hours=1)
    async with store.transaction() as tx:
        made_ = await moved(tx, (mina, old), new, own=own, both=both)
        after = await picture(tx)
        assert after["chats"][new] == mina
        assert (after["chats"][old] == mina) == both
        assert after["wishes"][mina] == before["wishes"][other if own else mina]
        assert after["running"] == {mina: [True], other: [False]}
        assert len([m for m in after["marks"] if m[0] == mina]) == 3, "what both saved and hid"
        assert {c[1:] for c in after["copies"]} >= {(mina, before["copies"][0][2])}, (
            "who is helped goes on being helped"
        )
        p = await posting(tx)
        await alert(tx, mina, p)
        helper = before["copies"][0][2]
        assert sorted(await planned(tx)) == sorted([(new, p), (helper, p), *([(old, p)] if both else [])])
    clock.forward(hours=22)
    async with store.transaction() as tx:
        assert await moves.undo(tx, made_.id, new) is None, "only the old chat may"
        assert await moves.undo(tx, made_.id, old) == [new]
        assert await moves.undo(tx, made_.id, old) is None
        assert await picture(tx) == before
        waiting = [
            (d.kind, d.chat_id) for d in await tx.find(Delivery, Delivery.posting_id == p, Delivery.state == "queued")
        ]
        assert ("alert", old) in waiting
        assert ("alert", new) not in waiting


async def test_who_moved_on_is_brought_back_too_but_not_after_a_day(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old")
        thief, second = await person(tx, "second", state="new")
        _, third = await person(tx, "third", state="new")
        first_move = await moved(tx, (mina, old), second)
        await moved(tx, (mina, second), third)
        assert await whose(tx, third) == mina
        assert await moves.undo(tx, first_move.id, old) == [third, second]
        assert await whose(tx, old) == mina
        assert await whose(tx, second) == thief
        assert mina not in (await whose(tx, second), await whose(tx, third))
        again = await moved(tx, (mina, old), second)
    clock.forward(hours=25)
    async with store.transaction() as tx:
        assert await moves.undo(tx, again.id, old) is None
        await moves.forget(tx)
        assert not await tx.find(Move)


async def test_undoing_works_though_the_newcomer_was_forgotten(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old")
        visitor, new = await person(tx, "new", state="new")
    clock.forward(hours=20)
    async with store.transaction() as tx:
        made_ = await moved(tx, (mina, old), new)
    clock.forward(hours=5)
    async with store.transaction() as tx:
        assert await residents.tidy(tx) == 1
        assert await tx.get(Resident, id=visitor) is None
        assert await moves.undo(tx, made_.id, old) == [new]
        assert await whose(tx, old) == mina
        assert await whose(tx, new) not in (mina, visitor)


async def test_who_left_has_nothing_to_bring(store: Store) -> None:
    async with store.transaction() as tx:
        mina, old = await person(tx, "old")
        _, new = await person(tx, "new")
        code = await made(tx, mina, old)
        resident, chat = await tx.get(Resident, id=mina), await tx.get(Chat, id=new)
        assert resident is not None
        assert chat is not None
        await residents.leave(tx, resident)
        assert await moves.comes(tx, mina) is None
        assert await moves.move(tx, code, chat, own=False, both=False) is None


async def test_who_one_was_before_is_erased_with_one_or_after_a_day(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        mina, old, other, new = await two_lives(tx)
        await moved(tx, (mina, old), new)
        assert await tx.get(Resident, id=other)
        assert await moves.latest(tx, mina)
    clock.forward(hours=25)
    async with store.transaction() as tx:
        await tidy(tx)
        assert await tx.get(Resident, id=other) is None
        assert await tx.get(Chat, id=old) is None
        assert await moves.latest(tx, mina) is None
        second, chat = await person(tx, "second")
        await moved(tx, (mina, new), chat)
        await residents.erase(tx, mina)
        assert await tx.get(Resident, id=second) is None


async def test_erasing_takes_codes_moves_and_copies_along(store: Store) -> None:
    async with store.transaction() as tx:
        mina, old, _, new = await two_lives(tx)
        await moved(tx, (mina, old), new, both=True)
        await codes.make(tx, fresh(), "move", mina, new)
        await residents.erase(tx, mina)
        assert not await tx.find(Code)
        assert not await tx.find(Move)
        assert not await tx.find(Copy)
        assert "queued" not in (await states(tx)).values()
