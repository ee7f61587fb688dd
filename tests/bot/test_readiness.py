"""When the program says that it is not ready, and that a full disk undoes a transaction as a whole."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.readiness import Readiness, free_bytes
from bot.web import NotReady
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Resident
from tests.engines import on_postgres
from tests.storage.disks import full


async def test_it_is_ready_while_the_database_takes_writes(store: Store) -> None:
    ready = Readiness(store, live=True)
    await ready()
    await ready()  # the answer of just now holds
    async with store.transaction() as tx:
        await tx.execute(text("DROP TABLE memos"))
    with pytest.raises(DBAPIError):
        await Readiness(store, live=True)()


async def test_a_copy_is_never_ready(store: Store) -> None:
    with pytest.raises(NotReady, match="takeover"):
        await Readiness(store, live=False)()


async def test_a_disk_that_is_nearly_full_is_said(sqlite_store: Store) -> None:
    free = free_bytes(sqlite_store)
    assert free is not None
    with pytest.raises(NotReady, match="MB free"):
        await Readiness(sqlite_store, live=True, least_free=2 * free)()


@on_postgres
async def test_a_servers_disk_is_not_ours_to_watch(store: Store) -> None:
    assert free_bytes(store) is None


async def test_a_full_disk_undoes_the_whole_transaction(sqlite_store: Store) -> None:
    store = sqlite_store
    async with store.transaction() as tx:
        first = await tx.add(Resident, language="ko", created_at=tx.now)
    async with full(store):
        with pytest.raises(DBAPIError, match="full"):
            await crowd(store)
        async with store.reading() as tx:
            assert [row.id for row in await tx.find(Resident)] == [first]
        with pytest.raises(DBAPIError, match="full"):  # and it goes on refusing, not hanging
            await crowd(store)
    await crowd(store)
    async with store.reading() as tx:
        assert await tx.scalar(text("SELECT count(*) FROM residents")) == 5001


async def crowd(store: Store) -> None:
    async with store.transaction() as tx:
        for _ in range(50):
            await tx.execute(
                text("INSERT INTO residents (language, created_at) VALUES " + ", ".join(["('ko', '2026-11-24')"] * 100))
            )


async def test_a_database_in_memory_has_no_disk(keys: Keys, tmp_path: Path) -> None:
    store = Store("sqlite://", keys)
    assert free_bytes(store) is None
    await store.close()
