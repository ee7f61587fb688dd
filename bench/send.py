"""How fast the sender gets through what is owed, and how well it uses the rate it may send at.

The platform is a bare one that answers after 50 ms; storage is real and on disk. Telegram's usual 28/s and its paid 1,000/s.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence
from itertools import pairwise

from bot.platforms.platform import Handle, Outcome
from bot.sender import Sender
from handlers.chat.capabilities import TELEGRAM, Capabilities
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from storage import deliveries
from storage.deliveries import Owed
from storage.migrate import migrate
from storage.outbox_tables import Delivery
from storage.sealing import Keys
from storage.store import Store
from storage.transaction import Transaction
from tests.storage.people import person

from .match import database
from .report import Goal, finish, say

ANSWER = 0.05  # seconds
SECONDS = {28: 10, 1000: 3}  # how long each rate is tried
USED = 0.97  # of the slow rate; the fast one is bounded by commits


class Bare:
    name, account, capabilities = "bare", "1", TELEGRAM

    def __init__(self, rate: float) -> None:
        self.rate: float | None = rate
        self.times: list[float] = []

    async def start(self, handle: Handle) -> None:
        """Nobody speaks here."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Nothing is kept."""

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        self.times.append(time.perf_counter())
        await asyncio.sleep(ANSWER)
        return [Outcome("sent", ref=str(len(self.times)))]


async def words(tx: Transaction, delivery: Delivery, capabilities: Capabilities) -> Message:
    return Message(delivery.once)


async def run(url: str, rate: int) -> dict[str, float]:
    """Send for some seconds; messages a second, the most in any second, and our own CPU time a message."""
    await migrate(url)
    store, platform, n = Store(url, Keys.fresh()), Bare(rate), rate * SECONDS[rate]
    async with store.transaction() as tx:
        chats = [(await person(tx, str(i), Bare.name))[1] for i in range(n)]
        await deliveries.queue(tx, [Owed(str(chat), chat, "alert", 2) for chat in chats])
    sender = Sender(store, {(Bare.name, Bare.account): platform}, words)
    cpu = time.process_time()
    sender.start()
    async with asyncio.timeout(60):
        while True:
            if len(platform.times) >= n:
                break
            await asyncio.sleep(0.01)
    cpu = time.process_time() - cpu
    await sender.stop()
    await store.close()
    times = platform.times
    most = max(sum(at <= later < at + 1 for later in times[i : i + 2 * rate]) for i, at in enumerate(times))
    return {
        "a_second": round((n - 1) / (times[-1] - times[0]), 1),
        "most_in_a_second": most,
        "longest_gap_ms": round(1000 * max(b - a for a, b in pairwise(times)), 1),
        "cpu_ms": round(1000 * cpu / n, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    goals: dict[str, Goal] = {}
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        for rate in SECONDS:
            with database(engine) as url:
                told = asyncio.run(run(url, rate))
            figures[f"{engine}_{rate}"] = told
            say(f"{engine:9} allowed {rate:5}/s: {told}")
            if rate == min(SECONDS):
                goals[f"{engine}_used_of_{rate}"] = Goal(told["a_second"] / rate, USED, least=True)
    finish(figures, goals)


if __name__ == "__main__":
    main()
