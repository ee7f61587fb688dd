"""Stories run on a whole program: on SQLite always, the story marked `both` on PostgreSQL too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.conftest import Clock

from .world import World, make


@pytest.fixture
async def world(tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    folder = tmp_path / "postings"
    folder.mkdir()
    sources = tmp_path / "sources.toml"
    sources.write_text(
        f'[[source]]\nname = "postings"\nkind = "sheet"\npath = "{folder}"\nevery = 3600\n'
        '[[source]]\nname = "examples"\nkind = "examples"\nevery = 3600\n',
        encoding="utf-8",
    )
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/world.db",
        http_port=0,
        sources=sources,
        key_file=tmp_path / "keys",
        phone="062-000-0000",
    )
    world = await make(settings, clock, folder)
    await world.app.start()
    await world.app.poller.poll_all()
    yield world
    await world.app.stop()
