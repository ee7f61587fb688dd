"""What staff did, line by line, with ids only. Each line's hash covers the one before, so that nothing can be changed,
taken out or put in unnoticed; the head says how many lines there are."""

import hashlib
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlmodel import col, select

from .staff_tables import Audit, AuditHead
from .transaction import Transaction

FIRST = ""  # what the first line stands after
HEAD = 1
TOGETHER = 1000  # lines read at once


async def write(
    tx: Transaction,
    by: int,
    act: str,
    subject: str = "",
    subject_id: int | None = None,
    facility_id: int | None = None,
) -> None:
    """Append a line, in the transaction of the act itself. The head is locked: of two writers the second waits."""
    locked = select(col(AuditHead.lines), col(AuditHead.hash)).where(col(AuditHead.id) == HEAD)
    if tx.postgres:
        await tx.execute(tx.upsert(AuditHead).values(id=HEAD, lines=0, hash=FIRST).on_conflict_do_nothing())
        locked = locked.with_for_update()
    head = await tx.first(locked)
    lines, before = tuple(head) if head is not None else (0, FIRST)
    line = Audit(at=tx.now, by=by, act=act, subject=subject, subject_id=subject_id, facility_id=facility_id, hash="")
    hash_ = _hash(before, line)
    values = {"subject": subject, "subject_id": subject_id, "facility_id": facility_id}
    await tx.add(Audit, at=tx.now, by=by, act=act, **values, hash=hash_)
    await tx.put(AuditHead, ["id"], id=HEAD, lines=lines + 1, hash=hash_)


def _hash(before: str, line: Audit) -> str:
    said = (line.at.astimezone(UTC).isoformat(timespec="microseconds"), line.by, line.act)
    about = (line.subject, line.subject_id, line.facility_id)
    return hashlib.sha256("\x1f".join([before, *map(str, said), *map(str, about)]).encode()).hexdigest()


async def verify(tx: Transaction) -> tuple[int, int | None]:
    """How many lines follow one another as they were written, and the id of the first that does not (None: all do).

    An id of 0 says that lines are missing at the end.
    """
    before, good = FIRST, 0
    after: list[Any] = []  # the first page has no bound: a line that was put in may have any id
    while True:
        lines = await tx.find(Audit, *after, order=Audit.id, limit=TOGETHER)
        for line in lines:
            if line.hash != _hash(before, line):
                return good, line.id
            before, good = line.hash, good + 1
        if len(lines) < TOGETHER:
            break
        after = [col(Audit.id) > lines[-1].id]
    head = await tx.get(AuditHead, id=HEAD)
    whole = (head.lines, head.hash) == (good, before) if head is not None else good == 0
    return good, None if whole else 0


async def seal(tx: Transaction) -> str:
    """The hash of the last line, which stands for all lines."""
    head = await tx.get(AuditHead, id=HEAD)
    return head.hash if head is not None else FIRST


async def lines(tx: Transaction, facility_id: int | None = None, limit: int = 50) -> Sequence[Audit]:
    """The newest lines, of one facility or of all."""
    where = [] if facility_id is None else [col(Audit.facility_id) == facility_id]
    return await tx.find(Audit, *where, order=col(Audit.id).desc(), limit=limit)
