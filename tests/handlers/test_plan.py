"""Planning: who is told what, when, and in how many messages."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, update

from handlers.clock.plan import Planned, plan
from storage import deliveries
from storage.deliveries import EVERY_LANE, Settled, Verdict
from storage.outbox_tables import Alert, Delivery
from storage.store import Store
from storage.tables import Chat, Posting, Resident, Wish
from storage.transaction import Transaction
from tests.conftest import Clock
from tests.storage.people import alert, person, posting


async def planned(store: Store, rate: float = 10) -> Planned:
    async with store.transaction() as tx:
        return await plan(tx, rate, ["telegram"])


async def queued(store: Store) -> list[Delivery]:
    async with store.reading() as tx:
        return await tx.find(Delivery, order=Delivery.id)


async def alerts(store: Store) -> list[tuple[str, str | None]]:
    async with store.reading() as tx:
        return [(one.state, one.reason) for one in await tx.find(Alert, order=Alert.id)]


async def owing(tx: Transaction, postings: int, **resident: Any) -> tuple[int, int]:
    """A person who is owed some new postings: (resident, chat)."""
    who, chat = await person(tx, f"{postings}{sorted(resident)}", **resident)
    for _ in range(postings):
        await alert(tx, who, await posting(tx))
    return who, chat


async def deliver(store: Store, state: Any) -> None:
    """Everything queued is sent, with this outcome."""
    async with store.transaction() as tx:
        claimed = await deliveries.claim(tx, 50, EVERY_LANE, "mine", 30)
        await deliveries.intend(tx, [one.bound for one in claimed], "key", "mine", 30)
        await deliveries.settle(tx, [Settled(c.id, c.chat_id, "mine", Verdict(state)) for c in claimed])


async def test_a_few_alerts_go_one_by_one_and_once(store: Store) -> None:
    async with store.transaction() as tx:
        _, chat = await owing(tx, 2)
    assert await planned(store) == Planned(2, False)
    assert [(d.chat_id, d.kind, d.once) for d in await queued(store)] == [
        (chat, "alert", f"alert:{chat}:{n}") for n in (1, 2)
    ]
    assert await alerts(store) == [("carried", None)] * 2
    assert await planned(store) == Planned(0, False)
    await deliver(store, "sent")
    await deliver(store, "sent")
    assert await alerts(store) == [("told", None)] * 2


async def test_a_burst_is_one_digest_with_the_nearest_first(store: Store) -> None:
    async with store.transaction() as tx:
        await owing(tx, 6)
        await tx.execute(update(Alert).where(col(Alert.id) < 6).values(hops=2))
    assert (await planned(store)).messages == 1
    [digest] = await queued(store)
    assert (digest.kind, digest.body) == ("digest", {"postings": [6, 1, 2, 3, 4, 5]})
    await deliver(store, "sent")
    assert await alerts(store) == [("told", None)] * 6


async def test_the_night_is_quiet(store: Store, clock: Clock) -> None:
    clock.forward(hours=10)  # 22:00 in Korea
    async with store.transaction() as tx:
        await owing(tx, 1)
        await owing(tx, 1, quiet_from=0, quiet_until=0)
    assert (await planned(store)).messages == 1
    clock.forward(hours=9, minutes=59)
    assert (await planned(store)).messages == 0
    clock.forward(minutes=1)
    assert (await planned(store)).messages == 1


async def test_what_was_not_sent_before_the_night_waits_for_the_morning(store: Store, clock: Clock) -> None:
    clock.forward(hours=8, minutes=59)
    async with store.transaction() as tx:
        await owing(tx, 1)
    assert (await planned(store)).messages == 1
    clock.forward(minutes=1)
    await planned(store)
    async with store.transaction() as tx:
        assert await deliveries.claim(tx, 5, EVERY_LANE, "mine", 30) == []
    clock.forward(hours=11)
    await deliver(store, "sent")
    assert await alerts(store) == [("told", None)]


async def test_who_wants_one_message_a_day_gets_one(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        who, _ = await owing(tx, 2, daily_at=18 * 60)
    assert (await planned(store)).messages == 0
    clock.forward(hours=5)
    async with store.transaction() as tx:
        await alert(tx, who, await posting(tx))
    assert (await planned(store)).messages == 0
    clock.forward(hours=1)
    assert (await planned(store)).messages == 1
    assert [d.body for d in await queued(store)] == [{"postings": [1, 2, 3]}]


async def test_at_most_a_minute_is_queued_ahead(store: Store) -> None:
    async with store.transaction() as tx:
        for n in range(80):
            who, _ = await person(tx, str(n))
            await alert(tx, who, await posting(tx))
    assert await planned(store, rate=1) == Planned(60, False)
    assert await planned(store, rate=1) == Planned(0, False)
    await deliver(store, "sent")
    assert (await planned(store, rate=1)).messages == 20


async def test_closing_pausing_leaving_and_blocking_win(store: Store) -> None:
    async with store.transaction() as tx:
        wish = await tx.add(Wish, resident_id=(await person(tx, "w"))[0], created_at=tx.now, active=False, words={})
        jobs = [await posting(tx) for _ in range(4)] + [await posting(tx, closes_at=tx.now)]
        people = [await person(tx, str(n)) for n in range(5)]
        for (who, _), job in zip(people, jobs, strict=True):
            await alert(tx, who, job, wish_id=wish if who == people[3][0] else None)
        await tx.execute(update(Posting).where(col(Posting.id) == jobs[0]).values(state="closed"))
        await tx.execute(update(Resident).where(col(Resident.id) == people[1][0]).values(state="left"))
        await tx.execute(update(Chat).where(col(Chat.id) == people[2][1]).values(state="blocked"))
    assert (await planned(store)).messages == 0
    assert [reason for _, reason in await alerts(store)] == ["closed", "left", "no chat", "unwanted", "closed"]


async def test_a_person_reads_in_their_newest_chat_that_can_be_written_to(store: Store) -> None:
    async with store.transaction() as tx:
        who, _ = await owing(tx, 1)
        newer = {"resident_id": who, "account": "1", "created_at": tx.now}
        newest = await tx.add(Chat, platform="telegram", address="new", **newer)
        await tx.add(Chat, platform="kakao", address="new", **newer)
    await planned(store)
    assert [d.chat_id for d in await queued(store)] == [newest]


async def test_what_may_have_been_seen_rides_along_once_and_never_alone(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        who, chat = await owing(tx, 1)
    await planned(store)
    await deliver(store, "uncertain")
    assert await alerts(store) == [("waiting", None)]
    assert await planned(store) == Planned(0, False)
    clock.forward(days=1)
    async with store.transaction() as tx:
        for _ in range(2):
            await alert(tx, who, await posting(tx))
    assert (await planned(store)).messages == 2
    assert [(d.once, d.body) for d in (await queued(store))[1:]] == [
        (f"alert:{chat}:2", {"maybe": [1]}),
        (f"alert:{chat}:3", {}),
    ]
    await deliver(store, "sent")
    assert await alerts(store) == [("told", None), ("told", None), ("carried", None)]


async def test_an_alert_does_not_outlive_its_posting(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        who, _ = await person(tx, "a")
        await alert(tx, who, await posting(tx, closes_at=tx.now + timedelta(minutes=5)))
    await planned(store)
    clock.forward(minutes=5)
    async with store.transaction() as tx:
        assert (await deliveries.reap(tx))["expired"] == 1
    assert await alerts(store) == [("dropped", "expired")]


async def test_a_platform_that_wakes_nobody_is_not_kept_waiting_by_the_night(store: Store, clock: Clock) -> None:
    clock.forward(hours=10)  # 22:00 in Korea
    async with store.transaction() as tx:
        await owing(tx, 1)
    async with store.transaction() as tx:
        assert (await plan(tx, 28, ["telegram"], ["telegram"])).messages == 1
    async with store.transaction() as tx:
        await owing(tx, 2)
    async with store.transaction() as tx:
        assert (await plan(tx, 28, ["telegram"], ["web"])).messages == 0
