"""Writes a backup of the whole database as it is at one moment, while the program goes on. The keys are not in it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlmodel import SQLModel

from . import counters, migrate, resealing
from .backup_form import BadBackup, Manifest, Writer, encode, kind
from .sealing import Keys
from .store import Store

Progress = Callable[[int, int], None]  # rows done, rows in all
STEP = 1000  # rows


def silent(done: int, total: int) -> None:
    """The progress of those who do not look."""


async def write(
    url: str, path: Path, keys: Keys, municipality: int, now: datetime, progress: Progress = silent
) -> Manifest:
    """Write everything into a new file that only its owner may read; it gets its name when it is whole.

    BadBackup says why there can be none, OSError that the file can't be written.
    """
    if path.exists():
        raise BadBackup(f"{path} exists already. Name a new file.")
    store = Store(url, keys, lambda: now)
    if not store.postgres and not (store.url.database and Path(store.url.database).exists()):
        raise BadBackup("There is no database here to back up.")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            async with store.reading() as tx:
                if tx.postgres:
                    await tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
                if not await resealing.opens(tx):
                    raise BadBackup("The keys do not open what the database holds. Use the key file that the bot uses.")
                made = await tx.connection.run_sync(_write, file, keys, municipality, now, progress)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)  # unlike a renaming it never takes another file's place
    finally:
        part.unlink()
        await store.close()
    _fsync(path.parent)
    return made


def _write(
    connection: Connection, file: BinaryIO, keys: Keys, municipality: int, now: datetime, progress: Progress
) -> Manifest:
    tables = known(connection)
    rows = {
        str(table.name): connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
    }
    made = Manifest(str(migrate.revision(connection)), municipality, now.isoformat(), rows, counters.given(connection))
    writer, done = Writer(file), 0
    writer.manifest(made)
    for table in tables:
        kinds = {str(column.name): kind(column) for column in table.columns}
        writer.line({"table": str(table.name), "columns": kinds})
        for row in _rows(connection, table):
            writer.line([encode(one, value) for one, value in zip(kinds.values(), row, strict=True)])
            done += 1
            if done % STEP == 0:
                progress(done, made.total)
    writer.end(keys)
    progress(done, made.total)
    return made


def _rows(connection: Connection, table: Table) -> Iterator[Any]:
    statement = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=STEP)
    yield from connection.execute(statement)


def known(connection: Connection) -> list[Table]:
    """The tables as they are in this database, each after those it refers to. BadBackup unless it is up to date."""
    at, newest = migrate.revision(connection), migrate.revisions()[0]
    if at is None:
        raise BadBackup("There is no database here to back up.")
    if at != newest:
        raise BadBackup(
            f"The database is at revision {at}, this version at {newest}. Say `ilgam migrate`, or use its own version."
        )
    found = MetaData()
    found.reflect(connection, only=list(SQLModel.metadata.tables))
    return found.sorted_tables


def _fsync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
