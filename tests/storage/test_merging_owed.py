"""What residents did with postings that become one, and what is owed to them: nothing is lost, nobody is told twice."""

from typing import Any

import pytest

from storage import alerts, browse, changes, concerns, deliveries, facilities, follows, merging, used
from storage.outbox_tables import Alert, Delivery
from storage.store import Store
from storage.tables import Mark, Posting, Wish, WishArea
from tests.conftest import Clock
from tests.storage.people import alert, person, states
from tests.storage.tellings import HERE, ORDER, THERE, tell, told


async def test_marks_go_over_and_come_off_for_good(store: Store, clock: Clock) -> None:
    await tell(store, "city", told("c", clock, closes_at=None))
    await tell(store, "work24", told("w", clock, title="도서관 일", number="K1"))
    async with store.transaction() as tx:
        one, _ = await person(tx, "1")
        other, _ = await person(tx, "2")
        await browse.mark(tx, one, 2, "saved")
        await browse.mark(tx, other, 1, "saved")
        await browse.mark(tx, other, 2, "hidden")
    await tell(store, "city", told("c", clock, number="K1"))
    async with store.transaction() as tx:
        assert {(row.resident_id, row.verb) for row in await tx.find(Mark, Mark.posting_id == 1)} == {
            *((one, "saved"), (other, "saved"), (other, "hidden"))
        }
        assert [found.id for found in await browse.saved(tx, one)] == [1]
        await changes.looked(tx)
        assert {change.posting_id for change in await changes.found(tx, tx.now, ["telegram"])} == {1}
        await browse.unmark(tx, one, 2, "saved")
        assert await browse.saved(tx, one) == []


async def two(store: Store, clock: Clock) -> tuple[int, int]:
    """Two postings that stand apart as yet; a number that both are told with makes them one."""
    await tell(store, "city", told("c", clock))
    await tell(store, "work24", told("w", clock, title="도서관 일"))
    return 1, 2


async def joined(store: Store, clock: Clock) -> None:
    await tell(store, "work24", told("w", clock, title="도서관 일", number="K1"))
    await tell(store, "city", told("c", clock, number="K1"))


@pytest.mark.parametrize(
    ("old", "new", "stands"),
    [
        ("told", None, "told"),
        ("waiting", None, "waiting"),
        ("dropped", None, None),
        ("told", "waiting", "told"),
        ("waiting", "told", "told"),
        ("told", "told", "told"),
        ("waiting", "waiting", "waiting"),
        ("waiting", "dropped", "waiting"),
        ("dropped", "waiting", "waiting"),
        (None, "waiting", "waiting"),
    ],
)
async def test_nobody_is_owed_it_twice(
    store: Store, clock: Clock, old: str | None, new: str | None, stands: str | None
) -> None:
    older, newer = await two(store, clock)
    async with store.transaction() as tx:
        resident, _ = await person(tx, "1")
        for posting, state in ((newer, old), (older, new)):
            if state:
                await alert(tx, resident, posting, state=state)
    await joined(store, clock)
    async with store.transaction() as tx:
        found = {row.posting_id: row.state for row in await tx.find(Alert)}
        assert found.get(older) == stands
        assert found.get(newer) in (None, "told", "dropped")
        await merging.split(tx, older, ORDER)
        back = {row.posting_id: row.state for row in await tx.find(Alert)}
        assert back.get(newer) == old


async def queue(store: Store, once: str, chat: int, kind: str, alerts_: list[int], **values: Any) -> int:
    async with store.transaction() as tx:
        made = await deliveries.queue(tx, [deliveries.Owed(once, chat, kind, 2, **values)])
        for one in alerts_:
            await tx.execute(
                Alert.__table__.update().where(Alert.id == one).values(state="carried", delivery_id=made[once])
            )  # type: ignore[attr-defined]
        return made[once]


