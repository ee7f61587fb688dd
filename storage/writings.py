"""Postings as the staff write them: drafts, what waits for an officer, and the words that a posting was last shown with."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, delete, insert, or_, select, update

from .staff_tables import Writing
from .tables import Listing, Mark, Posting
from .transaction import Transaction

DESK = "desk"  # the source under which they are listed
KEPT = timedelta(days=30)  # a draft that nobody publishes


async def begin(
    tx: Transaction,
    facility_id: int,
    by: int,
    cells: Mapping[str, str],
    posting_id: int | None = None,
    seen: int | None = None,
) -> int:
    """A new draft; of a posting that is shown already it is a correction, which began from its revision `seen`."""
    values = {"facility_id": facility_id, "written_by": by, "cells": dict(cells), "posting_id": posting_id}
    made: int = await tx.add(Writing, **values, seen=seen, created_at=tx.now, changed_at=tx.now)
    return made


async def begin_many(tx: Transaction, by: int, rows: Sequence[tuple[int, Mapping[str, str]]]) -> int:
    """Drafts that belong together, each with its facility; returns the id of the first. `together` finds them."""
    same = {"written_by": by, "state": "open", "created_at": tx.now, "changed_at": tx.now}
    values = [{**same, "facility_id": facility_id, "cells": dict(cells)} for facility_id, cells in rows]
    made = await tx.execute(insert(Writing).returning(col(Writing.id), sort_by_parameter_order=True), values)
    first: int = min(made.scalars())
    return first


async def together(tx: Transaction, first: Writing) -> dict[int, int]:
    """The open drafts that were begun with this one and say what they said then, each with its facility."""
    same = (
        col(Writing.written_by) == first.written_by,
        col(Writing.created_at) == first.created_at,
        col(Writing.state) == "open",
        col(Writing.revision) == 1,
        col(Writing.posting_id).is_(None),
    )
    rows: Any = await tx.all(select(col(Writing.id), col(Writing.facility_id)).where(*same))
    return dict(rows)


async def get(tx: Transaction, writing_id: int) -> Writing | None:
    return await tx.get(Writing, id=writing_id)


async def write(tx: Transaction, writing: Writing, cells: Mapping[str, str], seen: int | None = None) -> None:
    """Other words for a draft; one that waited for an officer is a draft again."""
    values: dict[str, Any] = {"cells": dict(cells), "revision": Writing.revision + 1, "changed_at": tx.now}
    values |= {"state": "open"} | ({"seen": seen} if seen is not None else {})
    where = (col(Writing.id) == writing.id, col(Writing.state).in_(("open", "waiting")))
    await tx.execute(update(Writing).where(*where).values(**values))


async def settle(
    tx: Transaction, writings: Collection[int], was: str, state: str, by: int | None = None, answer: str = ""
) -> int:
    """Move drafts from one state to the next. How many were: of two who decide at once the second moves none."""
    where = (col(Writing.id).in_(writings), col(Writing.state) == was)
    values: dict[str, Any] = {"state": state, "changed_at": tx.now, "answer": answer}
    values |= {} if by is None else {"decided_by": by}
    result = await tx.execute(update(Writing).where(*where).values(**values))
    return int(result.rowcount)


async def shown_as(tx: Transaction, writing_id: int, posting_id: int) -> None:
    await tx.execute(update(Writing).where(col(Writing.id) == writing_id).values(posting_id=posting_id))


async def unshown(tx: Transaction, limit: int) -> list[Writing]:
    """What was published, but is not yet among the postings, the oldest first. Nobody else takes the same."""
    where = (col(Writing.state) == "published", col(Writing.posting_id).is_(None))
    taken = select(col(Writing.id)).where(*where).order_by(col(Writing.id)).limit(limit)
    ids = [row[0] for row in await tx.all(taken.with_for_update(skip_locked=True))]
    return await tx.find(Writing, col(Writing.id).in_(ids), order=Writing.id) if ids else []


async def key(tx: Transaction, writing: Writing) -> str:
    """The key of its posting within the desk's: the id of the first writing of that posting."""
    if writing.posting_id is None:
        return str(writing.id)
    first = await tx.scalar(select(func.min(Writing.id)).where(col(Writing.posting_id) == writing.posting_id))
    return str(first or writing.id)


async def posting_ids(tx: Transaction, keys: Collection[str]) -> dict[str, int]:
    """The posting that each key of the desk stands for by itself."""
    home = func.coalesce(Listing.home, Listing.posting_id)
    where = (col(Listing.source) == DESK, col(Listing.key).in_(keys))
    rows: Any = await tx.all(select(col(Listing.key), home).where(*where))
    return dict(rows)


