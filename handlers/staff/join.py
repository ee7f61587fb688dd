"""Coming in as staff: by a one-time invitation, or by the address that the settings name as the owner's."""

import secrets

from storage import audit, invitations, staff
from storage.transaction import Transaction

from ..chat.turn import Turn
from . import desk

OWNER = "owner"


async def invite_owner(tx: Transaction) -> str:
    """A fresh one-time token for the owner. It is shown once and only its hash is kept."""
    token = secrets.token_urlsafe(24)
    await invitations.invite(tx, token, OWNER)
    return token


async def join(turn: Turn, token: str) -> None:
    """/join TOKEN (or /owner TOKEN): an invitation is brought."""
    invitation = await invitations.accept(turn.tx, token, turn.resident.id) if token else None
    if invitation is None:
        return turn.say(turn.t.t("This link was used already, or it is over. Ask for a new one."))
    theirs = [invitation.facility_id] if invitation.facility_id is not None else []
    await staff.appoint(turn.tx, turn.resident.id, invitation.role, theirs)
    await audit.write(turn.tx, turn.resident.id, "join", "staff", turn.resident.id, invitation.facility_id)
    await desk.desk(turn)
