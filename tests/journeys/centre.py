"""A welfare centre whose staff sit at the web chat, and what can be looked up behind it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from bot.app import App
from storage import facilities, staff
from storage.tables import Chat, Line
from tests.fakes.webclient import WebPerson

from .world import World

KEPT = ("walk_ins", "consents", "wishes", "wish_areas", "neighbourhoods", "alerts")


def last(worker: WebPerson) -> str:
    """The newest message on the page."""
    return worker.words(list(worker.lines.values())[-1])


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

    async def entered(self) -> list[int]:
        async with self.app.store.reading() as tx:
            return [row[0] for row in await tx.all(text("SELECT resident_id FROM walk_ins"))]

    async def acts(self) -> list[str]:
        """What the log says that staff did."""
        async with self.app.store.reading() as tx:
            return [row[0] for row in await tx.all(text("SELECT act FROM audit ORDER BY id"))]
