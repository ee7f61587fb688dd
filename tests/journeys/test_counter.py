"""A welfare centre enters a grandmother who has no phone, tells her of a job, prints a sheet, and ends it; over the web chat."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import App, build
from storage import facilities, staff
from storage.tables import Chat, Line
from tests.conftest import Clock
from tests.fakes.narrow import Narrow
from tests.fakes.webclient import WebPerson, people

from .conftest import watching
from .test_first_alert import ROW
from .world import World

NAME = "김복순"
MOON = ROW.replace("별빛", "달빛")
KEPT = ("walk_ins", "consents", "wishes", "wish_areas", "neighbourhoods", "alerts")


@dataclass
class Centre:
    app: App
    world: World
    person: Any

    async def worker(self, role: str = "manager", facility: str | None = "햇살복지관") -> WebPerson:
        """Somebody of the staff at an open page, in front of their desk."""
        worker: WebPerson = self.person("ko")
        await worker.comes()
        await worker.says("/start ko")
        async with self.app.store.transaction() as tx:
            chat = (await tx.find(Chat, order=Chat.id))[-1]
            theirs = [await facilities.make(tx, facility)] if facility else []
            await staff.appoint(tx, chat.resident_id, role, theirs, "박복지")
        await worker.says("오늘 할 일")
        return worker

    async def enters(self, worker: WebPerson, name: str, phone: str = "", work: str = "아무 일이나") -> None:
        await worker.says("담당자")
        await worker.taps("창구에서 등록")
        await worker.taps("새로 등록하기")
        await worker.taps("한국어")
        await worker.taps("종이에 서명했어요")
        await worker.says(name)
        await (worker.says(phone) if phone else worker.taps("전화가 없어요"))
        await worker.says("월곡동")
        await (worker.taps(work) if work == "아무 일이나" else worker.says(work))

    async def leftovers(self) -> dict[str, int]:
        return {table: n for table in KEPT if (n := await self.world.count(table))}

    async def naming(self, word: str) -> int:
        """Lines of any chat in which it stands; they are sealed, so each is opened."""
        async with self.app.store.reading() as tx:
            return sum(word in str(line.body) for line in await tx.find(Line))

    async def acts(self) -> list[str]:
        """What the log says that staff did."""
        async with self.app.store.reading() as tx:
            return [row[0] for row in await tx.all(text("SELECT act FROM audit ORDER BY id"))]


@pytest.fixture
async def centre(loaded: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[Centre]:
    shutil.copyfile(loaded, tmp_path / "centre.db")
    app = await build(watching(f"sqlite:///{tmp_path}/centre.db", tmp_path), now=clock)
    await app.start()
    await app.poller.poll_all()
    async with people(app.web.address) as person:
        yield Centre(app, World(app, Narrow(), clock, tmp_path / "postings"), person)
    await app.stop()


async def test_a_grandmother_is_entered_told_of_a_job_and_leaves_nothing_behind(centre: Centre) -> None:
    worker = await centre.worker()
    assert worker.sees("담당자 · 박복지")
    assert worker.sees("햇살복지관")
    await centre.enters(worker, NAME, "010 1234 5678")
    assert worker.sees("010-1234-5678")
    assert await centre.world.count("walk_ins", "paper") == 1
    assert await centre.world.count("consents", "item = 'alerts' AND version LIKE '%paper'") == 1
    await centre.world.sheet("library", ROW)
    await centre.world.until("alerts", "state = 'waiting'", 1)
    await worker.says("오늘")
    assert worker.sees("전화가 없는 1명에게 전할 새 일자리가 있어요.")
    await worker.says("1")
    assert worker.sees(f"1. \u2068{NAME}\u2069")
    await worker.says("1")
    assert worker.sees("별빛도서관") or worker.sees("책 정리")
    await worker.taps("종이로 뽑기")
    await worker.taps("전해 드렸어요")
    assert await centre.world.count("alerts", "state = 'told'") == 1
    assert await centre.world.count("deliveries") == 0, "nothing was ever owed to a chat"
    await centre.world.tidy()
    assert await centre.world.count("walk_ins") == 1, "who has no chat is not forgotten for that"
    await worker.taps("등록한 분들")
    await worker.says("1")
    await worker.taps("끝내기")
    await worker.taps("네, 지울게요")
    assert worker.sees("모두 지웠어요")
    assert await centre.leftovers() == {}
    assert await centre.naming(NAME) == await centre.naming("1234") == 0
    assert await centre.world.count("residents") == 1, "the worker"
    assert await centre.acts() == ["enter", "told", "end"]
