"""The outbox's states: what may be sent, what may not, and what becomes of everything else."""

from datetime import timedelta

from sqlmodel import col, update

from storage import deliveries
from storage.deliveries import EVERY_LANE, Owed, Settled, Verdict
from storage.outbox_tables import Alert, Count, Delivery
from storage.store import Store
from storage.tables import Chat, Resident
from storage.transaction import Transaction
from tests.conftest import Clock
from tests.storage.people import alert, person, posting, states


async def claim(store: Store, limit: int = 10, lease: str = "mine", lanes: tuple[int, ...] = EVERY_LANE) -> list[int]:
    async with store.transaction() as tx:
        return [one.id for one in await deliveries.claim(tx, limit, lanes, lease, 30)]


async def intend(store: Store, ids: list[int], lease: str = "mine") -> dict[int, str]:
    async with store.transaction() as tx:
        rows = await tx.find(Delivery, col(Delivery.id).in_(ids))
        passed = await deliveries.intend(tx, [(row.id, row.chat_id) for row in rows], "key", lease, 60)
        return {delivery: key for (delivery, _), key in passed.items()}


async def settle(store: Store, delivery: int, chat: int, verdict: Verdict, lease: str = "mine") -> None:
    async with store.transaction() as tx:
        await deliveries.settle(tx, [Settled(delivery, chat, lease, verdict)])


async def one_owed(store: Store, lane: int = 2, once: str = "a") -> tuple[int, int, int]:
    """A resident, their chat and an alert carried by one queued delivery: (resident, chat, delivery)."""
    async with store.transaction() as tx:
        resident, chat = await person(tx, once)
        job = await posting(tx)
        made = await deliveries.queue(tx, [Owed(once, chat, "alert", lane, posting_id=job)])
        await alert(tx, resident, job, state="carried", delivery_id=made[once])
    return resident, chat, made[once]


async def row(store: Store, delivery: int) -> Delivery:
    async with store.reading() as tx:
        found = await tx.get(Delivery, id=delivery)
    assert found is not None
    return found


async def the_alert(store: Store) -> Alert:
    async with store.reading() as tx:
        return (await tx.find(Alert))[0]


async def test_the_same_message_is_queued_once(store: Store) -> None:
    async with store.transaction() as tx:
        _, chat = await person(tx, "a")
        assert len(await deliveries.queue(tx, [Owed("x", chat, "alert", 2), Owed("y", chat, "alert", 2)])) == 2
        assert list(await deliveries.queue(tx, [Owed("x", chat, "alert", 2), Owed("z", chat, "alert", 2)])) == ["z"]


async def test_claims_go_by_lane_then_age_and_one_a_chat(store: Store) -> None:
    async with store.transaction() as tx:
        chats = [(await person(tx, str(n)))[1] for n in range(3)]
        made = await deliveries.queue(
            tx,
            [
                Owed("old", chats[0], "alert", 2),
                Owed("second", chats[0], "alert", 2),
                Owed("urgent", chats[1], "broadcast", 1),
                Owed("reply", chats[2], "receipt", 0),
                Owed("tomorrow", chats[2], "alert", 0, not_before=tx.now + timedelta(days=1)),
            ],
        )
    names = {key: once for once, key in made.items()}
    assert [names[key] for key in await claim(store, lanes=(0, 1))] == ["reply", "urgent"]
    assert [names[key] for key in await claim(store, lease="other")] == ["old"]
    assert await claim(store) == []


async def test_a_message_that_arrived_tells_its_alert(store: Store) -> None:
    _, chat, key = await one_owed(store)
    assert await claim(store) == [key]
    assert await intend(store, [key]) == {key: f"key{key}"}
    await settle(store, key, chat, Verdict("sent", ref="77", chat="fine"))
    found = await row(store, key)
    assert (found.state, found.message_ref, found.attempts, found.lease) == ("sent", "77", 1, None)
    assert (await the_alert(store)).state == "told"


async def test_the_gate_lets_nobody_through_twice_or_with_another_lease(store: Store) -> None:
    _, _, key = await one_owed(store)
    await claim(store)
    assert await intend(store, [key], "other") == {}
    assert await intend(store, [key]) != {}
    assert await intend(store, [key]) == {}


