"""Carries the deliveries of one account on one platform: claim, gate, words, intent, send, settle."""

import asyncio
from collections import deque
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
HANDS = 256
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


Worded = tuple[Claimed, Message | Silence]
Parcel = tuple[Claimed, Message, str]  # what has its intent, and the attempt's key
Result = tuple[Claimed, Message, Outcome]


class Courier:
    """`render` puts deliveries into words (None: nothing to say); `sent` hears in the commit that says they arrived which
    chats were told what.

    Deliveries go from step to step, those that are there together; at most `hands` are being sent.
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
        hands: int = HANDS,
    ) -> None:
        self._store, self._platform, self._render, self._gate = store, platform, render, gate
        self._sent, self._on_outcome, self._keyed = sent, on_outcome, keyed
        self._timing = timing or Timing()
        self._at = (platform.name, platform.account)
        self._token = uuid4().hex
        self._bound = 64 if platform.rate is None else min(1000, max(8, round(platform.rate)))
        self._held = 0  # claimed, and not yet settled
        self._parcels: deque[Parcel] = deque()
        self._hands: set[asyncio.Task[None]] = set()
        self._most = hands
        self._woken, self._idle, self._resting = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._idle.set()  # holds nothing
        self._resting.set()  # is not claiming
        self._stopping = self._late = False
        # What a crash leaves in doubt is what has its intent: as many together as go within a fiftieth of a second.
        together = max(1, round(platform.rate / 50)) if platform.rate else self._bound
        self._word: Batch[Claimed] = Batch(self._words, self._bound, self._done)
        self._intend: Batch[Worded] = Batch(self._intents, together, self._done)
        self._settle: Batch[Result] = Batch(self._outcomes, self._bound, self._done)

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
        self._let_go(self._gate.withdraw(self._word.put))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), self._timing.drain)
        self._late = True
        self._parcels.clear()
        for task in self._hands:  # their rows stay `sending` and will be named uncertain
            task.cancel()
        async with self._store.transaction(URGENT) as tx:
            await deliveries.release(tx, self._token)

    async def _claim(self) -> bool:
        """Fill the hands when they are half empty; what is urgent finds room even in full ones. True: claim again."""
        lanes: Sequence[int] = deliveries.EVERY_LANE
        room = self._bound - self._held
        if room < self._bound // 2:
            lanes, room = deliveries.EVERY_LANE[: URGENT + 1], room + AHEAD
        if room <= 0:
            return False
        async with self._store.transaction(URGENT) as tx:
            claimed = await deliveries.claim(tx, room, lanes, self._token, self._timing.lease, self._at)
        if claimed:
            self._held += len(claimed)
            self._idle.clear()
        for one in claimed:
            self._gate.line_up(one.lane, _to(one), self._word.put, one, group=one.group)
        return bool(claimed) and self._held <= self._bound // 2

    def _let_go(self, n: int) -> None:
        self._held -= n
        if self._held <= self._bound // 2:
            self.wake()
        if not self._held:
            self._idle.set()

    def _done(self, some: Sequence[object]) -> None:
        self._let_go(len(some))

    async def _words(self, rows: Sequence[Claimed]) -> None:
        for worded in zip(rows, await self._worded(rows), strict=True):
            self._intend.put(worded)

    async def _intents(self, rows: Sequence[Worded]) -> None:
        """The intent to send what has words, and the end of what has none; then what has its intent goes."""
        said = [one.bound for one, words in rows if isinstance(words, Message)]
        async with self._store.transaction(_lane([one for one, _ in rows]), guarded=False) as tx:
            minute = pace.minute_of(tx.now) if self._platform.capabilities.rings else None
            keys = await deliveries.intend(tx, said, uuid4().hex, self._token, self._timing.doubt, minute)
            for one, words in rows:
                if isinstance(words, Silence):
                    await deliveries.withhold(tx, one.id, self._token, words.reason, words.state)
        for one, words in rows:
            # A row whose lease ran out at the gate may be in these hands twice: one of them sends it.
            key = keys.pop(one.bound, None)
            if isinstance(words, Silence):
                self._on_outcome(one.lane, words.state)
            elif key is not None and not self._late:
                self._go((one, words, key))
                continue
            self._let_go(1)

    def _go(self, parcel: Parcel) -> None:
        self._parcels.append(parcel)
        if len(self._hands) < self._most:
            hand = asyncio.create_task(self._hand())
            self._hands.add(hand)
            hand.add_done_callback(self._hands.discard)

    async def _hand(self) -> None:
        """Sends one after the other, as long as there are some."""
        while self._parcels:
            one, message, key = self._parcels.popleft()
            to = _to(one)
            await self._gate.leave()
            try:
                outcome = (await self._platform.send([to], message, key))[0]
            except Exception:
                log.exception("send raised", delivery=one.id)
                outcome = Outcome("unknown", reason="send raised")
            if outcome.kind == "later":
                self._gate.cut(to, outcome.after)
            self._settle.put((one, message, outcome))
            self._on_outcome(one.lane, outcome.kind)

    async def _worded(self, rows: Sequence[Claimed]) -> Sequence[Message | Silence]:
        try:
            async with self._store.reading(guarded=False) as tx:
                messages = await self._render(tx, rows, self._platform.capabilities)
        except Exception:
            if len(rows) > 1:  # one that cannot be put into words does not keep back the others
                return [(await self._worded([one]))[0] for one in rows]
            log.exception("delivery not put into words", delivery=rows[0].id)
            return [BROKEN]
        return [message or NOTHING for message in messages]

    async def _outcomes(self, results: Sequence[Result]) -> None:
        rows = [Settled(one.id, one.chat_id, self._token, self._verdict(one, outcome)) for one, _, outcome in results]
        told = [(one.chat_id, message) for one, message, outcome in results if outcome.kind in ("sent", "accepted")]
        lane = _lane([one for one, _, _ in results])
        for attempt in range(WRITES):
            try:
                async with self._store.transaction(lane, guarded=False) as tx:
                    await deliveries.settle(tx, rows)
                    if attempt == 0 and self._sent is not None and told:
                        await self._sent(tx, told)
                break
            except Exception:
                if attempt == WRITES - 1:
                    raise
                log.exception("outcome not written, trying again", platform=self._platform.name)
                await asyncio.sleep(attempt)
        self._let_go(len(results))

    def _verdict(self, one: Claimed, said: Outcome) -> deliveries.Verdict:
        return pace.verdict(said.kind, said.ref, said.after, said.reason, one.attempts + 1, keyed=self._keyed)


def _to(one: Claimed) -> Address:
    return Address(one.platform, one.account, one.address)


def _lane(rows: Sequence[Claimed]) -> int:
    """Sends that are under way go before matching and polling, and after people."""
    return INTERACTIVE if any(one.lane == INTERACTIVE for one in rows) else URGENT
