"""The gate, on simulated time: never too fast, hardly ever too slow, the urgent first, and one chat's trouble its own."""

import asyncio
import heapq
import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from itertools import count

import pytest

from bot.gate import Gate

SOON = 1e-9


class Simulation:
    """Time that jumps to the next sleeper once everything else has come to rest."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + max(seconds, SOON), next(self._order), woken))
        await woken

    async def run(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            for _ in range(10):
                await asyncio.sleep(0)
            if not self._sleepers or self._sleepers[0][0] > end:
                self.now = end
                return
            self.now, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)

    def gate(self, rate: float | None) -> Gate:
        return Gate(rate, lambda: self.now, self.sleep)


class Senders:
    """Tasks that enter a gate and note when they came through."""

    def __init__(self, simulation: Simulation, gate: Gate) -> None:
        self.simulation, self.gate = simulation, gate
        self.through: list[tuple[float, int, object]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def send(self, lane: int, chat: object, *, group: bool = False, then: Callable[[], None] | None = None) -> None:
        async def go() -> None:
            await self.gate.enter(lane, chat, group=group)
            self.through.append((self.simulation.now, lane, chat))
            if then is not None:
                then()

        self.tasks.append(asyncio.create_task(go()))

    @property
    def times(self) -> list[float]:
        return [at for at, _, _ in self.through]


@pytest.fixture
def simulation() -> Simulation:
    return Simulation()


@pytest.mark.parametrize("rate", [1, 28, 120, 250, 1000])
async def test_the_rate_is_kept_and_used(simulation: Simulation, rate: int) -> None:
    senders = Senders(simulation, simulation.gate(rate))
    for n in range(4 * rate):
        senders.send(2, n)
    await simulation.run(3)
    times = senders.times
    in_a_second = max(bisect_left(times, at + 1 - SOON) - i for i, at in enumerate(times))
    assert in_a_second <= rate + max(2, rate / 50)
    assert len(times) >= 0.97 * 3 * rate
    for task in senders.tasks:
        task.cancel()


async def test_a_reply_waits_at_most_one_slot(simulation: Simulation) -> None:
    gate = simulation.gate(28)
    senders = Senders(simulation, gate)
    for n in range(100):
        senders.send(2, n)
    await simulation.run(1.01)
    asked = simulation.now
    senders.send(1, "urgent")
    senders.send(0, "reply")
    await simulation.run(2)
    after = [(at, lane) for at, lane, _ in senders.through if at >= asked]
    assert [lane for _, lane in after[:3]] == [0, 1, 2]
    assert after[0][0] - asked <= 1 / 28 + SOON


async def test_an_idle_gate_opens_at_once(simulation: Simulation) -> None:
    senders = Senders(simulation, simulation.gate(28))
    senders.send(2, "a")
    await simulation.run(0)
    assert senders.times == [1000.0]


async def test_a_chat_gets_one_a_second_and_a_group_twenty_a_minute(simulation: Simulation) -> None:
    senders = Senders(simulation, simulation.gate(28))
    for _ in range(30):
        senders.send(2, "person")
        senders.send(2, "group", group=True)
    senders.send(2, "other")
    await simulation.run(0.5)
    assert Counter(chat for _, _, chat in senders.through) == {"person": 1, "group": 1, "other": 1}
    await simulation.run(59.4)
    assert Counter(chat for _, _, chat in senders.through) == {"person": 30, "group": 20, "other": 1}
    await asyncio.gather(*(simulation.run(60), *senders.tasks))


async def test_answers_are_not_paced_by_chat(simulation: Simulation) -> None:
    senders = Senders(simulation, simulation.gate(28))
    for _ in range(3):
        senders.send(0, "person")
    await simulation.run(0.1)
    assert len(senders.through) == 3


async def test_one_chats_refusal_leaves_the_others(simulation: Simulation) -> None:
    gate = simulation.gate(28)
    senders = Senders(simulation, gate)
    gate.cut("bad", 20)
    senders.send(0, "bad")
    for n in range(280):
        senders.send(2, n)
    await simulation.run(10)
    assert len(senders.through) >= 0.97 * 280
    assert "bad" not in [chat for _, _, chat in senders.through]
    await simulation.run(10)
    assert next(at for at, _, chat in senders.through if chat == "bad") == pytest.approx(1020, abs=0.1)


async def test_refusals_all_over_hold_everybody_and_slow_down_for_a_while(simulation: Simulation) -> None:
    gate = simulation.gate(28)
    senders = Senders(simulation, gate)
    for n in range(600):
        senders.send(2, n)
    await simulation.run(0.5)
    before = len(senders.through)
    for n in range(4):
        gate.cut(n, 5)
    await simulation.run(4.9)
    assert len(senders.through) == before
    await simulation.run(1.1)
    assert before < len(senders.through) <= before + 24
    await simulation.run(10)
    recovered = len(senders.through)
    await simulation.run(2)
    assert len(senders.through) - recovered >= 0.97 * 56
    for task in senders.tasks:
        task.cancel()


async def test_who_gives_up_takes_no_slot(simulation: Simulation) -> None:
    senders = Senders(simulation, simulation.gate(1))
    for n in range(5):
        senders.send(2, n)
    await simulation.run(0)
    senders.tasks[2].cancel()
    await simulation.run(2.5)
    assert [chat for _, _, chat in senders.through] == [0, 1, 3, 4]


async def test_who_is_withdrawn_waits_no_more_and_takes_no_slot(simulation: Simulation) -> None:
    gate, through = simulation.gate(1), list[str]()
    others = Senders(simulation, gate)
    for n in range(3):
        gate.line_up(2, n, through.append, f"owed{n}")
    others.send(2, "other")
    await simulation.run(0)
    assert through == ["owed0"]
    assert gate.withdraw(through.append) == 2
    await simulation.run(1.1)
    assert through == ["owed0"]
    assert [chat for _, _, chat in others.through] == ["other"]


async def test_without_a_rate_nobody_waits_unless_told_to(simulation: Simulation) -> None:
    gate = simulation.gate(None)
    senders = Senders(simulation, gate)
    gate.cut("slow", 3)
    for n in range(500):
        senders.send(2, n % 10)
    senders.send(2, "slow")
    await simulation.run(0)
    assert len(senders.through) == 500
    await simulation.run(3.1)
    assert len(senders.through) == 501


async def test_what_commits_hold_up_does_not_go_in_a_heap(simulation: Simulation) -> None:
    """Between slot and send lies a commit of uneven length; replies have none, and wait for nothing but their slot."""
    gate, chance = simulation.gate(28), random.Random(1)
    left: list[float] = []
    waited: list[float] = []

    async def alert(n: int) -> None:
        await gate.enter(2, n)
        await simulation.sleep(chance.choice((0.005, 0.02, 0.25)))
        await gate.leave()
        left.append(simulation.now)

    async def types() -> None:
        for n in range(60):
            await simulation.sleep(chance.uniform(0.05, 0.6))
            asked = simulation.now
            await gate.enter(0, f"typing{n}")
            gate.left()
            left.append(simulation.now)
            waited.append(simulation.now - asked)

    tasks = [asyncio.create_task(alert(n)) for n in range(700)] + [asyncio.create_task(types())]
    await simulation.run(15)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert max(bisect_left(left, at + 1 - SOON) - i for i, at in enumerate(left)) <= 30
    assert len(left) >= 0.97 * 15 * 28
    assert len(waited) > 30
    assert max(waited) <= 1 / 28 + SOON


async def test_after_a_chats_wait_there_is_no_burst(simulation: Simulation) -> None:
    gate = simulation.gate(28)
    senders = Senders(simulation, gate)
    gate.cut("bad", 5)
    for _ in range(20):
        senders.send(0, "bad")
    for n in range(600):
        senders.send(2, n)
    await simulation.run(5)
    assert len(senders.through) >= 0.95 * 5 * 28
    await simulation.run(5)
    times = senders.times
    assert max(bisect_left(times, at + 1 - SOON) - i for i, at in enumerate(times)) <= 30
    for task in senders.tasks:
        task.cancel()
