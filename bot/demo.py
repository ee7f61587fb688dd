"""The demo that a newcomer gets with nothing set: a clock that can be moved on, postings at a press, the owner's way in."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from handlers.staff import join
from handlers.text import SEOUL
from storage.store import INTERACTIVE, Store

from .poller import Poller
from .settings import BadSettings, Settings
from .sources.pressed import Pressed

MORNING, EVENING = 9, 20  # o'clock in Korea: alerts come at once in between, well away from the usual night
FARTHEST = timedelta(days=400)


class Ahead:
    """The demo's time: the machine's own, and as much ahead as it was moved. It never goes back and lives in memory."""

    def __init__(
        self, real: Callable[[], datetime] = lambda: datetime.now(UTC), ahead: timedelta = timedelta()
    ) -> None:
        self._real, self._ahead = real, ahead

    @classmethod
    def by_day(cls, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> "Ahead":
        """One that begins in the next morning where it is night in Korea: whoever tries it out sees alerts come."""
        clock = cls(real)
        if not MORNING - 1 <= clock().astimezone(SEOUL).hour < EVENING:
            clock._ahead = _morning(clock()) - clock()
        return clock

    def __call__(self) -> datetime:
        return self._real() + self._ahead

    def move(self, to: str) -> datetime:
        """On by an "hour", to nine o'clock of tomorrow's "morning", or on by a "week". KeyError for anything else.

        OverflowError where that is farther ahead than a demo can show.
        """
        now = self()
        tomorrow = _morning(now.astimezone(SEOUL).replace(hour=23))
        steps = {"hour": timedelta(hours=1), "morning": tomorrow - now, "week": timedelta(weeks=1)}
        if self._ahead + steps[to] > FARTHEST:
            raise OverflowError
        self._ahead += steps[to]
        return self()


def _morning(now: datetime) -> datetime:
    """The next time that it is morning in Korea."""
    there = now.astimezone(SEOUL)
    return there.replace(hour=MORNING, minute=0, second=0, microsecond=0) + timedelta(days=there.hour >= MORNING)


def clock(settings: Settings, now: Callable[[], datetime] | None) -> Ahead | None:
    """The clock of a demo, None for a program that is none. BadSettings for a real one that is given such a clock."""
    if isinstance(now, Ahead):
        if not settings.demo:
            raise BadSettings(
                ["The clock of a real program can't be moved: the demo is only for one that nobody can reach."]
            )
        return now
    return Ahead.by_day() if settings.demo and now is None else None


class Wakes(Protocol):
    def wake(self) -> None: ...


async def catch_up(due: Sequence[Callable[[], Awaitable[object]]], rounds: Sequence[Wakes]) -> None:
    """Run what is `due` at its hour, and wake what runs all the time."""
    for work in due:
        await work()
    for round_ in rounds:
        round_.wake()


@dataclass(frozen=True)
class Demo:
    """What the bar over the demo does. `catch_up` does all that is due by the clock."""

    clock: Ahead
    store: Store
    poller: Poller
    postings: Pressed
    catch_up: Callable[[], Awaitable[None]]

    async def owner(self) -> str:
        """A fresh one-time token by which the right side comes in as the owner."""
        async with self.store.transaction(INTERACTIVE) as tx:
            return await join.invite_owner(tx)

    async def posting(self) -> str:
        """One posting more, at once; its title."""
        self.postings.press()
        await self.poller.poll(self.postings.name)
        return self.postings.newest

    async def move(self, to: str) -> datetime:
        """Move the clock (see `Ahead.move`), and do what is due by then."""
        now = self.clock.move(to)
        await self.catch_up()
        return now
