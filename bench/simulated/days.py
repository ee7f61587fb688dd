"""The days: the program's own recording, matching, planning and sending, by a clock that jumps to what is due next."""

import asyncio
import heapq
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bench.outbox import HOME
from bench.outbox import settle_in as areas_of
from bot.gate import Gate
from bot.sender import Sender, Timing
from handlers import deliver
from handlers.clock.change import tell_changes
from handlers.clock.match import match_new
from handlers.clock.plan import plan
from handlers.clock.record import Recorder
from handlers.clock.remind import remind
from handlers.clock.tidy import close, tidy
from handlers.eligibility import Eligibility
from locales import Catalogs
from storage import area_data, deliveries
from storage.outbox_tables import Alert, Delivery
from storage.store import ROUTINE, Store
from storage.tables import Posting, Reach
from storage.transaction import Transaction

from .edge import Edge, Words, outages
from .notices import SOURCES, Telling, tellings
from .oracle import Oracle
from .people import ACCOUNT, act, plans, settle_in

START = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # a Tuesday, 07:00 in Korea
RATE = 1000.0  # messages a second that planning counts on
PUSHED = ("telegram",)
HELD = 0.3  # seconds of the real clock without progress after which the simulated one goes on a second
NOW, CLOSE, HOUR, REMIND = "tell", "close", "hour", "remind"


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Result:
    """Figures and faults of one run. `alerts` are all that were owed."""

    alerts: int
    messages: int
    seconds: float
    outcomes: Counter[str]
    answers: Counter[str]
    kinds: Counter[str]
    faults: dict[str, list[str]]
    merged: int
    postings: int


