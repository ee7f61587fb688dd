"""Databases for state machines, which need a new one for each run of theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import copy_of
from tests.postgres import Server


@contextmanager
def empty(request: pytest.FixtureRequest, engine: str) -> Iterator[str]:
    """The URL of an empty database on this engine."""
    if engine == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        with TemporaryDirectory() as folder:
            yield copy_of(template, Path(folder))
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create(request.getfixturevalue("postgres_template"))
    yield url.render_as_string(hide_password=False)
    server.drop(url)
