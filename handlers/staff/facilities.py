"""Facilities: the list, one of them, a new one by a few questions, changing each answer, and closing."""

import re
from collections.abc import Callable
from typing import Any

from locales import N_
from storage import areas, audit, facilities, staff
from storage.staff_tables import Facility

from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option, Step
from ..chat.messages import Button
from ..chat.turn import Turn
from ..places import named
from ..text.places import parse_address
from . import gate, names
from .gate import Act
from .rights import ROLES, may

PAGE = 8
KINDS = {
    "library": N_("Library"),
    "small_library": N_("Small library"),
    "welfare": N_("Welfare centre"),
    "children": N_("Children's centre"),
    "senior": N_("Senior centre"),
    "school": N_("School"),
    "office": N_("Public office"),
    "community": N_("Community centre"),
    "other": N_("Something else"),
}
ASKED = {  # each question by the column that its answer fills; in this order for a new facility
    "name": N_("What is the facility called? Write it in Korean, as on its door."),
    "kind": N_("What is it?"),
    "address": N_("What is its address?"),
    "area": N_("Which neighbourhood is that? Write the name of the dong."),
    "phone": N_("Which telephone may residents call?"),
    "apply": N_("How do residents apply there? For example: call, then come by with a CV."),
    "checked": N_("Shall an officer look at each posting before residents see it?"),
}
LABELS = {
    "name": N_("Name"),
    "kind": N_("Kind"),
    "address": N_("Address"),
    "area": N_("Neighbourhood"),
    "phone": N_("Telephone"),
    "apply": N_("How to apply"),
    "checked": N_("Looked at first"),
}
ORDER = tuple(ASKED)
LONGEST = {"name": 60, "address": 120, "apply": 300}  # characters
OPTIONAL = ("address", "area", "phone", "apply")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,18}[0-9]")


# What is there ------------------------------------------------------------------------------------------------------