async def test_of_two_messages_on_their_way_one_goes(store: Store, clock: Clock) -> None:
    older, newer = await two(store, clock)
    async with store.transaction() as tx:
        people = [await person(tx, str(n)) for n in range(3)]
        owed = [[await alert(tx, one, posting) for posting in (older, newer)] for one, _ in people]
        rider = await alert(
            tx,
            people[0][0],
            await tx.add(Posting, title="다른 일", spans=[], facts={}, created_at=tx.now, changed_at=tx.now),
            maybe_seen=True,
        )
    await queue(store, "first", people[0][1], "alert", [owed[0][0]], posting_id=older)
    await queue(store, "second", people[0][1], "alert", [owed[0][1], rider], posting_id=newer)
    await queue(store, "digest", people[1][1], "digest", owed[1], body={"postings": [older, newer]})
    await queue(store, "alone", people[2][1], "digest", [owed[2][1]], body={"postings": [newer, 77]})
    await joined(store, clock)
    async with store.transaction() as tx:
        assert await states(tx) == {"first": "queued", "second": "cancelled", "digest": "queued", "alone": "queued"}
        assert (await tx.get(Alert, id=rider)).state == "waiting"  # type: ignore[union-attr]
        found = {(row.resident_id, row.posting_id): row.state for row in await tx.find(Alert) if row.id != rider}
        assert {state for (_, posting), state in found.items() if posting == older} == {"carried"}
        assert {state for (_, posting), state in found.items() if posting == newer} == {"dropped"}
        [message] = await tx.find(Delivery, Delivery.once == "first")
        assert not await used.told_otherwise(tx, people[0][0], older, message.id)
        assert await used.told_otherwise(tx, people[0][0], older, message.id + 1)


async def test_what_one_tells_of_another_neighbourhood_is_news_there_only(store: Store, clock: Clock) -> None:
    """A source that knew the province only alerts nobody; the other that knows the street does, those who were not told."""
    async with store.transaction() as tx:
        residents = [(await person(tx, str(n)))[0] for n in range(2)]
        for resident, area in zip(residents, (HERE, THERE), strict=True):
            wish = await tx.add(Wish, resident_id=resident, created_at=tx.now, words={})
            await tx.add(WishArea, wish_id=wish, area=area, resident_id=resident, width=1)
    await tell(store, "city", told("c", clock, areas=(HERE,)))

    async def match() -> list[tuple[int, int]]:
        async with store.transaction() as tx:
            await alerts.match(tx, await alerts.pending(tx, 10), tx.now)
            return sorted((row.resident_id, row.posting_id) for row in await tx.find(Alert) if row.state != "dropped")

    assert await match() == [(residents[0], 1)]
    await tell(store, "work24", told("w", clock, areas=(HERE, THERE), number="K1"))
    assert await match() == [(residents[0], 1)], "the place of who is believed more stands"
    async with store.transaction() as tx:
        await merging.split(tx, 1, ORDER)
    assert await match() == [(residents[0], 1), (residents[0], 2), (residents[1], 2)]


async def test_a_facility_s_telling_brings_its_followers_and_what_is_held_stays_held(
    store: Store, clock: Clock
) -> None:
    """What a site told first is a facility's too, once that tells it; what people say of either counts for both."""
    async with store.transaction() as tx:
        library = await facilities.make(tx, "도서관")
        who, _ = await person(tx, "1")
        await follows.follow(tx, who, library)
        some = [(await person(tx, name))[0] for name in "abc"]
    clock.forward(minutes=1)
    await tell(store, "city", told("c", clock, facility_id=None))
    async with store.transaction() as tx:
        await alerts.match(tx, await alerts.pending(tx, 10), tx.now)
        await concerns.say(tx, some[0], 1, "wrong")
        assert await tx.find(Alert) == []
    await tell(store, "desk", told("d", clock, title="도서관 일", facility_id=library))
    async with store.transaction() as tx:
        await concerns.say(tx, some[1], 2, "wrong")
    await tell(store, "desk", told("d", clock, title="도서관 일", facility_id=library, number="K1"))
    await tell(store, "city", told("c", clock, facility_id=None, number="K1"))
    async with store.transaction() as tx:
        shown = await browse.posting(tx, 2)
        assert shown is not None
        assert (shown.id, shown.facility_id) == (1, library)
        assert await alerts.match(tx, await alerts.pending(tx, 10), tx.now) == 1
        [alert_] = await tx.find(Alert)
        assert (alert_.resident_id, alert_.posting_id, alert_.wish_id) == (who, 1, None)
        await concerns.say(tx, some[2], 1, "wrong")
        assert [one for one, _ in await concerns.held(tx)] == [1]


async def test_a_held_posting_holds_what_it_is_merged_into(store: Store, clock: Clock) -> None:
    _, newer = await two(store, clock)
    async with store.transaction() as tx:
        for name in "abc":
            await concerns.say(tx, (await person(tx, name))[0], newer, "money")
    await joined(store, clock)
    async with store.transaction() as tx:
        assert [one for one, _ in await concerns.held(tx)] == [1]
        assert (await concerns.counts(tx, 1)) == {"money": 3}
        await concerns.release(tx, 1)
        assert [one.held_at for one in await tx.find(Posting)] == [None, None]