@dataclass
class Days:
    store: Store
    clock: Clock
    people: int
    days: int
    a_day: int = 12
    seed: int = 20261124
    busy: bool = False  # everybody does in these days what else takes them a fortnight
    _events: list[tuple[datetime, int, str, Any]] = field(default_factory=list)
    _order: Any = field(default_factory=count)

    async def run(self) -> Result:
        chance = self._chance = random.Random(self.seed)
        begins = time.perf_counter()
        deployment = await areas_of(self.store)
        self._places = _dongs()
        people = await settle_in(self.store, chance, self.people, list(self._places.values()))
        self.oracle = Oracle(people)
        for who in people.values():
            self.oracle.learn(who)
        words = Words(deliver.Composer(Catalogs.load(), deployment))
        blocked = {i: chance.randrange(self.days * 24) for i in people if chance.random() < 0.01}
        self.edge = Edge(
            chance, self.clock, words, self._look, outages(START, self.days), lambda who: self._blocks(blocked, who)
        )
        at = (self.edge.name, ACCOUNT)
        gate = Gate(None, now=lambda: self.clock().timestamp())
        self._sender = Sender(
            self.store, {at: self.edge}, words, {at: gate}, sent=deliver.offer, timing=Timing(poll=0.2, reap=3600)
        )
        self._recorder = Recorder(deployment.names, Eligibility.load(), HOME, SOURCES)
        self._fill(list(people))
        self._sender.start()
        async with self.store.transaction(ROUTINE) as tx:
            await tell_changes(tx, PUSHED)
        end = START + timedelta(days=self.days)
        while (step := await self._next()) < end:
            self.clock.at = max(step, self.clock.at)
            await self._step()
        self.clock.at = end
        await self._step()
        await self._sender.stop()
        return await self._judge(time.perf_counter() - begins)

    def _fill(self, people: Sequence[int]) -> None:
        minutes = self.days * 1440
        for one in tellings(self._chance, START, self.days, self.a_day, list(self._places)):
            self._later(one.minute, NOW, one)
        for minute, who, what in plans(self._chance, people, minutes, busy=self.busy):
            self._later(minute, "act", (who, what))
        for minute in range(10, minutes, 60):
            self._later(minute, HOUR, None)

    def _later(self, minute: int, what: str, about: Any) -> None:
        heapq.heappush(self._events, (START + timedelta(minutes=minute), next(self._order), what, about))

    def _blocks(self, blocked: dict[int, int], who: int) -> bool:
        since = blocked.get(who)
        if since is None or self.clock() < START + timedelta(hours=since):
            return False
        self.oracle.people[who].blocked = True
        return True

    def _look(self, who: int, owed: deliveries.Claimed, now: datetime) -> None:
        self.oracle.looks(who, owed, now, self.edge)

    async def _next(self) -> datetime:
        """When something is to be done next, to the second."""
        async with self.store.reading() as tx:
            waits = (col(Alert.state) == "waiting", ~col(Alert.maybe_seen))
            owed = await tx.scalar(select(func.min(col(Alert.due_at))).where(*waits))
            queued = await tx.scalar(select(func.min(col(Delivery.not_before))).where(col(Delivery.state) == "queued"))
            closes = await tx.scalar(select(func.min(col(Posting.closes_at))).where(col(Posting.state) == "open"))
        known = [self._events[0][0]] if self._events else [START + timedelta(days=self.days)]
        return min(known + [at for at in (owed, queued, closes) if at is not None])

    async def _step(self) -> None:
        """All that the program does at this moment."""
        told: list[Telling] = []
        hourly = False
        acts: list[tuple[int, str]] = []
        while self._events and self._events[0][0] <= self.clock():
            _, _, what, about = heapq.heappop(self._events)
            hourly |= what == HOUR
            told += [about] if what == NOW else []
            acts += [about] if what == "act" else []
        async with self.store.transaction(ROUTINE) as tx:
            await close(tx)
            await deliveries.reap(tx)
            if hourly:
                await tidy(tx)
                await remind(tx, PUSHED)
        for who, what in acts:
            await self._act(who, what)
        for one in told:
            await self._tell(one)
        await self._plan()
        await self._settle()

    async def _act(self, who: int, what: str) -> None:
        person = self.oracle.people[who]
        if person.left:
            return
        before = person.areas
        async with self.store.transaction() as tx:
            hidden = await act(tx, self._chance, person, what, list(self._places.values()))
        self.oracle.learn(person, before)
        if hidden is not None:
            self.oracle.hidden.add((who, hidden))

    async def _tell(self, one: Telling) -> None:
        async with self.store.transaction(ROUTINE) as tx:
            drafts = await self._recorder.news(tx, one.source, [one.draft])
            await self._recorder.record(tx, one.source, drafts, await self._recorder.prepare(tx, drafts))
            for row in await tx.find(Posting, col(Posting.merged_into).is_not(None)):
                self.oracle.merged.setdefault(row.id, (row.merged_into or 0, tx.now))
        async with self.store.reading() as tx:
            now = self.clock()
            for posting in await tx.find(Posting, Posting.state == "open", Posting.matched_revision == 0):
                if posting.merged_into is None and (posting.closes_at is None or posting.closes_at > now):
                    reach = await tx.find(Reach, Reach.posting_id == posting.id)
                    self.oracle.posted(posting, {row.area: row.hops for row in reach}, now)
        more = True
        while more:
            async with self.store.transaction(ROUTINE) as tx:
                more = (await match_new(tx)).more
                await tell_changes(tx, PUSHED)

    async def _plan(self) -> None:
        more = True
        while more:
            async with self.store.transaction(ROUTINE) as tx:
                more = (await plan(tx, RATE, PUSHED)).more

    async def _settle(self) -> None:
        """Until nothing that is due is left to send; what planning had no room for comes then."""
        since, left = time.monotonic(), -1
        while (now_left := await self._unsent()) or await self._planned_more():
            self._sender.wake()
            if now_left != left:
                since, left = time.monotonic(), now_left
            elif time.monotonic() - since > HELD:
                self.clock.at += timedelta(seconds=1)
                since = time.monotonic()
            await asyncio.sleep(0.002 if now_left < 100 else 0.05)

    async def _unsent(self) -> int:
        due = (col(Delivery.state) == "queued") & (col(Delivery.not_before) <= self.clock())
        async with self.store.reading() as tx:
            where = due | col(Delivery.state).in_(("leased", "sending"))
            return int(await tx.scalar(select(func.count()).select_from(Delivery).where(where)))

    async def _planned_more(self) -> bool:
        async with self.store.transaction(ROUTINE) as tx:
            return bool((await plan(tx, RATE, PUSHED)).messages)

    async def _judge(self, seconds: float) -> Result:
        async with self.store.reading() as tx:
            alerts = await tx.find(Alert)
            postings = {one.id: one for one in await tx.find(Posting)}
            await self._on_the_map(tx)
            self.oracle.judge(self.edge, alerts, postings, self.clock())
            waiting = await tx.find(Delivery, Delivery.state == "queued", col(Delivery.not_before) > self.clock())
        held = {one.id for one in waiting}
        self.oracle.faults["lost"] += [
            f"carried by nothing: {o}" for o in self.oracle.on_its_way if o.delivery_id not in held
        ]
        return Result(
            len(self.oracle.owed),
            len(self.edge.shown),
            seconds,
            self.oracle.outcomes,
            self.edge.answers,
            Counter(one.kind for one in self.edge.shown),
            {kind: some for kind, some in self.oracle.faults.items() if some},
            len(self.oracle.merged),
            len(postings),
        )

    async def _on_the_map(self, tx: Transaction) -> None:
        """Every notice of a neighbourhood was found on the map, or the days would prove little."""
        scopes = Counter(one.scope for one in await tx.find(Posting))
        assert scopes["emd"] > scopes["sigungu"], scopes


def _dongs() -> dict[str, int]:
    """The legal neighbourhoods of one district, by name."""
    rows = area_data.rows("regions")
    return {
        row["name_ko"]: int(row["code"])
        for row in rows
        if row["kind"] == "legal" and row["level"] == "emd" and row["parent"] == str(HOME)
    }
