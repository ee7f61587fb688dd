"""An hour in which sites time out, lie and throttle while their postings come and go: what must be open is, and nothing else."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlmodel import update

from bot import overview
from bot.settings import Settings
from bot.sources.api import Api
from storage.tables import Listing, Posting, Resident, WishArea
from tests.conftest import Clock
from tests.fakes.boards import KINDS, Board
from tests.fakes.narrow import Narrow, Person
from tests.fakes.site import Site
from tests.postgres import Server

from .hour import Hour

BEFORE_MIDNIGHT = datetime(2026, 11, 24, 14, 25, tzinfo=UTC)  # 23:25 in Korea: last days pass, budgets begin anew


@pytest.fixture(params=["sqlite-1", "postgres-4"])
def seeded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """A database that knows the areas, and a seed."""
    engine, seed = request.param.split("-")
    if engine == "sqlite":
        shutil.copyfile(request.getfixturevalue("loaded"), tmp_path / "hour.db")
        yield f"sqlite:///{tmp_path}/hour.db", int(seed)
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url.render_as_string(hide_password=False), int(seed)
    server.drop(url)


async def test_after_an_hour_of_faults_exactly_what_must_be_open_is(
    seeded: tuple[str, int], tmp_path: Path, clock: Clock
) -> None:
    database, seed = seeded
    clock.at = BEFORE_MIDNIGHT
    settings = Settings(database_url=database, http_port=0, key_file=tmp_path / "keys", owner="narrow:boss")  # type: ignore[arg-type]
    async with AsyncExitStack() as stack:
        sites = [await stack.enter_async_context(Site(f"127.0.0.{n}")) for n in range(2, 2 + len(KINDS))]
        boards = {name: Board(name, site) for name, site in zip(KINDS, sites, strict=True)}
        hour = Hour(settings, clock, seed, boards, Narrow())
        for board in boards.values():
            for which in board.kind.lists * 3:
                hour.appear(board)
                board.posts[-1] = board.posts[-1].__class__(board.posts[-1].number, board.posts[-1].last, list=which)
        await hour.begin()
        stack.push_async_callback(hour.end)
        anna, boss = Person(hour.narrow, "anna"), Person(hour.narrow, "boss")
        await anna.says("/start")
        await anna.taps("한국어")
        await anna.says("1")
        await anna.says("월곡동")
        await boss.says("/start")
        async with hour.app.store.transaction() as tx:
            await tx.execute(update(Resident).values(quiet_from=0, quiet_until=0))
            await tx.execute(update(WishArea).values(width=3, seen=0))
        await hour.run(60, restarts=(13, 37, 52))
        table = await shown(hour)
        assert all(name in table for name in boards)
        assert "in a row" in table
        await calmed(hour)
        await told_once(hour, anna)
        await accounted(hour)
        owner = [message.plain for message in hour.narrow.pushed.get("boss", [])]
        assert 1 <= len(owner) <= 5, owner


async def calmed(hour: Hour) -> None:
    """With nothing wrong any more, three polls make the store say what the boards do."""
    for _ in range(3):
        hour.clock.forward(days=1)  # with fresh budgets
        for name in hour.boards:
            polled = await hour.poll(name, calm=True)
            assert polled.outcome == "good", polled
    await hour._minute()
    for name, board in hour.boards.items():
        found = await hour.open(name)
        there = {post.number: post for post in board.posts if not board.kind.dated or post.last >= hour.today}
        assert set(found) >= set(there) or name == "feed"
        if board.closes:
            assert set(found) == set(there), name
        for number, posting in found.items():
            if number in there and name not in ("feed", "saramin"):  # a window, and a link only
                assert f"판{there[number].version}판" in str(posting.facts), (name, number, posting.facts)


async def told_once(hour: Hour, anna: Person) -> None:
    """No posting is there twice, and none was told twice."""
    async with hour.app.store.reading() as tx:
        listings, postings = await tx.find(Listing), await tx.find(Posting)
    ever = {(name, number) for name, expected in hour.expected.items() for number in expected.ever}
    assert len(postings) == len({one.title for one in postings}) == len(listings)
    assert len(postings) == len(ever)
    await hour.app.sender.stop()
    titles = [
        title for message in hour.narrow.pushed[anna.name] for title in re.findall(r"\S+ \d+번 자리", message.plain)
    ]
    assert titles
    assert [title for title, n in Counter(titles).items() if n > 1] == []


async def accounted(hour: Hour) -> None:
    """Each failure stands in the polls, and no key spent more than it may."""
    rows = await hour.polls()
    named = {(row.source, row.at) for row in rows if row.faults}
    said = {(row.source, fault) for row in rows for fault in row.faults}
    assert {name for name, _, _ in hour.failed} <= {source for source, _ in said}
    for name, at, fault in hour.failed:
        if fault not in ("empty", "hollow", "lie", "twice"):
            assert (name, at) in named, (name, at, fault)
    for (name, day), requests in hour.spent.items():
        source = hour.app.poller.sources[name]
        assert not isinstance(source, Api) or requests <= source.most, (name, day)
    assert any("used up" in fault for _, fault in said), "some budget came to its end"
    assert "SECRET" not in str(said)


async def shown(hour: Hour) -> str:
    """The operator's table of the hour."""
    told = StringIO()
    Console(width=200, file=told).print(await overview.table(hour.app.store, hour.app.poller))
    return told.getvalue()
