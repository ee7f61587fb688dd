"""Something is wrong: three different people hold a posting until staff have looked, and nobody is told twice of it."""

from datetime import timedelta
from typing import Any

from sqlmodel import select, update

from handlers.clock.change import tell_changes
from handlers.clock.match import match_new
from handlers.clock.plan import plan
from storage import browse, concerns, deliveries, postings
from storage.criteria import open_now
from storage.deliveries import EVERY_LANE, Owed, Settled, Verdict
from storage.outbox_tables import Alert, Delivery
from storage.postings import Told
from storage.store import Store
from storage.tables import Posting
from storage.transaction import Transaction
from tests.conftest import Clock

from .people import alert, person, posting


async def said(tx: Transaction, job: int, *people: str, kind: str = "money", **values: Any) -> list[int]:
    """Each of them says it; their ids."""
    some = [(await person(tx, name, **values))[0] for name in people]
    for who in some:
        await concerns.say(tx, who, job, kind)
    return some


async def held(tx: Transaction, job: int) -> bool:
    found = await browse.posting(tx, job)
    assert found is not None
    return found.held_at is not None


async def sent(store: Store) -> list[tuple[str, int | None, object]]:
    """What goes out now: kind, posting and the postings of its body."""
    async with store.transaction() as tx:
        claimed = await deliveries.claim(tx, 50, EVERY_LANE, "mine", 30)
        keys = await deliveries.intend(tx, [one.bound for one in claimed], "key", "mine", 30)
        gone = [one for one in claimed if one.bound in keys]
        await deliveries.settle(tx, [Settled(one.id, one.chat_id, "mine", Verdict("sent")) for one in gone])
    return [(one.kind, one.posting_id, one.body.get("postings")) for one in gone]


async def alerts(tx: Transaction) -> list[str]:
    return [one.state for one in await tx.find(Alert, order=Alert.id)]


async def test_three_different_people_who_agreed_hold_it(store: Store) -> None:
    async with store.transaction() as tx:
        job, other = await posting(tx), await posting(tx)
        await said(tx, job, "g", "h", "i", state="guest")
        await said(tx, other, "x", "y", "z", state="new")
        mine, _ = await said(tx, job, "a", "b")
        for kind in concerns.KINDS:
            await concerns.say(tx, mine, job, kind)
        assert not await held(tx, job)
        assert await concerns.said(tx, mine) == 1
        await said(tx, job, "c", kind="closed")
        assert await held(tx, job)
        assert not await held(tx, other)
        [case, beside] = await concerns.waiting(tx)
        assert (case.posting.id, beside.posting.id) == (job, other)
        assert case.counts == {"money": 4, "closed": 1, "unfair": 1}, "each person counts once, guests too"
        assert [one for one, _ in await concerns.held(tx)] == [job]


async def test_a_held_posting_is_in_no_list_and_matched_when_it_is_released(store: Store) -> None:
    async with store.transaction() as tx:
        job = await posting(tx)
        await browse.mark(tx, (await said(tx, job, "a", "b", "c"))[0], job, "saved")
        assert (await browse.open_all(tx, None, 0, 9))[0] == 0
        await match_new(tx)
        assert [one.matched_revision for one in await tx.find(Posting)] == [0]
        assert [one.id for one in await browse.saved(tx, 1)] == [job], "who saved it still finds it"
        assert len(await tx.find(Posting, open_now(tx))) == 0
        await concerns.release(tx, job)
        await match_new(tx)
        assert [one.matched_revision for one in await tx.find(Posting)] == [1]
        assert (await browse.open_all(tx, None, 0, 9))[0] == 1


async def test_those_whom_staff_answered_cannot_hold_it_again(store: Store) -> None:
    async with store.transaction() as tx:
        job = await posting(tx)
        three = await said(tx, job, "a", "b", "c")
        await concerns.release(tx, job)
        for who in three:
            await concerns.say(tx, who, job, "unfair")
        await said(tx, job, "d", "e")
        assert not await held(tx, job)
        assert (await concerns.counts(tx, job)).total() == 2
        await said(tx, job, "f")
        assert await held(tx, job)


