"""Letting others in: a one-time link for somebody new, for who lost their way in, and a code for one's own second device."""

from locales import N_
from storage import audit, facilities, invitations, staff
from storage.staff import Who
from storage.staff_tables import Facility, Invitation

from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option, Step
from ..chat.messages import File
from ..chat.turn import Turn
from ..resident import move
from ..text import SEOUL
from ..ways import Way, link
from . import gate, join, names, people
from .gate import Act
from .rights import GIVES, ROLES, may_over

MOST = 8  # facilities shown at once
DOES = {
    "officer": N_("does everything for any facility, and invites others"),
    "approver": N_("looks at postings before residents see them"),
    "manager": N_("posts jobs for one facility"),
    "viewer": N_("sees everything, changes nothing"),
}


async def invite(turn: Turn) -> None:
    await turn.begin("invite")


async def to_facility(turn: Turn, facility_id: int) -> None:
    """Straight to a facility's own manager."""
    turn.end()
    await _give(turn, "manager", facility_id)


async def renew(turn: Turn, resident_id: int) -> None:
    """A new way in for somebody who has a role already. The link that they got before leads nowhere any more."""
    turn.end()
    t, one = turn.t, await staff.who(turn.tx, resident_id)
    if one is None:
        return turn.say(t.t("This person is no longer staff."), [[turn.press(t.t("Facilities and staff"), "yl")]])
    if not may_over(turn.who, one):
        return await gate.refuse(turn)
    await _give(turn, one.role, whose=one)


async def ask_role(turn: Turn) -> None:
    t = turn.t
    mine = GIVES.get(turn.who.role, ()) if turn.who else ()
    lines = [t.t("What shall the person do?")]
    lines += [f"{i}. {t.t(ROLES[role])}: {t.t(DOES[role])}" for i, role in enumerate(mine, 1)]
    rows = [[Option(role, t.t(ROLES[role]), main=role == "manager")] for role in mine]
    turn.ask("\n".join(lines), [*rows, [Option("cancel", t.t("Cancel"))]], lead=t.t("Staff"))


async def answer_role(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("cancel"):
            await people.first(turn)
        case Chosen("manager"):
            await turn.go("facility")
        case Chosen(role) if turn.who is not None and role in GIVES.get(turn.who.role, ()):
            turn.end()
            await _give(turn, role)
        case _:
            turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
            await turn.again()


async def ask_facility(turn: Turn) -> None:
    t, like = turn.t, turn.dialog.answers.get("like", "")
    found = _like(await facilities.some(turn.tx), like)
    if not found:
        turn.end()
        next_ = [turn.press(t.t("New facility"), "yn", main=True), turn.press(t.t("Facilities and staff"), "yl")]
        return turn.say(t.t("There is no facility yet. Make one first."), [next_])
    text = t.t("For which facility?")
    if len(found) > MOST:
        text += "\n" + t.t("Or write a part of its name.")
    rows = [[Option(str(one.id), one.name)] for one in found[:MOST]]
    turn.ask(text, [*rows, [Option("cancel", t.t("Cancel"))]], lead=t.t("Staff"))


def _like(some: list[Facility], text: str) -> list[Facility]:
    bare = "".join(text.split())
    return [one for one in some if bare in "".join(one.name.split())] or some


async def answer_facility(turn: Turn, answer: Answer) -> None:
    known = {str(one.id): one for one in await facilities.some(turn.tx)}
    match answer:
        case Chosen("cancel"):
            await people.first(turn)
        case Chosen(value) if value in known:
            turn.end()
            await _give(turn, "manager", int(value))
        case Said(text) if len(found := _like(list(known.values()), text)) == 1:
            turn.end()
            await _give(turn, "manager", found[0].id)
        case Said(text):
            await turn.go("facility", like=text[: join.LONGEST])
        case _:
            await turn.again()


async def _give(turn: Turn, role: str, facility_id: int | None = None, whose: Who | None = None) -> None:
    """Make the link and show it, once."""
    t, tx, mine = turn.t, turn.tx, turn.resident.id
    facility = await facilities.get(tx, facility_id) if facility_id is not None else None
    if facility is not None and facility.state != "open":
        return turn.say(t.t("This facility is closed."), [[turn.press(t.t("Facilities"), "yk", 0)]])
    token = join.fresh()
    back = whose.resident_id if whose else None
    made = await invitations.invite(
        tx, token, role, facility_id=facility_id, whose=back, made_by=mine, life=invitations.LONG
    )
    await audit.write(tx, mine, "renew" if whose else "invite", "staff", back, facility_id)
    until = t.date((tx.now + invitations.LONG).astimezone(SEOUL).date())
    what = " · ".join([t.t(ROLES[role]), *([facility.name] if facility else [])])
    what = await people.told(turn, whose) if whose else what
    lines = [t.t("Give this to one person only. It works once, until {date}.", date=until)]
    links = _links(turn, token)
    lines += links or [t.t("Write this to the bot:"), f"/join {token}"]
    if whose is not None:
        lines.append(t.t("Whoever opens it is that person here, and the devices of before are signed out."))
    lines.append(t.t("You hear when it is used. If it was not the right person, you dismiss them with one tap."))
    rows = [[turn.press(t.t("Take the link back"), "yo", made), turn.press(t.t("Facilities and staff"), "yl")]]
    file = File(t.t("Invitation"), "qr", {"url": links[0]}) if links else None
    turn.say(
        "\n".join(lines),
        rows,
        lead=t.t("Staff"),
        title=t.t("Invitation: {role}", role=what),
        file=file,
        names=bool(whose) and not names.hidden(turn),
    )


def _links(turn: Turn, token: str) -> list[str]:
    """To the page, behind a # that a browser tells no server; and to each messenger."""
    page = [f"{turn.deployment.web}/#join={token}"] if turn.deployment.web else []
    return page + [link(address, Way(token=token)) for _, address in turn.deployment.messengers]


async def take_back(turn: Turn, invitation_id: int) -> None:
    """An invitation that somebody of the staff made leads nowhere any more, unless it was used."""
    turn.end()
    t, tx = turn.t, turn.tx
    invitation = await tx.get(Invitation, id=invitation_id)
    if invitation is None or invitation.made_by is None:
        return await gate.refuse(turn)
    rows = [[turn.press(t.t("Facilities and staff"), "yl")]]
    if invitation.used_at is not None:
        return turn.say(t.t("The link was used already. Look at the list whether it was the right person."), rows)
    await invitations.end(tx, invitation_id)
    await audit.write(tx, turn.resident.id, "uninvite", "staff", invitation.whose, invitation.facility_id)
    turn.say(t.t("The link leads nowhere any more."), rows, lead=t.t("Staff"))


async def second(turn: Turn) -> None:
    """A one-time code by which another chat becomes this person's, too."""
    turn.end()
    await move.offer(turn)


ACTS = {
    "yi": Act(invite, 0, "people"),
    "yj": Act(to_facility, 1, "people", "facility"),
    "yr": Act(renew, 1, "people", "staff"),
    "yo": Act(take_back, 1, "people"),
    "ye": Act(second, 0, "desk"),
}
FLOWS = (
    gate.flow(
        "invite",
        "people",
        "",
        Step("role", ask_role, answer_role),
        Step("facility", ask_facility, answer_facility, any_words=True),
    ),
)
