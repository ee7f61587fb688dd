"""Postings as a sheet: which rows are good and which not and why, a look at the first, and one tap that publishes all of them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from locales import N_
from storage import facilities, writings
from storage.staff_tables import Facility

from .. import cards
from ..chat.events import Sent
from ..chat.flow import Answer, Chosen, Option, Step
from ..chat.turn import Turn
from ..clock.put_up import put_up_due
from ..draft import Draft
from ..sheet import Sheet, SheetError, read_sheet
from ..sheet_book import carries_macros
from . import cells, preview
from .gate import Act, flow
from .rights import may
from .writing import home, writes_for

# What is wrong with a file, by what the reader of sheets says of it.
WHY = {
    "larger than": N_("The file is larger than 5 MB, or it did not arrive whole."),
    "more than": N_("There are more than 5,000 rows or 100 columns."),
    "header row": N_("No row names the columns: one row must say 공고명 and 기관."),
    "save it as": N_("Save it as XLSX or CSV, without a password."),
    "too": N_("Unpacked it is far larger than a sheet of postings. Copy the rows into a new sheet and save that."),
    "": N_("It is broken, or it is no sheet. Save it once more as XLSX or CSV."),
}
LIFE = timedelta(hours=12)  # of what was found good: then a last day may be past, or a wage too low
NAMED = 5  # rows that could not be taken, told one by one


async def begin(turn: Turn, facility_id: int) -> None:
    await turn.begin("writing_sheet", facility=facility_id)


async def _ask(turn: Turn) -> None:
    t = turn.t
    text = t.t(
        "Send the sheet as a file here: XLSX or CSV, 5 MB at most. The first row names the columns: 공고명, 기관, 근무지,"
        " 급여, 근무시간, 근무기간, 모집인원, 마감."
    )
    turn.ask(text, [[Option("leave", t.t("Back"))]])


async def _answer(turn: Turn, answer: Answer) -> None:
    t, facility_id = turn.t, int(turn.dialog.answers["facility"])
    facility = await facilities.get(turn.tx, facility_id)
    if answer == Chosen("leave") or facility is None:
        turn.end()
        return await home(turn, facility_id)
    if not isinstance(answer, Sent):
        return await turn.again()
    if answer.data is None:
        return await _refuse(turn, t.t("The file is larger than 5 MB, or it did not arrive whole."))
    if carries_macros(answer.data):
        return await _refuse(
            turn, t.t("The file carries macros. Nothing of it was opened. Save it as XLSX without macros, or as CSV.")
        )
    today = turn.tx.now.astimezone(cards.SEOUL).date()
    try:
        # In a thread: thousands of rows take a second, and others talk meanwhile.
        sheet = await asyncio.to_thread(read_sheet, answer.data, answer.name, today, korean=turn.ko)
    except SheetError as error:
        why = next((words for part, words in WHY.items() if part in str(error)), WHY[""])
        return await _refuse(turn, f"{t.t('The file could not be read. Nothing was taken.')} {t.t(why)}")
    await _told(turn, facility, sheet)


async def _refuse(turn: Turn, why: str) -> None:
    """A file that is not taken: counted, and another one may be sent."""
    turn.refused = True
    turn.say(why)
    await turn.again()


async def _told(turn: Turn, facility: Facility, sheet: Sheet) -> None:
    t, good = turn.t, [one for one in sheet.drafts if not one.gone]
    lines = [t.n("{n} row is good.", "{n} rows are good.", len(good))]
    if sheet.faults:
        lines.append(t.n("{n} row could not be taken:", "{n} rows could not be taken:", len(sheet.faults)))
        lines += [t.t("Row {row}: {why}", row=str(one.row), why=one.reason) for one in sheet.faults[:NAMED]]
        more = len(sheet.faults) - NAMED
        lines += [t.n("and {n} more", "and {n} more", more)] if more > 0 else []
    if not good:
        turn.say("\n".join(lines))
        return await turn.again()
    turn.end()
    rows = _rows(good, facility, await writes_for(turn))
    first = await writings.begin_many(turn.tx, turn.resident.id, rows)
    label = t.n("Publish {n} posting", "Publish all {n} postings", len(good))
    buttons = [[turn.press(label, "zsa", first, len(good), main=True)]]
    buttons.append([turn.press(t.t("Put away"), "zsd", first)])
    await preview.first(turn, first)
    turn.say("\n".join(lines), buttons, title=t.t("The sheet"))


def _rows(good: Sequence[Draft], facility: Facility, theirs: Sequence[Facility]) -> list[tuple[int, Mapping[str, str]]]:
    """Each row's facility: the one that it names, if this person writes for that, else the one that the sheet was sent for.

    In its name only that facility is spoken for, or a part of it.
    """
    by_name = {one.name: one.id for one in theirs}
    rows: list[tuple[int, Mapping[str, str]]] = []
    for draft in good:
        said = {name: words for name, words in asdict(draft).items() if isinstance(words, str) and words}
        said = {
            name: cells.tidy(name, words) for name, words in said.items() if name in (*cells.COLUMNS, "sector", "kind")
        }
        if draft.organisation not in by_name and facility.name in draft.organisation:
            said["organisation"] = cells.tidy("organisation", draft.organisation)
        rows.append((by_name.get(draft.organisation, facility.id), said))
    return rows


async def publish(turn: Turn, first: int, count: int) -> None:
    """All of the good rows, or none: then it says why."""
    writing = await preview.found(turn, first)
    if writing is None:
        return
    some = await writings.together(turn.tx, writing)
    theirs = set(some.values())
    if not all(may(turn.who, "publish", facility_id) for facility_id in theirs):
        turn.refused = True
        return turn.say(turn.t.t("This is not yours to do. Ask an officer."))
    if len(some) != count or writing.created_at < turn.tx.now - LIFE:
        return turn.say(turn.t.t("Some of these were changed meanwhile. Send the sheet once more."))
    t, by = turn.t, turn.resident.id
    checked = {facility_id for facility_id in theirs if await _checked(turn, facility_id)}
    wait = [id_ for id_, facility_id in some.items() if facility_id in checked]
    await writings.settle(turn.tx, wait, "open", "waiting")
    await writings.settle(turn.tx, sorted(set(some) - set(wait)), "open", "published", by)
    await preview.note(turn, "submit" if wait else "publish", writing)
    back = [[turn.press(t.t("Back to the facility"), "zf", writing.facility_id)]]
    if wait:
        return turn.say(
            t.t("An officer looks at it now. When it is up, or something should change, we write to you here."), back
        )
    lines = [t.n("{n} posting is published.", "{n} postings are published.", count)]
    if await put_up_due(turn.tx, turn.deployment.recorder):
        lines.append(t.t("Residents see all of them within a minute."))
    turn.say("\n".join(lines), back)


async def _checked(turn: Turn, facility_id: int) -> bool:
    facility = await facilities.get(turn.tx, facility_id)
    return facility is not None and facility.checked and not may(turn.who, "approve", facility_id)


async def put_away(turn: Turn, first: int) -> None:
    writing = await preview.found(turn, first)
    if writing is not None:
        some = await writings.together(turn.tx, writing)
        await writings.settle(turn.tx, list(some), "open", "dropped")
        await preview.note(turn, "put away", writing)
        rows = [[turn.press(turn.t.t("Back to the facility"), "zf", writing.facility_id)]]
        turn.say(turn.t.t("Put away. Residents see nothing of it."), rows)


ACTS = {
    "zs": Act(begin, 1, "write", "facility"),
    "zsa": Act(publish, 2, "publish", "writing"),
    "zsd": Act(put_away, 1, "write", "writing"),
}
FLOWS = (flow("writing_sheet", "write", "facility", Step("file", _ask, _answer, files=True)),)
