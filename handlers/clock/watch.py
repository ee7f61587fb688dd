"""One tick of watching a source: whether its owner is to hear that it does not work, or that it works again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from storage import deliveries, staff, troubles
from storage.deliveries import Owed
from storage.lanes import URGENT
from storage.staff import Owner
from storage.transaction import Transaction
from storage.troubles import Trouble

from .. import pace

GATHER = timedelta(minutes=5)  # what fails, or works again, within this time is one message
PAUSE = timedelta(minutes=30)  # from one message to the next at least, so that a source that comes and goes is no flood


@dataclass(frozen=True)
class Watch:
    """Who is told, and of which sources. `after` says of each source of another machine's how many failures are told.

    `owner` is the staff address that the settings name; `platforms` are those we may write to unasked, `silent` those
    that wake nobody.
    """

    owner: str = ""
    platforms: Sequence[str] = ()
    silent: Sequence[str] = ()
    after: Mapping[str, int] = field(default_factory=dict)
    here: Mapping[str, int] = field(default_factory=dict)  # the same of sources that are read on this machine

    async def polled(self, tx: Transaction, source: str, failures: int, why: str) -> None:
        """A poll of a source came to its end, with so many failures in a row; part of the poll's own commit."""
        known = await troubles.mark(tx, source)
        if not failures and known is None:
            return
        await troubles.lock(tx)
        known = await troubles.mark(tx, source)
        if failures:
            await self._failed(tx, known or Trouble(source, tx.now, why), failures, why)
        elif known is not None:
            await self._works(tx, known)

    async def _failed(self, tx: Transaction, known: Trouble, failures: int, why: str) -> None:
        if known.until is not None:  # it worked in between
            heard = not await troubles.waits(tx, known.back)
            known = Trouble(known.source, tx.now, why) if heard else replace(known, until=None, back=0)
        known = replace(known, why=why)
        if not known.told and failures >= ({**self.here, **self.after}).get(known.source, 1):
            known = replace(known, told=await self._notice(tx))
        await troubles.put(tx, known)
        if await self._all_down(tx):
            await troubles.hasten(tx, await troubles.number(tx), tx.now + GATHER)

    async def _works(self, tx: Transaction, known: Trouble) -> None:
        """Only who was told that it does not work hears that it works."""
        if known.until is not None:
            if not await troubles.waits(tx, known.back):
                await troubles.forget(tx, known.source)
        elif not known.told or await troubles.waits(tx, known.told):
            await troubles.forget(tx, known.source)
        else:
            await troubles.put(tx, replace(known, until=tx.now, back=await self._notice(tx)))

    async def _notice(self, tx: Transaction) -> int:
        """The number of the notice that will tell it: one that still waits, or a new one. 0 where there is nobody to tell."""
        last = await troubles.number(tx)
        if await troubles.waits(tx, last):
            return last
        owners = await staff.owners(tx, self.owner, self.platforms)
        if not owners:
            return 0
        left = await troubles.left_at(tx, last)
        at = max(tx.now + GATHER, left + PAUSE) if left else tx.now + GATHER
        new = last + 1
        await troubles.begin(tx, new)
        await deliveries.queue(tx, [self._owed(new, one, at) for one in owners])
        return new

    def _owed(self, number: int, to: Owner, at: datetime) -> Owed:
        due = at if to.platform in self.silent else pace.due(at, to.quiet_from, to.quiet_until)
        body = {"notice": number}
        return Owed(troubles.once(number, to.chat_id), to.chat_id, troubles.KIND, URGENT, body=body, not_before=due)

    async def _all_down(self, tx: Transaction) -> bool:
        """Whether no site answers: then the night is not waited for."""
        failures = {name: failures for name, failures, _ in await staff.sources(tx)}
        return bool(self.after) and all(failures.get(name, 0) >= after for name, after in self.after.items())