async def belongs(tx: Transaction, posting_ids: Collection[int], facility_id: int) -> None:
    """Whose these postings are; also those as which they are shown, where they were merged."""
    shown = select(col(Posting.merged_into)).where(col(Posting.id).in_(posting_ids))
    where = (or_(col(Posting.id).in_(posting_ids), col(Posting.id).in_(shown)), col(Posting.facility_id).is_(None))
    await tx.execute(update(Posting).where(*where).values(facility_id=facility_id))


async def latest(tx: Transaction, posting_id: int) -> Writing | None:
    """The words that a posting is shown with."""
    return next(iter(await published(tx, posting_id)), None)


async def published(tx: Transaction, posting_id: int, before: int | None = None) -> list[Writing]:
    """What a posting was and is shown with, the newest first; `before`: only what led to that revision or earlier ones."""
    where: list[Any] = [Writing.posting_id == posting_id, Writing.state == "published"]
    if before is not None:
        where.append(or_(col(Writing.seen).is_(None), col(Writing.seen) < before))
    return await tx.find(Writing, *where, order=(col(Writing.changed_at).desc(), col(Writing.id).desc()))


async def last(tx: Transaction, facility_id: int) -> Writing | None:
    """The words of the posting that this facility published last."""
    where = (col(Writing.facility_id) == facility_id, col(Writing.state) == "published")
    newest = await tx.scalar(select(func.max(Writing.posting_id)).where(*where))
    return await latest(tx, newest) if newest is not None else None


async def shown(tx: Transaction, facility_id: int, offset: int, limit: int) -> tuple[int, list[Posting]]:
    """The postings that a facility wrote: how many there are, and a page of them, the open ones first, then the newest."""
    ids = select(col(Writing.posting_id)).where(
        col(Writing.facility_id) == facility_id, col(Writing.state) == "published"
    )
    where = col(Posting.id).in_(ids)
    total = await tx.scalar(select(func.count()).select_from(Posting).where(where))
    order = (col(Posting.state) != "open", col(Posting.id).desc())
    statement = select(col(Posting.id)).where(where).order_by(*order).offset(offset).limit(limit)
    page = [row[0] for row in await tx.all(statement)]
    found = {posting.id: posting for posting in await tx.find(Posting, col(Posting.id).in_(page))}
    return int(total or 0), [found[id_] for id_ in page]


async def drafts(tx: Transaction, facility_id: int) -> list[Writing]:
    """What is being written for a facility, and what waits for an officer."""
    return await tx.find(
        Writing,
        Writing.facility_id == facility_id,
        col(Writing.state).in_(("open", "waiting")),
        order=col(Writing.id).desc(),
        limit=10,
    )


async def waiting(tx: Transaction, facilities: Collection[int] | None = None) -> list[Writing]:
    """What waits for an officer, the oldest first: of these facilities, or of all."""
    within = [] if facilities is None else [col(Writing.facility_id).in_(facilities)]
    return await tx.find(Writing, Writing.state == "waiting", *within, order=Writing.id)


async def revision(tx: Transaction, posting_id: int) -> int:
    """A posting's revision, locked until the end, so that of two corrections the second sees the first."""
    where = col(Posting.id) == posting_id
    found = await tx.scalar(select(col(Posting.revision)).where(where).with_for_update())
    return int(found or 0)


async def close(tx: Transaction, posting_id: int) -> None:
    """Closed by who wrote it, whatever others still tell."""
    shown = select(func.coalesce(Posting.merged_into, Posting.id)).where(col(Posting.id) == posting_id)
    where = (col(Posting.id).in_(shown), col(Posting.state) == "open")
    await tx.execute(update(Posting).where(*where).values(state="closed", closed_at=tx.now))


async def saved_by(tx: Transaction, posting_id: int) -> int:
    """How many residents saved a posting or applied for it: they hear of its changes."""
    where = (col(Mark.posting_id) == posting_id, col(Mark.verb).in_(("saved", "applied")))
    return int(await tx.scalar(select(func.count(func.distinct(Mark.resident_id))).where(*where)) or 0)


async def forget(tx: Transaction) -> int:
    """Drafts that nobody touched for long go. How many did."""
    old = (col(Writing.state).in_(("open", "dropped")), col(Writing.changed_at) < tx.now - KEPT)
    return int((await tx.execute(delete(Writing).where(*old))).rowcount)


async def told_last(tx: Transaction, facility_id: int) -> Posting | None:
    """The newest posting of a facility, whoever told it."""
    found = await tx.find(Posting, Posting.facility_id == facility_id, order=col(Posting.id).desc(), limit=1)
    return found[0] if found else None
