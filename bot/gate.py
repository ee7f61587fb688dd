"""The pace of one account on one platform: who may send next, so that neither the platform nor one chat is overrun.

A generic cell rate algorithm (GCRA) gives the slots; the most urgent lane goes first and an idle lane lends every slot.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

PRIVATE = 1.0  # seconds between two messages to one person
GROUP = 3.0  # and to one group: 20 a minute
SECOND = 1.0 + 1e-6  # the window in which a platform counts, and a little more than rounding takes
MEMORY = 10.0  # seconds of answers by which a general refusal is told from a single chat's
CHATS, SHARE = 3, 0.2  # refused chats, and their share of all sends, from which on everybody waits
SLOWEST = 1 / 8  # of the rate, after general refusals
RECOVERY = 1.01  # by how much each slot brings the pace back to the rate
INTERACTIVE = 0


@dataclass(slots=True, eq=False)
class Waiter:
    lane: int
    chat: Hashable
    gap: float  # seconds until the chat's next message
    then: Callable[[Any], None]  # hears of its turn
    who: Any


class Gate:
    """`rate` is slots a second, None without limit. Time comes in: `now` in seconds and a `sleep` that fits it."""

    def __init__(
        self,
        rate: float | None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.rate = rate
        # In a second, two more than the rate: half a slot ahead, so that a timer's lateness is caught up with, and one
        # that only replies may take. Above 100/s a timer is coarser than a slot.
        self.burst = max(2.0, (rate or 0) / 50)
        self._now, self._sleep = now, sleep
        self._pace = rate or 0.0
        self._full = float("-inf")  # when the bucket is full again (the theoretical arrival time)
        self._held = float("-inf")  # nobody before this
        self._chats: dict[Hashable, float] = {}  # when a chat's next message may go
        self._cuts: dict[Hashable, float] = {}  # until when a chat was told to wait
        self._sent: deque[float] = deque()
        self._refused: deque[tuple[float, Hashable]] = deque()
        # When what goes left, of the last second. One fewer than may: a reply never waits for what was held up.
        self._left: deque[float] = deque()
        self._most = int((rate or 0) + self.burst) - 1
        self._lanes: tuple[dict[Waiter, None], ...] = ({}, {}, {})  # in order of coming
        self._pump: asyncio.Task[None] | None = None
        # Above 100/s a timer is coarser than a slot: half of the slots that may be ahead open at one look.
        self._look = (self.burst - 1.5) / 2 / rate if rate else 0.0

    async def enter(self, lane: int, chat: Hashable, *, group: bool = False) -> None:
        """Wait for a slot. What answers a person (lane 0) is not held to one message a second."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiter = self.line_up(lane, chat, _call, turn, group=group)
        try:
            await turn
        finally:
            self._lanes[lane].pop(waiter, None)

    def line_up(self, lane: int, chat: Hashable, then: Callable[[T], None], who: T, *, group: bool = False) -> Waiter:
        """Have `then(who)` called when its slot comes, which may be at once."""
        now = self._now()
        waiter = Waiter(lane, chat, GROUP if group else PRIVATE, then, who)
        self._lanes[lane][waiter] = None
        if self._opens(lane, now) <= now:
            self._grant(now)
        if self._pump is None and any(self._lanes):
            self._pump = asyncio.create_task(self._run(), name="gate")
        return waiter

    def withdraw(self, then: Callable[[Any], None]) -> int:
        """Whoever waits for this call waits no more; how many they were."""
        gone = [waiter for lane in self._lanes for waiter in lane if waiter.then == then]
        for waiter in gone:
            del self._lanes[waiter.lane][waiter]
        return len(gone)

    async def leave(self) -> None:
        """Right before what had its slot some time ago goes, as an alert has that waited for its commit in between.

        Commits take unevenly long: without this, what they held up would go together with what had its slot later.
        """
        while self.rate is not None and len(self._gone()) >= self._most:
            await self._sleep(self._left[-self._most] + SECOND - self._now())
        self.left()

    def left(self) -> None:
        """What had its slot this moment goes."""
        if self.rate is not None:
            self._gone().append(self._now())

    def _gone(self) -> deque[float]:
        since = self._now() - SECOND
        while self._left and self._left[0] <= since:
            self._left.popleft()
        return self._left

    def cut(self, chat: Hashable, after: float) -> None:
        """The platform refused for `after` seconds: that chat waits, and everybody when it means everybody."""
        now = self._now()
        self._cuts[chat] = max(self._cuts.get(chat, now), now + after)
        self._refused.append((now, chat))
        self._forget(now)
        chats = {chat for _, chat in self._refused}
        if len(chats) >= CHATS and len(self._refused) > SHARE * len(self._sent):
            self._held = max(self._held, now + after)
            if self.rate is not None:
                self._pace = max(self.rate * SLOWEST, self._pace / 2)

    async def _run(self) -> None:
        """Look again whenever somebody may go, and at least once a slot: the pace and the waiting change meanwhile."""
        while any(self._lanes):
            longest = max(1 / self._pace, self._look) if self._pace else 0.02
            await self._sleep(min(self._next() - self._now(), longest))
            self._grant(self._now())
        self._pump = None

    def _grant(self, now: float) -> None:
        """Let go who may: the most urgent lane first, and in it who came first and whose chat is ready."""
        for number, lane in enumerate(self._lanes):
            if not lane or self._opens(number, now) > now:
                continue
            for waiter in list(lane):
                if self._ready(waiter) > now:
                    continue
                del lane[waiter]
                self._take(waiter, now)
                waiter.then(waiter.who)
                if self._opens(number, now) > now:
                    break

    def _next(self) -> float:
        """When to look again: at the next slot, or when the first chat is ready."""
        now = self._now()
        if self._pace * self._look > 1:
            return now + self._look
        waiting = [(self._opens(number, now), lane) for number, lane in enumerate(self._lanes) if lane]
        return min(opens if opens > now else min(map(self._ready, lane)) for opens, lane in waiting)

    def _opens(self, lane: int, now: float) -> float:
        """When a lane's next slot is free. A reply may take it one slot ahead, so that it hardly ever waits."""
        if not self._pace:
            return max(self._held, now)
        ahead = self.burst - (0.5 if lane == INTERACTIVE else 1.5)
        return max(self._held, self._full - ahead / self._pace)

    def _ready(self, waiter: Waiter) -> float:
        cut = self._cuts.get(waiter.chat, float("-inf"))
        paced = waiter.lane != INTERACTIVE or waiter.gap == GROUP
        return max(cut, self._chats.get(waiter.chat, cut)) if paced else cut

    def _take(self, waiter: Waiter, now: float) -> None:
        if self._pace:
            self._full = max(self._full, now) + 1 / self._pace
            self._pace = min(self.rate or 0.0, self._pace * RECOVERY)
            self._chats[waiter.chat] = max(self._chats.get(waiter.chat, now), now) + waiter.gap
        self._sent.append(now)
        self._forget(now)

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0] < now - MEMORY:
            self._sent.popleft()
        while self._refused and self._refused[0][0] < now - MEMORY:
            self._refused.popleft()
        for times in (self._chats, self._cuts):
            if len(times) > 1000 and len(times) > 2 * len(self._sent):
                for chat in [chat for chat, at in times.items() if at <= now]:
                    del times[chat]


def _call(turn: asyncio.Future[None]) -> None:
    if not turn.done():  # who gave up this moment
        turn.set_result(None)
