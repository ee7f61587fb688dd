"""Some days of `python -m bench.fortnight`: every alert is told once at an allowed moment, or a row says why not."""

from bench.fortnight import goals_of
from bench.simulated.days import Clock, Days
from storage.sealing import Keys
from storage.store import Store


async def test_no_alert_is_lost_doubled_or_sent_at_a_forbidden_moment(database: str) -> None:
    clock = Clock()
    store = Store(database, Keys.fresh(), clock)
    try:
        done = await Days(store, clock, people=100, days=2, a_day=8, seed=1, busy=True).run()
    finally:
        await store.close()
    assert all(goal.met for goal in goals_of("one", done.faults).values()), done.faults
    assert done.outcomes["told"] > done.alerts / 4
    assert done.answers["down"] > 0
    assert done.answers["429"] > 0
