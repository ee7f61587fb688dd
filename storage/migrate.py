"""Brings a database to the schema of this version, by the revisions in storage/migrations.

`python -m storage.migrate revision "why"` writes a new one from what the tables say and the revisions do not.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from . import application_tables, move_tables, outbox_tables, staff_tables, tables  # noqa: F401  the schema is complete once all are imported

LOCK = 0x11A6A3  # the advisory lock of whoever migrates: of several processes that start together one does it


async def migrate(url: str) -> str:
    """Upgrade the database at `url` (made where there is none); returns its revision. All or nothing on both engines."""
    return await work(make_url(url), upgrade)


def drift(connection: Connection) -> list[Any]:
    """What the tables say and this database does not have, or the other way round, in alembic's words."""
    context = MigrationContext.configure(connection, opts={"compare_server_default": differs})
    return list(compare_metadata(context, SQLModel.metadata))


def differs(_context: Any, _at: Any, _column: Any, here: str | None, _said: Any, said: str | None) -> bool | None:
    """Whether the empty text as a default differs (alembic takes SQLite's '' for none). None: alembic compares itself."""
    return False if here == "('')" and said == "" else None


def revision(connection: Connection) -> str | None:
    """The schema's revision in this database; None where there is none yet."""
    found = MigrationContext.configure(connection).get_current_revision()
    return None if found is None else str(found)


def revisions() -> list[str]:
    """All that this version of the program knows, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def upgrade(connection: Connection, to: str = "head") -> str:
    """Bring the database to a revision, in the connection's transaction; returns it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    command.upgrade(_config(connection), to)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:5]}")
    return str(revision(connection))


def _revise(message: str, connection: Connection) -> str:
    config = _config(connection)
    command.upgrade(config, "head")
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    made: Any = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
    return str(made.path)


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    return config


async def work(url: URL, done: Callable[[Connection], str]) -> str:
    """Do it in one transaction on a connection whose foreign keys are not enforced on SQLite."""
    engine = engine_of(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(done)
    finally:
        await engine.dispose()


def engine_of(url: URL) -> AsyncEngine:
    if url.get_backend_name() == "postgresql":
        return create_async_engine(url.set(drivername="postgresql+asyncpg"), poolclass=NullPool, hide_parameters=True)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url.set(drivername="sqlite+aiosqlite"), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        # A batch change makes the table anew: enforced keys would take along every row that hangs on it.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def main(arguments: list[str]) -> None:
    match arguments:
        case ["revision", message]:
            with tempfile.TemporaryDirectory() as folder:
                url = make_url(f"sqlite:///{Path(folder) / 'empty.db'}")
                sys.stdout.write(asyncio.run(work(url, lambda connection: _revise(message, connection))) + "\n")
        case [url]:
            sys.stdout.write(asyncio.run(migrate(url)) + "\n")
        case _:
            sys.exit('usage: python -m storage.migrate <url> | revision "why"')


if __name__ == "__main__":
    main(sys.argv[1:])
