"""The store on both engines: what is committed stays, what fails is undone, and each test has a database of its own."""

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
