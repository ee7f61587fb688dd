"""What the tests of backups share: a database in which there is nothing, on each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server


@pytest.fixture(params=["to_sqlite", "to_postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of such a database."""
    if request.param == "to_sqlite":
        yield f"sqlite:///{tmp_path}/restored.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url.render_as_string(hide_password=False)
    server.drop(url)
