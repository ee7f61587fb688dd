"""How fast owed messages leave, every commit included, against aiohttp only posting the same; and PTB's calls over our transport.

The Bot API server is a process of its own; the rate limit is lifted.
`python -m bench.send [--engine sqlite|postgres|both] [--runs 5]`
"""

import argparse
import asyncio
import gc
import time
from collections.abc import Sequence
from statistics import median

import aiohttp
import orjson
import uvloop

from bot.courier import HANDS
from bot.platforms.platform import Handle, Outcome
from bot.platforms.telegram.client import Telegram
from bot.sender import Sender
from handlers.chat.capabilities import TELEGRAM
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from handlers.deliver import Composer, offer
from locales import Catalogs
from storage import deliveries
from storage.migrate import migrate
from storage.sealing import Keys
from storage.store import Store
from storage.transaction import Transaction

from .botserver import TOKEN, running
from .match import database
from .outbox import ACCOUNT, fill, settle_in
from .report import Goal, finish, say

AT_ONCE = ((0.0, 64, 0.5), (0.05, 256, 0.7))  # seconds that the server takes, in flight, of aiohttp alone at least
CPU = 0.2  # ms of our own a message
N = 6000  # messages in one run
LIFTED = 10_000.0  # messages a second that the gate lets through: more than anybody can send here


class Bare:
    """A platform that costs nothing: what is measured with it is our own path."""

    name, account, capabilities = "telegram", ACCOUNT, TELEGRAM
    rate: float | None = LIFTED

    async def start(self, handle: Handle) -> None:
        """Nobody speaks here."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Nothing is kept."""

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        await asyncio.sleep(0)
        return [Outcome("sent", ref="1")]


class Bench:
    def __init__(self, store: Store, composer: Composer) -> None:
        self.store, self.composer = store, composer
        self._people = 1

    async def owed(self, n: int) -> None:
        await fill(self.store, n, first=self._people)
        self._people += n

    async def empty(self, platform: Telegram | Bare, flight: int = HANDS) -> tuple[float, float]:
        """Messages a second, and ms of CPU a message, until everything owed is sent and written down."""
        left, over = N, asyncio.Event()

        def count(lane: int, outcome: str) -> None:
            nonlocal left
            left -= 1
            if not left:
                over.set()

        at = (platform.name, platform.account)
        sender = Sender(self.store, {at: platform}, self.composer, sent=offer, on_outcome=count, hands=flight)
        started, cpu = time.perf_counter(), time.process_time()
        sender.start()
        async with asyncio.timeout(300):
            await over.wait()
            await sender.stop()  # once the last outcome is written down
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        async with self.store.reading() as tx:
            assert not await deliveries.depth(tx)
        return N / seconds, 1000 * cpu / N

    async def ours(self, url: str, flight: int) -> tuple[float, float]:
        await self.owed(N)
        telegram = Telegram(TOKEN, url, rate=LIFTED)
        await telegram._transport.initialize()
        try:
            return await self.empty(telegram, flight)
        finally:
            await telegram.stop()

    async def bare(self) -> tuple[float, float]:
        await self.owed(N)
        return await self.empty(Bare())


async def raw(url: str, flight: int) -> tuple[float, float]:
    """Only posting a message like ours."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=flight)) as session:
        left = iter(range(N))

        async def hand() -> None:
            for i in left:
                data = orjson.dumps({"chat_id": i, **LIKE_OURS})
                headers = {"Content-Type": "application/json"}
                async with session.post(f"{url}/bot{TOKEN}/sendMessage", data=data, headers=headers) as answer:
                    assert orjson.loads(await answer.read())["ok"]

        started, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(hand() for _ in range(flight)))
        return N / (time.perf_counter() - started), 1000 * (time.process_time() - cpu) / N


LIKE_OURS = {
    "text": "새 일자리 · 이웃 동네\n<b>작은도서관 책 정리</b>\n광주광역시 광산구 노인복지관 · 월곡2동\n\n시간당 11,000원\n"
    "월~금 09:00~12:00 · 주 15시간\n3명\n외국인: 공고에 없으니 물어보세요\n12월 4일까지 신청 · 10일 남음",
    "parse_mode": "HTML",
    "link_preview_options": {"is_disabled": True},
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "지원하기", "callback_data": "ap.2n9c"}, {"text": "저장", "callback_data": "sv.2n9c"}],
            [{"text": "자세히", "callback_data": "de.2n9c"}, {"text": "저와 안 맞아요", "callback_data": "no.2n9c"}],
        ]
    },
}


async def run(url: str, runs: int) -> dict[str, dict[str, float]]:
    await migrate(url)
    store = Store(url, Keys.fresh())
    composer = Composer(Catalogs.load(), await settle_in(store))
    bench, told = Bench(store, composer), {}
    gc.collect()
    gc.freeze()  # as the program does once it is built
    for latency, flight, _ in AT_ONCE:
        async with running(latency) as server:
            pairs = []
            for _ in range(runs):
                pairs.append((await raw(server, flight), await bench.ours(server, flight)))
                say(f"{latency * 1000:.0f} ms, {flight}: raw {pairs[-1][0]}, ours {pairs[-1][1]}")
        told[f"{latency * 1000:.0f}ms_{flight}"] = {
            "raw_a_second": round(median(r for (r, _), _ in pairs)),
            "ours_a_second": round(median(o for _, (o, _) in pairs)),
            "ratio": round(median(o / r for (r, _), (o, _) in pairs), 3),
            "raw_cpu_ms": round(median(c for (_, c), _ in pairs), 3),
            "ours_cpu_ms": round(median(c for _, (_, c) in pairs), 3),
        }
    rates = [await bench.bare() for _ in range(runs)]
    told["own"] = {"a_second": round(median(r for r, _ in rates)), "cpu_ms": round(median(c for _, c in rates), 3)}
    say(str(told["own"]))
    await store.close()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    figures: dict[str, object] = {}
    goals: dict[str, Goal] = {}
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        with database(engine) as url:
            told = uvloop.run(run(url, options.runs))
        figures[engine] = told
        for latency, flight, least in AT_ONCE:
            name = f"{latency * 1000:.0f}ms_{flight}"
            goals[f"{engine}_of_aiohttp_at_{name}"] = Goal(told[name]["ratio"], least, least=True)
        goals[f"{engine}_cpu_ms"] = Goal(told["own"]["cpu_ms"], CPU)
    finish(figures, goals)


if __name__ == "__main__":
    main()
