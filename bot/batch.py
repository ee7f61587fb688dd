"""A step that many messages take at the same time: while it runs for some, the next gather."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger()

T = TypeVar("T")


class Batch(Generic[T]):
    """`work` gets at most `size` items. The first never waits for others to come. `lost` hears of those with which it failed.

    It runs in a task of its own, that nobody cancels.
    """

    def __init__(
        self, work: Callable[[Sequence[T]], Awaitable[None]], size: int, lost: Callable[[Sequence[T]], None]
    ) -> None:
        self._work, self._size, self._lost = work, size, lost
        self._waiting: list[T] = []
        self._task: asyncio.Task[None] | None = None

    def put(self, item: T) -> None:
        self._waiting.append(item)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
            try:
                await self._work(now)
            except Exception:
                log.exception("deliveries not finished", n=len(now))
                self._lost(now)
        self._task = None
