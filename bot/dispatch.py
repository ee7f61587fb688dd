"""One event from the door to the answer: chat lock, transaction, route, commit, fitted replies."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

import structlog

from handlers.chat import groups, turns
from handlers.chat.events import Address, Event, Offered, Sent, Unreadable, What
from handlers.chat.messages import Replies
from handlers.chat.turn import takes_files
from handlers.deployment import Deployment
from handlers.routes import ROUTES
from locales import Catalogs
from storage import dialogs, residents, updates
from storage.store import INTERACTIVE, Store
from storage.transaction import Transaction

from .platforms.platform import MOST_BYTES, Platform

log = structlog.get_logger()


@dataclass
class Dispatch:
    """`counted` hears of each turn: its platform, and whether it was handled, refused (to who may not) or failed."""

    store: Store
    catalogs: Catalogs
    deployment: Deployment
    counted: Callable[[str, str], None] = lambda platform, outcome: None
    _locks: WeakValueDictionary[Address, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def __call__(self, platform: Platform, event: Event) -> Replies:
        """Never raises for what a person does; an unforeseen fault is logged and answered in the person's language, but
        not to a group, where it would be heard by all.
        """
        async with self._alone(event.address):
            try:
                what = await self._had(platform, event)
                async with self.store.transaction(INTERACTIVE) as tx:
                    replies, outcome = await self._turn(tx, platform, event, what)
            except Exception:
                log.exception("turn failed", platform=event.address.platform, update=event.update)
                self.counted(event.address.platform, "failed")
                replies = Replies() if event.group else await self._apologise(platform, event)
            else:
                self.counted(event.address.platform, outcome)
        return replies

    async def takes_files(self, address: Address) -> bool:
        """Whether the open question of this chat takes a file."""
        async with self.store.reading() as tx:
            found = await residents.at(tx, address.platform, address.account, address.id)
            return found is not None and takes_files(ROUTES.flows, await dialogs.load(tx, found[0].id))

    async def _had(self, platform: Platform, event: Event) -> What:
        """What happened, with the file in hand where one was offered and asked for. No transaction is open meanwhile."""
        if not isinstance(event.what, Offered):
            return event.what
        if event.group or not await self.takes_files(event.address):
            return Unreadable("document")
        small = event.what.size <= MOST_BYTES
        return Sent(event.what.name, await platform.fetch(event.what.ref, MOST_BYTES) if small else None)

    async def _turn(self, tx: Transaction, platform: Platform, event: Event, what: What) -> tuple[Replies, str]:
        address = event.address
        if not await updates.first_time(tx, address.platform, address.account, event.update):
            return Replies(), "handled"
        if event.group:
            return await groups.take(tx, event, self.catalogs), "handled"
        found = await residents.at(tx, address.platform, address.account, address.id)
        language = self.catalogs.specific(event.language) or "en"
        chat, resident = found or await residents.meet(
            tx, address.platform, address.account, address.id, "private", language
        )
        turn = await turns.take(tx, chat, resident, what, ROUTES, self.catalogs, self.deployment, platform.capabilities)
        if not turn.erased:
            await platform.record(tx, chat.id, event, turn.replies)
        return turn.replies, "refused" if turn.refused else "handled"

    async def _apologise(self, platform: Platform, event: Event) -> Replies:
        async with self.store.reading() as tx:
            address = event.address
            found = await residents.at(tx, address.platform, address.account, address.id)
        language = found[1].language if found else self.catalogs.specific(event.language) or "en"
        return turns.sorry(self.catalogs.translator(language))

    @asynccontextmanager
    async def _alone(self, address: Address) -> AsyncIterator[None]:
        """One turn of a chat at a time: a tap can overtake a message of the same person."""
        lock = self._locks.setdefault(address, asyncio.Lock())
        async with lock:
            yield
