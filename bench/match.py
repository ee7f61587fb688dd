"""Matching: residents' wishes against new postings, against the floor of only writing the same alerts.

`python -m bench.match [--sizes 10000 100000 1000000] [--engine sqlite|postgres|both] [--runs 3] [--postings 1000]`
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from math import log
from pathlib import Path
from statistics import linear_regression
from typing import NamedTuple

import asyncpg
from sqlalchemy import text
from sqlmodel import SQLModel

from bench.crowd import Country, Row
from bench.report import Goal, finish, middle, say
from handlers.clock.match import match_new
from storage.outbox_tables import Alert
from storage.sealing import Keys
from storage.store import ROUTINE, Store
from tests.postgres import SETTINGS, serve

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
RATIO = {"sqlite": 4.0, "postgres": 2.5}  # at most this many times the floor
LINEAR = (
    1.1  # the exponent of cost in alerts over all sizes: 1 is linear, and an index that grows a level costs a tenth
)
ON_DISK = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "512MB"}
WIDE = ["wish_id", "area", "resident_id", "width", "active", "traits", "occupations", "hours"]
WIDE += ["pay_floor", "starts", "strict", "worded", "seen"]
NARROW = ["id", "trait_bits", "starts_on", "occupation_bit", "hour_bits", "pay_hourly"]
NARROW += ["title", "created_at", "changed_at", "facts", "spans"]


def tables(country: Country) -> Iterator[tuple[str, list[str], Iterator[Row]]]:
    everyone = range(1, country.wishes + 1)
    yield "residents", ["id", "language", "state", "created_at"], ((i, "ko", "active", NOW) for i in everyone)
    yield "wishes", ["id", "resident_id", "created_at", "words"], ((i, i, NOW, "{}") for i in everyone)
    yield "wish_areas", WIDE, country.wish_areas()
    postings = ((*row, "사서", NOW, NOW, "{}", "[]") for row in country.posting_columns())
    yield "postings", NARROW, postings
    yield "reach", ["posting_id", "area", "hops"], country.reach()


def fill_sqlite(path: str, country: Country) -> None:
    connection = sqlite3.connect(path)
    for table, names, rows in tables(country):
        plain = (tuple(f"{v:%Y-%m-%d %H:%M:%S.%f}" if isinstance(v, datetime) else v for v in row) for row in rows)
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", plain)
    connection.commit()
    connection.close()


async def fill_postgres(url: str, country: Country) -> None:
    connection = await asyncpg.connect(url)
    for table, names, rows in tables(country):
        await connection.copy_records_to_table(table, records=rows, columns=names)
    await connection.execute("VACUUM (ANALYZE)")
    await connection.close()


class Run(NamedTuple):
    alerts: int
    matched: float  # seconds to match
    written: float  # seconds to write the same rows from a ready table in the same commits

    @property
    def ratio(self) -> float:
        return self.matched / self.written

    @property
    def each(self) -> float:
        """Microseconds an alert."""
        return self.matched / self.alerts * 1e6


async def measure(store: Store) -> Run:
    await _empty(store, "UPDATE postings SET matched_revision = 0", "DELETE FROM memos", "DROP TABLE IF EXISTS ready")
    chunks: list[int] = []
    more, started = True, time.perf_counter()
    while more:
        async with store.transaction(ROUTINE) as tx:
            done = await match_new(tx)
        more = done.more
        chunks.append(done.alerts)
    matched = time.perf_counter() - started
    names = "posting_id, resident_id, revision, wish_id, hops, due_at"
    await _empty(
        store,
        f"CREATE TABLE ready AS SELECT id AS n, {names} FROM alerts ORDER BY id",
        "CREATE INDEX ready_n ON ready (n)",
    )
    async with store.reading() as tx:
        first = await tx.scalar(text("SELECT min(n) FROM ready")) or 1
    write = text(f"INSERT INTO alerts ({names}) SELECT {names} FROM ready WHERE n >= :low AND n < :high ORDER BY n")
    started = time.perf_counter()
    for rows in chunks:
        async with store.transaction(ROUTINE) as tx:
            await tx.execute(write, {"low": first, "high": first + rows})
        first += rows
    written = time.perf_counter() - started
    async with store.reading() as tx:
        assert await tx.scalar(text("SELECT count(*) FROM alerts")) == sum(chunks)
    return Run(sum(chunks), matched, written)


async def _empty(store: Store, *before: str) -> None:
    """Do these statements, then give `alerts` a fresh file or pages, and settle what is still unwritten."""
    async with store.transaction(ROUTINE) as tx:
        for statement in before:
            await tx.execute(text(statement))
        await tx.connection.run_sync(lambda c: Alert.__table__.drop(c))  # type: ignore[attr-defined]
        await tx.connection.run_sync(lambda c: Alert.__table__.create(c))  # type: ignore[attr-defined]
    if store.postgres:
        async with store.transaction(ROUTINE) as tx:
            await tx.execute(text("ANALYZE"))
            await tx.execute(text("CHECKPOINT"))


@asynccontextmanager
async def filled(engine: str, country: Country) -> AsyncIterator[Store]:
    with database(engine) as url:
        store = Store(url, Keys.fresh(), lambda: NOW)
        async with store.transaction(ROUTINE) as tx:
            await tx.connection.run_sync(SQLModel.metadata.create_all)
        if engine == "sqlite":
            await asyncio.to_thread(fill_sqlite, str(store.url.database), country)
        else:
            await fill_postgres(url, country)
        yield store
        await store.close()


async def run(engine: str, sizes: Sequence[int], postings: int, runs: int) -> dict[int, list[Run]]:
    """Every size in turn, again and again: what else the machine does then falls on all of them alike."""
    results: dict[int, list[Run]] = {size: [] for size in sizes}
    async with AsyncExitStack() as opened:
        stores = {size: await opened.enter_async_context(filled(engine, Country(size, postings))) for size in sizes}
        for _ in range(runs):
            for size, store in stores.items():
                done = await measure(store)
                results[size].append(done)
                times = f"match {done.matched:.2f} s, floor {done.written:.2f} s, {done.ratio:.2f} x"
                say(f"{engine} {size:,} wishes: {done.alerts:,} alerts, {times}, {done.each:.1f} us an alert")
    return results


def told(results: Sequence[Run]) -> dict[str, float]:
    return {
        "alerts": results[0].alerts,
        "match_s": middle([done.matched for done in results]),
        "floor_s": middle([done.written for done in results]),
        "ratio": middle([done.ratio for done in results]),
        "us_per_alert": middle([done.each for done in results]),
        "floor_us_per_alert": middle([done.written / done.alerts * 1e6 for done in results]),
    }


def exponent(cost: Sequence[tuple[float, float]]) -> float:
    """The slope of the line that lies nearest to the logarithms of (alerts, seconds)."""
    return linear_regression([log(alerts) for alerts, _ in cost], [log(seconds) for _, seconds in cost]).slope


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The URL of an empty database on disk."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="ilgam-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    with serve({**SETTINGS, **ON_DISK}) as server:
        url = server.create()
        yield url.render_as_string(hide_password=False)
        server.drop(url)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--postings", type=int, default=1_000)
    options = parser.parse_args()
    figures: dict[str, object] = {"postings": options.postings, "runs": options.runs}
    goals: dict[str, Goal] = {}
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        sizes = sorted(options.sizes)
        results = asyncio.run(run(engine, sizes, options.postings, options.runs))
        figures |= {f"{engine}_{size}": told(results[size]) for size in sizes}
        goals[f"{engine}_times_the_floor"] = Goal(middle([done.ratio for done in results[sizes[-1]]]), RATIO[engine])
        if len(sizes) > 1:
            cost = [(told(results[size])["alerts"], told(results[size])["match_s"]) for size in sizes]
            goals[f"{engine}_exponent_of_cost_in_alerts"] = Goal(exponent(cost), LINEAR)
    finish(figures, goals)


if __name__ == "__main__":
    main()
