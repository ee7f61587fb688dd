"""Whether the program can do its work just now: it is the live copy, its database takes writes, and there is room for more."""

import shutil
import time
from pathlib import Path

from storage.outbox_tables import Memo
from storage.store import INTERACTIVE, Store

from .web import NotReady

LEAST_FREE = 32 * 2**20  # bytes on the disk of an embedded database: a busy day's write-ahead log
AGAIN = 1.0  # seconds that an answer holds, so that asking often costs nothing


class Readiness:
    """Called, it raises NotReady with the reason, or whatever the database raises."""

    def __init__(self, store: Store, live: bool, least_free: int = LEAST_FREE) -> None:
        self._store, self._live, self._least_free = store, live, least_free
        self._good_until = 0.0

    async def __call__(self) -> None:
        if not self._live:
            raise NotReady("not live: this is a copy, and silent. Say: ilgam takeover")
        if time.monotonic() < self._good_until:
            return
        if (free := free_bytes(self._store)) is not None and free < self._least_free:
            raise NotReady(f"the disk is full: {free >> 20} MB free")
        async with self._store.transaction(INTERACTIVE) as tx:
            await tx.put(Memo, ["name"], name="alive", value=tx.now.isoformat())
        self._good_until = time.monotonic() + AGAIN


def free_bytes(store: Store) -> int | None:
    """Bytes free where an embedded database lies; None for a server's, which has its own watchers."""
    if store.postgres or not store.url.database:
        return None
    return shutil.disk_usage(Path(store.url.database).parent).free