async def page(turn: Turn, number: int) -> None:
    """A page of the facilities that are open, of a manager those that they act for."""
    turn.end()
    t, every = turn.t, await facilities.some(turn.tx, turn.who.facilities if turn.who else ())
    if len(every) == 1 and not may(turn.who, "people"):
        return await show(turn, every[0].id)
    number = max(0, min(number, (len(every) - 1) // PAGE))
    shown = every[number * PAGE : number * PAGE + PAGE]
    lines = [t.n("{n} facility", "{n} facilities", len(every))]
    lines += [f"{i}. {_line(turn, one)}" for i, one in enumerate(shown, 1)]
    rows: list[list[Option | Button]] = [[turn.press(one.name, "yf", one.id)] for one in shown]
    rows.append([*turned(turn, lambda label, at: turn.press(label, "yk", at), number, len(every), PAGE)])
    if may(turn.who, "people"):
        rows.append([turn.press(t.t("New facility"), "yn", main=True), turn.press(t.t("Facilities and staff"), "yl")])
    rows.append([turn.press(t.t("Today's work"), "dk")])
    turn.say("\n".join(lines), rows, lead=t.t("Staff"), title=t.t("Facilities"))


def turned(turn: Turn, press: Callable[[str, int], Button], number: int, found: int, at_once: int) -> list[Button]:
    """The buttons to the page before and the one after; `press` makes one from its label and its page."""
    before = [press(turn.t.t("Before"), number - 1)] if number > 0 else []
    return before + ([press(turn.t.t("After"), number + 1)] if (number + 1) * at_once < found else [])


def _line(turn: Turn, one: Facility) -> str:
    return " · ".join(part for part in (one.name, turn.t.t(KINDS.get(one.kind, KINDS["other"])), one.phone) if part)


async def show(turn: Turn, facility_id: int) -> None:
    """One facility: what residents read of it, who acts for it, and what can be changed."""
    turn.end()
    t, one = turn.t, await facilities.get(turn.tx, facility_id)
    assert one is not None
    lines = [f"{t.t(label)}: {await _told(turn, one, name)}" for name, label in LABELS.items() if name != "name"]
    here = [who for who in await staff.everybody(turn.tx) if who.facilities and facility_id in who.facilities]
    acting = [names.named(turn, who.name) if who.name else t.t(ROLES[who.role]) for who in here]
    lines.append(t.t("Who acts for it: {names}", names=", ".join(acting) or t.t("nobody")))
    rows: list[list[Option | Button]] = []
    if one.state == "closed":
        lines.insert(0, t.t("This facility is closed."))
    elif may(turn.who, "people", facility_id):
        changes = [turn.press(t.t(LABELS[name]), "yw", facility_id, i) for i, name in enumerate(ORDER)]
        lines.append(t.t("What shall be changed?"))
        rows = [list(changes[i : i + 3]) for i in range(0, len(changes), 3)]
        rows.append([turn.press(t.t("Invite its manager"), "yj", facility_id, main=True)])
        rows.append([turn.press(t.t("Close this facility"), "yc", facility_id), turn.press(t.t("Facilities"), "yk", 0)])
    rows.append([turn.press(t.t("Today's work"), "dk")])
    names.show(turn, turn.press("", "yf", facility_id), "\n".join(lines), rows, title=one.name)


async def _told(turn: Turn, one: Facility, name: str) -> str:
    t = turn.t
    match name:
        case "kind":
            return t.t(KINDS.get(one.kind, KINDS["other"]))
        case "area":
            area = await areas.get(turn.tx, one.area) if one.area else None
            return named(t, area).both(t) if area else t.t("not given")
        case "checked":
            return t.t("yes") if one.checked else t.t("no")
    return str(getattr(one, name)) or t.t("not given")


# A new one, and each answer anew --------------------------------------------------------------------------------------


async def new(turn: Turn) -> None:
    await turn.begin("facility")


async def change(turn: Turn, facility_id: int, which: int) -> None:
    """Ask one of the questions again."""
    turn.end()
    one = await facilities.get(turn.tx, facility_id)
    if one is None or one.state != "open" or which >= len(ORDER):
        return await page(turn, 0)
    await turn.begin("facility_again", ORDER[which], facility=facility_id)


async def _ask(turn: Turn, name: str) -> None:
    t, rows = turn.t, list[list[Option | Button]]()
    match name:
        case "kind":
            options = [Option(kind, t.t(word)) for kind, word in KINDS.items()]
            rows = [list(options[i : i + 3]) for i in range(0, len(options), 3)]
        case "checked":
            rows = [[Option("no", t.t("No, at once")), Option("yes", t.t("Yes, look first"))]]
        case "area":
            found = [(code, await areas.get(turn.tx, code)) for code in turn.dialog.answers.get("found", [])]
            rows = [[Option(str(code), areas.full_name(area, t.code))] for code, area in found if area]
    if name in OPTIONAL:
        rows.append([Option("skip", t.t("Skip"))])
    turn.ask(t.t(ASKED[name]), [*rows, [Option("cancel", t.t("Cancel"))]], lead=t.t("Staff"))


async def _answer(turn: Turn, name: str, answer: Answer) -> None:
    t = turn.t
    text = " ".join(answer.text.split()) if isinstance(answer, Said) else ""
    match name, answer:
        case _, Chosen("cancel"):
            return await _left(turn)
        case _, Chosen("skip") if name in OPTIONAL:
            await _known(turn, name, None if name == "area" else "")
        case "kind", Chosen(kind) if kind in KINDS:
            await _known(turn, name, kind)
        case "checked", Chosen("yes" | "no" as said):
            await _known(turn, name, said == "yes")
        case "area", Chosen(code) if code.isdigit() and await areas.get(turn.tx, int(code)):
            await _known(turn, name, int(code))
        case "area", Said():
            await _search(turn, text)
        case "phone", Said() if PHONE.fullmatch(text):
            await _known(turn, name, text)
        case "phone", Said():
            turn.say(t.t("That is no telephone number. For example: 062-960-0000"))
            await turn.again()
        case (("name" | "address" | "apply"), Said()) if text:
            if len(text) > LONGEST[name]:
                turn.say(t.t("Please write it shorter: at most {n} letters.", n=LONGEST[name]))
                return await turn.again()
            await _known(turn, name, text)
        case _:
            await turn.again()


async def _search(turn: Turn, text: str) -> None:
    """The dong that was meant; where several have the name, which one is asked."""
    hits = turn.deployment.names.search(text[:100], home=turn.deployment.home, limit=6)
    found = [hit.code for hit in hits if hit.level == "emd"]
    if hits and hits[0].unique_at_home and hits[0].level == "emd":
        found = found[:1]
    if len(found) == 1:
        return await _known(turn, "area", found[0])
    if not found:
        turn.say(turn.t.t("I do not know this place. Write the name of the dong, for example 월곡동."))
    turn.dialog.answers["found"] = found
    await turn.again()


async def _known(turn: Turn, name: str, value: Any) -> None:
    """One answer: kept for the new facility, or written to the one that is there."""
    facility_id = turn.dialog.answers.get("facility")
    values = {name: value}
    if name == "address":
        values["area"] = await _area(turn, value)
    if facility_id is None:
        turn.dialog.answers |= {"values": {**turn.dialog.answers.get("values", {}), **values}}
        left = [one for one in ORDER[ORDER.index(name) + 1 :] if not (one == "area" and values.get("area"))]
        return await (turn.go(left[0]) if left else _made(turn))
    if name == "name" and (same := await facilities.named(turn.tx, value)) and same.id != facility_id:
        turn.say(turn.t.t("There is a facility of this name already."))
        return await turn.again()
    if name == "address" and value and values["area"] is None:
        values.pop("area")  # the one that was chosen by hand stays
    await facilities.change(turn.tx, facility_id, **values)
    await audit.write(turn.tx, turn.resident.id, "facility-change", "facility", facility_id, facility_id)
    await show(turn, facility_id)


async def _area(turn: Turn, address: str) -> int | None:
    """The dong that an address names for certain."""
    words = parse_address(address)
    if words is None:
        return None
    place = await areas.resolve_address(
        turn.tx, turn.deployment.names, words.sido, words.sigungu, words.dong, turn.deployment.home
    )
    return place.area if place is not None and place.level == "emd" else None


async def _made(turn: Turn) -> None:
    values = dict(turn.dialog.answers["values"])
    if (known := await facilities.named(turn.tx, values["name"])) is not None:
        turn.say(turn.t.t("There is a facility of this name already."))
        return await show(turn, known.id)
    made = await facilities.make(turn.tx, **values)
    await audit.write(turn.tx, turn.resident.id, "facility-new", "facility", made, made)
    await show(turn, made)


async def _left(turn: Turn) -> None:
    facility_id = turn.dialog.answers.get("facility")
    await (page(turn, 0) if facility_id is None else show(turn, facility_id))


# Closing ------------------------------------------------------------------------------------------------------------


async def ask_close(turn: Turn, facility_id: int) -> None:
    turn.end()
    t, one = turn.t, await facilities.get(turn.tx, facility_id)
    assert one is not None
    text = t.t(
        "Close {name}? Nobody can post for it any more. Its postings stay until they end.", name=t.isolate(one.name)
    )
    rows = [[turn.press(t.t("Yes, close"), "yd", facility_id), turn.press(t.t("No"), "yf", facility_id)]]
    turn.say(text, rows, lead=t.t("Staff"))


async def close(turn: Turn, facility_id: int) -> None:
    """It is no longer offered; what it posted runs until it ends."""
    turn.end()
    one = await facilities.get(turn.tx, facility_id)
    if one is not None and one.state == "open":
        await facilities.close(turn.tx, facility_id)
        await audit.write(turn.tx, turn.resident.id, "facility-close", "facility", facility_id, facility_id)
    t = turn.t
    turn.say(t.t("This facility is closed."), [[turn.press(t.t("Facilities"), "yk", 0)]], lead=t.t("Staff"))


def _step(name: str) -> Step:
    async def ask(turn: Turn) -> None:
        await _ask(turn, name)

    async def answer(turn: Turn, what: Answer) -> None:
        await _answer(turn, name, what)

    return Step(name, ask, answer, any_words=name in LONGEST)


ACTS = {
    "yk": Act(page, 1, "desk"),
    "yf": Act(show, 1, "see", "facility"),
    "yn": Act(new, 0, "people"),
    "yw": Act(change, 2, "people", "facility"),
    "yc": Act(ask_close, 1, "people", "facility"),
    "yd": Act(close, 1, "people", "facility"),
}
FLOWS = (
    gate.flow("facility", "people", "", *map(_step, ORDER)),
    gate.flow("facility_again", "people", "facility", *map(_step, ORDER)),
)
