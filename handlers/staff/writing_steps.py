"""The questions about a posting: six for a new one, each with the last answer as a button; one for a single cell."""

from datetime import date

from locales import N_
from storage import facilities, writings
from storage.staff_tables import Writing

from .. import cards
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from . import cells, preview
from .gate import Act, flow

# Each question with the cells that its answer fills, and an example for who was not understood.
QUESTIONS = {
    "work": (
        ("title", "duties"),
        N_("What is the work? First the title, then in a new line what there is to do."),
        "도서관 책 정리: 책 정리, 대출과 반납",
    ),
    "place": (("workplace",), N_("Where is it? With the neighbourhood."), "광산구 월곡2동 하남대로 1"),
    "times": (("hours",), N_("On which days, from when to when?"), "월·수·금 14:00~17:00"),
    "pay": (("pay",), N_("What is the pay?"), "시급 12,000원"),
    "period": (("period", "headcount"), N_("From when to when, and how many people?"), "2027-01-04 ~ 2027-06-30, 2명"),
    "closing": (("closing",), N_("What is the last day to apply?"), "2026-12-04 18:00"),
}
EXAMPLE = N_("I could not read that. For example: {example}")
ONCE_MORE = N_("If it can’t be said so, write it once more: then it stays as it is.")
ASKED = tuple(QUESTIONS)
BUTTON = 40  # characters of the last answer on its button


def _today(turn: Turn) -> date:
    return turn.tx.now.astimezone(cards.SEOUL).date()


async def _writing(turn: Turn) -> Writing | None:
    """The draft that is asked about; it may have been published or put away meanwhile, in another window."""
    writing = await preview.found(turn, int(turn.dialog.answers["writing"]))
    if writing is None:
        turn.end()
    return writing


def _asking(name: str) -> Step:
    columns, question, example = QUESTIONS[name]

    async def ask(turn: Turn) -> None:
        writing = await _writing(turn)
        if writing is None:
            return
        t = turn.t
        text = f"{ASKED.index(name) + 1}/{len(ASKED)} · {t.t(question)}"
        before = " · ".join(filter(None, (" ".join(writing.cells.get(one, "").split()) for one in columns)))
        rows = [[Option("same", before if len(before) <= BUTTON else f"{before[: BUTTON - 1]}…")]] if before else []
        turn.ask(text, [*rows, [Option("back", t.t("Back"))] if turn.dialog.path else []])

    async def answer(turn: Turn, what: Answer) -> None:
        writing = await _writing(turn)
        if writing is None:
            return
        if what == Chosen("same"):
            return await _next(turn, name)
        if not isinstance(what, Said):
            return await turn.again()
        said = _filled(name, what.text, _today(turn), writing.cells)
        if not _read(columns, said, _today(turn)) and not turn.dialog.answers.get("tried"):
            turn.dialog.answers["tried"] = True
            _unread(turn, example)
            return await turn.again()
        await writings.write(turn.tx, writing, {**writing.cells, **said})
        await _next(turn, name)

    return Step(name, ask, answer, any_words=True)


def _unread(turn: Turn, example: str) -> None:
    t = turn.t
    turn.say("\n".join([t.t(EXAMPLE, example=t.isolate(example)), t.t(ONCE_MORE)]))


async def _next(turn: Turn, name: str) -> None:
    after = ASKED.index(name) + 1
    if after < len(ASKED):
        await turn.go(ASKED[after], tried=False)
    else:
        writing_id = int(turn.dialog.answers["writing"])
        turn.end()
        await preview.show(turn, writing_id)


def _filled(name: str, words: str, today: date, before: dict[str, str]) -> dict[str, str]:
    """The cells that an answer fills."""
    if name == "work":
        title, duties = cells.titled(words)
        return {"title": title, "duties": duties or ("" if title != before.get("title") else before.get("duties", ""))}
    if name == "period":
        period, people = cells.parted(cells.tidy("period", words))
        return {"period": cells.settled("period", period, today), "headcount": people or before.get("headcount", "")}
    (column,) = QUESTIONS[name][0]
    return {column: cells.settled(column, cells.tidy(column, words), today)}


