"""The revisions make exactly the schema that the tables say, on both engines."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from storage.migrate import drift, migrate
from storage.outbox_tables import Delivery
from storage.sealing import Keys
from storage.store import Store
from storage.tables import KEPT
from tests.conftest import Clock


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/new.db"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url.render_as_string(hide_password=False)
    server.drop(url)


async def test_the_revisions_lead_to_what_the_tables_say(empty: str, keys: Keys, clock: Clock) -> None:
    newest = await migrate(empty)
    assert await migrate(empty) == newest == f"{len(list(revisions())):04}"

    store = Store(empty, keys, clock)
    try:
        async with store.transaction() as tx:
            assert await tx.connection.run_sync(drift) == []
    finally:
        await store.close()


async def test_ids_that_leave_the_house_are_never_given_twice(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as tx:
        rows = await tx.connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
        made = {row.name: row.sql for row in rows}
    kept = [table for table in SQLModel.metadata.tables.values() if table.dialect_kwargs.get("sqlite_autoincrement")]
    assert KEPT
    assert Delivery.__tablename__ in {table.name for table in kept}
    for table in kept:
        assert "AUTOINCREMENT" in made[table.name], table.name


def revisions() -> Iterator[str]:
    """They are found as part of the installed package, wherever the program is started."""
    for file in files("storage.migrations.versions").iterdir():
        if file.name.startswith("r0"):
            yield file.name
