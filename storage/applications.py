"""Applications: filing one, taking it a step further, and who sees them. What happened is only ever added to."""

from datetime import timedelta
from typing import Any

from sqlalchemy import case
from sqlmodel import col, delete, func, select, update

from . import staff
from .application_tables import Application, Milestone, Profile
from .tables import Posting
from .transaction import Transaction

KEPT_DAYS = 30  # after the posting closed, then the papers of those who were not taken are deleted
TAKEN = ("hired", "started")  # whose papers are needed still
UNDECIDED = ("sent", "seen", "invited", "interview")  # who waits for a yes or a no


async def file(tx: Transaction, posting_id: int, resident_id: int, track: str, stage: str, form: Any) -> Application:
    """Send an application; who withdrew or was declined and applies anew has the same number, with what they say now."""
    values = {"stage": stage, "form": form, "changed_at": tx.now}
    row = tx.upsert(Application).values(
        posting_id=posting_id, resident_id=resident_id, track=track, made_at=tx.now, **values
    )
    filed = row.on_conflict_do_update(index_elements=["posting_id", "resident_id"], set_=values)
    key = await tx.scalar(filed.returning(col(Application.id)))
    await tx.add(Milestone, application_id=key, word=stage, said_by="resident", by=resident_id, at=tx.now)
    found = await tx.get(Application, id=key)
    assert found is not None
    return found


async def step(tx: Transaction, here: Application, word: str, said_by: str, by: int | None) -> int | None:
    """Take an application from the stage it was seen in to another; the milestone's id, or None where it was moved meanwhile."""
    where = (col(Application.id) == here.id, col(Application.stage) == here.stage)
    moved = update(Application).where(*where).values(stage=word, changed_at=tx.now).returning(col(Application.id))
    if await tx.scalar(moved) is None:
        return None
    made: int = await tx.add(Milestone, application_id=here.id, word=word, said_by=said_by, by=by, at=tx.now)
    return made


async def note(tx: Transaction, application_id: int, word: str, said_by: str, by: int | None) -> int:
    """A fact that leaves the stage as it is, such as a question; the milestone's id."""
    made: int = await tx.add(Milestone, application_id=application_id, word=word, said_by=said_by, by=by, at=tx.now)
    return made


async def get(tx: Transaction, application_id: int) -> Application | None:
    return await tx.get(Application, id=application_id)


async def about(tx: Transaction, posting_id: int, resident_id: int) -> Application | None:
    """A person's application for one posting."""
    return await tx.get(Application, posting_id=posting_id, resident_id=resident_id)


async def of(tx: Transaction, resident_id: int) -> list[Application]:
    """A person's applications, the newest first."""
    return await tx.find(Application, Application.resident_id == resident_id, order=col(Application.id).desc())


async def for_posting(tx: Transaction, posting_id: int) -> list[Application]:
    """Who applied for a posting and did not withdraw, in order."""
    where = (Application.posting_id == posting_id, Application.stage != "withdrawn")
    return await tx.find(Application, *where, order=Application.id)


async def milestones(tx: Transaction, application_id: int) -> list[Milestone]:
    return await tx.find(Milestone, Milestone.application_id == application_id, order=Milestone.id)


async def inbox(tx: Transaction, facilities: frozenset[int] | None) -> list[tuple[Posting, int, int]]:
    """Postings of these facilities (None: of all) with applications: how many, and how many nobody has read."""
    unread = func.sum(case((col(Application.stage) == "sent", 1), else_=0))
    counted = (
        select(col(Application.posting_id), func.count(), unread)
        .join(Posting, col(Posting.id) == col(Application.posting_id))
        .where(col(Application.stage) != "withdrawn")
        .group_by(col(Application.posting_id))
        .order_by(col(Application.posting_id).desc())
    )
    if facilities is not None:
        counted = counted.where(col(Posting.facility_id).in_(facilities))
    found = []
    for posting_id, all_, new in await tx.all(counted):
        posting = await tx.get(Posting, id=posting_id)
        if posting is not None:
            found.append((posting, int(all_), int(new)))
    return found


async def filled(tx: Transaction, posting_id: int) -> None:
    """All places are taken: the posting closes."""
    open_ = (col(Posting.id) == posting_id, col(Posting.state) == "open")
    await tx.execute(update(Posting).where(*open_).values(state="closed", closed_at=tx.now))


async def answered(tx: Transaction, facility_id: int | None) -> bool:
    """Whether somebody acts for this facility who can read applications."""
    if facility_id is None:
        return False
    return bool(await staff.managers(tx, facility_id))


async def profile(tx: Transaction, resident_id: int) -> dict[str, Any]:
    """What a person keeps for the next application; empty where they keep nothing."""
    kept = await tx.get(Profile, resident_id=resident_id)
    return dict(kept.form) if kept else {}


async def keep(tx: Transaction, resident_id: int, form: Any) -> None:
    await tx.put(Profile, ["resident_id"], resident_id=resident_id, form=form, since=tx.now)


async def forget(tx: Transaction, resident_id: int) -> None:
    """What was kept for the next application goes; what was sent stays with whom it was sent to."""
    await tx.execute(delete(Profile).where(col(Profile.resident_id) == resident_id))


async def sweep(tx: Transaction) -> int:
    """Delete the papers of postings that closed `KEPT_DAYS` ago, but for those who were taken. How many there were."""
    closed = select(col(Posting.id)).where(
        col(Posting.state) != "open", col(Posting.closed_at) < tx.now - timedelta(days=KEPT_DAYS)
    )
    over = (col(Application.posting_id).in_(closed), col(Application.stage).not_in(TAKEN))
    swept = await tx.execute(delete(Application).where(*over))
    return int(swept.rowcount)


async def move(tx: Transaction, other: int, resident: int) -> None:
    """A person's applications and what they keep come along to who they are from now on; what both have stays."""
    mine = select(col(Application.posting_id)).where(col(Application.resident_id) == resident)
    theirs = (col(Application.resident_id) == other, col(Application.posting_id).not_in(mine))
    await tx.execute(update(Application).where(*theirs).values(resident_id=resident))
    if await tx.get(Profile, resident_id=resident) is None:
        await tx.execute(update(Profile).where(col(Profile.resident_id) == other).values(resident_id=resident))
