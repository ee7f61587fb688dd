"""One-time invitations by which staff come in, or back in. Only a hash of an invitation is kept."""

import hashlib
from datetime import timedelta

from sqlmodel import col, delete, or_, update

from .staff_tables import Invitation
from .transaction import Transaction

LIFE = timedelta(hours=24)  # the owner's, which is printed at the start
KEPT_FOR = timedelta(days=30)
LONG = timedelta(days=7)  # of one that is handed on to a facility


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def invite(
    tx: Transaction,
    token: str,
    role: str,
    *,
    facility_id: int | None = None,
    whose: int | None = None,
    made_by: int | None = None,
    life: timedelta = LIFE,
) -> int:
    """Let whoever brings `token` in time become staff, once; returns the invitation's id.

    Unused ones for the same end: of the owner, or (`whose`) of the person who lost their way in.
    """
    if made_by is None or whose is not None:
        same = col(Invitation.whose) == whose if whose is not None else col(Invitation.made_by).is_(None)
        open_ = (col(Invitation.used_at).is_(None), col(Invitation.expires_at) > tx.now)
        await tx.execute(update(Invitation).where(col(Invitation.role) == role, same, *open_).values(expires_at=tx.now))
    values = {"facility_id": facility_id, "whose": whose, "made_by": made_by, "expires_at": tx.now + life}
    made: int = await tx.add(Invitation, token_hash=_hash(token), role=role, **values)
    return made


async def find(tx: Transaction, token: str) -> Invitation | None:
    """The row of an invitation, also of one that was used or is over."""
    return await tx.get(Invitation, token_hash=_hash(token))


async def accept(tx: Transaction, token: str, resident_id: int) -> Invitation | None:
    """Use an invitation up; None where it is unknown, used or over. One winner when two come at once."""
    valid = (
        col(Invitation.token_hash) == _hash(token),
        col(Invitation.used_at).is_(None),
        col(Invitation.expires_at) > tx.now,
    )
    used = update(Invitation).where(*valid).values(used_at=tx.now, used_by=resident_id).returning(col(Invitation.id))
    won = await tx.scalar(used)
    return None if won is None else await tx.get(Invitation, id=won)


async def end(tx: Transaction, invitation_id: int) -> None:
    """An unused invitation leads nowhere from now on."""
    where = (
        col(Invitation.id) == invitation_id,
        col(Invitation.used_at).is_(None),
        col(Invitation.expires_at) > tx.now,
    )
    await tx.execute(update(Invitation).where(*where).values(expires_at=tx.now))


async def end_of(tx: Transaction, resident_id: int) -> None:
    """Unused invitations that this person made, or that are theirs to come back by, lead nowhere from now on."""
    theirs = or_(col(Invitation.made_by) == resident_id, col(Invitation.whose) == resident_id)
    open_ = (col(Invitation.used_at).is_(None), col(Invitation.expires_at) > tx.now)
    await tx.execute(update(Invitation).where(theirs, *open_).values(expires_at=tx.now))


async def forget(tx: Transaction) -> None:
    """Invitations that were over long ago: until then, who brings one is told what became of it."""
    await tx.execute(delete(Invitation).where(col(Invitation.expires_at) < tx.now - KEPT_FOR))
