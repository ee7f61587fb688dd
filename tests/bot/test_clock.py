"""The clock: jobs at their own rhythm, one at a time, whatever they raise, and none after it stopped."""

import asyncio

from structlog.testing import capture_logs

from bot.clock import Clock, Job


class Runs:
    """How often a job ran, and when it has run often enough."""

    def __init__(self, enough: int) -> None:
        self.count, self._enough, self._there = 0, enough, asyncio.Event()

    async def __call__(self) -> None:
        self.count += 1
        if self.count >= self._enough:
            self._there.set()

    async def wait(self) -> None:
        await asyncio.wait_for(self._there.wait(), 10)


async def test_jobs_run_again_and_again_and_stop() -> None:
    often, later = Runs(3), Runs(1)
    clock = Clock([Job("often", often, 0.05), Job("later", later, 0.05, after=3600)])
    clock.start()
    await often.wait()
    clock.stop()
    await asyncio.sleep(0.1)
    before = often.count
    await asyncio.sleep(0.2)
    assert (often.count, later.count) == (before, 0)
    clock.stop()  # once more does no harm


async def test_a_job_that_fails_is_logged_and_runs_again() -> None:
    runs = Runs(2)

    async def fails() -> None:
        await runs()
        raise RuntimeError("a fault of ours")

    clock = Clock([Job("bad", fails, 0.05)])
    with capture_logs() as logs:
        clock.start()
        await runs.wait()
        clock.stop()
    assert [log["job"] for log in logs if log["event"] == "job failed"][:1] == ["bad"]


async def test_a_slow_job_never_runs_beside_itself() -> None:
    inside: list[int] = []
    most = 0

    async def slow() -> None:
        nonlocal most
        inside.append(1)
        most = max(most, len(inside))
        await asyncio.sleep(0.2)
        inside.pop()

    clock = Clock([Job("slow", slow, 0.02)])
    clock.start()
    await asyncio.sleep(0.7)
    clock.stop()
    assert most == 1
