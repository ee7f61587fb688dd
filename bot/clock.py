"""When things are due: each job at its own rhythm, spread a little, never twice at once, and not made up for when missed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """`every` is seconds; the first run is `after` seconds from the start, each other up to `spread` seconds off its time."""

    name: str
    work: Callable[[], Awaitable[Any]]
    every: float
    after: float = 0.0
    spread: float | None = None


class Clock:
    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        for job in self._jobs:
            jitter = min(5.0, job.every * 0.1) if job.spread is None else job.spread
            self._scheduler.add_job(
                _told(job),
                IntervalTrigger(
                    seconds=job.every,
                    jitter=jitter,
                    timezone=UTC,
                ),
                id=job.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
                next_run_time=datetime.now(UTC) + timedelta(seconds=job.after),
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _told(job: Job) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job.work()
        except Exception:
            log.exception("job failed", job=job.name)

    return run
