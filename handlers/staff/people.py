"""Who is of the staff: the list, one person, and their dismissal."""

from storage import audit, facilities, staff
from storage.staff import Who

from ..chat.flow import Option
from ..chat.messages import Button
from ..chat.turn import Turn
from ..text import SEOUL
from . import gate, names
from .facilities import page as list_of_facilities
from .facilities import turned
from .gate import Act
from .rights import ROLES, may, may_over

PAGE = 6  # people at once: each has a row of buttons


async def first(turn: Turn) -> None:
    """The desk's 시설·담당자: for officers who is there, for others the facilities that they may see."""
    await (page(turn, 0) if may(turn.who, "people") else list_of_facilities(turn, 0))


async def page(turn: Turn, number: int) -> None:
    """A page of people, each with the button that lets in again who lost their way."""
    turn.end()
    t = turn.t
    everybody = await staff.everybody(turn.tx)
    number = min(number, (len(everybody) - 1) // PAGE)
    shown = everybody[number * PAGE : number * PAGE + PAGE]
    lines = [t.n("{n} person", "{n} people", len(everybody))]
    lines += [f"{i}. {await told(turn, one)}" for i, one in enumerate(shown, 1)]  # as the buttons are: it may be typed
    some = [turn.press(_label(turn, one), "yp", one.resident_id) for one in shown]
    links = [
        turn.press(t.t("New link: {name}", name=_label(turn, one)), "yr", one.resident_id)
        for one in shown
        if may_over(turn.who, one)
    ]
    rows: list[list[Option | Button]] = [list(row[i : i + 2]) for row in (some, links) for i in range(0, len(row), 2)]
    rows.append([*turned(turn, lambda label, at: turn.press(label, "ys", at), number, len(everybody), PAGE)])
    rows.append([turn.press(t.t("Invite"), "yi", main=True), turn.press(t.t("Facilities"), "yk", 0)])
    rows.append([turn.press(t.t("Today's work"), "dk")])
    again = turn.press("", "ys", number)
    names.show(turn, again, "\n".join(lines), rows, title=t.t("Facilities and staff"))


def _label(turn: Turn, one: Who) -> str:
    role = turn.t.t(ROLES[one.role])
    return one.name if one.name and not names.hidden(turn) else role


async def told(turn: Turn, one: Who) -> str:
    """A person in one line: name, role, and for which facilities."""
    t = turn.t
    where = [facility.name for facility in await facilities.some(turn.tx, one.facilities)] if one.facilities else []
    me = t.t("that is you") if one.resident_id == turn.resident.id else ""
    name = names.named(turn, one.name) if one.name else t.t("no name given")
    return " · ".join(part for part in (name, t.t(ROLES[one.role]), ", ".join(where), me) if part)


async def person(turn: Turn, resident_id: int) -> None:
    """One of the staff: since when, for which facilities, and what can be done."""
    turn.end()
    t, one = turn.t, await staff.who(turn.tx, resident_id)
    row = await staff.row(turn.tx, resident_id)
    if one is None or row is None:
        return _gone(turn)
    lines = [
        await told(turn, one),
        t.t("Since {date}", date=t.date_short(row.since.astimezone(SEOUL).date(), year=True)),
    ]
    rows: list[list[Option | Button]] = []
    if may_over(turn.who, one):
        lines.append(t.t("Lost their way in? Make a new link: it leads to the same role."))
        rows.append([turn.press(t.t("New link"), "yr", resident_id), turn.press(t.t("Dismiss"), "yx", resident_id)])
    elif resident_id == turn.resident.id:
        rows.append([turn.press(t.t("Use a second device"), "ye")])
    rows.append([turn.press(t.t("Facilities and staff"), "yl")])
    names.show(turn, turn.press("", "yp", resident_id), "\n".join(lines), rows)


async def ask_dismiss(turn: Turn, resident_id: int) -> None:
    one = await _theirs(turn, resident_id)
    if one is None:
        return
    t = turn.t
    lines = [await told(turn, one)]
    lines.append(t.t("Dismiss this person? At once no button of theirs does anything. What they posted stays."))
    rows = [[turn.press(t.t("Yes, dismiss"), "yz", resident_id), turn.press(t.t("No"), "yp", resident_id)]]
    names.show(turn, turn.press("", "yx", resident_id), "\n".join(lines), rows)


async def dismiss(turn: Turn, resident_id: int) -> None:
    """At once: open questions, old buttons and unused invitations included. Also by the tap on "a stranger used my link"."""
    one = await _theirs(turn, resident_id)
    if one is None:
        return
    await staff.dismiss(turn.tx, resident_id)
    await audit.write(turn.tx, turn.resident.id, "dismiss", "staff", resident_id)
    t = turn.t
    text = t.t("Dismissed. From now on this person can do nothing here.")
    turn.say(text, [[turn.press(t.t("Facilities and staff"), "yl")]], lead=t.t("Staff"))


async def _theirs(turn: Turn, resident_id: int) -> Who | None:
    """Whom the person who asks may dismiss; else they were answered."""
    turn.end()
    one = await staff.who(turn.tx, resident_id)
    if one is None:
        _gone(turn)
    elif may_over(turn.who, one):
        return one
    else:
        await gate.refuse(turn)
    return None


def _gone(turn: Turn) -> None:
    t = turn.t
    turn.say(t.t("This person is no longer staff."), [[turn.press(t.t("Facilities and staff"), "yl")]])


ACTS = {
    "yl": Act(first, 0, "desk"),
    "ys": Act(page, 1, "people"),
    "yp": Act(person, 1, "people", "staff"),
    "yx": Act(ask_dismiss, 1, "people", "staff"),
    "yz": Act(dismiss, 1, "people", "staff"),
}
