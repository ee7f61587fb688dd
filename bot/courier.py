"""Carries the deliveries of one account on one platform: claim, gate, words, intent, send, settle."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import structlog

from handlers import pace
from handlers.chat.capabilities import Capabilities
from handlers.chat.events import Address
from handlers.chat.messages import Message
from storage import deliveries
from storage.deliveries import Claimed, Settled
from storage.store import INTERACTIVE, URGENT, Store
from storage.transaction import Transaction

from .batch import Batch
from .gate import Gate
from .platforms.platform import Outcome, Platform

log = structlog.get_logger()

Render = Callable[[Transaction, Sequence[Claimed], Capabilities], Awaitable[Sequence[Message | None]]]
Sent = Callable[[Transaction, Sequence[tuple[int, Message]]], Awaitable[None]]
AHEAD = 8  # claimed beyond the bound for what is more urgent than routine
WRITES = 5  # tries to write down an outcome


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. A lease covers waiting at the gate; `doubt` is longer than any send takes."""

    poll: float = 1.0
    lease: float = 60.0
    doubt: float = 120.0
    reap: float = 5.0
    drain: float = 30.0


@dataclass(frozen=True, slots=True)
class Silence:
    """Why there is nothing to send, and the state in which such a delivery ends."""

    reason: str
    state: str


NOTHING, BROKEN = Silence("nothing to say", "suppressed"), Silence("no words", "failed")


@dataclass(frozen=True, slots=True)
class Result:
    claimed: Claimed
    outcome: Outcome
    message: Message


