"""What all tests share: a clean environment, an injected clock, and real stores on both engines."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from storage import area_data
from storage.migrate import migrate
from storage.sealing import Keys
from storage.store import Store
from tests.postgres import Server, apart, serve

for name in [name for name in os.environ if name.startswith("ILGAM_") and not name.startswith("ILGAM_TEST_")]:
    del os.environ[name]
# Hypothesis fails an example that takes 0.2 s, which says more about a busy machine than about us.
settings.register_profile("ilgam", deadline=None)
settings.load_profile("ilgam")


class Clock:
    """The injected time: it moves only when told to. Starts on Tuesday 24 November 2026, 12:00 in Korea."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)) -> None:
        self.at = start

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> datetime:
        self.at += timedelta(**delta)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys() -> Keys:
    return Keys.fresh()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    apart(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with serve() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> Iterator[str]:
    url = postgres_server.create()
    apart(migrate(url.render_as_string(hide_password=False)))
    yield str(url.database)
    postgres_server.drop(url)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with all areas, to be copied: loading them is the slow part."""
    path = tmp_path_factory.mktemp("loaded") / "loaded.db"
    apart(_load(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_loaded(postgres_server: Server) -> Iterator[str]:
    """The same on PostgreSQL: a template to make others from."""
    url = postgres_server.create()
    apart(_load(url.render_as_string(hide_password=False)))
    yield str(url.database)
    postgres_server.drop(url)


async def _load(url: str) -> None:
    await migrate(url)
    store = Store(url, Keys.fresh())
    async with store.transaction() as tx:
        await area_data.load(tx)
    await store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of this test's own, on each engine. `on_sqlite` asks for one engine only."""
    if request.param == "sqlite":
        yield copy_of(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create(request.getfixturevalue("postgres_template"))
    yield url.render_as_string(hide_password=False)
    server.drop(url)


@pytest.fixture
async def store(database: str, keys: Keys, clock: Clock) -> AsyncIterator[Store]:
    """A store on each engine. Mark a test (or set a module's pytestmark) with tests.engines.on_sqlite for SQLite only."""
    store = Store(database, keys, clock)
    yield store
    await store.close()


@pytest.fixture
async def sqlite_store(sqlite_template: Path, tmp_path: Path, keys: Keys, clock: Clock) -> AsyncIterator[Store]:
    store = Store(copy_of(sqlite_template, tmp_path), keys, clock)
    yield store
    await store.close()


def copy_of(template: Path, folder: Path) -> str:
    shutil.copyfile(template, folder / "test.db")
    return f"sqlite:///{folder}/test.db"
