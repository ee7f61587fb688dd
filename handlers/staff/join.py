"""Coming in as staff: by a one-time invitation, or by the address that the settings name as the owner's."""

import secrets
from datetime import datetime

from storage import audit, facilities, invitations, returning, staff
from storage.staff_tables import Invitation
from storage.tables import Chat, Resident
from storage.transaction import Transaction

from .. import receipts
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option, Step
from ..chat.turn import Turn
from ..text import SEOUL
from . import desk, gate
from .rights import ROLES, grows

OWNER = "owner"
LONGEST = 40  # characters of a name


def fresh() -> str:
    """A token nobody guesses: 32 characters of [A-Za-z0-9_-], which is what a start link may carry."""
    return secrets.token_urlsafe(24)


async def invite_owner(tx: Transaction) -> str:
    """A fresh one-time token for the owner. It is shown once and only its hash is kept."""
    token = fresh()
    await invitations.invite(tx, token, OWNER)
    return token


async def join(turn: Turn, token: str) -> None:
    """/join TOKEN (or /owner TOKEN): an invitation is brought. It stays unused where it would give nothing."""
    turn.end()
    tx, mine = turn.tx, turn.resident.id
    invitation = await invitations.find(tx, token)
    who = await staff.who(tx, mine)
    if invitation is not None and who is not None and invitation.used_by == mine:
        return await desk.desk(turn)  # the same link once more
    fault = await _fault(turn, invitation, who)
    if invitation is None or fault is not None:
        turn.refused = True
        desk_ = [turn.press(turn.t.t("Today's work"), "dk")]
        return turn.say(fault or "", [desk_] if who is not None else [])
    owner = invitation.whose if invitation.whose is not None else mine
    if await invitations.accept(tx, token, owner) is None:
        return turn.say(_used(turn, invitation))
    await (_back(turn, owner) if invitation.whose is not None else _in(turn, invitation))
    await _tell(tx, invitation, owner)


async def _fault(turn: Turn, invitation: Invitation | None, who: staff.Who | None) -> str | None:
    """Why an invitation leads nowhere, or not here."""
    t, tx = turn.t, turn.tx
    if invitation is None:
        return t.t("There is no such invitation. Was all of the link copied? If so, ask for a new one.")
    if invitation.used_at is not None:
        return _used(turn, invitation)
    if invitation.expires_at <= tx.now:
        return t.t("This link is over. Ask for a new one.")
    if invitation.whose is not None:
        theirs = await staff.who(tx, invitation.whose)
        if theirs is None:
            return t.t("This link is over. Ask for a new one.")
        if invitation.whose == turn.resident.id:
            return t.t("You are in already. Open this link on the other device.")
        if who is not None or await staff.was(tx, turn.resident.id):
            return t.t("This link is for somebody else. It was not used.")
    elif not grows(who, invitation.role, invitation.facility_id):
        assert who is not None
        role = t.t(ROLES[who.role])
        lines = [t.t("You are here already: {role}. The link gives no more than that, and was not used.", role=role)]
        lines.append(t.t("If you are to do something else, ask an officer to end the role that you have first."))
        return "\n".join(lines)
    elif invitation.facility_id is not None:
        facility = await facilities.get(tx, invitation.facility_id)
        if facility is None or facility.state != "open":
            return t.t("The facility of this link is closed.")
    return None


def _used(turn: Turn, invitation: Invitation) -> str:
    t, at = turn.t, invitation.used_at or turn.tx.now
    lines = [t.t("This link was used already ({time}). Ask for a new one.", time=_at(turn, at))]
    lines.append(t.t("If that was not you, tell the person who sent it to you."))
    return "\n".join(lines)


def _at(turn: Turn, moment: datetime) -> str:
    local = moment.astimezone(SEOUL)
    return f"{turn.t.date(local.date())} {local:%H:%M}"


async def _in(turn: Turn, invitation: Invitation) -> None:
    """Somebody new, or with more rights than before."""
    t, tx, mine = turn.t, turn.tx, turn.resident.id
    theirs = [invitation.facility_id] if invitation.facility_id is not None else []
    await staff.appoint(tx, mine, invitation.role, theirs)
    await audit.write(tx, mine, "join", "staff", mine, invitation.facility_id)
    facility = await facilities.get(tx, theirs[0]) if theirs else None
    where = facility.name if facility else turn.deployment.name(t)
    text = t.t(
        "Welcome. From now on you act here for {facility}: {role}.", facility=where, role=t.t(ROLES[invitation.role])
    )
    turn.say(text, lead=t.t("Staff"))
    row = await staff.row(tx, mine)
    await (turn.begin("name") if row is not None and row.name is None else desk.desk(turn))


async def _back(turn: Turn, whose: int) -> None:
    """A person of the staff who lost their way in has it again, in this chat and in no other."""
    tx, chat_id = turn.tx, turn.chat.id
    await returning.come_back(tx, whose, turn.chat)
    await audit.write(tx, whose, "back", "staff", whose)
    resident, chat = await tx.get(Resident, id=whose), await tx.get(Chat, id=chat_id)
    assert resident is not None
    assert chat is not None
    turn.resident, turn.chat = resident, chat
    lines = [turn.t.t("You are in again, with all that you had.")]
    lines.append(turn.t.t("Other devices that you used are no longer signed in."))
    turn.say("\n".join(lines), lead=turn.t.t("Staff"))
    await desk.desk(turn)


async def _tell(tx: Transaction, invitation: Invitation, resident_id: int) -> None:
    """Who made the link hears that it was used: a forwarded one is seen at once, and its user dismissed with one tap."""
    chat_id = await staff.chat_of(tx, invitation.made_by) if invitation.made_by is not None else None
    if chat_id is not None:
        about = {"person": resident_id, "invitation": invitation.id}
        await receipts.owe(tx, chat_id, "joined", invitation.id, **about)


async def ask_name(turn: Turn) -> None:
    t = turn.t
    text = t.t("What is your name? Other staff see it, residents do not.")
    turn.ask(text, [[Option("skip", t.t("Skip"))]])


async def answer_name(turn: Turn, answer: Answer) -> None:
    name = " ".join(answer.text.split()) if isinstance(answer, Said) else ""
    if answer != Chosen("skip"):
        if not 0 < len(name) <= LONGEST:
            turn.say(turn.t.t("Please write a name of at most {n} letters.", n=LONGEST))
            return await turn.again()
        await staff.called(turn.tx, turn.resident.id, name)
    await desk.desk(turn)


FLOWS = (gate.flow("name", "desk", "", Step("name", ask_name, answer_name, any_words=True)),)
