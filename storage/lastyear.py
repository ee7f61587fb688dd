"""What facilities posted in this week of last year, and nobody has posted again since."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from .outbox_tables import Memo
from .staff_tables import Audit, Facility
from .tables import Listing, Posting
from .transaction import Transaction, columns
from .writings import DESK

KIND = "lastyear"  # of the message
NOT_NOW = "not this year"  # the act in the log by which a reminder is declined
BETWEEN = timedelta(weeks=53), timedelta(weeks=51)  # so long ago
LOOKED = "last year looked at"  # the memo with the day on which it was looked


async def posted(tx: Transaction) -> Sequence[Posting]:
    """Desk postings of open facilities from a year ago, without one since that is named alike or is the same kind of work."""
    first, last = (tx.now - ago for ago in BETWEEN)
    since: Any = aliased(Posting)
    alike = or_(
        since.title == col(Posting.title),
        since.named == col(Posting.named),
        since.occupation == col(Posting.occupation),
    )
    later = and_(since.facility_id == col(Posting.facility_id), since.created_at > col(Posting.created_at))
    declined = (
        col(Audit.act) == NOT_NOW,
        col(Audit.subject) == "posting",
        col(Audit.subject_id) == col(Posting.id),
    )
    here = (func.coalesce(Listing.home, Listing.posting_id) == col(Posting.id), col(Listing.source) == DESK)
    statement = (
        select(*columns(Posting))
        .join(Facility, and_(col(Facility.id) == col(Posting.facility_id), col(Facility.state) == "open"))
        .where(
            col(Posting.created_at) >= first,
            col(Posting.created_at) <= last,
            select(col(Listing.id)).where(*here).correlate(Posting).exists(),
            ~select(since.id).where(later, alike).correlate(Posting).exists(),
            ~select(col(Audit.id)).where(*declined).correlate(Posting).exists(),
        )
        .order_by(col(Posting.id))
    )
    return [Posting(**row._mapping) for row in await tx.all(statement)]


async def first_look(tx: Transaction, day: str) -> bool:
    """Whether nobody looked on this day yet; now somebody did."""
    memo = await tx.get(Memo, name=LOOKED)
    if memo is not None and memo.value == day:
        return False
    await tx.put(Memo, ["name"], name=LOOKED, value=day)
    return True
