"""A disk that is full for a while: SQLite may not make its file any bigger."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from storage.store import Store


@asynccontextmanager
async def full(store: Store) -> AsyncIterator[None]:
    """Meanwhile every write that needs a new page fails with "database or disk is full"."""
    await _pages(store, 1)  # SQLite takes the present size where that is more
    try:
        yield
    finally:
        await _pages(store, 2**31)


async def _pages(store: Store, most: int) -> None:
    async with store.transaction() as tx:
        await tx.execute(text(f"PRAGMA max_page_count = {most}"))
