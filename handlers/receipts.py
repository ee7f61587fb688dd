"""What a chat is told of moves and copies that happened elsewhere: owed messages of the interactive lane, never missed."""

from collections.abc import Mapping
from typing import Any

from storage import copies, deliveries, facilities, staff
from storage.deliveries import Owed
from storage.staff_tables import Invitation
from storage.transaction import Transaction

from .chat.messages import Button
from .chat.turn import Turn
from .staff.rights import ROLES
from .text import SEOUL

INTERACTIVE = 0


async def owe(tx: Transaction, chat_id: int, what: str, about: int, **body: Any) -> None:
    """Queue a receipt, once for each `what` and row it is `about`."""
    once = f"receipt:{chat_id}:{what}:{about}"
    await deliveries.queue(tx, [Owed(once, chat_id, "receipt", INTERACTIVE, body={"what": what, **body})])


async def say(turn: Turn, body: Mapping[str, Any]) -> None:
    t, what = turn.t, body.get("what")
    if what == "moved":
        lines = [
            t.t("Your alerts come to another chat now, where your code was written."),
            t.t("Was it not you? Press the button within 24 hours, and all comes back here."),
        ]
        if not body.get("both"):
            lines.insert(1, t.t("Nothing more comes here."))
        turn.say("\n".join(lines), [[turn.press(t.t("It was not me, undo"), "mu", body["move"])]])
    elif what == "undone":
        lines = [t.t("The alerts went back to the chat that they came from. What was here before is here again.")]
        turn.say("\n".join(lines), [[turn.press(t.t("Help"), "he")]])
    elif what == "device":
        lines = [
            t.t("Another chat acts as staff in your name now, where your code was written."),
            t.t("Was it not you? Press the button within 24 hours, and all comes back here."),
        ]
        turn.say("\n".join(lines), [[turn.press(t.t("It was not me, undo"), "mu", body["move"])]], lead=t.t("Staff"))
    elif what == "joined":
        await _joined(turn, body["person"], body["invitation"])
    elif what == "agreed":
        turn.say(t.t("The person you help agreed and gets alerts now."))
    elif what == "copies" and await copies.get(turn.tx, body["copy"]):
        turn.say(t.t("You get a copy of each alert for the person you help."), [[stop(turn, body["copy"])]])
    elif what == "stopped":
        text = t.t("There are no more copies of alerts. One of you stopped them.")
        turn.say(text, [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])


async def _joined(turn: Turn, person: int, invitation_id: int) -> None:
    """Who made an invitation learns that it was used, when, and dismisses with one tap whoever should not have had it."""
    t, role = turn.t, await staff.role(turn.tx, person)
    invitation = await turn.tx.get(Invitation, id=invitation_id)
    if role is None or invitation is None or invitation.used_at is None:
        return
    if await staff.role(turn.tx, turn.resident.id) is None:  # who was dismissed meanwhile hears of nobody
        return
    local = invitation.used_at.astimezone(SEOUL)
    time, told = f"{t.date(local.date())} {local:%H:%M}", t.t(ROLES[invitation.role])
    facility = await facilities.get(turn.tx, invitation.facility_id) if invitation.facility_id is not None else None
    told = " · ".join([told, facility.name] if facility else [told])
    if invitation.whose is not None:
        text = t.t("Your new link was used: {time}. The person is in again.", time=time)
    else:
        text = t.t("Your invitation was used: {time}.", time=time)
    rows = [[turn.press(t.t("Who is it?"), "yp", person), turn.press(t.t("A stranger: dismiss"), "yz", person)]]
    turn.say(text, rows, lead=t.t("Staff"), title=told)


def stop(turn: Turn, copy_id: int) -> Button:
    """One tap, on either side."""
    return turn.press(turn.t.t("Stop copies"), "cs", copy_id)
