"""The store on both engines: what is committed stays, what fails is undone, and each test has a database of its own."""

import asyncio
from contextlib import suppress

from storage.store import Store
from storage.tables import Resident
from tests.engines import on_postgres, on_sqlite


async def test_a_block_that_raises_leaves_nothing(store: Store) -> None:
    with suppress(RuntimeError):
        async with store.transaction() as tx:
            await tx.add(Resident, language="ko", created_at=tx.now)
            raise RuntimeError
    async with store.reading() as tx:
        assert await tx.find(Resident) == []


async def test_what_is_committed_is_read_back_with_its_zone(store: Store) -> None:
    async with store.transaction() as tx:
        key = await tx.add(Resident, language="vi", created_at=tx.now)
    async with store.reading() as tx:
        found = await tx.get(Resident, id=key)
        assert found is not None
        assert (key, found.language, found.created_at) == (1, "vi", tx.now)


@on_sqlite
async def test_sqlite_alone(store: Store) -> None:
    assert not store.postgres


@on_postgres
async def test_postgres_alone(store: Store) -> None:
    assert store.postgres


async def test_a_cancellation_in_the_middle_leaves_no_lock_behind(store: Store) -> None:
    """Cut at every moment of a transaction; the next one must begin at once."""
    for cut in range(60):
        task = asyncio.create_task(busy(store))
        for _ in range(cut):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(5), store.transaction() as tx:
            await tx.add(Resident, language="ko", created_at=tx.now)
    for milliseconds in range(20):
        task = asyncio.create_task(busy(store))
        await asyncio.sleep(milliseconds / 1000)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(5), store.transaction() as tx:
            await tx.add(Resident, language="ko", created_at=tx.now)


async def busy(store: Store) -> None:
    async with store.transaction() as tx:
        for _ in range(5):
            await tx.add(Resident, language="ko", created_at=tx.now)
