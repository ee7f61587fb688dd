"""The sender against a real socket: what arrives, what is tried again, what is named, and what stops."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, update

from bot.courier import Timing
from bot.gate import Gate
from bot.sender import Sender
from handlers.chat.capabilities import Capabilities
from handlers.chat.events import Address
from handlers.chat.messages import Message
from storage import deliveries
from storage.deliveries import Claimed, Owed
from storage.outbox_tables import Delivery
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Chat
from storage.transaction import Transaction
from tests.conftest import Clock
from tests.engines import on_postgres, on_sqlite
from tests.fakes.wire import BROKEN, LOST, Answer, Server, Wire, unheard
from tests.storage.people import person, states

QUICK = Timing(poll=0.02, lease=5, doubt=5, reap=0.05, drain=2)
OVER = ("uncertain", "sent", "failed", "suppressed")
Until = Callable[[], Awaitable[bool]]


async def words(tx: Transaction, owed: Sequence[Claimed], capabilities: Capabilities) -> list[Message | None]:
    if any(one.kind == "broken" for one in owed):
        raise ValueError("cannot be said")
    return [None if one.kind == "silent" else Message(one.once) for one in owed]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def sending(store: Store, server: Server, rate: float | None = None, **options: Any) -> AsyncIterator[Sender]:
    wire = Wire(server.url, rate)
    await wire.start(unheard)
    sender = Sender(store, {("wire", "1"): wire}, words, **{"timing": QUICK, **options})
    sender.start()
    try:
        yield sender
    finally:
        await sender.stop()
        await wire.stop()


async def owe(store: Store, n: int, kind: str = "alert", lane: int = 2, prefix: str = "") -> list[str]:
    """One message to each of n new people."""
    async with store.transaction() as tx:
        rows = []
        for i in range(n):
            _, chat = await person(tx, f"{prefix}{i}", "wire")
            rows.append(Owed(f"{prefix}{i}", chat, kind, lane))
        await deliveries.queue(tx, rows)
    return [row.once for row in rows]


async def until(true: Until, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while True:
            if await true():
                return
            await asyncio.sleep(0.01)


async def settled(store: Store, *over: str, seconds: float = 30) -> dict[str, str]:
    """All states, once each is among those that are `over`."""
    async with asyncio.timeout(seconds):
        while True:
            async with store.reading() as tx:
                found = await states(tx)
            if set(found.values()) <= set(over):
                return found
            await asyncio.sleep(0.02)


async def test_everybody_gets_theirs_once(store: Store, server: Server) -> None:
    names = await owe(store, 100)
    outcomes: list[tuple[int, str]] = []
    async with sending(store, server, on_outcome=lambda lane, outcome: outcomes.append((lane, outcome))):
        await settled(store, "sent")
    assert sorted(server.texts()) == sorted(names)
    assert outcomes == [(2, "sent")] * 100
    assert len({key for _, _, key in server.received}) == 100


async def test_each_failure_has_its_end(store: Store, server: Server) -> None:
    tries: dict[str, int] = {}

    def answer(chat: str, text: str) -> Answer:
        tries[chat] = tries.get(chat, 0) + 1
        odd = {
            "1": BROKEN,
            "2": LOST,
            "3": Answer(403),
            "4": Answer(400),
            "5": Answer(502, delivered=False),
            "6": Answer(429, {"after": 0.01}) if tries[chat] == 1 else Answer(),
            "7": Answer(400, {"reason": "moved:-7"}),
        }
        return odd.get(chat, Answer())

    server.answer = answer
    await owe(store, 8)
    await owe(store, 1, "silent", prefix="silent")
    await owe(store, 1, "broken", prefix="broken")
    async with sending(store, server):
        await until(lambda: _tried(store))
        found = await settled(store, "sent", "queued", "uncertain", "failed", "suppressed")
    assert found == {
        "0": "sent",
        **dict.fromkeys(("1", "2", "5"), "uncertain"),
        **dict.fromkeys(("3", "4"), "failed"),
        **dict.fromkeys(("6", "7"), "queued"),
        "silent0": "suppressed",
        "broken0": "failed",
    }
    assert sorted(server.texts()) == ["0", "1"]
    assert all(n == 1 for n in tries.values())
    async with store.reading() as tx:
        chats = {chat.address: chat.state for chat in await tx.find(Chat)}
    assert (chats["3"], chats["4"], chats["-7"]) == ("blocked", "active", "active")


async def test_what_was_put_off_goes_when_its_time_comes(store: Store, server: Server, clock: Clock) -> None:
    first = True

    def answer(chat: str, text: str) -> Answer:
        nonlocal first
        was, first = first, False
        return Answer(429, {"after": 0.05}) if was else Answer()

    server.answer = answer
    await owe(store, 1)
    async with sending(store, server):
        await until(lambda: _tried(store))  # refused once
        assert server.texts() == []
        clock.forward(seconds=1)
        await settled(store, "sent")
    assert server.texts() == ["0"]


@on_sqlite
async def test_nothing_is_lost_while_the_server_is_away(store: Store, clock: Clock) -> None:
    server = Server()
    await server.start()
    await server.stop()
    await owe(store, 3)
    async with sending(store, server):
        await until(lambda: _tried(store))
        assert await settled(store, "queued") == dict.fromkeys("012", "queued")
        async with store.reading() as tx:
            waits = [row.not_before for row in await tx.find(Delivery)]
        assert waits == [clock() + timedelta(seconds=2)] * 3


async def _has(server: Server, text: str = "", n: int = 0) -> bool:
    return (not text or text in server.texts()) and len(server.received) >= n


async def _tried(store: Store) -> bool:
    async with store.reading() as tx:
        rows = await tx.find(Delivery)
    return all(row.lease is None and (row.attempts or row.state != "queued") for row in rows if row.state not in OVER)


@on_sqlite
async def test_the_urgent_goes_first(store: Store, server: Server) -> None:
    await owe(store, 30, prefix="routine")
    await owe(store, 2, lane=1, prefix="urgent")
    await owe(store, 2, lane=0, prefix="receipt")
    async with sending(store, server, rate=20):  # a slot is longer than it takes to word a message
        await settled(store, "sent")
    # A burst of two may be under way when they come to the gate; behind it they go before all routine.
    assert [name[:-1] for name in server.texts()[:4]].count("receipt") == 2
    assert [name[:-1] for name in server.texts()[:6]].count("urgent") == 2


@on_sqlite
async def test_the_urgent_finds_room_in_full_hands(store: Store, server: Server) -> None:
    await owe(store, 40, prefix="routine")
    async with sending(store, server, rate=10) as sender:
        await asyncio.sleep(0.3)
        await owe(store, 1, lane=1, prefix="urgent")
        before = len(server.received)
        sender.wake()
        await until(lambda: _has(server, "urgent0"))
        assert server.texts().index("urgent0") <= before + 3


async def test_stopping_finishes_what_is_being_sent_and_gives_back_the_rest(store: Store, server: Server) -> None:
    server.seconds = 0.3
    names = await owe(store, 60)
    async with sending(store, server, rate=50):
        await until(lambda: _has(server, n=5))
    found = await settled(store, "sent", "queued", seconds=1)
    arrived = server.texts()
    assert 5 <= len(arrived) < 60
    assert {name for name, state in found.items() if state == "sent"} == set(arrived)
    async with sending(store, server):
        await settled(store, "sent")
    assert sorted(server.texts()) == sorted(names)


@on_sqlite
async def test_what_waits_at_the_gate_can_still_be_cancelled(store: Store, server: Server) -> None:
    await owe(store, 20)
    async with sending(store, server, rate=5):
        await until(lambda: _has(server, n=1))
        async with store.transaction() as tx:
            await tx.execute(update(Chat).where(col(Chat.address) == "19").values(state="blocked"))
            await tx.execute(update(Delivery).where(col(Delivery.once) != "19").values(expires_at=tx.now))
        found = await settled(store, "sent", "expired", "suppressed")
    assert found["19"] == "suppressed"
    assert len(server.received) <= 4
    assert sorted(server.texts()) == sorted(name for name, state in found.items() if state == "sent")


@on_sqlite
async def test_what_waited_too_long_at_the_gate_is_in_two_hands_and_sent_by_one(
    store: Store, server: Server, clock: Clock
) -> None:
    names = await owe(store, 10)
    gate = Gate(None)
    for name in names:
        gate.cut(Address("wire", "1", name), 0.5)
    async with sending(store, server, gates={("wire", "1"): gate}):
        await until(lambda: _all_leased(store))
        clock.forward(seconds=6)  # the leases are over: the reaper gives the rows back, and they are claimed again
        await settled(store, "sent")
        await asyncio.sleep(0.1)
    assert sorted(server.texts()) == sorted(names)


async def _all_leased(store: Store) -> bool:
    async with store.reading() as tx:
        return set((await states(tx)).values()) == {"leased"}


@on_sqlite
async def test_a_platform_that_drops_second_copies_may_be_asked_again(
    store: Store, server: Server, clock: Clock
) -> None:
    answers = iter([BROKEN])
    server.answer = lambda chat, text: next(answers, Answer())
    await owe(store, 1)
    async with sending(store, server, keyed=("wire",)):
        await until(lambda: _tried(store))
        clock.forward(seconds=3)
        await settled(store, "sent")
    assert len({key for _, _, key in server.received}) == 1
    assert len(server.received) == 2


@on_sqlite
async def test_what_arrived_is_told_in_the_same_commit(store: Store, server: Server) -> None:
    told: list[tuple[int, str]] = []

    async def sent(tx: Transaction, messages: Sequence[tuple[int, Message]]) -> None:
        told.extend((chat_id, message.text) for chat_id, message in messages)

    await owe(store, 2)
    async with sending(store, server, sent=sent):
        await settled(store, "sent")
    assert sorted(told) == [(1, "0"), (2, "1")]


@on_postgres
async def test_several_processes_share_the_work(store: Store, server: Server, keys: Keys, clock: Clock) -> None:
    server.seconds = 0.01
    names = await owe(store, 10)
    async with store.transaction() as tx:
        chats = [chat.id for chat in await tx.find(Chat)]
        more = [Owed(f"{chat}.{n}", chat, "alert", 2) for n in range(9) for chat in chats]
        await deliveries.queue(tx, more)
    others = [Store(store.url.render_as_string(hide_password=False), keys, clock) for _ in range(2)]
    async with sending(store, server), sending(others[0], server), sending(others[1], server):
        await settled(store, "sent", seconds=30)
    for other in others:
        await other.close()
    assert sorted(server.texts()) == sorted(names + [row.once for row in more])
    assert server.most_of_one == 1
