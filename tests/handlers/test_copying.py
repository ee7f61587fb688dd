"""Copies are planned with the alerts they are of: at the helper's hours, once, and not for what the helper hears anyway."""

from datetime import timedelta
from typing import Any

from handlers.clock.plan import plan
from storage import copies
from storage.outbox_tables import Alert, Delivery
from storage.store import Store
from storage.transaction import Transaction
from tests.conftest import Clock
from tests.storage.people import alert, person, posting, states

NOON_AHEAD = 15  # hours from noon to 03:00


async def two(tx: Transaction, **helper: Any) -> tuple[int, int, int, int]:
    """The mother and the daughter who gets copies: (resident, chat) of each."""
    mother, her_chat = await person(tx, "mother", quiet_from=0, quiet_until=0)
    daughter, chat = await person(tx, "daughter", **helper)
    await copies.give(tx, mother, chat, None)
    return mother, her_chat, daughter, chat


async def queued(tx: Transaction) -> list[Delivery]:
    await plan(tx, 10, ["telegram", "web"], ["web"])
    return await tx.find(Delivery, Delivery.state == "queued", order=Delivery.id)


async def test_a_copy_waits_for_the_helpers_morning(store: Store, clock: Clock) -> None:
    clock.forward(hours=NOON_AHEAD)
    async with store.transaction() as tx:
        mother, her_chat, _, chat = await two(tx)
        await alert(tx, mother, await posting(tx))
        first, copy = await queued(tx)
        assert (first.chat_id, first.kind, first.not_before) == (her_chat, "alert", tx.now)
        assert (copy.chat_id, copy.kind, copy.once) == (chat, "copy", f"alert:{chat}:1")
        assert (copy.not_before - tx.now).total_seconds() == 5 * 3600, "08:00 in Korea"
        assert (copy.lane, copy.body) == (2, {"copy": 1, "postings": [1]})


async def test_a_helper_who_wants_one_message_a_day_gets_the_copy_then(store: Store) -> None:
    async with store.transaction() as tx:
        mother, *_ = await two(tx, daily_at=18 * 60)
        await alert(tx, mother, await posting(tx))
        _, copy = await queued(tx)
        assert (copy.not_before - tx.now).total_seconds() == 6 * 3600


async def test_a_helper_who_pauses_or_reads_once_a_week_gets_the_copy_then(store: Store, clock: Clock) -> None:
    later = clock() + timedelta(days=3)
    async with store.transaction() as tx:
        mother, *_ = await two(tx, paused_until=later)
        _, chat = await person(tx, "sister", daily_at=18 * 60, weekly_on=0)
        await copies.give(tx, mother, chat, None)
        await alert(tx, mother, await posting(tx))
        _, paused, weekly = await queued(tx)
        assert paused.not_before == later
        assert (weekly.not_before - tx.now).total_seconds() == (6 * 24 + 6) * 3600, "Monday evening; today is Tuesday"


async def test_a_digest_is_copied_without_what_the_helper_hears_anyway(store: Store) -> None:
    async with store.transaction() as tx:
        mother, her_chat, daughter, chat = await two(tx)
        jobs = [await posting(tx) for _ in range(7)]
        for job in jobs:
            await alert(tx, mother, job)
        for job in jobs[:2]:
            await alert(tx, daughter, job)
        found = {(d.chat_id, d.kind): d for d in await queued(tx)}
        assert found[her_chat, "digest"].body == {"postings": jobs}
        assert found[chat, "copy"].body == {"copy": 1, "postings": jobs[2:]}
        hers = [d.body for d in await tx.find(Delivery, Delivery.kind == "alert")]
        assert hers == [{"also": [jobs[0]]}, {"also": [jobs[1]]}]


async def test_an_alert_that_comes_after_its_copy_is_not_told_twice(store: Store) -> None:
    async with store.transaction() as tx:
        mother, _, daughter, _ = await two(tx)
        job = await posting(tx)
        await alert(tx, mother, job)
        assert len(await queued(tx)) == 2
        await alert(tx, daughter, job)
        assert len(await queued(tx)) == 2
        [late] = await tx.find(Alert, Alert.resident_id == daughter)
        assert (late.state, late.reason) == ("dropped", "told before")


async def test_two_who_are_helped_make_one_copy(store: Store) -> None:
    async with store.transaction() as tx:
        mother, _, _, chat = await two(tx)
        father, _ = await person(tx, "father")
        await copies.give(tx, father, chat, None)
        job = await posting(tx)
        for who in (mother, father):
            await alert(tx, who, job)
        assert [d.kind for d in await queued(tx)].count("copy") == 1


async def test_what_waits_ends_with_the_copies_and_the_helpers_own_alert_is_free_again(store: Store) -> None:
    async with store.transaction() as tx:
        mother, _, daughter, _ = await two(tx)
        job = await posting(tx)
        await alert(tx, mother, job)
        await queued(tx)
        copy = await copies.get(tx, 1)
        assert copy is not None
        await copies.stop(tx, copy)
        assert sorted((await states(tx)).values()) == ["cancelled", "queued"]
        await alert(tx, daughter, job)
        assert [d.kind for d in await queued(tx)] == ["alert", "alert"]
        await alert(tx, mother, await posting(tx))
        assert [d.kind for d in await queued(tx)] == ["alert"] * 3


async def test_who_left_or_blocked_us_gets_no_copies(store: Store) -> None:
    async with store.transaction() as tx:
        mother, _ = await person(tx, "mother")
        _, left = await person(tx, "left", state="left")
        await copies.give(tx, mother, left, None)
        await alert(tx, mother, await posting(tx))
        assert [d.kind for d in await queued(tx)] == ["alert"]
