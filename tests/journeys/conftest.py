"""Stories run on a whole program. Most on SQLite; `either_world` tells one on PostgreSQL too."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.settings import Settings
from tests.conftest import Clock
from tests.fakes.botapi import BotApi
from tests.fakes.narrow import Narrow
from tests.fakes.webclient import people
from tests.postgres import Server

from .centre import Centre
from .people import PLATFORMS, Town
from .process import Program
from .world import World, make


@pytest.fixture
async def world(loaded: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    shutil.copyfile(loaded, tmp_path / "world.db")
    world = await begin(f"sqlite:///{tmp_path}/world.db", tmp_path, clock)
    yield world
    await world.app.stop()


@pytest.fixture(params=["sqlite", "postgres"])
async def either_world(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("loaded"), tmp_path / "world.db")
        world = await begin(f"sqlite:///{tmp_path}/world.db", tmp_path, clock)
        yield world
        await world.app.stop()
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create(request.getfixturevalue("postgres_loaded"))
    world = await begin(url.render_as_string(hide_password=False), tmp_path, clock)
    yield world
    await world.app.stop()
    server.drop(url)


@pytest.fixture
async def botapi() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server
        server.check()


@pytest.fixture
async def program(loaded: Path, tmp_path: Path, botapi: BotApi) -> AsyncIterator[Program]:
    """The real process, not started yet, on a SQLite database that holds all areas."""
    shutil.copyfile(loaded, tmp_path / "program.db")
    program = Program(tmp_path, f"sqlite:///{tmp_path}/program.db", botapi.token, botapi.url)
    yield program
    await program.stop()


@pytest.fixture(params=["sqlite", "postgres"])
async def either_program(request: pytest.FixtureRequest, tmp_path: Path, botapi: BotApi) -> AsyncIterator[Program]:
    """The real process, not started yet, on a database of each engine that holds all areas."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("loaded"), tmp_path / "program.db")
        program = Program(tmp_path, f"sqlite:///{tmp_path}/program.db", botapi.token, botapi.url)
        yield program
        await program.stop()
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create(request.getfixturevalue("postgres_loaded"))
    program = Program(tmp_path, url.render_as_string(hide_password=False), botapi.token, botapi.url)
    yield program
    await program.stop()
    server.drop(url)


def watching(database: str, folder: Path, **more: Any) -> Settings:
    """Of a program that reads the examples and watches an empty folder of sheets, `postings`."""
    sheets = folder / "postings"
    sheets.mkdir()
    sources = folder / "sources.toml"
    sources.write_text(
        f'[[source]]\nname = "postings"\nkind = "sheet"\npath = "{sheets}"\nevery = 3600\n'
        '[[source]]\nname = "examples"\nkind = "examples"\nevery = 3600\n',
        encoding="utf-8",
    )
    given = {"database_url": database, "http_port": 0, "sources": sources, "key_file": folder / "keys"}
    return Settings(**given, phone="062-000-0000", **more)


async def begin(database: str, folder: Path, clock: Clock) -> World:
    """A started program that watches an empty folder of sheets and has read the examples."""
    world = await make(watching(database, folder), clock, folder / "postings")
    await world.app.start()
    await world.app.poller.poll_all()
    return world


@pytest.fixture(params=PLATFORMS)
async def town(
    request: pytest.FixtureRequest, loaded: Path, tmp_path: Path, clock: Clock, botapi: BotApi
) -> AsyncIterator[Town]:
    """The whole program with both platforms; a story is told on each."""
    shutil.copyfile(loaded, tmp_path / "town.db")
    platforms = {"telegram_token": botapi.token, "telegram_api": botapi.url}
    app = await build(watching(f"sqlite:///{tmp_path}/town.db", tmp_path, **platforms), now=clock)
    await app.start()
    await app.poller.poll_all()
    async with people(app.web.address) as person:
        yield Town(World(app, Narrow(), clock, tmp_path / "postings"), botapi, person, request.param)
    await app.stop()


@pytest.fixture
async def centre(loaded: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[Centre]:
    """The whole program with the web chat alone, for staff who sit there."""
    shutil.copyfile(loaded, tmp_path / "centre.db")
    async with _centre(f"sqlite:///{tmp_path}/centre.db", tmp_path, clock) as centre:
        yield centre


@pytest.fixture(params=["sqlite", "postgres"])
async def either_centre(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Centre]:
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("loaded"), tmp_path / "centre.db")
        async with _centre(f"sqlite:///{tmp_path}/centre.db", tmp_path, clock) as centre:
            yield centre
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create()
    async with _centre(url.render_as_string(hide_password=False), tmp_path, clock) as centre:
        yield centre
    server.drop(url)


@asynccontextmanager
async def _centre(database: str, folder: Path, clock: Clock) -> AsyncIterator[Centre]:
    app = await build(watching(database, folder), now=clock)
    await app.start()
    await app.poller.poll_all()
    async with people(app.web.address) as person:
        yield Centre(app, World(app, Narrow(), clock, folder / "postings"), person)
    await app.stop()
