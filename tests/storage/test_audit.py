"""The log of what staff did: whatever is changed, taken out or put in is found, and two who write at once make one chain."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlmodel import col, delete, insert, update

from bot.audit_cli import listed, told, verified
from bot.settings import Settings
from storage import audit, residents, staff
from storage.staff_tables import Audit, AuditHead
from storage.store import Store
from storage.transaction import Transaction

from .people import person

Harm = Callable[[Transaction], Awaitable[Any]]
ACTS = ("join", "invite", "renew", "dismiss", "publish", "close", "facility-change")


async def acts(store: Store, n: int, seed: int = 1) -> None:
    chance = random.Random(seed)
    for _ in range(n):
        async with store.transaction() as tx:
            about = chance.choice([None, chance.randrange(1000)])
            facility = chance.choice([None, 1, 2, 3])
            subject = chance.choice(["", "posting", "staff", "facility"])
            await audit.write(tx, chance.randrange(1, 9), chance.choice(ACTS), subject, about, facility)


async def whole(store: Store) -> tuple[int, int | None]:
    async with store.reading() as tx:
        return await audit.verify(tx)


@asynccontextmanager
async def undone(store: Store) -> AsyncIterator[Transaction]:
    """A transaction that leaves nothing behind."""
    with suppress(InterruptedError):
        async with store.transaction() as tx:
            yield tx
            raise InterruptedError


def taken(*ids: int) -> Harm:
    return lambda tx: tx.execute(delete(Audit).where(col(Audit.id).in_(ids)))


def changed(id_: int, **values: Any) -> Harm:
    return lambda tx: tx.execute(update(Audit).where(col(Audit.id) == id_).values(**values))


def put(id_: int, hash_: str) -> Harm:
    async def harm(tx: Transaction) -> None:
        line = {"at": tx.now, "by": 1, "act": "publish", "subject": "posting", "subject_id": 1, "hash": hash_}
        await tx.execute(insert(Audit).values(id=id_, **line))

    return harm


async def copied(tx: Transaction) -> None:
    """A line that was there once is written a second time, after the last."""
    line = await tx.get(Audit, id=7)
    assert line is not None
    await tx.execute(insert(Audit).values(**{**line.model_dump(), "id": 13}))


async def swapped(tx: Transaction) -> None:
    for now, then in ((5, 99), (6, 5), (99, 6)):
        await tx.execute(update(Audit).where(col(Audit.id) == now).values(id=then))


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (changed(5, by=77), 5),
        (changed(5, act="undone"), 5),
        (changed(5, subject="concern"), 5),
        (changed(5, subject_id=4711), 5),
        (changed(5, facility_id=99), 5),
        (changed(12, by=77), 12),
        (changed(1, by=77), 1),
        (changed(5, hash="0" * 64), 5),
        (taken(5), 6),
        (taken(1), 2),
        (taken(12), 0),
        (taken(11, 12), 0),
        (taken(*range(1, 13)), 0),
        (put(-1, ""), -1),
        (put(13, "0" * 64), 13),
        (copied, 13),
        (swapped, 5),
    ],
)
async def test_what_is_changed_taken_out_or_put_in_is_found(store: Store, harm: Harm, found: int) -> None:
    await acts(store, 12)
    assert await whole(store) == (12, None)
    async with store.transaction() as tx:
        await harm(tx)
    assert (await whole(store))[1] == found


async def test_one_put_between_is_found_though_its_own_hash_fits(store: Store) -> None:
    """Whoever knows how hashes are made can append to a line, but the next line and the head don't follow."""
    await acts(store, 3)
    async with store.transaction() as tx:
        await tx.execute(update(Audit).where(col(Audit.id) == 3).values(id=4))
        second = await tx.get(Audit, id=2)
        assert second is not None
        forged = Audit(at=tx.now, by=1, act="join", hash="")
        values = {"at": tx.now, "by": 1, "act": "join", "hash": audit._hash(second.hash, forged)}
        await tx.execute(insert(Audit).values(id=3, **values))
    assert await whole(store) == (3, 4)
    async with store.transaction() as tx:
        await tx.execute(delete(Audit).where(col(Audit.id) == 4))
    assert await whole(store) == (3, 0), "the head knows another last line"


async def test_without_its_head_no_line_counts(store: Store) -> None:
    assert await whole(store) == (0, None)
    await acts(store, 2)
    async with store.transaction() as tx:
        await tx.execute(delete(AuditHead))
    assert (await whole(store))[1] == 0


async def test_two_who_write_at_once_make_one_chain(store: Store) -> None:
    await asyncio.gather(*(acts(store, 10, seed) for seed in range(6)))
    assert await whole(store) == (60, None)


async def test_two_hundred_acts_and_any_harm_to_any_line(store: Store) -> None:
    await acts(store, 200)
    assert await whole(store) == (200, None)
    chance = random.Random(7)
    for _ in range(15):
        at = chance.randrange(1, 201)
        harm = chance.choice(
            [taken(at), changed(at, by=10_000), changed(at, act="nothing"), changed(at, hash="f" * 64)]
        )
        async with undone(store) as tx:
            await harm(tx)
            assert (await audit.verify(tx))[1] in (at, at + 1, 0)
    assert await whole(store) == (200, None)


async def test_an_act_that_is_not_done_leaves_no_line(store: Store) -> None:
    await acts(store, 2)
    async with undone(store) as tx:
        await audit.write(tx, 1, "dismiss", "staff", 2)
    assert await whole(store) == (2, None)


async def test_who_is_erased_leaves_numbers_only(store: Store) -> None:
    async with store.transaction() as tx:
        mina, _ = await person(tx, "1")
        await staff.appoint(tx, mina, "officer", name="민아")
        await audit.write(tx, mina, "join", "staff", mina)
        await residents.erase(tx, mina)
        assert await staff.row(tx, mina) is None
        line = (await audit.lines(tx))[0]
        assert told(line).endswith(f"by {mina}  join  staff {mina}")
        assert set(Audit.model_fields) == {"id", "at", "by", "act", "facility_id", "subject", "subject_id", "hash"}
    assert await whole(store) == (1, None)


async def test_the_command_says_what_is_wrong_and_lists_a_facility(store: Store, database: str, tmp_path: Any) -> None:
    given = Settings(database_url=database, key_file=tmp_path / "keys")  # type: ignore[arg-type]
    assert await listed(given, None, 50) == ["Nothing was done yet."]
    async with store.transaction() as tx:
        await audit.write(tx, 4, "publish", "posting", 12, 3)
        await audit.write(tx, 4, "invite", "staff")
    (first, seal), good = await verified(given)
    assert (first, good) == ("2 lines, each as it was written.", True)
    assert len(seal.partition("seal is ")[2].partition(":")[0]) == 64
    assert await listed(given, 3, 50) == ["1  2026-11-24 03:00:00 UTC  by 4  publish  posting 12  facility 3"]
    assert await listed(given, None, 1) == ["2  2026-11-24 03:00:00 UTC  by 4  invite  staff"]
    async with store.transaction() as tx:
        await taken(2)(tx)
    assert await verified(given) == (
        ["The first 1 lines are as they were written, but at the end lines were taken out or put in."],
        False,
    )
    async with store.transaction() as tx:
        await changed(1, by=5)(tx)
    assert await verified(given) == (
        ["Line 1 does not follow the 0 before it: one was changed, taken out or put in there."],
        False,
    )
