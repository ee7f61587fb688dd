"""A posting that is up: corrected, given more time, closed, opened again; each undone as easily."""

from locales import N_
from storage import audit, browse, postings, writings
from storage.staff_tables import Writing
from storage.tables import Posting

from .. import cards
from ..chat.messages import Button
from ..chat.turn import Turn
from . import cells, preview, publish, writing_steps
from .gate import Act

LONGER = (3, 7, 14, 30)  # days
REASONS = (N_("Somebody was found"), N_("It is called off"), N_("It was a mistake"))
CLOSED = ("close: filled", "close: cancelled", "close: mistake")  # as the log says it


async def _known(turn: Turn, posting_id: int) -> tuple[Posting, Writing] | None:
    """A posting that was written here, with its words; says so where it comes from a source."""
    posting, written = await browse.posting(turn.tx, posting_id), await writings.latest(turn.tx, posting_id)
    if posting is not None and written is not None:
        return posting, written
    turn.say(turn.t.t("This posting comes from its source. Change it there: it is read again by itself."))
    return None


def _open(turn: Turn, posting: Posting) -> bool:
    return posting.state == "open" and (posting.closes_at is None or posting.closes_at > turn.tx.now)


async def show(turn: Turn, posting_id: int) -> None:
    """What a facility can do with one of its postings."""
    known = await _known(turn, posting_id)
    if known is None:
        return
    t, (posting, written) = turn.t, known
    turn.end()
    lines = [
        f"{t.t(cells.LABELS[column])}: {t.isolate(words)}"
        for column in cells.COLUMNS[1:]
        if (words := written.cells.get(column))
    ]
    if turn.deployment.web:
        lines.append(f"{turn.deployment.web}/p/{posting.id}")
    again = turn.press(t.t("Again, with new dates"), "zo", posting_id)
    if _open(turn, posting):
        rows = [*publish.manage(turn, written, posting), [again]]
        lead = cards.closing(t, posting, turn.tx.now)
    else:
        rows = [[again, turn.press(t.t("Open it again"), "zm", posting_id)]]
        rows.append([turn.press(t.t("Back to the facility"), "zf", written.facility_id)])
        lead = t.t("This job is closed.")
    turn.say("\n".join(lines), rows, lead=lead, title=posting.title)


async def _correction(turn: Turn, posting_id: int, written: Writing, **said: str) -> Writing:
    """A draft with the words of now, and what is to be said instead."""
    seen = await writings.revision(turn.tx, posting_id)
    words = {**written.cells, **said}
    begun = await writings.begin(turn.tx, written.facility_id, turn.resident.id, words, posting_id, seen)
    made = await writings.get(turn.tx, begun)
    assert made is not None, "it was written just now"
    return made


async def correct(turn: Turn, posting_id: int) -> None:
    known = await _known(turn, posting_id)
    if known is not None:
        await writing_steps.menu(turn, (await _correction(turn, posting_id, known[1])).id)


async def more_time(turn: Turn, posting_id: int) -> None:
    """How many days longer one may apply."""
    known = await _known(turn, posting_id)
    if known is None:
        return
    t, (posting, _) = turn.t, known
    days = [turn.press(t.n("{n} day more", "{n} days more", n), "zi", posting_id, n) for n in LONGER]
    turn.say(cards.closing(t, posting, turn.tx.now), [days[:2], days[2:]], title=posting.title)


async def extend(turn: Turn, posting_id: int, days: int) -> None:
    known = await _known(turn, posting_id)
    if known is None:
        return
    if days not in LONGER:
        return await more_time(turn, posting_id)
    written, today = known[1], turn.tx.now.astimezone(cards.SEOUL).date()
    on = written.changed_at.astimezone(cards.SEOUL).date()
    closing = cells.longer(written.cells.get("closing", ""), days, on, today)
    await publish.offer(turn, await _correction(turn, posting_id, written, closing=closing))


async def undo(turn: Turn, writing_id: int) -> None:
    """Take a correction back, unless something was changed after it."""
    t, written = turn.t, await writings.get(turn.tx, writing_id)
    if written is None or written.posting_id is None or written.seen is None:
        return await preview.show(turn, writing_id)
    latest = await writings.latest(turn.tx, written.posting_id)
    before = await writings.published(turn.tx, written.posting_id, written.seen)
    if latest is None or latest.id != written.id or not before:
        turn.say(t.t("It was changed again after that."), [[turn.press(t.t("Show"), "zt", written.posting_id)]])
        return
    await publish.offer(turn, await _correction(turn, written.posting_id, before[0]))


async def why(turn: Turn, posting_id: int) -> None:
    """Why it is closed."""
    known = await _known(turn, posting_id)
    if known is None:
        return
    t, (posting, _) = turn.t, known
    reasons: list[list[Button]] = [[turn.press(t.t(one), "zr", posting_id, i)] for i, one in enumerate(REASONS)]
    turn.say(t.t("Why is it closed? Residents who saved it hear that it is."), reasons, title=posting.title)


async def close(turn: Turn, posting_id: int, reason: int) -> None:
    known = await _known(turn, posting_id)
    if known is None:
        return
    if reason >= len(REASONS):
        return await why(turn, posting_id)
    t, (posting, written) = turn.t, known
    if _open(turn, posting):
        key = await writings.key(turn.tx, written)
        await postings.gone(turn.tx, writings.DESK, [key], turn.deployment.order)
        await writings.close(turn.tx, posting_id)
        await audit.write(turn.tx, turn.resident.id, CLOSED[reason], "posting", posting_id, written.facility_id)
    rows = [[turn.press(t.t("Open it again"), "zm", posting_id)]]
    rows.append([turn.press(t.t("Back to the facility"), "zf", written.facility_id)])
    turn.say(t.t("Closed. Nobody is sent there any more."), rows, title=posting.title)


async def reopen(turn: Turn, posting_id: int) -> None:
    """Open again what was closed; where its last day is past, another one is asked for."""
    known = await _known(turn, posting_id)
    if known is None:
        return
    posting, written = known
    if _open(turn, posting):
        return await show(turn, posting_id)
    begun = await _correction(turn, posting_id, written)
    if cells.reads("closing", written.cells.get("closing", ""), turn.tx.now.astimezone(cards.SEOUL).date()):
        return await publish.offer(turn, begun)
    await turn.begin("writing_cell", writing=begun.id, column="closing")


ACTS = {
    "zt": Act(show, 1, "write", "posting"),
    "zc": Act(correct, 1, "write", "posting"),
    "zh": Act(more_time, 1, "write", "posting"),
    "zi": Act(extend, 2, "publish", "posting"),
    "zz": Act(undo, 1, "publish", "writing"),
    "zj": Act(why, 1, "publish", "posting"),
    "zr": Act(close, 2, "publish", "posting"),
    "zm": Act(reopen, 1, "publish", "posting"),
}
