"""The one gate to what staff may do: every press and every step of a staff flow passes it, whatever the button said.

Buttons are forgeable and live long: the right is looked up each time, for the facility that the id belongs to.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from storage import applications, facilities, staff
from storage.staff_tables import Concern, Staff, WalkIn, Writing
from storage.tables import Posting
from storage.transaction import Transaction

from ..chat.flow import Answer, Flow, Step
from ..chat.turn import Turn
from .rights import Right, may

Of = Literal["", "facility", "posting", "writing", "concern", "person", "staff", "application"]
NOWHERE = -1  # an id that leads to nothing: nobody acts for it
OnPress = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Act:
    """What a staff press does: its handler, how many ids it takes, the right it needs, and what the first id names."""

    handler: OnPress
    count: int
    right: Right
    of: Of = ""


def guarded(acts: Mapping[str, Act]) -> dict[str, tuple[OnPress, int]]:
    """The acts as presses of the conversation, each behind the gate."""
    return {verb: (_behind(act), act.count) for verb, act in acts.items()}


def _behind(act: Act) -> OnPress:
    async def pressed(turn: Turn, *ids: int) -> None:
        if await let_in(turn, act.right, act.of, ids[0] if act.of else None):
            await act.handler(turn, *ids)

    return pressed


def flow(name: str, right: Right, of: Of, *steps: Step) -> Flow:
    """A flow whose every question and answer passes the gate. The id that `of` names stands in its answers under that name."""

    def behind(step: Step) -> Step:
        async def ask(turn: Turn) -> None:
            if await let_in(turn, right, of, turn.dialog.answers.get(of) if of else None):
                await step.ask(turn)

        async def answer(turn: Turn, what: Answer) -> None:
            if await let_in(turn, right, of, turn.dialog.answers.get(of) if of else None):
                await step.answer(turn, what)

        return Step(step.name, ask, answer, step.any_words, step.files)

    return Flow(name, *map(behind, steps))


async def works_here(turn: Turn) -> bool:
    """Whether this person is of the staff now, or named by the settings as their owner."""
    if turn.deployment.owner == f"{turn.chat.platform}:{turn.chat.address}":
        return True
    return await staff.role(turn.tx, turn.resident.id) is not None


async def let_in(turn: Turn, right: Right, of: Of = "", id_: int | None = None) -> bool:
    """Whether this person may: then `turn.who` is set. Else they were told, their open question ended, and it was counted.

    What does not exist is answered as what is not theirs: ids are not to be tried out.
    """
    who = await staff.who(turn.tx, turn.resident.id)
    if who is None and turn.deployment.owner == f"{turn.chat.platform}:{turn.chat.address}":
        await staff.appoint(turn.tx, turn.resident.id, "owner")
        who = await staff.who(turn.tx, turn.resident.id)
    there, facility_id = await _belongs(turn.tx, of, id_)
    # What belongs to no facility is nobody's who acts for some only: "anywhere" means where nothing is meant.
    theirs = not of or facility_id is not None or (who is not None and who.facilities is None)
    if who is not None and there and theirs and may(who, right, facility_id):
        if right == "write" and facility_id is not None and not await facilities.is_open(turn.tx, facility_id):
            turn.end()
            turn.refused = True
            turn.say(turn.t.t("This facility is closed."), [[turn.press(turn.t.t("Today's work"), "dk")]])
            return False
        turn.who = replace(who, hidden=await staff.acts(turn.tx, who.resident_id))
        return True
    await refuse(turn, works_here=who is not None)
    return False


async def _belongs(tx: Transaction, of: Of, id_: int | None) -> tuple[bool, int | None]:
    """Whether there is such a thing, and the facility it belongs to."""
    if not of:
        return True, None
    if not isinstance(id_, int):
        return False, None
    match of:
        case "facility":
            facility = await facilities.get(tx, id_)
            return facility is not None, id_
        case "posting":
            posting = await tx.get(Posting, id=id_)
            return posting is not None, posting.facility_id if posting else None
        case "writing":
            writing = await tx.get(Writing, id=id_)
            return writing is not None, writing.facility_id if writing else None
        case "concern":
            concern = await tx.get(Concern, id=id_)
            about = await tx.get(Posting, id=concern.posting_id) if concern else None
            return about is not None, about.facility_id if about else None
        case "application":
            application = await applications.get(tx, id_)
            wanted = await tx.get(Posting, id=application.posting_id) if application else None
            return wanted is not None, wanted.facility_id if wanted else None
        case "person":
            person = await tx.get(WalkIn, resident_id=id_)
            # Of no facility: theirs alone who act for all, though managers may use the counter where no person is meant.
            theirs = person.facility_id if person is not None else None
            return person is not None, NOWHERE if theirs is None else theirs
    return await tx.get(Staff, resident_id=id_) is not None, None


async def refuse(turn: Turn, *, works_here: bool = True) -> None:
    """Say that this is not theirs to do, or no longer. Handlers use it where the right hangs on more than a facility."""
    t = turn.t
    turn.end()
    turn.refused = True
    if works_here:
        turn.say(t.t("This is not yours to do. Ask an officer."), [[turn.press(t.t("Today's work"), "dk")]])
    elif await staff.was(turn.tx, turn.resident.id):
        turn.say(t.t("You no longer act as staff. Nothing was done. If that is a mistake, ask an officer."))
    else:
        turn.say(t.t("This is for staff."), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])
