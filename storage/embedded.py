"""SQLite's connections: each statement is one step to the driver's thread and back, with its rows, where the driver takes four.

On a busy loop each step waits for a turn, so that a transaction of 15 statements waited for 60.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite

FIRST = 1000  # rows that come with their statement
BUSY = 30  # seconds that a statement waits for another process's lock


class Cursor:
    """What SQLAlchemy asks of a cursor. The first rows come with the statement; few statements have more."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._open: sqlite3.Cursor | None = None  # has more rows
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> "Cursor":
        await self._step(self._work, "execute", sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Any) -> "Cursor":
        await self._step(self._work, "executemany", sql, parameters)
        return self

    async def fetchall(self) -> Sequence[Any]:
        if self._open is not None:
            await self._step(self._more, None)
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int = arraysize) -> Sequence[Any]:
        if self._open is not None and len(self._rows) < size:
            await self._step(self._more, size - len(self._rows))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def close(self) -> None:
        if self._open is not None:
            await self._step(self._shut)

    async def _step(self, work: Callable[..., None], *arguments: Any) -> None:
        await self._connection._execute(work, *arguments)  # type: ignore[no-untyped-call]

    def _work(self, method: str, sql: str, parameters: Any) -> None:
        cursor = self._open = self._connection._conn.cursor()
        try:
            getattr(cursor, method)(sql, parameters)
            self._more(FIRST)
        except BaseException:
            self._shut()
            raise
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid

    def _more(self, size: int | None) -> None:
        assert self._open is not None
        rows = self._open.fetchall() if size is None else self._open.fetchmany(size)
        self._rows += rows
        if size is None or len(rows) < size:
            self._shut()

    def _shut(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


class Connection(aiosqlite.Connection):
    def cursor(self) -> Any:
        return Cursor(self)


async def connect(path: str) -> Connection:
    connection = Connection(lambda: sqlite3.connect(path, timeout=BUSY), iter_chunk_size=64)
    connection._thread.daemon = True  # as SQLAlchemy has it: a forgotten connection keeps no process alive
    await connection
    return connection
