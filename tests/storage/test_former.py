"""What a posting said before is kept for who saved it or applied, until it is told; several changes are one notice."""

from datetime import timedelta
from typing import Any

from sqlmodel import col

from handlers.clock.change import tell_changes
from storage import browse, changes, former, postings
from storage.outbox_tables import Delivery, Memo
from storage.store import Store
from tests.conftest import Clock
from tests.storage.people import person
from tests.storage.tellings import ORDER, THERE, gone, tell, told

PLATFORMS = ["telegram"]


async def saved(store: Store, posting_id: int = 1, verb: str = "saved", name: str = "1") -> int:
    async with store.transaction() as tx:
        who, chat = await person(tx, name)
        await browse.mark(tx, who, posting_id, verb)
        await changes.looked(tx)
        return chat


async def notices(store: Store) -> list[Delivery]:
    async with store.transaction() as tx:
        await tell_changes(tx, PLATFORMS)
        assert await tx.find(Memo, col(Memo.name).startswith("former:")) == []
        return await tx.find(Delivery, Delivery.state == "queued", order=Delivery.id)


def pay(clock: Clock, won: int | None, **values: Any) -> postings.Told:
    return told("c", clock, pay_kind="hour" if won else None, pay_low=won, facts={"pay": f"시급 {won}"}, **values)


async def test_only_what_somebody_keeps_is_kept(store: Store, clock: Clock) -> None:
    await tell(store, "city", pay(clock, 12000))
    await tell(store, "city", pay(clock, 12600))
    async with store.reading() as tx:
        assert await tx.find(Memo, col(Memo.name).startswith("former:")) == []
    await saved(store, verb="applied")
    clock.forward(minutes=1)
    await tell(store, "city", pay(clock, 13000))
    [notice] = await notices(store)
    assert notice.body["was"]["pay_low"] == 12600
    assert set(notice.body["was"]["words"]) == {"pay"}


async def test_several_changes_in_the_night_are_one_notice(store: Store, clock: Clock) -> None:
    """Whether they are looked at one by one or together."""
    await tell(store, "city", pay(clock, 12000))
    await saved(store)
    clock.forward(hours=11)  # 23:00 in Korea
    await tell(store, "city", pay(clock, 12600))
    await tell(store, "city", pay(clock, 12800, title="다른 이름"))
    [first] = await notices(store)
    clock.forward(minutes=1)
    await tell(store, "city", pay(clock, 13000))
    [second] = await notices(store)
    assert (first.id, first.not_before) < (second.id, second.not_before + timedelta(seconds=1))
    assert (second.body["was"]["pay_low"], second.body["was"]["title"]) == (12000, "책 정리 도우미")
    assert [one.id for one in await notices(store)] == [second.id], "looking again changes nothing"
    async with store.reading() as tx:
        assert [one.reason for one in await tx.find(Delivery, Delivery.state == "cancelled")] == ["changed again"]


async def test_closed_and_open_again_before_anybody_heard_is_no_change(store: Store, clock: Clock) -> None:
    await tell(store, "city", pay(clock, 12000))
    await saved(store)
    clock.forward(hours=11)
    await gone(store, "city", "c")
    [closed] = await notices(store)
    assert closed.body["was"] == {"state": "open"}
    clock.forward(minutes=1)
    await tell(store, "city", pay(clock, 12000))
    [notice] = await notices(store)
    assert notice.body["was"]["state"] == "open"


async def test_a_move_is_kept_by_its_area(store: Store, clock: Clock) -> None:
    await tell(store, "city", told("c", clock, closes_at=None))
    await saved(store)
    clock.forward(minutes=1)
    await tell(store, "city", told("c", clock, (THERE,), closes_at=None))
    [notice] = await notices(store)
    assert notice.body["was"] == {"area": 2920010100, "words": {}}


async def test_of_merged_postings_the_richest_before_and_after_count(store: Store, clock: Clock) -> None:
    await tell(store, "city", pay(clock, 12000, number="K1"))
    await tell(store, "work24", told("w", clock, title="도서관 일", headcount=2))
    one, other = await saved(store, 1, name="1"), await saved(store, 2, name="2")
    clock.forward(minutes=1)
    await tell(store, "work24", told("w", clock, title="도서관 일", headcount=2, number="K1"))
    was = {notice.chat_id: notice.body.get("was") for notice in await notices(store)}
    assert was[one] == {"headcount": None, "words": {}}, "the other telling brought the number of places"
    assert was[other] is None, "who saved the other never saw what this one said"
    clock.forward(minutes=1)
    async with store.transaction() as tx:
        await tx.execute(Delivery.__table__.update().values(state="sent"))  # type: ignore[attr-defined]
    await tell(store, "work24", told("w", clock, title="도서관 일", headcount=3, number="K1"))
    assert [notice.body["was"] for notice in await notices(store)] == [{"headcount": 2, "words": {}}] * 2
    clock.forward(minutes=1)
    async with store.transaction() as tx:
        await tx.execute(Delivery.__table__.update().values(state="sent"))  # type: ignore[attr-defined]
        await postings.gone(tx, "city", ["c"], ORDER)
    assert {notice.body["was"]["title"] for notice in await notices(store)} == {"책 정리 도우미"}


async def test_what_was_kept_twice_keeps_its_first_value() -> None:
    first, later = (
        {"pay_low": 1, "words": {"pay": "a"}},
        {"pay_low": 2, "headcount": 3, "words": {"pay": "b", "duties": "c"}},
    )
    assert former.fold(first, later) == {"pay_low": 1, "headcount": 3, "words": {"pay": "a", "duties": "c"}}