def _read(columns: tuple[str, ...], said: dict[str, str], today: date) -> bool:
    """The first cell has to be understood."""
    return cells.reads(columns[0], said[columns[0]], today)


async def menu(turn: Turn, writing_id: int) -> None:
    """All cells of a draft with numbers: which one is to be changed."""
    writing = await preview.found(turn, writing_id)
    if writing is None:
        return
    if writing.state == "waiting":  # its author takes it back to go on writing
        await writings.write(turn.tx, writing, writing.cells)
        await preview.note(turn, "take back", writing)
    facility = await facilities.get(turn.tx, writing.facility_id)
    if facility is None:
        return
    t, draft = turn.t, cells.draft(writing.cells, facility, "")
    turn.end()
    lines, numbers = [], []
    for i, column in enumerate(cells.COLUMNS):
        words = " ".join(str(getattr(draft, column)).split()) or "–"
        lines.append(f"{i + 1}. {t.t(cells.LABELS[column])}: {t.isolate(words)}")
        numbers.append(turn.press(str(i + 1), "zx", writing.id, i))
    rows = [numbers[i : i + 5] for i in range(0, len(numbers), 5)]
    turn.say(
        "\n".join(lines), [*rows, [turn.press(t.t("Preview"), "zw", writing.id)]], title=t.t("What is to be changed?")
    )


async def cell(turn: Turn, writing_id: int, column: int) -> None:
    """Ask for one cell."""
    writing = await preview.found(turn, writing_id)
    if writing is None:
        return
    if column >= len(cells.COLUMNS):
        return await menu(turn, writing_id)
    await turn.begin("writing_cell", writing=writing_id, column=cells.COLUMNS[column])


async def _ask_cell(turn: Turn) -> None:
    writing, column = await _writing(turn), str(turn.dialog.answers["column"])
    if writing is None:
        return
    t, now = turn.t, writing.cells.get(column, "")
    lines = [t.t("Write what it should say."), *([t.t("Now: {words}", words=t.isolate(now))] if now else [])]
    rows = [[Option("empty", t.t("Leave it empty"))]] if now and column != "title" else []
    turn.ask("\n".join(lines), [*rows, [Option("leave", t.t("Back"))]], title=t.t(cells.LABELS[column]))


async def _answer_cell(turn: Turn, answer: Answer) -> None:
    writing, column = await _writing(turn), str(turn.dialog.answers["column"])
    if writing is None:
        return
    if isinstance(answer, Said):
        today = _today(turn)
        words = cells.settled(column, cells.tidy(column, answer.text), today)
        if not cells.reads(column, words, today) and not turn.dialog.answers.get("tried"):
            turn.dialog.answers["tried"] = True
            example = next((one[2] for one in QUESTIONS.values() if one[0][-1] == column or one[0][0] == column), "")
            example = {"headcount": "2명", "phone": "062-000-0000", "link": "https://www.example.kr/1"}.get(
                column, example
            )
            _unread(turn, example)
            return await turn.again()
    elif answer == Chosen("empty") and column != "title":
        words = ""
    else:
        turn.end()
        return await menu(turn, writing.id)
    await writings.write(turn.tx, writing, {**writing.cells, column: words})
    await preview.note(turn, "edit", writing)
    turn.end()
    await preview.show(turn, writing.id)


ACTS = {"ze": Act(menu, 1, "write", "writing"), "zx": Act(cell, 2, "write", "writing")}
FLOWS: tuple[Flow, ...] = (
    flow("writing", "write", "writing", *map(_asking, ASKED)),
    flow("writing_cell", "write", "writing", Step("words", _ask_cell, _answer_cell, any_words=True)),
)
