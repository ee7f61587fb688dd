"""Coming in as staff: by a one-time invitation, or by the address that the settings name as the owner's."""

import secrets

from storage import staff
from storage.transaction import Transaction

from ..chat.turn import Turn
from . import desk

OWNER = "owner"


async def invite_owner(tx: Transaction) -> str:
    """A fresh one-time token for the owner. It is shown once and only its hash is kept."""
    token = secrets.token_urlsafe(24)
    await staff.invite(tx, token, OWNER)
    return token


async def join(turn: Turn, token: str) -> None:
    """/owner TOKEN: an invitation is brought."""
    if token and await staff.accept(turn.tx, token, turn.resident.id) is not None:
        return await desk.today(turn)
    turn.say(turn.t.t("This link was used already, or it is over. Ask for a new one."))
