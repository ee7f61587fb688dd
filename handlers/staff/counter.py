"""The counter: people without a phone whom staff entered, what is new for each, told or printed, and the end of it.

Whoever changes an entry leaves a line in the log, with ids only.
"""

from collections.abc import Sequence
from datetime import datetime

from storage import areas, audit, codes, facilities, neighbourhoods, walk_ins, wishes
from storage.staff_tables import WalkIn
from storage.tables import Resident

from .. import asking, cards, typed_code
from ..chat.cut import cut
from ..chat.flow import Option
from ..chat.messages import Button
from ..chat.presses import Press
from ..chat.turn import Turn
from ..places import named as place_named
from ..places import places_of
from ..resident.code import links, until
from ..text import SEOUL
from .counter_sheet import sheet
from .gate import Act
from .offers import there

PAGE = 8  # people, or jobs of one person, at a time
HIDDEN = "●●●"
SHOW = Press("yh")  # the person says that it is them


async def menu(turn: Turn) -> None:
    """What can be done at the counter."""
    t, who = turn.t, turn.who
    assert who is not None
    turn.end()
    entered, _ = await walk_ins.some(turn.tx, who, 0, 1)
    waiting, _ = await walk_ins.with_news(turn.tx, who, 0, 1)
    lines = [
        t.t("For people who have no phone. They sign on paper, and you tell them of new jobs."),
        "",
        t.n("{n} person is entered.", "{n} people are entered.", entered),
        *(
            [t.n("For {n} of them there are new jobs.", "For {n} of them there are new jobs.", waiting)]
            if waiting
            else []
        ),
    ]
    rows = [
        [turn.press(t.t("Enter a person"), "qn", main=True)],
        [turn.press(t.t("New jobs by person"), "ql", 0), turn.press(t.t("Everybody entered"), "qw", 0)],
        [turn.press(t.t("Today's work"), "dk")],
    ]
    turn.say("\n".join(lines), rows, lead=t.t("Staff"), title=t.t("At the counter"))


async def everybody(turn: Turn, offset: int) -> None:
    """Who was entered, the newest first."""
    t, who = turn.t, turn.who
    assert who is not None
    total, found = await walk_ins.some(turn.tx, who, offset, PAGE)
    lines = [f"{i}. {await line(turn, one)}" for i, one in enumerate(found, 1)]
    numbers = [turn.press(str(i), "qp", one.resident_id) for i, one in enumerate(found, 1)]
    leaves = [
        *([turn.press(t.t("Back"), "qw", max(0, offset - PAGE))] if offset else []),
        *([turn.press(t.t("More"), "qw", offset + PAGE)] if offset + PAGE < total else []),
    ]
    again = Press("qw", (offset,))
    _list(turn, again, lines or [t.t("Nobody is entered yet.")], [numbers, leaves], t.t("Everybody entered"))


async def with_news(turn: Turn, offset: int) -> None:
    """For whom there is something new, and how much; who waits longest is first."""
    t, who = turn.t, turn.who
    assert who is not None
    total, found = await walk_ins.with_news(turn.tx, who, offset, PAGE)
    lines = [
        f"{i}. {await line(turn, one)} · {t.n('{n} new job', '{n} new jobs', n)}" for i, (one, n) in enumerate(found, 1)
    ]
    numbers = [turn.press(str(i), "qp", one.resident_id) for i, (one, _) in enumerate(found, 1)]
    leaves = [
        *([turn.press(t.t("Back"), "ql", max(0, offset - PAGE))] if offset else []),
        *([turn.press(t.t("More"), "ql", offset + PAGE)] if offset + PAGE < total else []),
    ]
    again = Press("ql", (offset,))
    _list(
        turn, again, lines or [t.t("There is nothing new for anybody.")], [numbers, leaves], t.t("New jobs by person")
    )


def _list(turn: Turn, again: Press, lines: Sequence[str], buttons: Sequence[list[Button]], title: str) -> None:
    rows: list[list[Option | Button]] = [[*row] for row in buttons]
    _name(turn, again, "\n".join(lines), [*rows, [*back(turn)]], title)


def _name(turn: Turn, again: Press, text: str, rows: list[list[Option | Button]], title: str) -> None:
    """Say what names people; where names are hidden, with the way to show the same with them (`again`)."""
    more: list[list[Option | Button]] = []
    if hidden(turn) and there(SHOW):
        turn.dialog.answers = {"hidden": again.pack()}
        more = [[Button(turn.t.t("Show names"), SHOW.pack(), main=True)]]
    turn.say(text, [*more, *rows], lead=turn.t.t("Staff"), title=title, names=not hidden(turn))


async def person(turn: Turn, resident_id: int) -> None:
    """One person: what is kept of them, what is new, and what can be done."""
    t = turn.t
    turn.end()
    one, resident = await walk_ins.get(turn.tx, resident_id), await turn.tx.get(Resident, id=resident_id)
    assert one is not None
    assert resident is not None
    facility = await facilities.get(turn.tx, one.facility_id) if one.facility_id is not None else None
    wish = (await wishes.of(turn.tx, resident_id))[:1]
    lines = [
        t.t("Phone: {phone}", phone=t.isolate(_shown(turn, one.phone)) if one.phone else t.t("none")),
        t.t("Language: {language}", language=turn.catalogs.native_name(resident.language)),
        t.t("Neighbourhood: {place}", place=await _place(turn, resident_id)),
        *(t.t("Wish: {wish}", wish=asking.short(t, each, each.words)) for each in wish),
        *([t.t("Facility: {name}", name=t.isolate(facility.name))] if facility else []),
        t.t("Signed on paper on {date}", date=_day(turn, one.since)),
        "",
    ]
    new = await walk_ins.news(turn.tx, resident_id, PAGE)
    places = await places_of(turn.tx, t, [posting for _, posting in new])
    lines.append(t.n("{n} new job:", "{n} new jobs:", len(new)) if new else t.t("There is nothing new."))
    lines += [cards.line(t, job, places[job.id], turn.tx.now, i) for i, (_, job) in enumerate(new, 1)]
    rows = [[turn.press(str(i), "sh", job.id) for i, (_, job) in enumerate(new, 1)]]
    if new:
        rows.append([turn.press(t.t("I told them"), "qt", resident_id, new[-1][0], main=True)])
    rows += [
        [turn.press(t.t("Print a sheet"), "qs", resident_id), turn.press(t.t("Change"), "qe", resident_id)],
        [turn.press(t.t("They have a phone now"), "qc", resident_id), turn.press(t.t("End it"), "qd", resident_id)],
        back(turn),
    ]
    title = t.isolate(cut(_shown(turn, one.name), 60))
    _name(turn, Press("qp", (resident_id,)), "\n".join(lines), [[*row] for row in rows], title)


