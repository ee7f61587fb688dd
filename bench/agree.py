"""Matching as SQL against the rule in plain Python, in as many generated worlds as one has time for.

`python -m bench.agree [--engine sqlite|postgres|both] [--worlds 2000]`
"""

import argparse
import asyncio
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage import alerts
from storage.migrate import migrate
from storage.sealing import Keys
from storage.store import ROUTINE, Store
from tests.postgres import apart
from tests.storage.matching import NOW, World, worlds
from tests.storage.test_alerts import LATER, expected, told

from .match import database
from .report import Goal, finish, say


async def differs(store: Store, world: World, chunk: int) -> bool:
    """Whether this world's alerts, written in chunks, are others than the rule says."""
    async with store.transaction(ROUTINE) as tx:
        await world.build(tx)
        while waiting := await alerts.pending(tx, 100):
            await alerts.match(tx, waiting, LATER, chunk)
        return await told(tx) != expected(world)


def run(engine: str, n: int) -> tuple[Counter[str], float]:
    """Counts of what was compared, and seconds."""
    seen: Counter[str] = Counter()
    with database(engine) as url, asyncio.Runner() as runner:
        apart(migrate(url))
        store = Store(url, Keys.fresh(), lambda: NOW)

        @settings(
            max_examples=n,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
        )
        @given(world=worlds(), chunk=st.integers(1, 4))
        def compare(world: World, chunk: int) -> None:
            seen["worlds"] += 1
            seen["wishes"] += len(world.wishes)
            seen["postings"] += len(world.postings)
            seen["pairs"] += len(world.wishes) * len(world.postings)
            seen["alerts"] += len(world.owed(NOW))
            seen["different"] += runner.run(differs(store, world, chunk))

        begins = time.perf_counter()
        compare()
        runner.run(store.close())
    return seen, time.perf_counter() - begins


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--worlds", type=int, default=2000)
    options = parser.parse_args()
    figures: dict[str, object] = {}
    goals: dict[str, Goal] = {}
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        seen, seconds = run(engine, options.worlds)
        say(f"{engine}: {dict(seen)} in {seconds:.0f} s")
        figures[engine] = {**seen, "seconds": round(seconds, 1)}
        goals[f"{engine}_different"] = Goal(seen["different"], 0)
    finish(figures, goals)


if __name__ == "__main__":
    main()
