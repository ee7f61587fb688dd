"""The polling loop: chats run side by side, each in order, and an update is confirmed only when it was handled."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog

from .chats import Chats, Rest
from .inbound import Update, chat_of

log = structlog.get_logger()

Fetch = Callable[[int | None, float], Awaitable[Sequence[Update]]]  # (offset, seconds to wait) -> updates
Handle = Callable[[Update], Awaitable[Rest | None]]  # what is left to do after it is handled
# Seconds between the tries of an update, a minute in all. A turn that fails is answered, so what fails here is the
# database; while it starts anew, nobody's "stop" may be given up.
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


class Updates:
    """Fetches from an offset that moves only past updates whose `handle` returned, and does what that returned afterwards.

    A failing update is tried again after each of `pauses` (seconds), then given up with a line in the log. While more
    `chats` are at work than it has room for, nothing is fetched.
    """

    def __init__(
        self,
        fetch: Fetch,
        handle: Handle,
        chats: Chats,
        pauses: Sequence[float] = PAUSES,
        wait: float = 50,
        again: float = 0.3,
    ) -> None:
        self.fetch, self.handle, self.chats = fetch, handle, chats
        self.pauses, self.wait, self.again = pauses, wait, again
        self._next: int | None = None
        self._taken: set[int] = set()  # fetched, perhaps handled, not confirmed yet
        self._open: set[int] = set()  # fetched, not handled yet

    async def round(self) -> None:
        """Fetch once and set the chats to work. Raises what `fetch` raises."""
        offset = self._offset()
        updates = await self.fetch(offset, self.wait)
        if offset is not None:
            self._taken = {taken for taken in self._taken if taken >= offset}
        for update in updates:
            self._take(update)
        # What is in hand would be answered again at once, so let it finish first, but let no slow chat hold the others.
        await self.chats.until(lambda: not self._open, self.again)
        await self.chats.room()

    async def confirm(self) -> None:
        """Tell what was handled, so that it does not come again. Raises what `fetch` raises."""
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
        self.chats.put(chat_of(update), partial(self._work, update))

    async def _work(self, update: Update) -> Rest | None:
        rest = await self._handled(update)
        self._open.discard(update["update_id"])
        return rest

    async def _handled(self, update: Update) -> Rest | None:
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
