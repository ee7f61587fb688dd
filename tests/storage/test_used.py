"""What residents did with what was sent: noted once, on their own messages only, and counted when these are folded."""

from storage import deliveries, used
from storage.deliveries import Owed
from storage.outbox_tables import Count, Delivery
from storage.store import Store
from tests.conftest import Clock

from .people import alert, person, posting


async def test_each_first_time_is_noted_on_a_residents_own_messages(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        anna, chat = await person(tx, "1")
        _, other = await person(tx, "2")
        job, another = await posting(tx), await posting(tx)
        made = await deliveries.queue(
            tx,
            [
                Owed("alert", chat, "alert", 2, job),
                Owed("digest", chat, "digest", 2, body={"postings": [job, another]}),
                Owed("other", other, "alert", 2, job),
                Owed("else", chat, "alert", 2, another),
            ],
        )
        await alert(tx, anna, job, state="told", delivery_id=made["digest"])
        await used.opened(tx, anna, job)
    at = clock()
    clock.forward(hours=1)
    async with store.transaction() as tx:
        await used.applied(tx, anna, job)
        await used.applied(tx, anna, 999)
        rows = {row.once: (row.opened_at, row.applied_at) for row in await tx.find(Delivery)}
    assert rows == {
        "alert": (at, clock()),
        "digest": (at, clock()),
        "other": (None, None),
        "else": (None, None),
    }


async def test_folding_keeps_how_many_were_opened_and_applied_for(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        anna, chat = await person(tx, "1")
        job = await posting(tx)
        for once in ("a", "b"):
            values = {"state": "sent", "created_at": tx.now, "not_before": tx.now, "settled_at": tx.now, "body": {}}
            await tx.add(Delivery, once=once, chat_id=chat, kind="alert", lane=2, posting_id=job, **values)
        await used.opened(tx, anna, job)
    clock.forward(days=95)
    async with store.transaction() as tx:
        assert await deliveries.fold(tx) == 2
        counts = {row.name: row.n for row in await tx.find(Count)}
    assert counts == {"deliveries.alert.sent": 2, "deliveries.alert.opened": 2}