class Courier:
    """`render` puts deliveries into words (None: nothing to say); `sent` hears in the commit that says they arrived which
    chats were told what.

    Each delivery has a hand of its own; what the hands need of the store is asked for together, one commit for many.
    """

    def __init__(
        self,
        store: Store,
        platform: Platform,
        render: Render,
        gate: Gate,
        *,
        sent: Sent | None = None,
        on_outcome: Callable[[int, str], None] = lambda lane, outcome: None,
        keyed: bool = False,
        timing: Timing | None = None,
    ) -> None:
        self._store, self._platform, self._render, self._gate = store, platform, render, gate
        self._sent, self._on_outcome, self._keyed = sent, on_outcome, keyed
        self._timing = timing or Timing()
        self._at = (platform.name, platform.account)
        self._token = uuid4().hex
        self._bound = 64 if platform.rate is None else min(1000, max(8, round(platform.rate)))
        self._hands: set[asyncio.Task[None]] = set()
        self._leaving: set[asyncio.Task[None]] = set()  # past the point where stopping would leave a doubt
        self._woken = asyncio.Event()
        self._stopping = False
        self._resting = asyncio.Event()  # not claiming
        self._resting.set()
        # What a crash leaves in doubt is what has its intent: as many together as go within a fiftieth of a second.
        together = max(1, round(platform.rate / 50)) if platform.rate else self._bound
        self._worded: Batch[Claimed, Message | Silence] = Batch(self._words, self._bound)
        self._intend: Batch[tuple[Claimed, Message | Silence], str | None] = Batch(self._intend_all, together)
        self._settle: Batch[Result, None] = Batch(self._settle_all, self._bound)

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Until stopped. A store that fails for a while is tried again."""
        while not self._stopping:
            self._woken.clear()
            self._resting.clear()
            try:
                busy = await self._claim()
            except Exception:
                log.exception("nothing claimed", platform=self._platform.name)
                busy = False
            finally:
                self._resting.set()
            if not busy:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._timing.poll)

    async def stop(self) -> None:
        """Send no more; what is being sent finishes, what was only leased is given back."""
        self._stopping = True
        self.wake()
        await self._resting.wait()
        for task in self._hands - self._leaving:
            task.cancel()
        if self._hands:
            _, late = await asyncio.wait(self._hands, timeout=self._timing.drain)
            for task in late:  # their rows stay `sending` and will be named uncertain
                task.cancel()
        async with self._store.transaction(URGENT) as tx:
            await deliveries.release(tx, self._token)

    async def _claim(self) -> bool:
        """Fill the hands when they are half empty; what is urgent finds room even in full ones. True: claim again."""
        held = len(self._hands)
        lanes: Sequence[int] = deliveries.EVERY_LANE
        room = self._bound - held
        if room < self._bound // 2:
            lanes, room = deliveries.EVERY_LANE[: URGENT + 1], self._bound + AHEAD - held
        if room <= 0:
            return False
        async with self._store.transaction(URGENT) as tx:
            claimed = await deliveries.claim(tx, room, lanes, self._token, self._timing.lease, self._at)
        for one in claimed:
            task = asyncio.create_task(self._carry(one))
            self._hands.add(task)
            task.add_done_callback(self._done)
        return bool(claimed) and len(self._hands) <= self._bound // 2

    def _done(self, task: asyncio.Task[None]) -> None:
        self._hands.discard(task)
        self._leaving.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery not finished", platform=self._platform.name, exc_info=error)
        if len(self._hands) <= self._bound // 2:
            self.wake()

    async def _carry(self, one: Claimed) -> None:
        to = Address(one.platform, one.account, one.address)
        await self._gate.enter(one.lane, to, group=one.group)
        task = asyncio.current_task()
        assert task is not None
        self._leaving.add(task)
        message = await self._worded(one)
        key = await self._intend((one, message))
        if isinstance(message, Silence):
            return self._on_outcome(one.lane, message.state)
        if key is None:
            return
        await self._gate.leave()
        try:
            outcome = (await self._platform.send([to], message, key))[0]
        except Exception:
            log.exception("send raised", delivery=one.id)
            outcome = Outcome("unknown", reason="send raised")
        if outcome.kind == "later":
            self._gate.cut(to, outcome.after)
        self._on_outcome(one.lane, outcome.kind)
        await self._settle(Result(one, outcome, message))

    async def _intend_all(self, rows: Sequence[tuple[Claimed, Message | Silence]]) -> list[str | None]:
        """The intent to send what has words, and the end of what has none. Returned are the keys to send with."""
        said = [one.id for one, words in rows if isinstance(words, Message)]
        async with self._store.transaction(_lane([one for one, _ in rows]), guarded=False) as tx:
            passed = await deliveries.intend(tx, said, uuid4().hex, self._token, self._timing.doubt)
            for one, words in rows:
                if isinstance(words, Silence):
                    await deliveries.withhold(tx, one.id, self._token, words.reason, words.state)
        # A row whose lease ran out at the gate may be in these hands twice: one of them sends it.
        return [passed.pop(one.id, None) for one, _ in rows]

    async def _words(self, rows: Sequence[Claimed]) -> list[Message | Silence]:
        try:
            async with self._store.reading(guarded=False) as tx:
                messages = await self._render(tx, rows, self._platform.capabilities)
        except Exception:
            if len(rows) > 1:  # one that cannot be put into words does not keep back the others
                return [(await self._words([one]))[0] for one in rows]
            log.exception("delivery not put into words", delivery=rows[0].id)
            return [BROKEN]
        return [message or NOTHING for message in messages]

    async def _settle_all(self, results: Sequence[Result]) -> list[None]:
        rows = [Settled(one.claimed.id, one.claimed.chat_id, self._token, self._verdict(one)) for one in results]
        for attempt in range(WRITES):
            try:
                async with self._store.transaction(_lane([one.claimed for one in results]), guarded=False) as tx:
                    await deliveries.settle(tx, rows)
                    if attempt == 0:
                        await self._tell(tx, results)
                break
            except Exception:
                if attempt == WRITES - 1:
                    raise
                log.exception("outcome not written, trying again", platform=self._platform.name)
                await asyncio.sleep(attempt)
        return [None] * len(results)

    async def _tell(self, tx: Transaction, results: Sequence[Result]) -> None:
        told = [(one.claimed.chat_id, one.message) for one in results if one.outcome.kind in ("sent", "accepted")]
        if self._sent is not None and told:
            await self._sent(tx, told)

    def _verdict(self, one: Result) -> deliveries.Verdict:
        said, attempts = one.outcome, one.claimed.attempts + 1
        return pace.verdict(said.kind, said.ref, said.after, said.reason, attempts, keyed=self._keyed)


def _lane(rows: Sequence[Claimed]) -> int:
    """Sends that are under way go before matching and polling, and after people."""
    return INTERACTIVE if any(one.lane == INTERACTIVE for one in rows) else URGENT