async def told(turn: Turn, resident_id: int, newest: int) -> None:
    """They were told of all that the page showed; what came since stays new."""
    t = turn.t
    n = await walk_ins.told(turn.tx, resident_id, newest)
    if n:
        await _write(turn, "told", resident_id)
        turn.say(t.n("Noted: {n} job was told.", "Noted: {n} jobs were told.", n))
    await with_news(turn, 0)


async def printed(turn: Turn, resident_id: int) -> None:
    """The open jobs that fit them as a sheet in large letters, in their language."""
    t, one = turn.t, await walk_ins.get(turn.tx, resident_id)
    assert one is not None
    await sheet(turn, one)
    new = await walk_ins.news(turn.tx, resident_id, PAGE)
    rows = [[turn.press(t.t("I told them"), "qt", resident_id, new[-1][0], main=True)]] if new else []
    rows.append([turn.press(t.t("Back"), "qp", resident_id)])
    more = [t.t("Then press “I told them”.")] if new else []
    turn.say("\n".join([t.t("Print the sheet and hand it over."), *more]), rows)


async def code(turn: Turn, resident_id: int) -> None:
    """A one-time code which, written in their own chat, brings everything there once they agree."""
    t, fresh = turn.t, typed_code.fresh()
    await codes.make(turn.tx, fresh, "counter", resident_id, turn.chat.id)
    await _write(turn, "code", resident_id)
    addresses = links(turn, fresh, elsewhere=False)
    lines = [
        until(turn),
        t.t("They are asked in their own language. When they agree, alerts come there, and this entry is erased."),
        *([t.t("Or send them a link:"), *(address for _, address in addresses)] if addresses else []),
    ]
    rows = [[turn.press(t.t("Back"), "qp", resident_id)]]
    lead = t.t("Write this code on their phone, in a chat with us:")
    turn.say("\n".join(lines), rows, lead=lead, title=typed_code.shown(fresh))


async def ask_end(turn: Turn, resident_id: int) -> None:
    t = turn.t
    rows = [[turn.press(t.t("Yes, erase"), "qx", resident_id), turn.press(t.t("No, keep"), "qp", resident_id)]]
    text = t.t("They take back what they agreed to? Then everything about them is erased at once.")
    turn.say(text, rows)


async def end(turn: Turn, resident_id: int) -> None:
    """At once, with all that hangs on it. The paper is theirs to be given back."""
    t = turn.t
    await _write(turn, "end", resident_id)
    await walk_ins.end(turn.tx, resident_id)
    turn.say(t.t("Everything about this person is erased here. Please give back or shred the paper, too."))
    await menu(turn)


async def _write(turn: Turn, act: str, resident_id: int) -> None:
    one = await walk_ins.get(turn.tx, resident_id)
    assert turn.who is not None
    await audit.write(turn.tx, turn.who.resident_id, act, "person", resident_id, one.facility_id if one else None)


def back(turn: Turn) -> list[Button]:
    return [turn.press(turn.t.t("At the counter"), "qm")]


async def line(turn: Turn, one: WalkIn) -> str:
    """A person on one line of a list."""
    resident = await turn.tx.get(Resident, id=one.resident_id)
    language = turn.catalogs.native_name(resident.language) if resident else ""
    where = await _place(turn, one.resident_id)
    return " · ".join([turn.t.isolate(cut(_shown(turn, one.name), 40)), where, language])


async def _place(turn: Turn, resident_id: int) -> str:
    there = await neighbourhoods.of(turn.tx, resident_id)
    area = await areas.get(turn.tx, there[0].area) if there else None
    return place_named(turn.t, area).both(turn.t) if area else turn.t.t("none")


def hidden(turn: Turn) -> bool:
    """Whether names are not shown: nobody has been here for long, or they would pass through servers abroad."""
    return turn.who is None or turn.who.hidden or turn.capabilities.abroad


def _shown(turn: Turn, personal: str) -> str:
    """A name or number of a person, where it may be seen."""
    return HIDDEN if hidden(turn) else personal


def _day(turn: Turn, at: datetime) -> str:
    return turn.t.date_short(at.astimezone(SEOUL).date(), year=True)


ACTS = {
    "qm": Act(menu, 0, "counter"),
    "qw": Act(everybody, 1, "counter"),
    "ql": Act(with_news, 1, "counter"),
    "qp": Act(person, 1, "counter", "person"),
    "qt": Act(told, 2, "counter", "person"),
    "qs": Act(printed, 1, "counter", "person"),
    "qc": Act(code, 1, "counter", "person"),
    "qd": Act(ask_end, 1, "counter", "person"),
    "qx": Act(end, 1, "counter", "person"),
}
