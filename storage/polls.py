"""How sources stand: when they were last asked, what came of it, and what went wrong."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col

from .outbox_tables import Poll, Source
from .transaction import Transaction

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stand:
    """`counts` are of the last day; `fault` is what went wrong in the last poll, where that failed."""

    polled_at: datetime | None
    good_at: datetime | None
    failures: int
    counts: Counter[str]
    fault: str


async def stands(tx: Transaction) -> dict[str, Stand]:
    """By source; one that was never asked is not among them."""
    counts: dict[str, Counter[str]] = {}
    faults: dict[str, str] = {}
    for poll in await tx.find(Poll, col(Poll.at) >= tx.now - LATELY, order=Poll.id):
        counts.setdefault(poll.source, Counter()).update(poll.counts)
    for source in (rows := await tx.find(Source)):
        if source.failures:
            last = await tx.find(Poll, Poll.source == source.name, order=col(Poll.id).desc(), limit=1)
            faults[source.name] = next((fault for poll in last for fault in poll.faults), "")
    return {
        row.name: Stand(
            row.polled_at, row.good_at, row.failures, counts.get(row.name, Counter()), faults.get(row.name, "")
        )
        for row in rows
    }
