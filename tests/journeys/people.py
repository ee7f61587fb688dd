"""A town with Telegram and the web chat, the jobs that come to it, and the people who live there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from handlers.clock.remind import remind
from tests.fakes.botapi import BotApi

from .voices import OnTelegram, OnTheWeb, Voice
from .world import World, save

HEADER = "공고명,기관,근무지,급여,근무시간,마감,대상"
PLATFORMS = ("telegram", "web")
JOBS = {
    "캠퍼스카페": "주말 홀 서빙,{},광산구 수완동,시급 12000원,토·일 18:00~21:00,2026-12-24,대학생",
    "저녁학원": "초등 학습지도,{},광산구 월곡동,시급 13000원,월·수 18:00~21:00,2026-12-24,성인",
    "새벽물류": "택배 분류,{},광산구 월곡동,시급 13000원,토·일 05:00~08:00,2026-12-24,성인",
    "은빛공원": "공원 청소,{},광산구 월곡동,시급 11000원,월~금 09:00~12:00,2026-12-24,60세 이상",
    "하남공원": "공원 청소,{},광산구 하남동,시급 11000원,월~금 09:00~12:00,2026-12-24,60세 이상",
    "청년공원": "공원 청소,{},광산구 월곡동,시급 11000원,월~금 09:00~12:00,2026-12-24,청년(19~39세)",
    "한밤공장": "제품 포장,{},광산구 월곡동,시급 14000원,월~금 22:00~06:00,2026-12-24,한국어 몰라도 가능",
    "통역센터": "민원 통역,{},광산구 월곡동,시급 15000원,월~금 13:00~18:00,2026-12-24,한국어 능통자",
    "별빛도서관": "도서관 책 정리,{},광산구 월곡동,시급 12000원,월~금 09:00~12:00,2026-11-27,성인",
    "오후도서관": "도서관 책 정리,{},광산구 월곡동,시급 12000원,월~금 13:00~18:00,2026-12-24,성인",
    "말없는도서관": "도서관 책 정리,{},광산구 월곡동,시급 12000원,협의,2026-12-24,성인",
}


def row(name: str, told_as: str = "") -> str:
    """One of the jobs, under its own or another organisation's name."""
    return JOBS[name].format(told_as or name)


@dataclass
class Town:
    """`platform` is where this story is told."""

    world: World
    botapi: BotApi
    web: Any
    platform: str

    def person(self, language: str, first_name: str = "Person") -> Voice:
        t = self.world.app.catalogs.translator(language)
        if self.platform == "web":
            return OnTheWeb(t, self.web(language))
        code = language.replace("_Hans", "-hans")
        return OnTelegram(t, self.botapi.person(language_code=code, first_name=first_name))

    async def sheet(self, name: str, *rows: str) -> None:
        """A facility saves its sheet, and its source's time has come."""
        self.world.clock.forward(seconds=1)
        save(self.world.folder / f"{name}.csv", HEADER, *rows)
        self._breathe()
        await self.world.app.poller.poll_all()
        await self.world.until("postings", "state = 'open' AND matched_revision < revision", 0)

    def _breathe(self) -> None:
        """Nobody taps as fast as a test does: what a chat has had in replies would hold up its alerts for as many seconds."""
        for gate in self.world.app.sender.gates.values():
            gate._chats.clear()

    async def jobs(self) -> None:
        await self.sheet("jobs", *map(row, JOBS))

    async def fitting(self) -> set[str]:
        """Whose jobs were owed to anybody: what fits, told or still waiting."""
        async with self.world.store.reading() as tx:
            rows = await tx.all(text("SELECT p.organisation FROM alerts a JOIN postings p ON p.id = a.posting_id"))
        return {str(row[0]) for row in rows}

    async def reminds(self) -> int:
        async with self.world.store.transaction() as tx:
            return await remind(tx, ["telegram", "web"], ["web"])

    async def joins(self, who: Voice, neighbourhood: str) -> None:
        await who.says(f"/start {who.t.code}" if self.platform == "web" else "/start")
        await who.answered("You may say no and still look at the jobs.")
        await who.taps("I agree, start")
        await who.answered("Which neighbourhood do you live in? Type its name in any alphabet.")
        await who.says(neighbourhood)
        await who.answered("Done. We will write as soon as there is a new job.")

    async def opens(self, who: Voice, *steps: str) -> None:
        """From /alerts on, a tap for each step."""
        await who.says("/alerts")
        await who.answered("Your alerts")
        for step in steps:
            await who.taps(step)
