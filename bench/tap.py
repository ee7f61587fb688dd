"""How long a resident waits at the web chat: from the event as it was read to its commit, with the answer handed out.

The real program on SQLite, on disk; 50 residents come each second, for 20 seconds, and each does something once a second.
"""

import argparse
import asyncio
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import uvloop
from pydantic import SecretStr

from bot.app import build
from bot.platforms.webchat import WebChat
from bot.settings import Settings
from handlers.chat.events import Address, Event, Said

from .report import Goal, finish, say

EACH_SECOND = 50
WORDS = ("/start", "1", "월곡동", "/jobs", "1", "/saved", "/help")  # said by each, one after the other
HALF, NEARLY_ALL = 10.0, 50.0  # ms within which half and 99 of 100 events are to be done
HEADER = "공고명,기관,근무지,급여,근무시간,마감,외국인"


async def run(seconds: float, waits: float) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="ilgam-bench-") as name:
        folder = Path(name)
        app = await build(_settings(folder))
        chat = next(each for each in app.platforms if isinstance(each, WebChat))
        await app.start()
        took: list[float] = []
        try:
            began = asyncio.get_running_loop().time()
            people = []
            for n in range(int(EACH_SECOND * seconds / len(WORDS)) + 1):
                # So many come that all of them together do EACH_SECOND things in a second.
                people.append(asyncio.create_task(_resident(chat, n, took, waits)))
                await asyncio.sleep(
                    max(0.0, began + (n + 1) * len(WORDS) / EACH_SECOND - asyncio.get_running_loop().time())
                )
            await asyncio.gather(*people)
            spent = asyncio.get_running_loop().time() - began
        finally:
            await app.stop()
    took.sort()
    return {
        "events": len(took),
        "a_second": round(len(took) / spent, 1),
        "p50_ms": round(1000 * took[len(took) // 2], 2),
        "p99_ms": round(1000 * took[int(len(took) * 0.99)], 2),
        "longest_ms": round(1000 * took[-1], 2),
    }


async def _resident(chat: WebChat, n: int, took: list[float], waits: float) -> None:
    chance = random.Random(n)
    address = Address(chat.name, chat.account, f"{n:064x}")
    for i, words in enumerate(WORDS):
        event = Event(address, Said(words), f"{n:032x}:{i}", "ko")
        started = time.perf_counter()
        await chat.happened(event)
        took.append(time.perf_counter() - started)
        await asyncio.sleep(chance.uniform(0.5, 1.5) * waits)


def _settings(folder: Path) -> Settings:
    sheets = folder / "postings"
    sheets.mkdir()
    closes = (date.today() + timedelta(30)).isoformat()
    row = (
        "작은도서관 책 정리 {n},별빛도서관 {n},광산구 월곡2동,시급 12000원,월~금 14:00~17:00,{closes},외국인 지원 가능"
    )
    rows = [HEADER, *(row.format(n=n, closes=closes) for n in range(100)), ""]
    (sheets / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "sources.toml").write_text(
        f'[[source]]\nname = "postings"\nkind = "sheet"\npath = "{sheets}"\nevery = 60\n', encoding="utf-8"
    )
    database = SecretStr(f"sqlite:///{folder / 'bench.db'}")
    return Settings(database_url=database, http_port=0, sources=folder / "sources.toml", key_file=folder / "keys")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--waits", type=float, default=1.0, help="seconds between two things that one resident does")
    options = parser.parse_args()
    told = uvloop.run(run(options.seconds, options.waits))
    say(str(told))
    finish(told, {"p50_ms": Goal(told["p50_ms"], HALF), "p99_ms": Goal(told["p99_ms"], NEARLY_ALL)})


if __name__ == "__main__":
    main()
