"""Pausing, leaving, ending a wish and quiet hours against any order of matching, planning, sending, moving and changing."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from handlers import pace
from handlers.clock.match import match_new
from handlers.clock.plan import plan
from storage import codes, deliveries, due, moves, neighbourhoods, residents, wishes
from storage.deliveries import EVERY_LANE, Claimed, Settled
from storage.move_tables import Code
from storage.outbox_tables import Alert, Delivery
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Chat, Posting, Reach, Resident, Wish
from storage.transaction import Transaction
from tests.conftest import Clock
from tests.storage.empty import empty
from tests.storage.people import on_the_map, person, posting

HERE = 1233012800
OCCUPATIONS = (1, 2, 4)
WHO = st.integers(0, 2)
DAY = 1440


class Rest(RuleBasedStateMachine):
    """One sender, three residents who change their minds. `arrived` is what people saw: (whom for, posting)."""

    create: Callable[[], AbstractContextManager[str]]  # an empty database

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        self.runner, self.clock = asyncio.Runner(), Clock()
        self.store = Store(self.stack.enter_context(type(self).create()), Keys.fresh(), self.clock)
        self.claimed: list[Claimed] = []
        self.flying: list[tuple[Claimed, int]] = []  # with who reads it
        self.arrived: Counter[tuple[str, int]] = Counter()
        self.moved = 0

        async def work(tx: Transaction) -> None:
            await on_the_map(tx, HERE)
            self.people = [await person(tx, str(n)) for n in range(3)]
            for resident, _ in self.people:
                await neighbourhoods.add(tx, resident, HERE)
                await wishes.make(tx, resident)

        self._do(work)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            try:
                self._come_to_rest()
            finally:
                self.runner.run(self.store.close())
                self.runner.close()
                self.stack.close()

    @rule(occupation=st.sampled_from((0, *OCCUPATIONS)))
    def post(self, occupation: int) -> None:
        async def work(tx: Transaction) -> None:
            job = await posting(tx, occupation_bit=occupation)
            await tx.add(Reach, posting_id=job, area=HERE, hops=0)

        self._do(work)

    @rule()
    def match_and_plan(self) -> None:
        self._do(self._ticks)

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        async def work(tx: Transaction) -> None:
            self.claimed += await deliveries.claim(tx, limit, EVERY_LANE, "one", 600)

        self._do(work)

    @rule()
    def intend(self) -> None:
        """The gate: whatever passes it goes to somebody who may be written to at this moment, and asks for it."""
        rows, self.claimed = self.claimed, []

        async def work(tx: Transaction) -> None:
            minute = pace.minute_of(tx.now)
            passed = await deliveries.intend(tx, [one.bound for one in rows], "key", "one", 600, minute)
            for one in rows:
                if passed.pop(one.bound, None) is not None:
                    self.flying.append((one, await self._may(tx, one, minute)))

        self._do(work)

    async def _may(self, tx: Transaction, one: Claimed, minute: int) -> int:
        """Who reads it."""
        chat = await tx.get(Chat, id=one.chat_id)
        assert chat is not None
        who = await tx.get(Resident, id=chat.resident_id)
        assert who is not None
        assert who.state == "active"
        assert who.paused_until is None or who.paused_until <= tx.now
        chosen = who.daily_at is not None and (minute - who.daily_at) % DAY < 60
        assert chosen or not pace.quiet(minute, who.quiet_from, who.quiet_until)
        asked = [wish.occupations for wish in await wishes.of(tx, who.id) if wish.active]
        for told in await tx.find(Alert, Alert.delivery_id == one.id, Alert.state == "carried"):
            job = await tx.get(Posting, id=told.posting_id)
            assert job is not None
            assert told.maybe_seen or any(not job.occupation_bit & ~wanted for wanted in asked), "no wish asks for it"
        return who.id

    @precondition(lambda self: self.flying)
    @rule(kind=st.sampled_from(["sent", "sent", "later", "not_sent", "unknown"]), lucky=st.booleans())
    def answer(self, kind: str, lucky: bool) -> None:
        one, reader = self.flying.pop(0)
        if kind == "sent" or (kind == "unknown" and lucky):
            told = [one.posting_id] if one.posting_id else one.body.get("postings", [])
            whose = f"copy in {one.chat_id}" if one.kind == "copy" else f"{reader}"
            self.arrived.update((whose, key) for key in told)
        self._do(lambda tx: self._settle(tx, one, kind))

    async def _settle(self, tx: Transaction, one: Claimed, kind: str) -> None:
        verdict = pace.verdict(kind, "7", 20, "", 1)
        await deliveries.settle(tx, [Settled(one.id, one.chat_id, "one", verdict)])

    @rule(which=WHO, hours=st.sampled_from([0, 1, 12, 30, 200]))
    def pause(self, which: int, hours: int) -> None:
        """For no hours: they go on."""
        self._change(which, lambda tx, who: due.pause(tx, who, tx.now + timedelta(hours=hours) if hours else None))

    @rule(which=WHO, daily=st.sampled_from([None, None, 540, 1320]), weekly=st.sampled_from([None, 2]))
    def change_rhythm(self, which: int, daily: int | None, weekly: int | None) -> None:
        self._change(which, lambda tx, who: due.set_rhythm(tx, who, daily, weekly if daily else None))

    @rule(which=WHO, away=st.integers(-60, 600), length=st.integers(1, 600))
    def quiet_hours(self, which: int, away: int, length: int) -> None:
        """They begin now, or soon."""

        async def work(tx: Transaction, who: Resident) -> None:
            begins = (pace.minute_of(tx.now) + away) % DAY
            await residents.change(tx, who, quiet_from=begins, quiet_until=(begins + length) % DAY)

        self._change(which, work)

    @rule(which=WHO, what=st.sampled_from(["change", "rest", "drop", "make"]), wanted=st.sampled_from([-1, 1, 2, 3]))
    def wish(self, which: int, what: str, wanted: int) -> None:
        async def work(tx: Transaction, who: Resident) -> None:
            mine: list[Wish] = await wishes.of(tx, who.id)
            if what == "make":
                await wishes.make(tx, who.id, occupations=wanted)
            elif what == "drop" and mine:
                await wishes.drop(tx, who.id, mine[0].id)
            elif mine:
                await wishes.change(tx, who.id, mine[-1].id, occupations=wanted, active=what == "change")

        self._change(which, work)

    @rule(which=WHO, seldom=st.integers(0, 3))
    def leave(self, which: int, seldom: int) -> None:
        async def work(tx: Transaction, who: Resident) -> None:
            await residents.leave(tx, who)
            await deliveries.cancel_for_resident(tx, who.id)

        if not seldom:
            self._change(which, work)

    @rule(which=WHO, both=st.booleans())
    def move(self, which: int, both: bool) -> None:
        """They go on in a new chat."""
        self.moved += 1

        async def work(tx: Transaction) -> None:
            here = await tx.get(Chat, id=self.people[which][1])
            assert here is not None
            who = await tx.get(Resident, id=here.resident_id)
            if who is None or who.state != "active":
                return
            _, chat = await person(tx, f"new {self.moved}", state="new")
            new = await tx.get(Chat, id=chat)
            assert new is not None
            if await moves.move(tx, await self._code(tx, here), new, own=False, both=both):
                self.people[which] = who.id, chat

        self._do(work)

    async def _code(self, tx: Transaction, here: Chat) -> Code:
        await codes.make(tx, f"code {self.moved}", "move", here.resident_id, here.id)
        made = await codes.find(tx, f"code {self.moved}")
        claimed = await codes.claim(tx, made.id) if made else None
        assert claimed is not None
        return claimed

    @rule(minutes=st.sampled_from([1, 5, 60, 400, DAY]))
    def wait(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @rule(which=WHO, what=st.sampled_from(["pause", "quiet", "rest", "leave"]), flies=st.booleans())
    def overtake(self, which: int, what: str, flies: bool) -> None:
        """Somebody changes their mind while a message is in a sender's hand, or is refused for a while."""
        self.post(0)
        self.match_and_plan()
        self.claim(4)
        if flies:
            self.intend()
        if self.flying and what != "pause":
            which = next((n for n, who in enumerate(self.people) if who[0] == self.flying[0][1]), which)
        if what == "pause":
            self.pause(which, 12)
        elif what == "quiet":
            self.quiet_hours(which, 0, 300)
        elif what == "rest":
            for _ in range(wishes.MOST):
                self.wish(which, "drop", 1)
        else:
            self.leave(which, 0)
        while self.flying:
            self.answer("later", False)
        self.wait(1)
        self.claim(4)
        self.intend()

    @invariant()
    def nobody_is_told_twice(self) -> None:
        if hasattr(self, "store"):
            assert max(self.arrived.values(), default=0) <= 1

    def _change(self, which: int, change: Callable[[Transaction, Resident], Awaitable[Any]]) -> None:
        async def work(tx: Transaction) -> None:
            who = await tx.get(Resident, id=self.people[which][0])
            if who is not None and who.state == "active":
                await change(tx, who)

        self._do(work)

    def _do(self, work: Callable[[Transaction], Awaitable[Any]]) -> None:
        async def whole() -> None:
            async with self.store.transaction() as tx:
                await work(tx)

        self.runner.run(whole())

    async def _ticks(self, tx: Transaction) -> None:
        await match_new(tx)
        await plan(tx, 100, ["telegram"])

    def _come_to_rest(self) -> None:
        """Nothing is lost: in time each alert is told, or its row says why not."""
        while self.flying:
            self.answer("sent", True)
        for _ in range(80):  # 16 days: the longest pause, then a week
            self.clock.forward(hours=5)
            self._do(deliveries.reap)
            self._do(self._ticks)
            self.claim(50)
            while self.claimed:
                self.intend()
                while self.flying:
                    self.answer("sent", True)
                self.claim(50)
        self._do(self._all_told)

    async def _all_told(self, tx: Transaction) -> None:
        now: datetime = tx.now
        for one in await tx.find(Alert):
            assert one.state in ("told", "dropped") or one.maybe_seen, (now, one)
            assert one.state != "dropped" or one.reason, one
        for row in await tx.find(Delivery):
            assert row.state not in ("queued", "leased", "sending"), (now, row)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_rest_wins_every_race_and_nothing_is_lost(engine: str, request: pytest.FixtureRequest) -> None:
    run_state_machine_as_test(
        type("Machine", (Rest,), {"create": staticmethod(partial(empty, request, engine))}),
        settings=settings(
            max_examples={"sqlite": 10, "postgres": 6}[engine],
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
        ),
    )
