"""Real postings: the lists of the package network-jobs-data as a source, and how they stand when they are recorded."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib import resources
from typing import Any

import orjson
from sqlmodel import col, select

from bot.sources.source import Fetched, Part
from handlers.draft import Draft
from storage.store import Store
from storage.tables import Listing


class Network:
    """The package's files as a source, each a part. `key` names a posting, by its number or its address."""

    every = 60.0

    def __init__(self, name: str, key: str) -> None:
        self.name, self.key = name, key
        self.files = dict(files())

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        parts = [
            Part(f"{self.name}/{file}", tuple(self.draft(row) for row in rows), True)
            for file, rows in self.files.items()
        ]
        return Fetched(tuple(parts), cursor="")

    def draft(self, row: Mapping[str, Any]) -> Draft:
        salary = row.get("salary") or {}
        return Draft(
            key=str(row[self.key]),
            title=" ".join(row["title"].split()),
            organisation=row["company"],
            sector="private",
            workplace=row["location"],
            pay=f"{salary.get('min', '')} ~ {salary.get('max', '')}".strip(" ~"),
            duties=row.get("department", ""),
            link=row["url"],
        )


def files() -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Each list of postings in the package, by its name."""
    root = resources.files("network_jobs_data")
    for adviser in sorted(root.iterdir(), key=lambda one: one.name):
        for file in sorted(adviser.iterdir(), key=lambda one: one.name) if adviser.is_dir() else ():
            told = orjson.loads(file.read_bytes()) if file.name.endswith(".json") else None
            if isinstance(told, list):
                yield f"{adviser.name}/{file.name.removesuffix('.json')}", told


async def standing(store: Store, truth: Mapping[str, str]) -> tuple[int, int, int]:
    """Listings; postings; and postings that stand for several in truth."""
    async with store.reading() as tx:
        rows = await tx.all(select(col(Listing.posting_id), col(Listing.key)))
    stands: dict[int, set[str]] = {}
    for posting, key in rows:
        stands.setdefault(posting, set()).add(truth[key])
    return len(rows), len(stands), sum(len(keys) > 1 for keys in stands.values())
