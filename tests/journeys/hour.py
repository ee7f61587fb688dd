"""An hour of polling every kind of source while all goes wrong that can, and an oracle of what must be open after each poll."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush

from sqlmodel import col

from bot import overview
from bot.app import App, build
from bot.budgets import Budgets
from bot.clock import Job
from bot.poller import Polled
from bot.settings import Settings
from bot.sources.api import Api
from bot.sources.feed import Feed
from bot.sources.http import Fetcher, Limits
from bot.sources.sheet import WebSheet
from bot.sources.source import Source
from handlers.clock.tidy import close
from handlers.text import SEOUL
from storage.outbox_tables import Poll
from storage.tables import Listing, Posting
from tests.conftest import Clock
from tests.fakes.boards import FAULTS, NEVER, Board
from tests.fakes.narrow import Narrow
from tests.fixtures.boards import Post

EVERY = 240.0  # seconds between polls of a source
STEP = 20  # seconds of simulated time
LIMITS = Limits(connect=2, read=1.5, total=1.5, again=(), between=0.0)
QUOTAS = {"alio": 12, "cleaneye": 24}  # requests a day of keys that do not last for the hour
WRONG = 0.35  # share of polls in which something goes wrong
HANGS = 3  # in all, since they take real time


@dataclass
class Expected:
    """What must be open of one board, by number; `ever` was told at any time, `missed` is what the last whole sweep missed for
    the first time, `empty` how often in a row the first list told nothing."""

    open: dict[int, Post] = field(default_factory=dict)
    ever: set[int] = field(default_factory=set)
    missed: set[int] = field(default_factory=set)
    empty: int = 0

    def polled(self, board: Board, today: date) -> None:
        """What a poll may have changed, by the evidence that was seen in it and by nothing else."""
        for number, post in board.told.items():
            if number in board.denied or _over(board, post, today):
                self.open.pop(number, None)
                if board.name in ("feed", "sheet"):  # which say of no item that it is over: it is kept, closed
                    self.ever.add(number)
            else:
                self.open[number] = post
                self.ever.add(number)
        self.missed -= set(board.told)
        self.empty = self.empty + 1 if board.fired == "empty" else 0 if board.answers else self.empty
        rest = set(board.kind.lists[1:]) == set(board.answers)
        nothing = board.fired == "empty" and self.empty >= 2 and rest
        if board.closes and (board.whole or nothing):
            missed = set(self.open) - set(board.told)
            gone = missed if not board.several else missed & self.missed
            self.missed = missed - gone
            for number in gone:
                del self.open[number]

    def day(self, board: Board, today: date) -> None:
        self.open = {number: post for number, post in self.open.items() if not _over(board, post, today)}


def _over(board: Board, post: Post, today: date) -> bool:
    return board.kind.dated and post.last < today


@dataclass
class Hour:
    """`boards` by name; `failed` are the polls in which something went wrong: (source, when, fault)."""

    settings: Settings
    clock: Clock
    seed: int
    boards: dict[str, Board]
    narrow: Narrow
    app: App = field(init=False)
    expected: dict[str, Expected] = field(init=False)
    rngs: dict[str, random.Random] = field(init=False)
    history: dict[str, list[tuple[object, ...]]] = field(init=False)
    failed: list[tuple[str, datetime, str]] = field(default_factory=list)
    spent: Counter[tuple[str, date]] = field(default_factory=Counter)
    again: set[str] = field(default_factory=set)  # boards that are to be empty a second time
    numbers: int = 0
    hangs: int = 0

    def __post_init__(self) -> None:
        """Each board draws for itself, so that a seed says the same whoever is faster."""
        self.expected = {name: Expected() for name in self.boards}
        self.rngs = {name: random.Random(f"{self.seed} {name}") for name in ("", *self.boards)}
        self.rng = self.rngs[""]
        self.history = {name: [] for name in self.boards}

    async def begin(self) -> None:
        """The program starts, or starts anew with whatever the store has."""
        web = Fetcher(LIMITS)
        sources = [self._source(board, web) for board in self.boards.values()]
        self.app = await build(self.settings, now=self.clock, platforms=[self.narrow], sources=sources)
        await self.narrow.start(lambda event: self.app.dispatch(self.narrow, event))
        self.app.sender.start()

    def _source(self, board: Board, web: Fetcher) -> Source:
        if board.name == "feed":
            return Feed("feed", f"{board.site.url}/rss", EVERY, web, ["private"])
        if board.name == "sheet":
            return WebSheet("sheet", f"{board.site.url}/pub", EVERY, web, ["private"])
        quota = QUOTAS.get(board.name, 10_000)
        return Api(board.name, board.asked(), EVERY, web, ["private"], self, quota, 20.0)

    async def spend(self, name: str, most: int) -> bool:
        """What keys may spend is kept in the store of whichever program runs now."""
        return await Budgets(self.app.store).spend(name, most)

    async def exhaust(self, name: str, most: int) -> None:
        await Budgets(self.app.store).exhaust(name, most)

    @property
    def today(self) -> date:
        return self.clock().astimezone(SEOUL).date()

    # What happens on the boards -------------------------------------------------------------------------------------

    def appear(self, board: Board) -> None:
        self.numbers += 1
        last = self.today if self.rngs[board.name].random() < 0.25 else self.today + timedelta(days=20)
        board.posts.append(Post(self.numbers, last, list=self.rngs[board.name].choice(board.kind.lists)))

    def vanish(self, board: Board) -> None:
        """One is taken away; some of each list always stay."""
        counts = Counter(post.list for post in board.posts)
        free = [post for post in board.posts if counts[post.list] > 2]
        if free:
            board.posts.remove(self.rngs[board.name].choice(free))

    def change(self, board: Board) -> None:
        at = self.rngs[board.name].randrange(len(board.posts))
        if board.posts[at].version < 9:
            board.posts[at] = replace(board.posts[at], version=board.posts[at].version + 1)

    def live(self, board: Board) -> None:
        """Some life between two polls."""
        for act, share in ((self.appear, 0.3), (self.vanish, 0.25), (self.change, 0.25)):
            if self.rngs[board.name].random() < share:
                act(board)

    # Polling --------------------------------------------------------------------------------------------------------

    def _wrong(self, board: Board) -> str:
        if board.name in self.again:
            self.again.discard(board.name)
            return "empty"
        if self.expected[board.name].empty or self.rngs[board.name].random() > WRONG:
            return ""
        fault = self.rngs[board.name].choice([one for one in FAULTS if one not in NEVER.get(board.name, ())])
        if fault == "hang" and self.hangs >= HANGS:
            return "drop"
        self.hangs += fault == "hang"
        if fault == "empty" and self.rngs[board.name].random() < 0.4:
            self.again.add(board.name)
        return fault

    async def poll(self, name: str, *, calm: bool = False) -> Polled:
        board, at = self.boards[name], self.clock()
        fault = "" if calm else self._wrong(board)
        nth = 1 if fault == "empty" else self.rngs[name].choice((1, 1, 2, 3))
        board.begin(fault, nth, ill=not calm and self.rngs[name].random() < 0.1)
        if not calm and self.rngs[name].random() < 0.25:
            board.meanwhile = lambda: self.live(board)
        before = {post.number for post in board.posts}
        polled = await self.app.poller.poll(name)
        self.spent[name, self.today] += board.requests
        if board.fired:
            self.failed.append((name, at, board.fired))
            first = not self.expected[name].ever or self.expected[name].empty > 0  # of nothing, or said again
            believed = board.fired == "empty" and first
            harmless = not board.closes and board.fired in (
                "hollow",
                "lie",
                "twice",
            )  # nothing hangs on what is missing
            assert polled.faults or believed or harmless, f"{name}: {board.fired} is named"
        self.history[name].append((f"{at:%H:%M:%S}", board.fired, dict(board.answers), polled.outcome, polled.faults))
        kept = before & {post.number for post in board.posts} & set(self.expected[name].open)
        self.expected[name].day(board, self.today)
        self.expected[name].polled(board, self.today)
        await self.check(name)
        if self.expected[name].empty < 2:
            lost = {number for number in kept if number not in self.expected[name].open}
            assert all(_over(board, post, self.today) for post in board.posts if post.number in lost), (name, lost)
        return polled

    async def check(self, name: str) -> None:
        """What is open is what the oracle says."""
        found, expected, board = await self.open(name), self.expected[name].open, self.boards[name]
        said = f"{name} at {self.clock():%H:%M:%S} after {board.fired or 'no fault'}: {sorted(found)} are open, not "
        said += f"{sorted(expected)}, of {board.posts}; the last polls were {self.history[name][-6:]}"
        assert set(found) == set(expected), said

    async def open(self, name: str) -> dict[int, Posting]:
        async with self.app.store.reading() as tx:
            listings = await tx.find(Listing, Listing.source == name)
            ids = [one.posting_id for one in listings]
            postings = await tx.find(Posting, col(Posting.id).in_(ids), Posting.state == "open")
            postings = [one for one in postings if one.closes_at is None or one.closes_at > tx.now]
        assert len({one.title for one in postings}) == len(postings)
        return {int(re.findall(r"\d+", one.title)[0]): one for one in postings}

    async def killed(self, name: str) -> None:
        """The program dies in the middle of a poll, and starts anew."""
        board = self.boards[name]
        board.begin()
        task = asyncio.create_task(self.app.poller.poll(name))
        board.meanwhile = task.cancel
        await asyncio.gather(task, return_exceptions=True)
        self.spent[name, self.today] += board.requests
        await self.end()
        await self.begin()
        found = await self.open(name)
        if set(found) != set(self.expected[name].open):  # it came to its end before it died
            self.expected[name].polled(board, self.today)
        await self.check(name)

    async def end(self) -> None:
        await self.app.stop()

    # The hour -------------------------------------------------------------------------------------------------------

    async def run(self, minutes: int, restarts: Sequence[int]) -> None:
        """Simulated minutes; after those in `restarts` the program dies in some poll."""
        jobs = await self._jobs()
        for step in range(minutes * 60 // STEP):
            now = self.clock.forward(seconds=STEP)
            due: list[Job] = []
            while jobs and jobs[0][0] <= now:
                due.append(heappop(jobs)[2])
            await asyncio.gather(*(self.poll(job.name.removeprefix("poll ")) for job in due))
            for job in due:
                self.live(self.boards[job.name.removeprefix("poll ")])
                wait = job.every + self.rng.uniform(-1, 1) * min(20.0, job.spread or 0)
                heappush(jobs, (now + timedelta(seconds=wait), self.rng.random(), job))
            minute, second = divmod((step + 1) * STEP, 60)
            if second == 0:
                await self._minute()
                if minute in restarts:
                    await self.killed(self.rng.choice(sorted(self.boards)))
                    jobs = await self._jobs()

    async def _jobs(self) -> list[tuple[datetime, float, Job]]:
        """When each source is due from now on, as the program's own clock would have it after a start."""
        jobs = await overview.jobs(self.app.store, self.app.poller)
        heap = [(self.clock() + timedelta(seconds=job.after), self.rng.random(), job) for job in jobs]
        heapify(heap)
        return heap

    async def _minute(self) -> None:
        async with self.app.store.transaction() as tx:
            await close(tx)
        for name, board in self.boards.items():
            self.expected[name].day(board, self.today)
            await self.check(name)
        for round_ in self.app.rounds[:2]:
            await round_.finish()

    async def polls(self) -> list[Poll]:
        async with self.app.store.reading() as tx:
            return await tx.find(Poll, order=Poll.id)
