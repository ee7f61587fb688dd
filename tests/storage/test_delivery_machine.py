"""The outbox against any order of crashes, refusals, late answers, expired leases and people who leave."""

import asyncio
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

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
from sqlmodel import col, update

from handlers import pace
from storage import deliveries
from storage.deliveries import EVERY_LANE, Owed, Settled
from storage.outbox_tables import Alert, Delivery
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Resident
from tests.conftest import Clock, copy_of
from tests.storage.people import alert, person, posting

WORKERS = st.sampled_from(["one", "two"])
ARRIVED = {"sent": "told", "uncertain": "waiting"}
UNSENT = {"queued": "carried", "leased": "carried", "sending": "carried"}


class Outbox(RuleBasedStateMachine):
    """Two senders work on one outbox. `arrived` is the truth about each message, that only people know."""

    template: Path

    @initialize()
    def open(self) -> None:
        self.folder = TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.clock = Clock()
        self.store = Store(copy_of(self.template, Path(self.folder.name)), Keys.fresh(), self.clock)
        self.people: list[tuple[int, int]] = []
        self.claimed: dict[str, list[tuple[int, int]]] = {"one": [], "two": []}  # (delivery, chat)
        self.flying: dict[str, list[tuple[int, int]]] = {"one": [], "two": []}
        self.arrived: Counter[int] = Counter()
        self.lives = Counter[str]()  # a crash gives a worker a new lease token

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.runner.run(self._come_to_rest())
            self.runner.run(self.store.close())
            self.runner.close()
            self.folder.cleanup()

    @rule(newcomer=st.booleans(), which=st.integers(0, 9), lane=st.sampled_from([1, 2]), hurry=st.booleans())
    def owe(self, newcomer: bool, which: int, lane: int, hurry: bool) -> None:
        async def work() -> None:
            async with self.store.transaction() as tx:
                if newcomer or not self.people:
                    self.people.append(await person(tx, str(len(self.people))))
                resident, chat = self.people[which % len(self.people)]
                job = await posting(tx)
                once = f"alert:{chat}:{job}"
                until = tx.now.replace(minute=59) if hurry else None
                made = await deliveries.queue(tx, [Owed(once, chat, "alert", lane, posting_id=job, expires_at=until)])
                await alert(tx, resident, job, state="carried", delivery_id=made[once])

        self.runner.run(work())

    @rule(worker=WORKERS, limit=st.integers(1, 4))
    def claim(self, worker: str, limit: int) -> None:
        async def work() -> None:
            async with self.store.transaction() as tx:
                found = await deliveries.claim(tx, limit, EVERY_LANE, self._token(worker), 30)
                self.claimed[worker] += [(one.id, one.chat_id) for one in found]

        self.runner.run(work())

    @rule(worker=WORKERS, limit=st.integers(1, 4))
    def claim_and_intend(self, worker: str, limit: int) -> None:
        self.claim(worker, limit)
        self.intend(worker)

    @rule(worker=WORKERS)
    def intend(self, worker: str) -> None:
        async def work() -> None:
            rows, self.claimed[worker] = self.claimed[worker], []
            async with self.store.transaction() as tx:
                passed = await deliveries.intend(tx, rows, "key", self._token(worker), 60)
            self.flying[worker] += [row for row in dict.fromkeys(rows) if row in passed]

        self.runner.run(work())

    @precondition(lambda self: any(self.flying.values()))
    @rule(
        kind=st.sampled_from(["sent", "sent", "gone", "refused", "403", "later", "not_sent", "unknown"]),
        lucky=st.booleans(),
    )
    def answer(self, kind: str, lucky: bool) -> None:
        worker = next(name for name, rows in self.flying.items() if rows)
        delivery, chat = self.flying[worker].pop(0)
        self.arrived[delivery] += kind == "sent" or (kind == "unknown" and lucky)
        kind, reason = ("refused", "403 no") if kind == "403" else (kind, "")
        verdict = pace.verdict(kind, "7", 20, reason, 1)

        async def work() -> None:
            async with self.store.transaction() as tx:
                await deliveries.settle(tx, [Settled(delivery, chat, self._token(worker), verdict)])

        self.runner.run(work())

    @precondition(lambda self: any(self.flying.values()))
    @rule(worker=WORKERS, lucky=st.integers(0, 3))
    def crash(self, worker: str, lucky: int) -> None:
        """Of what was in the air some arrived."""
        for delivery, _ in self.flying[worker][:lucky]:
            self.arrived[delivery] += 1
        self.flying[worker], self.claimed[worker] = [], []
        self.lives[worker] += 1

    @rule(worker=WORKERS)
    def oversleep(self, worker: str) -> None:
        """A sender that goes on with what it claimed after its lease ran out."""
        self.claim(worker, 2)
        self.wait(31)
        self.reap()

    @rule(seconds=st.sampled_from([1, 21, 31, 61, 4000, 90_000]))
    def wait(self, seconds: int) -> None:
        self.clock.forward(seconds=seconds)

    @rule()
    def reap(self) -> None:
        async def work() -> None:
            async with self.store.transaction() as tx:
                await deliveries.reap(tx)

        self.runner.run(work())

    @precondition(lambda self: self.people)
    @rule(which=st.integers(0, 9), what=st.sampled_from(["leave", "block", "close"]), chance=st.integers(0, 3))
    def end(self, which: int, what: str, chance: int) -> None:
        """Somebody leaves or blocks us, or a posting closes. Not too often, or nobody is left."""
        resident, chat = self.people[which % len(self.people)]

        async def work() -> None:
            async with self.store.transaction() as tx:
                if what == "close":
                    await deliveries.cancel_for_posting(tx, which + 1)
                elif what == "block":
                    await deliveries.switch_off(tx, chat)
                else:
                    await tx.execute(update(Resident).where(col(Resident.id) == resident).values(state="left"))
                    await deliveries.cancel_for_resident(tx, resident)

        if chance == 0:
            self.runner.run(work())

    @invariant()
    def nothing_comes_twice_and_the_books_agree(self) -> None:
        if not hasattr(self, "store"):
            return
        rows, alerts = self.runner.run(self._books())
        assert max(self.arrived.values(), default=0) <= 1
        in_hand = Counter(row.chat_id for row in rows if row.state in ("leased", "sending"))
        assert max(in_hand.values(), default=0) <= 1
        flying = {delivery for some in self.flying.values() for delivery, _ in some}
        for row in rows:
            if row.state == "sent":
                assert self.arrived[row.id] == 1
            elif row.state not in ("sending", "uncertain"):
                assert self.arrived[row.id] == 0, row.state
                assert row.id not in flying, row.state
            if (one := alerts.get(row.id)) is not None and not row.once.endswith(":again"):
                assert one.state == {**ARRIVED, **UNSENT}.get(row.state, "dropped") or one.reason == "left"

    def _token(self, worker: str) -> str:
        return f"{worker}{self.lives[worker]}"

    async def _books(self) -> tuple[list[Delivery], dict[int, Alert]]:
        async with self.store.reading() as tx:
            alerts = {one.delivery_id: one for one in await tx.find(Alert) if one.delivery_id is not None}
            return await tx.find(Delivery), alerts

    async def _come_to_rest(self) -> None:
        """Nothing hangs for ever: with time and one good sender every message finds its end."""
        self.flying = {"one": [], "two": []}
        for _ in range(100):
            self.clock.forward(seconds=400)
            async with self.store.transaction() as tx:
                await deliveries.reap(tx)
                found = await deliveries.claim(tx, 50, EVERY_LANE, "last", 30)
                passed = await deliveries.intend(tx, [one.bound for one in found], "key", "last", 60)
                good = pace.verdict("sent", "8", 0, "", 1)
                await deliveries.settle(tx, [Settled(c.id, c.chat_id, "last", good) for c in found])
            self.arrived.update(key for key, _ in passed)
            rows, _ = await self._books()
            if all(row.state not in UNSENT for row in rows):
                break
        else:
            raise AssertionError("something waits for ever")
        assert max(self.arrived.values(), default=0) <= 1


def test_no_order_of_events_loses_or_doubles_a_message(sqlite_template: Path) -> None:
    machine = type("Machine", (Outbox,), {"template": sqlite_template})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
        ),
    )
