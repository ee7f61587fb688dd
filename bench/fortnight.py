"""A simulated fortnight: every planned alert is sent once at an allowed moment, or has a row that says why not.

`python -m bench.fortnight [--engine sqlite|postgres|both] [--people 10000] [--days 14] [--seed 20261124]`
"""

import argparse
import asyncio

from storage.migrate import migrate
from storage.sealing import Keys
from storage.store import Store
from tests.postgres import apart

from .match import database
from .report import Goal, finish, say
from .simulated.days import Clock, Days, Result

FORBIDDEN = ("after leaving", "in a pause", "in quiet hours", "at another hour", "not bundled")
SHOWN = 5  # faults of each kind that are told in full


async def simulate(url: str, people: int, days: int, seed: int) -> Result:
    clock = Clock()
    store = Store(url, Keys.fresh(), clock)
    try:
        return await Days(store, clock, people, days, seed=seed).run()
    finally:
        await store.close()


def goals_of(engine: str, faults: dict[str, list[str]]) -> dict[str, Goal]:
    """None of anything."""
    kinds = {
        "lost": ("lost",),
        "twice": ("twice",),
        "at_forbidden_moments": FORBIDDEN,
        "unaccounted": ("unaccounted", "owed to nobody"),
    }
    return {
        f"{engine}_{name}": Goal(sum(len(faults.get(kind, ())) for kind in some), 0) for name, some in kinds.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args()
    figures: dict[str, object] = {"people": options.people, "days": options.days}
    goals: dict[str, Goal] = {}
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        with database(engine) as url:
            apart(migrate(url))
            done = asyncio.run(simulate(url, options.people, options.days, options.seed))
        for kind, some in done.faults.items():
            for one in some[:SHOWN]:
                say(f"{engine} {kind} ({len(some)}): {one}")
        say(f"{engine}: {done.alerts:,} alerts in {done.messages:,} messages, {done.seconds:.0f} s")
        figures[engine] = {
            **{name: getattr(done, name) for name in ("alerts", "messages", "postings", "merged")},
            "seconds": round(done.seconds, 1),
            "alerts_a_second": round(done.alerts / done.seconds),
            "outcomes": dict(done.outcomes.most_common()),
            "answers": dict(done.answers.most_common()),
            "kinds": dict(done.kinds.most_common()),
        }
        goals |= goals_of(engine, done.faults)
    finish(figures, goals)


if __name__ == "__main__":
    main()
