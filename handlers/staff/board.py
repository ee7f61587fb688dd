"""The weekly sheet for a notice board, by one button: whose board it is, in which languages, and the file to print."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from locales import Translator
from storage import browse, facilities
from storage.criteria import DISTRICT
from storage.tables import Posting

from .. import cards
from ..chat.messages import Button
from ..chat.turn import Turn
from ..credits import lines as credits
from ..papers import Head, Job
from ..papers import board as paper
from ..places import places_of
from ..ways import Way, link
from .gate import Act

MOST = 8  # jobs on a sheet
PAGE = 8  # facilities to choose from at once
KOREAN = "ko"


async def board(turn: Turn) -> None:
    """The button: whose board? Who acts for one facility is not asked."""
    theirs = turn.who.facilities if turn.who else None
    if theirs is not None and len(theirs) == 1:
        return await languages(turn, next(iter(theirs)))
    await choose(turn, 0)


async def choose(turn: Turn, offset: int) -> None:
    """The facilities that this person acts for, and the whole municipality."""
    t = turn.t
    found = await facilities.some(turn.tx, turn.who.facilities if turn.who else ())
    if not found:
        return await whole(turn)
    rows = [[turn.press(t.isolate(one.name), "jf", one.id)] for one in found[offset : offset + PAGE]]
    if offset + PAGE < len(found):
        rows.append([turn.press(t.t("More facilities"), "jp", offset + PAGE)])
    rows.append([turn.press(t.t("All of {place}", place=turn.deployment.name(t)), "jw")])
    turn.say(t.t("Whose notice board is it?"), rows, title=t.t("Sheet for a notice board"))


async def languages(turn: Turn, facility_id: int) -> None:
    """Which second language stands beside the Korean."""
    _ask(turn, lambda label, number: turn.press(label, "jl", facility_id, number))


async def whole(turn: Turn) -> None:
    _ask(turn, lambda label, number: turn.press(label, "jm", number))


def _ask(turn: Turn, press: Callable[[str, int], Button]) -> None:
    t, catalogs = turn.t, turn.catalogs
    others = [code for code in catalogs.released if code != KOREAN]
    buttons = [press(catalogs.native_name(code), catalogs.number(code)) for code in others]
    rows = [[press(t.t("Only Korean"), catalogs.number(KOREAN))]]
    rows += [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    turn.say(t.t("The sheet is in Korean. Which second language?"), rows, title=t.t("Sheet for a notice board"))


async def of_facility(turn: Turn, facility_id: int, language: int) -> None:
    """The sheet of a facility: its own openings first, then what is nearest to it."""
    facility = await facilities.get(turn.tx, facility_id)
    assert facility is not None, "the gate looked"
    found = await facilities.openings(turn.tx, facility_id, MOST)
    if facility.area is None:
        _, near = await browse.open_all(turn.tx, turn.deployment.home, 0, 2 * MOST)
    else:
        page = await browse.open_near(turn.tx, [(facility.area, DISTRICT)], 0, 2 * MOST)
        near = [posting for posting, _ in page.rows]
    await _give(turn, facility.name, [*found, *near], language)


async def of_all(turn: Turn, language: int) -> None:
    """The sheet of the whole municipality: what closes soonest."""
    _, found = await browse.open_all(turn.tx, turn.deployment.home, 0, 2 * MOST)
    await _give(turn, "", found, language)


async def _give(turn: Turn, place: str, found: Sequence[Posting], language: int) -> None:
    """The file, or that there is nothing to put on it. Invented jobs hang nowhere, unless there are no others: then marked."""
    t, today = turn.t, turn.tx.now.astimezone(cards.SEOUL).date()
    chosen = {posting.id: posting for posting in sorted(found, key=lambda posting: posting.example)}
    some = [posting for posting in chosen.values() if not posting.example][:MOST] or [*chosen.values()][:MOST]
    title, back = t.t("Sheet for a notice board"), [[turn.press(t.t("Today's work"), "dk")]]
    if not some:
        return turn.say(t.t("No job near there is open this week, so there is no sheet to print."), back, title=title)
    codes = [KOREAN, *(code for code in turn.catalogs.released if turn.catalogs.number(code) == language)]
    speakers = [turn.catalogs.translator(code) for code in dict.fromkeys(codes)]
    home = turn.deployment.name
    heads = [Head(one, place or home(one), home(one), _week(one, today), turn.deployment.phone) for one in speakers]
    file = paper(f"{title} {place or home(t)} {today}", heads, await _jobs(turn, some, speakers), turn.tx.now)
    text = t.n("{n} job is on it. Print it on A4 paper.", "{n} jobs are on it. Print it on A4 paper.", len(some))
    turn.say(text, back, title=title, file=file)


async def _jobs(turn: Turn, some: Sequence[Posting], speakers: Sequence[Translator]) -> list[Job]:
    places = [await places_of(turn.tx, t, some) for t in speakers]
    jobs = []
    for posting in some:
        told_by = await browse.told_by(turn.tx, posting.id)
        parts = []
        for t, known in zip(speakers, places, strict=True):
            lines = _lines(t, posting, known[posting.id], turn.tx.now)
            credit = credits(t, turn.deployment.credits, told_by) if t.code == KOREAN else []
            parts.append((cards.headline(t, posting), [*lines, *credit]))
        jobs.append(Job(_address(turn, posting), parts))
    return jobs


def _lines(t: Translator, posting: Posting, place: cards.Place, now: datetime) -> list[str]:
    """What one reads on the way past. Who it is and whom to call stands in the Korean part alone."""
    korean = t.code == KOREAN
    phone = posting.facts.get("phone", "") if korean else ""
    lines = [
        " · ".join(filter(None, [posting.organisation if korean else "", place.name])),
        cards.hours(t, posting, week=False),
        cards.pay(t, posting),
        cards.closing(t, posting, now, left=False),
        f"{t.t('Call')}: {phone}" if phone else "",
        t.t("This is an example, not a real job.") if posting.example else "",
    ]
    return list(filter(None, lines))


def _address(turn: Turn, posting: Posting) -> str:
    """Where the code of a job leads: its page, or the first messenger; nowhere where there is neither."""
    if turn.deployment.web:
        return f"{turn.deployment.web}/p/{posting.id}"
    return next((link(at, Way(posting=posting.id)) for _, at in turn.deployment.messengers), "")


def _week(t: Translator, today: date) -> str:
    monday = today - timedelta(days=today.weekday())
    return f"{t.date(monday)} – {t.date(monday + timedelta(days=6))}"


ACTS = {
    "jb": Act(board, 0, "desk"),
    "jp": Act(choose, 1, "desk"),
    "jf": Act(languages, 1, "see", "facility"),
    "jl": Act(of_facility, 2, "see", "facility"),
    "jw": Act(whole, 0, "desk"),
    "jm": Act(of_all, 1, "desk"),
}
