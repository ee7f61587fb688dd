"""Asking somebody to an interview: up to five times are written, or those that are free are offered again, with the place."""

from datetime import datetime, timedelta

from storage import applications, audit, browse, facilities, slots

from .. import cards
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option, Step
from ..chat.turn import Turn
from ..resident.applications import owe
from ..resident.meeting import when
from ..text import parse_dates
from ..text.clock import TIME, moment
from ..tracks import TRACKS
from . import gate
from .gate import Act

MOST, LONGEST = 5, 100  # times offered, letters of a place
AHEAD = timedelta(days=60)


async def ask(turn: Turn, number: int) -> None:
    """Begin: for one application that may be asked."""
    one = await applications.get(turn.tx, number)
    if one is None or not TRACKS[one.track].may(one.stage, "invited", "facility"):
        return turn.say(turn.t.t("This can't be done now."), [[turn.press(turn.t.t("Applications"), "ib")]])
    await turn.begin("meet", application=number)


async def ask_times(turn: Turn) -> None:
    t, one = turn.t, await applications.get(turn.tx, turn.dialog.answers["application"])
    free = await slots.free(turn.tx, one.posting_id) if one else []
    text = t.t(
        "When can you meet? Write up to {n} times, one on each line, as: {example}",
        n=str(MOST),
        example="12월 8일 14:00",
    )
    rows = [[Option("stop", t.t("Leave it"))]]
    if free:
        text = "\n".join([t.t("These times are free:"), *(when(t, slot.starts) for slot in free[:MOST]), "", text])
        rows.insert(0, [Option("same", t.t("Offer these"))])
    turn.ask(text, rows, lead=t.t("Staff"))


async def answer_times(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("stop"):
            turn.end()
            return turn.say(turn.t.t("Nothing was sent."), [[turn.press(turn.t.t("Applications"), "ib")]])
        case Chosen("same"):
            return await _send(turn)
        case Said(text):
            times = read(text, turn.tx.now)
            if times:
                return await turn.go("place", times=[at.isoformat() for at in times])
            example = "12월 8일 14:00"
            turn.say(turn.t.t("I can't read a day and a time ahead in that. Write it as: {example}", example=example))
    await turn.again()


def read(text: str, now: datetime) -> list[datetime]:
    """The times of a text, a day and a time on each line; none where a line can't be read, lies in the past or far ahead."""
    today, found = now.astimezone(cards.SEOUL).date(), []
    for line in filter(None, (part.strip() for part in text.replace(",", "\n").split("\n"))):
        days = parse_dates(line, today)
        said = [moment(match, 1) for match in TIME.finditer(line)]
        minutes = [minute for minute in said if minute is not None]
        if len(days) != 1 or not minutes:
            return []
        at = datetime.combine(days[0], datetime.min.time(), cards.SEOUL) + timedelta(minutes=minutes[-1])
        if not now < at <= now + AHEAD:
            return []
        found.append(at)
    return sorted(set(found)) if len(set(found)) <= MOST else []


async def ask_place(turn: Turn) -> None:
    t, one = turn.t, await applications.get(turn.tx, turn.dialog.answers["application"])
    posting = await browse.posting(turn.tx, one.posting_id) if one else None
    facility = await facilities.get(turn.tx, posting.facility_id or 0) if posting else None
    here = " ".join(part for part in (facility.name, facility.address) if part) if facility else ""
    times = [when(t, datetime.fromisoformat(at)) for at in turn.dialog.answers["times"]]
    lines = [*times, "", t.t("Where do you meet? People see it in Korean, as you write it.")]
    rows = [[Option("back", t.t("Back")), Option("stop", t.t("Leave it"))]]
    if here:
        rows.insert(0, [Option(f"here {here}"[:LONGEST], here[:60])])
    turn.ask("\n".join(lines), rows, lead=t.t("Staff"))


async def answer_place(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("stop"):
            turn.end()
            return turn.say(turn.t.t("Nothing was sent."), [[turn.press(turn.t.t("Applications"), "ib")]])
        case Chosen(value) if value.startswith("here "):
            return await _send(turn, value.removeprefix("here "))
        case Said(text) if 0 < len(text.strip()) <= LONGEST:
            return await _send(turn, " ".join(text.split()))
    await turn.again()


async def _send(turn: Turn, place: str = "") -> None:
    """The times are there to be taken, and the person is asked to choose one."""
    tx, t, number = turn.tx, turn.t, turn.dialog.answers["application"]
    times = [datetime.fromisoformat(at) for at in turn.dialog.answers.get("times", [])]
    turn.end()
    one = await applications.get(tx, number)
    if one is None or turn.who is None or not TRACKS[one.track].may(one.stage, "invited", "facility"):
        return turn.say(t.t("This can't be done now."), [[turn.press(t.t("Applications"), "ib")]])
    if place:
        await slots.offer(tx, one.posting_id, times, place)
    made = await applications.step(tx, one, "invited", "facility", turn.who.resident_id)
    if made is None:
        return turn.say(t.t("This can't be done now."), [[turn.press(t.t("Applications"), "ib")]])
    posting = await browse.posting(tx, one.posting_id)
    await audit.write(
        tx, turn.who.resident_id, "invited", "application", one.id, posting.facility_id if posting else None
    )
    await owe(tx, one, made, "invited")
    rows = [[turn.press(t.t("Everybody who applied"), "ip", one.posting_id)]]
    turn.say(t.t("Number {number} is asked to choose a time.", number=str(one.id)), rows, lead=t.t("Staff"))


ACTS = {"im": Act(ask, 1, "applicants", "application")}
FLOWS = (
    gate.flow(
        "meet",
        "applicants",
        "application",
        Step("times", ask_times, answer_times, any_words=True),
        Step("place", ask_place, answer_place, any_words=True),
    ),
)
