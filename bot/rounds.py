"""A round: work that is done whenever it is woken, at the latest after a while, and again at once while more is left."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

log = structlog.get_logger()


class Round:
    """`work` returns True while more is left. A failing round is logged and tried again after `every` seconds."""

    def __init__(self, name: str, work: Callable[[], Awaitable[bool]], every: float) -> None:
        self.name = name
        self._work = work
        self._every = every
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        self._woken.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=self.name)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def finish(self) -> None:
        """Do the work until nothing is left of it."""
        while await self._work():
            pass

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self.finish()
            except Exception:
                log.exception("round failed", round=self.name)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._every)
