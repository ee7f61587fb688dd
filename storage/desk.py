"""What waits for one of the staff today, as counts: one statement, within the facilities that they act for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, true
from sqlmodel import col, select

from .application_tables import Application
from .criteria import open_now
from .outbox_tables import Alert, Delivery
from .staff import Who
from .staff_tables import Concern, Invitation, WalkIn, Writing
from .tables import Mark, Posting, Resident
from .transaction import Transaction

LATELY = timedelta(days=1)  # how long an invitation that was used is told
A_WEEK = timedelta(days=7)  # how long a message is told that may or may not have arrived


@dataclass(frozen=True, slots=True)
class Today:
    """Counts of now. `unread`: applications; `waiting`, `drafts`: writings; `doubted`, `held`, `unasked`, `open`: postings.

    `tell`: people without a phone for whom there is something new; `uncertain`: messages of a week; `joined`: invitations
    that others used within a day.
    """

    unread: int
    waiting: int
    doubted: int
    held: int
    unasked: int
    drafts: int
    tell: int
    uncertain: int
    joined: int
    open: int
    active: int


async def today(tx: Transaction, who: Who, until: datetime) -> Today:
    """`until` is the last moment of an opening that closes soon."""
    mine = _within(who, Posting.facility_id)
    doubted = select(func.count(col(Concern.posting_id).distinct())).select_from(Concern)
    doubted = doubted.join(Posting, col(Posting.id) == col(Concern.posting_id))
    to_tell = select(func.count(col(Alert.resident_id).distinct())).select_from(Alert)
    to_tell = to_tell.join(WalkIn, col(WalkIn.resident_id) == col(Alert.resident_id))
    to_tell = to_tell.join(Posting, col(Posting.id) == col(Alert.posting_id))
    unread = select(func.count()).select_from(Application).join(Posting, col(Posting.id) == col(Application.posting_id))
    counts = {
        "unread": unread.where(col(Application.stage) == "sent", mine),
        "waiting": _count(Writing, Writing.state == "waiting", _within(who, Writing.facility_id)),
        "doubted": doubted.where(col(Concern.handled_at).is_(None), mine),
        "held": _count(Posting, col(Posting.held_at).is_not(None), Posting.state == "open", mine),
        "unasked": _count(Posting, *_unasked(tx, until), mine),
        "drafts": _count(Writing, *_drafts(who)),
        "tell": to_tell.where(Alert.state == "waiting", open_now(tx), _within(who, WalkIn.facility_id)),
        "uncertain": _count(Delivery, Delivery.state == "uncertain", col(Delivery.settled_at) > tx.now - A_WEEK),
        "joined": _count(Invitation, *_joined(tx, who)),
        "open": _count(Posting, open_now(tx), mine),
        "active": _count(Resident, Resident.state == "active"),
    }
    row = await tx.first(select(*(one.scalar_subquery().label(name) for name, one in counts.items())))
    assert row is not None
    return Today(**row._mapping)


async def unasked(tx: Transaction, who: Who, until: datetime, limit: int) -> list[Posting]:
    """Openings that close soon and for which nobody has applied, as far as people told us; a facility's own first."""
    where = (*_unasked(tx, until), _within(who, Posting.facility_id))
    order = (col(Posting.facility_id).is_(None), col(Posting.closes_at), col(Posting.id))
    return await tx.find(Posting, *where, order=order, limit=limit)


async def drafts(tx: Transaction, who: Who, limit: int) -> list[Writing]:
    """What was begun and not posted, the newest first."""
    return await tx.find(Writing, *_drafts(who), order=(col(Writing.changed_at).desc(), col(Writing.id)), limit=limit)


async def joined(tx: Transaction, who: Who, limit: int) -> Sequence[Invitation]:
    """Invitations that others used within a day, the newest first."""
    return await tx.find(Invitation, *_joined(tx, who), order=col(Invitation.used_at).desc(), limit=limit)


def _joined(tx: Transaction, who: Who) -> tuple[Any, ...]:
    return col(Invitation.used_at) > tx.now - LATELY, col(Invitation.used_by) != who.resident_id


def _drafts(who: Who) -> tuple[Any, ...]:
    """Those of a manager's facilities; of others only what they began themselves."""
    own = col(Writing.written_by) == who.resident_id if who.facilities is None else _within(who, Writing.facility_id)
    return Writing.state == "open", own


def _unasked(tx: Transaction, until: datetime) -> tuple[Any, ...]:
    applied = select(col(Mark.posting_id)).where(
        col(Mark.verb) == "applied"
    )  # read once: marks have no index by posting
    return open_now(tx), col(Posting.closes_at) <= until, col(Posting.id).not_in(applied)


def _count(model: Any, *where: Any) -> Any:
    return select(func.count()).select_from(model).where(and_(*where))


def _within(who: Who, facility_id: Any) -> ColumnElement[bool]:
    """What belongs to the facilities of this person; all where they act for all."""
    return true() if who.facilities is None else col(facility_id).in_(who.facilities)
