"""The long-lived task that sends what is owed: a courier for each account, and a reaper for what hangs."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

import structlog

from storage import deliveries
from storage.store import URGENT, Store

from .courier import HANDS, Courier, Render, Sent, Timing
from .gate import Gate
from .platforms.platform import Platform

log = structlog.get_logger()

At = tuple[str, str]  # platform and account


class Sender:
    """Sends on every platform that may be written to unasked. `gates` are shared with whoever answers people.

    `keyed` names platforms that drop a second copy with the same attempt key, so that doubt may be sent again. `hands`
    is how many messages may be under way at once on each.
    """

    def __init__(
        self,
        store: Store,
        platforms: Mapping[At, Platform],
        render: Render,
        gates: Mapping[At, Gate] | None = None,
        *,
        sent: Sent | None = None,
        on_outcome: Callable[[int, str], None] = lambda lane, outcome: None,
        keyed: tuple[str, ...] = ("web",),
        timing: Timing | None = None,
        hands: int = HANDS,
    ) -> None:
        self._store, self._keyed, self._timing = store, keyed, timing or Timing()
        push = {at: platform for at, platform in platforms.items() if platform.capabilities.push}
        self.gates = {at: (gates or {}).get(at) or Gate(platform.rate) for at, platform in push.items()}
        self._couriers = [
            Courier(
                store,
                platform,
                render,
                self.gates[at],
                sent=sent,
                on_outcome=on_outcome,
                keyed=platform.name in keyed,
                timing=self._timing,
                hands=hands,
            )
            for at, platform in push.items()
        ]
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something is due now. Without it, it is seen within a second."""
        for courier in self._couriers:
            courier.wake()

    def start(self) -> None:
        self._task = asyncio.create_task(self.run(), name="sender")

    async def run(self) -> None:
        """Until cancelled or stopped."""
        await asyncio.gather(self._reap(), *(courier.run() for courier in self._couriers))

    async def stop(self) -> None:
        """Begin nothing new, finish what is being sent, give back the rest."""
        await asyncio.gather(*(courier.stop() for courier in self._couriers))
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _reap(self) -> None:
        while True:
            try:
                async with self._store.transaction(URGENT) as tx:
                    reaped = await deliveries.reap(tx, self._keyed)
                if reaped["uncertain"]:
                    log.warning("deliveries without an outcome", **reaped)
            except Exception:
                log.exception("nothing reaped")
            await asyncio.sleep(self._timing.reap)
