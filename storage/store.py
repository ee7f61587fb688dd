"""The store: opens the database (SQLite embedded, PostgreSQL beyond) and hands out transactions by lane."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from . import move_tables, outbox_tables, tables  # noqa: F401  the schema is complete once all are imported
from .embedded import connect
from .lanes import INTERACTIVE, ROUTINE, URGENT, Lanes
from .sealing import Keys
from .transaction import Transaction
from .whole import Step, as_it_is, whole

__all__ = ["INTERACTIVE", "ROUTINE", "URGENT", "Store"]


class Store:
    """`now` is the clock; where none is given PostgreSQL's own is used, so that several processes agree."""

    def __init__(self, url: str, keys: Keys, now: Callable[[], datetime] | None = None) -> None:
        self.url = make_url(url)
        self.postgres = self.url.get_backend_name() == "postgresql"
        self.keys = keys
        self._now = now
        self._lanes = Lanes()
        if self.postgres:
            engine = create_async_engine(
                self.url.set(drivername="postgresql+asyncpg"), pool_size=10, max_overflow=10, hide_parameters=True
            )
            self._writer = self._reader = sealing(engine, keys)
        else:
            url_ = self.url.set(drivername="sqlite+aiosqlite")
            self._writer = sealing(_sqlite(url_, 1, write=True), keys)
            self._reader = sealing(_sqlite(url_, 4, write=False), keys)

    @asynccontextmanager
    async def transaction(self, lane: int = INTERACTIVE, *, guarded: bool = True) -> AsyncIterator[Transaction]:
        """Commits when the block ends, rolls back when it raises. SQLite has one writer, given by lane.

        A task that nobody cancels needs no guard, and waits for a quarter of the turns of a busy loop.
        """
        lane_ = nullcontext() if self.postgres else self._lanes.enter(lane)
        async with lane_, self._begun(self._writer, whole if guarded else as_it_is) as tx:
            yield tx

    @asynccontextmanager
    async def reading(self, *, guarded: bool = True) -> AsyncIterator[Transaction]:
        """A snapshot to read from; beside the writer, never in its way."""
        async with self._begun(self._reader, whole if guarded else as_it_is) as tx:
            yield tx

    @asynccontextmanager
    async def _begun(self, engine: AsyncEngine, whole: Step) -> AsyncIterator[Transaction]:
        """Each step with the database ends before a cancellation goes on."""
        connection = engine.connect()
        try:
            now = await whole(self._open(connection))
            try:
                yield Transaction(connection, now, self.keys, whole)
            except BaseException:
                await whole(connection.rollback())
                raise
            await whole(connection.commit())
        finally:
            await whole(connection.close())

    async def _open(self, connection: AsyncConnection) -> datetime:
        await connection.start()
        await connection.begin()
        return await self._time(connection)

    async def _time(self, connection: AsyncConnection) -> datetime:
        if self._now is not None:
            return self._now()
        if not self.postgres:
            return datetime.now(UTC)
        moment: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
        return moment.astimezone(UTC)

    async def close(self) -> None:
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def sealing(engine: AsyncEngine, keys: Keys) -> AsyncEngine:
    engine.dialect.ilgam_keys = keys.fernet  # type: ignore[attr-defined]
    return engine


def _sqlite(url: Any, size: int, *, write: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,  # each transaction has its end; another rollback is one more step to the driver
        async_creator=partial(connect, url.database),
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin ourselves: a deferred BEGIN that writes later fails when busy
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            # 64 MB and 32 MB at most: smaller ones made a bulk of alerts write pages again (docs/PERFORMANCE.md).
            f"cache_size={-65536 if write else -2000}",
            "wal_autocheckpoint=8000",
            f"query_only={'OFF' if write else 'ON'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        words = "BEGIN IMMEDIATE" if write else "BEGIN"
        connection.connection.dbapi_connection.run_async(lambda driver: driver.execute_fetchall(words))

    return engine
