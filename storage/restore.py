"""Reads a backup into an empty database of either engine: all of it, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, bindparam, func, select, update
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from . import counters, epoch, migrate
from .backup import STEP, Progress, silent
from .backup_form import DAMAGED, BadBackup, Manifest, decode, manifest, read
from .sealing import Keys
from .store import sealing
from .transaction import Transaction


@dataclass(frozen=True, slots=True)
class Restored:
    """`doubted` is None when the backup is of a copy that was put down before: then nothing is in doubt."""

    manifest: Manifest
    revision: str
    doubted: epoch.Doubted | None


async def restore(
    url: str, path: Path, keys: Keys, municipality: int, now: datetime, progress: Progress = silent
) -> Restored:
    """Check the whole file, then load it in one transaction. BadBackup says why not, OSError that it can't be read.

    What is restored is not live: see storage.epoch.
    """
    lines = read(path, keys)
    first = manifest(next(lines, None))
    for _ in lines:
        pass  # a file that is cut or altered is refused before anything is written
    if first.revision not in migrate.revisions():
        raise BadBackup(
            f"This backup is of revision {first.revision}, which this version does not know. Install a newer version."
        )
    if first.municipality != municipality:
        raise BadBackup(f"This backup is of {first.municipality}, but ILGAM_MUNICIPALITY is {municipality}.")
    engine = sealing(migrate.engine_of(make_url(url)), keys)
    try:
        async with engine.begin() as connection:
            revision = await connection.run_sync(_load, read(path, keys), progress)
            tx = Transaction(connection, now, keys)
            await counters.move_ahead(tx, first.counters)
            retired = await epoch.current(tx) == epoch.RETIRED
            doubted = None if retired else await epoch.doubt_all(tx)
            if not retired:
                await epoch.put(tx, epoch.RESTORED)
    finally:
        await engine.dispose()
    return Restored(first, revision, doubted)


def _load(connection: Connection, lines: Iterator[Any], progress: Progress) -> str:
    """Empty tables of the backup's revision, its rows, and then the migrations since."""
    made = manifest(next(lines))
    _clear(connection, made)
    migrate.upgrade(connection, made.revision)
    tables = MetaData()
    tables.reflect(connection, only=list(made.rows))
    done = 0
    for table, kinds, rows in _parts(lines, tables):
        filled = _Rows(connection, table, kinds)
        while some := list(islice(rows, STEP)):
            filled.add(some)
            done += len(some)
            progress(done, made.total)
        filled.end()
    if done != made.total:
        raise BadBackup(DAMAGED)
    return migrate.upgrade(connection)


def _clear(connection: Connection, made: Manifest) -> None:
    """Take away our tables, which must be empty: they may be of another revision."""
    found = MetaData()
    ours = {*SQLModel.metadata.tables, *made.rows, "alembic_version"}
    found.reflect(connection, only=lambda name, _: name in ours)
    tables = [table for table in found.sorted_tables if table.name != "alembic_version"]
    rows = sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
    if rows:
        raise BadBackup(f"The database is not empty ({rows} rows). Restore into a new one.")
    found.drop_all(connection)


def _parts(lines: Iterator[Any], tables: MetaData) -> Iterator[tuple[Table, dict[str, str], Iterator[list[Any]]]]:
    """Each table with the kinds of its columns and its rows, which must be taken before the next table."""
    head = next(lines, None)

    def rows() -> Iterator[list[Any]]:
        nonlocal head
        for head in lines:
            if isinstance(head, dict):
                return
            yield head
        head = None

    while head is not None:
        yield tables.tables[head["table"]], head["columns"], rows()


class _Rows:
    """Fills one table. What refers to a row of the same table is written last, when all of them stand there."""

    def __init__(self, connection: Connection, table: Table, kinds: dict[str, str]) -> None:
        self._connection, self._table, self._kinds = connection, table, kinds
        self._postgres = connection.dialect.name == "postgresql"
        self._own = [c.name for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
        self._later: list[dict[str, Any]] = []
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = bool(column.nullable)

    def add(self, rows: list[list[Any]]) -> None:
        values = [
            {
                name: decode(kind, value, self._postgres)
                for (name, kind), value in zip(self._kinds.items(), row, strict=True)
            }
            for row in rows
        ]
        for row in values:
            for name in self._own:
                if row[name] is not None:
                    self._later.append({"of": row["id"], "column": name, "to": row[name]})
                    row[name] = None
        self._connection.execute(self._table.insert(), values)

    def end(self) -> None:
        for name in self._own:
            to = [row for row in self._later if row["column"] == name]
            statement = update(self._table).where(self._table.c.id == bindparam("of")).values({name: bindparam("to")})
            if to:
                self._connection.execute(statement, to)