async def test_an_alert_waits_for_staff_wherever_it_is_and_goes_once(store: Store, clock: Clock) -> None:
    """Still to be planned, queued alone, in the sender's hands, or in a digest: it goes after the release, one time."""
    async with store.transaction() as tx:
        job, others = await posting(tx), [await posting(tx) for _ in range(6)]
        waiting, _ = await person(tx, "w")
        alone, _ = await person(tx, "a")
        many, _ = await person(tx, "m")
        daily, _ = await person(tx, "d", daily_at=12 * 60)
        for who in (alone, daily):
            await alert(tx, who, job)
        for one in (job, *others):
            await alert(tx, many, one)
        assert (await plan(tx, 10, ["telegram"])).messages == 3
        await alert(tx, waiting, job)
    async with store.transaction() as tx:
        in_hand = await deliveries.claim(tx, 50, EVERY_LANE, "slow", 30)
        assert len(in_hand) == 3
        await said(tx, job, "1", "2", "3")
        keys = await deliveries.intend(tx, [one.bound for one in in_hand], "key", "slow", 30)
        assert not keys, "neither what has its words already nor what does not"
        assert (await plan(tx, 10, ["telegram"])).messages == 0
    assert await sent(store) == [("digest", None, [*others])]
    clock.forward(minutes=11)
    assert await sent(store) == []
    async with store.transaction() as tx:
        await concerns.release(tx, job)
        assert (await plan(tx, 10, ["telegram"])).messages == 3
    told = [*await sent(store), *await sent(store)]
    assert sorted(map(str, told)) == sorted(map(str, [("alert", job, None)] * 3 + [("digest", None, [job])]))
    clock.forward(days=2)
    async with store.transaction() as tx:
        assert (await plan(tx, 10, ["telegram"])).messages == 0
        assert set(await alerts(tx)) == {"told"}
    assert await sent(store) == []


async def test_what_closes_while_it_is_held_waits_no_more(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        job = await posting(tx)
        who, _ = await person(tx, "w")
        await alert(tx, who, job)
        await browse.mark(tx, who, job, "saved")
        await tell_changes(tx, ["telegram"])
        await plan(tx, 10, ["telegram"])
        await said(tx, job, "1", "2", "3")
    assert await sent(store) == []
    tx_now = clock.forward(minutes=11)
    async with store.transaction() as tx:
        await tx.execute(update(Posting).values(state="closed", closed_at=tx_now))
        assert await tell_changes(tx, ["telegram"]) == 1
        assert await concerns.waiting(tx) == []
        await deliveries.cancel_for_posting(tx, job)
    assert [kind for kind, *_ in await sent(store)] == ["change"]


async def test_what_staff_took_down_no_source_brings_back(store: Store, clock: Clock) -> None:
    def told(title: str) -> Told:
        values = {
            "title": title,
            "organisation": "어딘가",
            "closes_at": None,
            "example": False,
            "facts": {},
            "spans": [],
        }
        return Told("1", title, values, [], {})

    async with store.transaction() as tx:
        await postings.record(tx, "site", [told("쉬운 일")])
        [job] = [row[0] for row in await tx.all(select(Posting.id))]
        who, _ = await person(tx, "w")
        await browse.mark(tx, who, job, "saved")
        await tell_changes(tx, ["telegram"])
        await said(tx, job, "1", "2", "3")
        tx.now = clock.forward(minutes=1)
        await concerns.take_down(tx, job)
        assert await tell_changes(tx, ["telegram"]) == 1
        for title in ("쉬운 일, 많은 돈", "쉬운 일"):
            assert await postings.record(tx, "site", [told(title)]) == {"1": "changed"}
            await postings.gone(tx, "site", ["1"])
        await postings.record(tx, "site", [told("쉬운 일")])
        [row] = await tx.find(Posting)
        assert (row.state, row.held_at) == ("down", None)
        assert (await browse.open_all(tx, None, 0, 9))[0] == 0
        assert await concerns.waiting(tx) == []
    async with store.reading() as tx:
        assert [one.kind for one in await tx.find(Delivery)] == ["change"]
    assert clock() - timedelta(minutes=1) < tx.now


async def test_a_digest_that_is_planned_beside_a_hold_goes_without_the_posting(store: Store) -> None:
    """On PostgreSQL the planner and a third person's tap run at once, and neither sees what the other writes."""
    async with store.transaction() as tx:
        job, other = await posting(tx), await posting(tx)
        daily, chat = await person(tx, "d", daily_at=12 * 60)
        await said(tx, job, "1", "2", "3")
        digest = Owed(f"digest:{chat}:2", chat, "digest", 2, body={"postings": [job, other]})
        made = await deliveries.queue(tx, [digest])
        for one in (job, other):
            await alert(tx, daily, one, state="carried", delivery_id=made[digest.once])
        assert (await plan(tx, 10, ["telegram"])).messages == 0
    assert await sent(store) == [("digest", None, [other])]
    async with store.reading() as tx:
        assert await alerts(tx) == ["waiting", "told"]
