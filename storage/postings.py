"""What sources told us: listings, the postings they stand for, from where those are seen, and how each poll went."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from sqlmodel import col, delete, insert, select, update

from .outbox_tables import Poll, Source
from .tables import Listing, Posting, PostingArea, Reach
from .transaction import Transaction

Named = tuple[int, str, str]  # area code, level, how it is known
CHUNK = 500


async def known(tx: Transaction, source: str) -> dict[str, tuple[str, bool]]:
    """Each key of a source with its hash, and whether it is still there."""
    statement = select(col(Listing.key), col(Listing.hash), col(Listing.gone_at)).where(col(Listing.source) == source)
    rows: Sequence[Any] = await tx.all(statement)
    return {key: (hash_, gone is None) for key, hash_, gone in rows}


async def record(
    tx: Transaction,
    source: str,
    key: str,
    hash_: str,
    values: Mapping[str, Any],
    areas: Sequence[Named],
    reach: Mapping[int, int],
) -> Literal["new", "changed", "same"]:
    """Keep one source's copy and what residents see of it. Saying the same twice changes nothing."""
    listing = await tx.first(
        select(col(Listing.id), col(Listing.posting_id), col(Listing.hash), col(Listing.gone_at)).where(
            col(Listing.source) == source, col(Listing.key) == key
        )
    )
    if listing is not None and listing.hash == hash_ and listing.gone_at is None:
        return "same"
    over = values.get("closes_at") is not None and values["closes_at"] <= tx.now
    state = {"state": "closed", "closed_at": tx.now} if over else {"state": "open", "closed_at": None}
    if listing is None:
        posting_id = await tx.add(Posting, **values, **state, created_at=tx.now, changed_at=tx.now)
        await tx.add(Listing, source=source, key=key, posting_id=posting_id, hash=hash_, seen_at=tx.now)
    else:
        posting_id = listing.posting_id
        changed = {"revision": Posting.revision + 1, "changed_at": tx.now, **state, **values}
        await tx.execute(update(Posting).where(col(Posting.id) == posting_id).values(**changed))
        kept = {"hash": hash_, "seen_at": tx.now, "gone_at": None}
        await tx.execute(update(Listing).where(col(Listing.id) == listing.id).values(**kept))
        await tx.execute(delete(PostingArea).where(col(PostingArea.posting_id) == posting_id))
        await tx.execute(delete(Reach).where(col(Reach.posting_id) == posting_id))
    named = [{"posting_id": posting_id, "area": a, "level": level, "known_by": by} for a, level, by in areas]
    seen = [{"posting_id": posting_id, "area": area, "hops": hops} for area, hops in reach.items()]
    for model, rows in ((PostingArea, named), (Reach, seen)):
        if rows:
            await tx.execute(insert(model), rows)
    return "new" if listing is None else "changed"


async def gone(tx: Transaction, source: str, keys: Collection[str]) -> int:
    """These keys are no longer told by their source. A posting closes when none of its listings is left."""
    closed = 0
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        some = ordered[start : start + CHUNK]
        where = (col(Listing.source) == source, col(Listing.key).in_(some), col(Listing.gone_at).is_(None))
        await tx.execute(update(Listing).where(*where).values(gone_at=tx.now))
        left = select(col(Listing.posting_id)).where(col(Listing.gone_at).is_(None))
        theirs = select(col(Listing.posting_id)).where(col(Listing.source) == source, col(Listing.key).in_(some))
        over = (col(Posting.id).in_(theirs), ~col(Posting.id).in_(left), col(Posting.state) == "open")
        result = await tx.execute(update(Posting).where(*over).values(state="closed", closed_at=tx.now))
        closed += int(result.rowcount)
    return closed


async def close_due(tx: Transaction) -> int:
    """Close what is past its last day."""
    over = (col(Posting.state) == "open", col(Posting.closes_at) <= tx.now)
    result = await tx.execute(update(Posting).where(*over).values(state="closed", closed_at=tx.now))
    return int(result.rowcount)


async def sub_sources(tx: Transaction, source: str) -> list[str]:
    """The names of a source's parts (files of a folder) that still tell something."""
    where = (col(Listing.source).startswith(f"{source}/", autoescape=True), col(Listing.gone_at).is_(None))
    return sorted(row[0] for row in await tx.all(select(col(Listing.source)).where(*where).distinct()))


async def cursor(tx: Transaction, source: str) -> str | None:
    found: str | None = await tx.scalar(select(Source.cursor).where(col(Source.name) == source))
    return found


async def polled(
    tx: Transaction, source: str, outcome: str, counts: Mapping[str, int], faults: Sequence[str], cursor: str | None
) -> int:
    """Write down how a poll went ("good", "partial" or "failed"). Returns the failures in a row."""
    row = await tx.get(Source, name=source)
    failures = 0 if outcome == "good" else (row.failures if row else 0) + 1
    good_at = tx.now if outcome == "good" else (row.good_at if row else None)
    kept = cursor if cursor is not None else (row.cursor if row else None)
    await tx.put(Source, ["name"], name=source, cursor=kept, failures=failures, polled_at=tx.now, good_at=good_at)
    if outcome != "good" or any(counts.get(name) for name in ("new", "changed", "gone")):
        await tx.add(Poll, source=source, at=tx.now, outcome=outcome, counts=dict(counts), faults=list(faults)[:50])
    await tx.execute(delete(Poll).where(col(Poll.source) == source, col(Poll.at) < tx.now - timedelta(days=30)))
    return failures
