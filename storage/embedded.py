"""SQLite's connections: each statement is one step to the driver's thread and back, with its rows, where the driver takes four.

On a busy loop each step waits for a turn, so that a transaction of 15 statements waited for 60.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

import aiosqlite

BUSY = 30  # seconds that a statement waits for another process's lock


class Cursor:
    """What SQLAlchemy asks of a cursor. The rows are fetched with the statement."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> "Cursor":
        return await self._step("execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Any) -> "Cursor":
        return await self._step("executemany", sql, parameters)

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        """Nothing is open."""

    async def _step(self, method: str, sql: str, parameters: Any) -> "Cursor":
        await self._connection._execute(self._work, method, sql, parameters)  # type: ignore[no-untyped-call]
        return self

    def _work(self, method: str, sql: str, parameters: Any) -> None:
        cursor = self._connection._conn.cursor()
        try:
            getattr(cursor, method)(sql, parameters)
            self._rows = cursor.fetchall()
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class Connection(aiosqlite.Connection):
    def cursor(self) -> Any:
        return Cursor(self)


async def connect(path: str) -> Connection:
    connection = Connection(lambda: sqlite3.connect(path, timeout=BUSY), iter_chunk_size=64)
    connection._thread.daemon = True  # as SQLAlchemy has it: a forgotten connection keeps no process alive
    await connection
    return connection
