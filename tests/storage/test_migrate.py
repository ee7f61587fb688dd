"""The revisions make exactly the schema that the tables say, on both engines."""

from collections.abc import Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from storage.migrate import drift, migrate, upgrade, work
from storage.outbox_tables import Delivery
from storage.sealing import Keys
from storage.store import Store
from storage.tables import KEPT, Neighbourhood, Posting, Wish, WishArea
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


async def test_what_residents_chose_is_kept_apart_from_their_wishes(empty: str, keys: Keys, clock: Clock) -> None:
    """0003: the area stood in the wish's name, the filters only in the rows that matching reads."""
    await work(make_url(empty), partial(upgrade, to="0002"))
    at = "'2026-11-24 00:00:00+00'" if "postgres" in empty else "'2026-11-24 00:00:00'"
    old = (
        f"INSERT INTO residents (id, language, state, created_at) VALUES (1, 'ko', 'active', {at})",
        f"INSERT INTO residents (id, language, state, created_at) VALUES (2, 'vi', 'active', {at}), (3, 'uz', 'left', {at})",
        "INSERT INTO wishes (id, resident_id, name, created_at, words) VALUES "
        f"(1, 1, '1233051500', {at}, '{{}}'), (2, 2, '1233051500', {at}, '{{}}'), (3, 2, '1233051500', {at}, '{{}}')",
        "INSERT INTO wish_areas (wish_id, area, resident_id, width, occupations) VALUES (1, 1233012800, 1, 2, -17)",
        "INSERT INTO postings (id, title, kind_bit, sector_bit, spans, facts, created_at, changed_at) "
        f"VALUES (1, 'x', 2, 2, '[]', '{{}}', {at}, {at})",
    )

    def told(connection: Connection) -> str:
        for statement in old:
            connection.exec_driver_sql(statement)
        return ""

    await work(make_url(empty), told)
    await migrate(empty)
    store = Store(empty, keys, clock)
    async with store.reading() as tx:
        assert [(one.area, one.width) for one in await tx.find(Neighbourhood, order=Neighbourhood.resident_id)] == [
            (1233051500, 2),
            (1233051500, 1),
        ]
        kept = [(wish.name, wish.occupations, wish.traits) for wish in await tx.find(Wish, order=Wish.id)]
        assert kept == [(None, -17, -1), (None, -1, -1), (None, -1, -1)]
        assert [(row.traits, row.width, row.occupations) for row in await tx.find(WishArea)] == [(-1, 2, -17)]
        assert [posting.trait_bits for posting in await tx.find(Posting)] == [2 + 2 * 64]
    await store.close()
