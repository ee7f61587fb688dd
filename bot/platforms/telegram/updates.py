"""The polling loop: chats run side by side, each in order, and an update is confirmed only when it was handled."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import structlog

from .inbound import Update, chat_of

log = structlog.get_logger()

Fetch = Callable[[int | None, float], Awaitable[Sequence[Update]]]  # (offset, seconds to wait) -> updates
Handle = Callable[[Update], Awaitable[Callable[[], Awaitable[None]] | None]]  # what is left to do after it is handled


class Updates:
    """Fetches from an offset that moves only past updates whose `handle` returned, and does what that returned afterwards.

    A failing update is tried again after each of `pauses` (seconds), then given up with a line in the log. `most` chats
    are in work at once: beyond, nothing is fetched.
    """

    def __init__(
        self,
        fetch: Fetch,
        handle: Handle,
        pauses: Sequence[float] = (0.5, 1, 2, 4),
        wait: float = 50,
        again: float = 0.3,
        most: int = 500,
    ) -> None:
        self.fetch, self.handle = fetch, handle
        self.pauses, self.wait, self.again, self.most = pauses, wait, again, most
        self._next: int | None = None
        self._taken: set[int] = set()  # fetched, perhaps handled, not confirmed yet
        self._open: set[int] = set()  # fetched, not handled yet
        self._queues: dict[str, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._moved = asyncio.Event()  # an update was handled or a chat has nothing left to do

    async def round(self) -> None:
        """Fetch once and set the chats to work. Raises what `fetch` raises."""
        offset = self._offset()
        updates = await self.fetch(offset, self.wait)
        if offset is not None:
            self._taken = {taken for taken in self._taken if taken >= offset}
        for update in updates:
            self._take(update)
        # What is in hand would be answered again at once, so let it finish first, but let no slow chat hold the others.
        await self._until(lambda: not self._open, self.again)
        await self._until(lambda: len(self._queues) < self.most, None)

    async def close(self, patience: float = 10) -> None:
        """Let the chats finish for `patience` seconds, and confirm what was handled."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in self._tasks:
            task.cancel()
        if self._taken:
            await self.fetch(self._offset(), 0)

    def _offset(self) -> int | None:
        return min(self._open) if self._open else self._next

    def _take(self, update: Update) -> None:
        number = update["update_id"]
        if number in self._taken:
            return
        self._taken.add(number)
        self._open.add(number)
        self._next = number + 1
        chat = chat_of(update)
        if chat in self._queues:
            self._queues[chat].append(update)
            return
        self._queues[chat] = deque([update])
        task = asyncio.create_task(self._work(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, chat: str) -> None:
        queue = self._queues[chat]
        while queue:
            update = queue.popleft()
            rest = await self._handled(update)
            self._open.discard(update["update_id"])
            self._moved.set()
            if rest is not None:
                try:
                    await rest()
                except Exception:
                    log.exception("answer failed", update=update["update_id"])
        del self._queues[chat]
        self._moved.set()

    async def _handled(self, update: Update) -> Callable[[], Awaitable[None]] | None:
        for pause in (*self.pauses, None):
            try:
                return await self.handle(update)
            except Exception as error:
                if pause is None:
                    log.exception("update given up", update=update["update_id"], tries=len(self.pauses) + 1)
                    return None
                log.warning("update failed", update=update["update_id"], error=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)
        return None

    async def _until(self, true: Callable[[], bool], seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            pass