async def test_a_lease_that_ran_out_is_no_ticket(store: Store, clock: Clock) -> None:
    _, _, key = await one_owed(store)
    await claim(store)
    clock.forward(seconds=31)
    assert await intend(store, [key]) == {}
    assert (await row(store, key)).state == "queued"
    assert await claim(store, lease="next") == [key]


async def test_who_left_or_blocked_gets_nothing(store: Store) -> None:
    resident, _, key = await one_owed(store)
    _, chat, other = await one_owed(store, once="b")
    await claim(store)
    async with store.transaction() as tx:
        person_ = await tx.get(Resident, id=resident)
        assert person_ is not None
        await tx.put(Resident, ["id"], **{**person_.model_dump(), "state": "left"})
        await tx.execute(update(Chat).where(col(Chat.id) == chat).values(state="blocked"))
    assert await intend(store, [key, other]) == {}
    assert ((await row(store, key)).state, (await row(store, other)).state) == ("cancelled", "suppressed")
    assert (await the_alert(store)).state == "dropped"


async def test_what_comes_too_late_is_not_sent(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        chats = [(await person(tx, str(n)))[1] for n in range(2)]
        soon = tx.now + timedelta(seconds=10)
        made = await deliveries.queue(tx, [Owed(str(c), c, "reminder", 2, expires_at=soon) for c in chats])
    [first] = await claim(store, limit=1)
    clock.forward(seconds=11)
    assert await intend(store, [first]) == {}
    async with store.transaction() as tx:
        assert (await deliveries.reap(tx))["expired"] == 1
        assert set((await states(tx)).values()) == {"expired"}
    assert len(made) == 2


async def test_an_unknown_outcome_is_named_and_its_alert_rides_along_later(store: Store, clock: Clock) -> None:
    resident, chat, key = await one_owed(store)
    await claim(store)
    await intend(store, [key])
    clock.forward(seconds=61)
    async with store.transaction() as tx:
        assert await deliveries.reap(tx) == {"uncertain": 1, "queued": 0, "expired": 0, "suppressed": 0}
        assert [d.id for d in await tx.find(Delivery, Delivery.state == "uncertain")] == [key]
        assert len(await deliveries.maybe_seen(tx, resident)) == 1
        assert await deliveries.depth(tx) == {("uncertain", 2): 1}
    assert await claim(store) == []
    await settle(store, key, chat, Verdict("sent", ref="9"))  # the answer came after all
    assert (await row(store, key)).state == "sent"
    assert (await the_alert(store)).state == "told"


async def test_a_doubtful_urgent_message_is_repeated_once(store: Store) -> None:
    _, chat, key = await one_owed(store, lane=1)
    for _ in range(3):
        ids = await claim(store)
        await intend(store, ids)
        for one in ids:
            await settle(store, one, chat, Verdict("uncertain", "timed out"))
    async with store.reading() as tx:
        assert await states(tx) == {"a": "uncertain", "a:again": "uncertain"}
        again = await tx.get(Delivery, once="a:again")
    assert again is not None
    assert again.body == {"maybe_seen": True}
    assert key != again.id


async def test_too_many_requests_hold_the_whole_chat(store: Store, clock: Clock) -> None:
    _, chat, key = await one_owed(store)
    async with store.transaction() as tx:
        await deliveries.queue(tx, [Owed("next", chat, "alert", 2)])
    await claim(store)
    await intend(store, [key])
    await settle(store, key, chat, Verdict("queued", "429", after=20, chat="wait"))
    clock.forward(seconds=19)
    assert await claim(store) == []
    clock.forward(seconds=1)
    assert await claim(store) == [key]
    assert await intend(store, [key]) == {key: f"key{key}"}  # the key of the first attempt
    assert (await row(store, key)).attempts == 2


async def test_three_days_of_refusals_switch_a_chat_off(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        _, chat = await person(tx, "a")
    for day in range(4):
        for n in range(2):
            once = f"{day}.{n}"
            async with store.transaction() as tx:
                await deliveries.queue(tx, [Owed(once, chat, "alert", 2)])
            ids = await claim(store)
            assert bool(ids) == (day < 2 or (day, n) == (2, 0))
            await intend(store, ids)
            for key in ids:
                await settle(store, key, chat, Verdict("failed", "403", chat="strike"))
        clock.forward(days=1)
    async with store.reading() as tx:
        found = await tx.get(Chat, id=chat)
    assert found is not None
    assert (found.state, found.strikes) == ("blocked", 3)


async def test_blocking_ends_what_waits(store: Store) -> None:
    _, chat, key = await one_owed(store)
    async with store.transaction() as tx:
        await deliveries.queue(tx, [Owed("next", chat, "alert", 2)])
    await claim(store)
    await intend(store, [key])
    await settle(store, key, chat, Verdict("failed", "blocked", chat="off"))
    async with store.reading() as tx:
        assert await states(tx) == {"a": "failed", "next": "suppressed"}
    assert (await the_alert(store)).state == "dropped"


async def test_closing_and_leaving_cancel_what_waits(store: Store) -> None:
    resident, chat, _ = await one_owed(store)
    await one_owed(store, once="b")
    await claim(store, limit=1)
    async with store.transaction() as tx:
        job = await posting(tx)
        await deliveries.queue(tx, [Owed("change", chat, "change", 2, posting_id=job), Owed("ok", chat, "receipt", 0)])
        second = (await tx.find(Delivery, Delivery.once == "b"))[0]
        assert await deliveries.cancel_for_posting(tx, second.posting_id or 0) == 1
        assert await deliveries.cancel_for_posting(tx, job) == 0
        assert await deliveries.cancel_for_resident(tx, resident) == 2
        assert await states(tx) == {"a": "cancelled", "b": "cancelled", "change": "cancelled", "ok": "queued"}
        assert {a.state for a in await tx.find(Alert)} == {"dropped"}


async def test_a_chat_moves_with_what_is_owed_to_it(store: Store) -> None:
    _, chat, key = await one_owed(store)
    async with store.transaction() as tx:
        await deliveries.move(tx, "telegram", "1", "a", "-100")
        [claimed] = await deliveries.claim(tx, 1, EVERY_LANE, "mine", 30, ("telegram", "1"))
        assert (claimed.chat_id, claimed.address, claimed.id) == (chat, "-100", key)
        assert await deliveries.claim(tx, 1, EVERY_LANE, "mine", 30, ("telegram", "2")) == []
        assert await deliveries.release(tx, "mine") == 1
        await person(tx, "-200")
        await deliveries.move(tx, "telegram", "1", "-100", "-200")
        [claimed] = await deliveries.claim(tx, 1, EVERY_LANE, "mine", 30)
        assert claimed.address == "-200"


async def test_what_is_long_over_becomes_counts(store: Store, clock: Clock) -> None:
    async def one(tx: Transaction, once: str) -> None:
        await deliveries.queue(tx, [Owed(once, chat, "alert", 2)])
        [claimed] = await deliveries.claim(tx, 1, EVERY_LANE, once, 30)
        await deliveries.withhold(tx, claimed.id, once, "nothing to say")

    async with store.transaction() as tx:
        _, chat = await person(tx, "a")
        await one(tx, "a")
        await one(tx, "b")
    clock.forward(days=60)
    async with store.transaction() as tx:
        await one(tx, "c")
        await deliveries.queue(tx, [Owed("open", chat, "alert", 2)])
    clock.forward(days=31)
    async with store.transaction() as tx:
        assert await deliveries.fold(tx) == 2
        assert await deliveries.fold(tx) == 0
        assert [(c.name, c.n) for c in await tx.find(Count)] == [("deliveries.alert.suppressed", 2)]
        assert await states(tx) == {"c": "suppressed", "open": "queued"}


async def test_of_two_claims_of_one_sender_only_that_for_the_chat_of_now_may_go(store: Store) -> None:
    """A move takes a row back that waits in a sender's hand; the same sender, with the same lease, claims it again."""
    async with store.transaction() as tx:
        _, old = await person(tx, "old")
        _, new = await person(tx, "new")
        made = await deliveries.queue(tx, [Owed("alert:1", old, "alert", 2)])
        [before] = await deliveries.claim(tx, 1, EVERY_LANE, "mine", 30)
        back = {"chat_id": new, "state": "queued", "lease": None}
        await tx.execute(update(Delivery).where(col(Delivery.id) == made["alert:1"]).values(**back))
        [after] = await deliveries.claim(tx, 1, EVERY_LANE, "mine", 30)
        assert (before.bound, after.bound) == ((after.id, old), (after.id, new))
        assert await deliveries.intend(tx, [before.bound, after.bound], "k", "mine", 30) == {
            after.bound: f"k{after.id}"
        }
