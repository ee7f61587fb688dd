"""The pace at Telegram's 28 messages a second: real storage with 100,000 alerts waiting, the real sender, and the real gate.

`python -m bench.pace [--engine sqlite|postgres|both] [--seconds 20] [--owed 100000]`
"""

import argparse
import asyncio
import random
import time
from bisect import bisect_left
from collections.abc import Sequence
from statistics import median

import uvloop

from bot.gate import Gate
from bot.platforms.platform import Handle, Outcome
from bot.sender import Sender
from handlers.chat.capabilities import TELEGRAM
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from handlers.deliver import Composer, offer
from locales import Catalogs
from storage.migrate import migrate
from storage.sealing import Keys
from storage.store import Store
from storage.transaction import Transaction

from .match import database
from .outbox import ACCOUNT, fill, settle_in
from .report import Goal, finish, say

RATE, MOST = 28.0, 30  # messages a second, and in any window of one second
USED, OTHERS = 0.97, 0.95  # of the rate, always and while one chat is told to wait
WAITS = 10.0  # seconds that one chat is told to wait
ANSWER = 0.05  # seconds that the platform takes


class Fake:
    """Notes when each message left. `slow` is a chat that is refused."""

    name, account, capabilities = "telegram", ACCOUNT, TELEGRAM
    rate: float | None = RATE

    def __init__(self) -> None:
        self.times: list[float] = []
        self.slow = ""

    async def start(self, handle: Handle) -> None:
        """Nobody speaks here but who asks the gate."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Nothing is kept."""

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        self.times.append(time.perf_counter())
        if not self.slow:
            self.slow = to[0].id
            return [Outcome("later", after=WAITS)]
        await asyncio.sleep(ANSWER)
        return [Outcome("sent", ref=str(len(self.times)))]


async def people(gate: Gate, fake: Fake, seconds: float) -> list[float]:
    """Somebody types about once a second; their replies' waits, in slots."""
    chance, waits, end = random.Random(1), [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        asked = time.perf_counter()
        await gate.enter(0, Address("telegram", ACCOUNT, f"typing{chance.randrange(9)}"))
        gate.left()
        fake.times.append(time.perf_counter())
        waits.append((fake.times[-1] - asked) * RATE)
    return waits


async def run(url: str, seconds: float, owed: int) -> dict[str, float]:
    await migrate(url)
    store = Store(url, Keys.fresh())
    composer = Composer(Catalogs.load(), await settle_in(store))
    for first in range(1, owed, 10_000):
        await fill(store, min(10_000, owed + 1 - first), first=first)
    say("filled")
    fake, gate = Fake(), Gate(RATE)
    at = (fake.name, fake.account)
    sender = Sender(store, {at: fake}, composer, {at: gate}, sent=offer)
    cpu = time.process_time()
    sender.start()
    waits = await people(gate, fake, seconds)
    cpu = time.process_time() - cpu
    await sender.stop()
    await store.close()
    times = sorted(fake.times)
    in_a_second = max(bisect_left(times, at + 1) - i for i, at in enumerate(times))
    told = [len([t for t in times if from_ <= t < from_ + WAITS]) for from_ in (times[0], times[0] + WAITS)]
    return {
        "a_second": round((len(times) - 1) / (times[-1] - times[0]), 2),
        "most_in_a_second": in_a_second,
        "a_second_while_one_waits": round(told[0] / WAITS, 2),
        "most_in_the_second_after": max(
            bisect_left(times, at + 1) - i for i, at in enumerate(times) if 0 <= at - times[0] - WAITS + 1 <= 2
        ),
        "longest_wait_slots": round(max(waits), 2),
        "median_wait_slots": round(median(waits), 2),
        "cpu_of_one_core": round(cpu / seconds, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--owed", type=int, default=100_000)
    options = parser.parse_args()
    figures: dict[str, object] = {}
    goals: dict[str, Goal] = {}
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        with database(engine) as url:
            told = uvloop.run(run(url, options.seconds, options.owed))
        figures[engine] = told
        say(f"{engine}: {told}")
        goals[f"{engine}_most_in_a_second"] = Goal(told["most_in_a_second"], MOST)
        goals[f"{engine}_used"] = Goal(told["a_second"] / RATE, USED, least=True)
        goals[f"{engine}_used_while_one_waits"] = Goal(told["a_second_while_one_waits"] / RATE, OTHERS, least=True)
        goals[f"{engine}_most_after_the_wait"] = Goal(told["most_in_the_second_after"], MOST)
        goals[f"{engine}_reply_waits_slots"] = Goal(told["longest_wait_slots"], 1.0)
    finish(figures, goals)


if __name__ == "__main__":
    main()
