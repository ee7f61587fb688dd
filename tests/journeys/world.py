"""A whole program for a story: the real store, poller, matcher, planner and sender, with a narrow platform at its edge."""

import asyncio
import os
import time
from pathlib import Path

from sqlalchemy import text

from bot.app import App, build
from bot.settings import Settings
from bot.sources.sheet import SETTLED
from handlers.clock.tidy import tidy
from storage.store import Store
from tests.conftest import Clock
from tests.fakes.narrow import Narrow, Person

HEADER = "공고명,기관,근무지,급여,근무시간,마감,외국인"


def save(sheet: Path, *rows: str) -> None:
    """Written a while ago: a file is read once it has lain still for a second."""
    sheet.write_text("\n".join([*rows, ""]), encoding="utf-8")
    before = time.time() - 2 * SETTLED
    os.utime(sheet, (before, before))


class World:
    def __init__(self, app: App, narrow: Narrow, clock: Clock, folder: Path) -> None:
        self.app, self.narrow, self.clock, self.folder = app, narrow, clock, folder

    @property
    def store(self) -> Store:
        return self.app.store

    def person(self, name: str, language: str | None = None) -> Person:
        return Person(self.narrow, name, language)

    async def subscribe(self, person: Person) -> None:
        """Through the real conversation, as a resident of 월곡동."""
        await person.says("/start")
        if "English" in person.labels and person.sees("언어를 고르세요"):
            await person.taps("English")
        await person.says("1")
        await person.says("월곡동")

    async def sheet(self, name: str, *rows: str) -> None:
        """A facility saves its sheet, and its source's time has come."""
        self.clock.forward(seconds=1)
        save(self.folder / f"{name}.csv", HEADER, *rows)
        await self.app.poller.poll_all()

    async def count(self, table: str, where: str = "1 = 1") -> int:
        async with self.store.reading() as tx:
            return int(await tx.scalar(text(f"SELECT count(*) FROM {table} WHERE {where}")))

    async def until(self, table: str, where: str, n: int, seconds: float = 30) -> None:
        """Wait until so many rows are in that state."""
        for _ in range(int(seconds * 20)):
            if await self.count(table, where) == n:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{table} where {where}: {await self.count(table, where)}, not {n}")

    async def postings(self) -> list[int]:
        async with self.store.reading() as tx:
            return [row[0] for row in await tx.all(text("SELECT id FROM postings WHERE state = 'open' ORDER BY id"))]

    async def tidy(self) -> None:
        async with self.store.transaction() as tx:
            await tidy(tx)


async def make(settings: Settings, clock: Clock, folder: Path) -> World:
    narrow = Narrow()
    return World(await build(settings, now=clock, platforms=[narrow]), narrow, clock, folder)
