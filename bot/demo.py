"""The demo that a newcomer gets with nothing set: a clock that can be moved on, postings at a press, the owner's way in."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from handlers.staff import join
from handlers.text import SEOUL
from storage import ahead as moved
from storage import facilities
from storage.store import INTERACTIVE, Store

from .poller import Poller
from .settings import BadSettings, Settings
from .sources.pressed import Pressed

SMALL_HOURS = 6  # until then, whoever says "tomorrow morning" means the coming one
MORNING, EVENING = 9, 20  # o'clock in Korea: alerts come at once in between, well away from the usual night
FARTHEST = timedelta(days=400)
PLACE = "해담작은도서관(보기)"  # the facility that the staff's side has from the beginning


def machine() -> datetime:
    return datetime.now(UTC)


class Ahead:
    """The demo's time: the machine's own, and as much ahead as it was moved. It never goes back."""

    def __init__(self, real: Callable[[], datetime] = machine) -> None:
        self.real, self.ahead = real, timedelta()

    def __call__(self) -> datetime:
        return self.real() + self.ahead

    def by_day(self) -> None:
        """Where it is night in Korea, go on with the next morning: whoever tries it out sees alerts come."""
        if not MORNING - 1 <= self().astimezone(SEOUL).hour < EVENING:
            self.ahead += _morning(self()) - self()

    def move(self, to: str) -> datetime:
        """On by an "hour", to nine o'clock of tomorrow's "morning", or on by a "week". KeyError for anything else.

        OverflowError where that is farther ahead than a demo can show.
        """
        now = self()
        tomorrow = now + timedelta(hours=0 if now.astimezone(SEOUL).hour < SMALL_HOURS else MORNING)
        steps = {"hour": timedelta(hours=1), "morning": _morning(tomorrow) - now, "week": timedelta(weeks=1)}
        if self.ahead + steps[to] > FARTHEST:
            raise OverflowError
        self.ahead += steps[to]
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
                ["The clock can't be moved here: that is for a demo on one's own machine, with nothing set."]
            )
        return now
    return Ahead() if settings.demo and now is None else None


async def settle(clock: Ahead | None, store: Store) -> None:
    """Go on where this database was left. BadSettings where a real program is given one in which time was moved.

    In one in which it was not, the demo's facility is closed, as its postings are (`Poller.retire`).
    """
    async with store.reading() as tx:
        ahead, place = await moved.get(tx), await facilities.named(tx, PLACE)
    if clock is not None:
        clock.ahead = max(clock.ahead, ahead or timedelta())
        clock.by_day()
    elif ahead is not None:
        await store.close()
        raise BadSettings(
            [
                "In this database a demo moved the clock, so its days are not true. Begin with a fresh one: "
                "another ILGAM_DATABASE_URL, or make fresh."
            ]
        )
    elif place is not None:
        async with store.transaction(INTERACTIVE) as tx:
            await facilities.change(tx, place.id, state="closed")


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
        """A fresh one-time token by which the right side comes in as the owner, who finds a facility to act for."""
        address, apply = f"{self.postings.home} 월곡2동", "도서관에 전화하고 오세요. (보기)"
        async with self.store.transaction(INTERACTIVE) as tx:
            await facilities.make(tx, PLACE, kind="small_library", address=address, phone="062-000-0101", apply=apply)
            return await join.invite_owner(tx)

    async def posting(self) -> str:
        """One posting more, at once; its title."""
        self.postings.press()
        await self.poller.poll(self.postings.name)
        return self.postings.newest

    async def move(self, to: str) -> datetime:
        """Move the clock (see `Ahead.move`), and do what is due by then."""
        now = self.clock.move(to)
        async with self.store.transaction(INTERACTIVE) as tx:
            await moved.put(tx, self.clock.ahead)
        await self.catch_up()
        return now
