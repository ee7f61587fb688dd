"""Chats side by side, each in order: what a chat brings is worked on one by one, and answered before the next is."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

Rest = Callable[[], Awaitable[None]]  # what is left to do once the work counts as done: the answer
Work = Callable[[], Awaitable[Rest | None]]
CROWD = 10  # a person who waits for the answer does not send so many ahead


class Chats:
    """Puts work behind what its chat still has to do. `most` chats are at work at once: beyond, `room` waits.

    Where a crowd of work waits behind, what is done is not answered: one chat's flood must not hold back the others.
    """

    def __init__(self, most: int = 500) -> None:
        self.most = most
        self._queues: dict[str, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._moved = asyncio.Event()  # something was done or a chat has nothing left to do

    def put(self, chat: str, work: Work) -> None:
        if chat in self._queues:
            self._queues[chat].append(work)
            return
        self._queues[chat] = deque([work])
        task = asyncio.create_task(self._run(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def crowded(self, chat: str) -> bool:
        return len(self._queues.get(chat, ())) >= CROWD

    async def room(self) -> None:
        await self.until(lambda: len(self._queues) < self.most, None)

    async def until(self, true: Callable[[], bool], seconds: float | None) -> None:
        """Wait until it is true, for so many seconds at most. Asked again whenever something was done."""
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            pass

    async def close(self, patience: float = 10) -> None:
        """Let the chats finish for `patience` seconds. None is at work any more when this returns."""
        tasks = set(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=patience)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, chat: str) -> None:
        queue = self._queues[chat]
        try:
            while queue:
                try:
                    rest = await queue.popleft()()
                    self._moved.set()
                    if rest is not None and not self.crowded(chat):
                        await rest()
                except Exception:
                    log.exception("answer failed")
        finally:
            del self._queues[chat]
            self._moved.set()
