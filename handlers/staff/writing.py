"""Posting in chat: for which facility, what it has up, and the three ways to begin: the last one again, a new one, a sheet."""

from storage import audit, browse, facilities, writings
from storage.staff_tables import Facility, Writing
from storage.tables import Posting

from .. import cards
from ..chat import words
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.messages import Button
from ..chat.turn import Turn
from ..checks import drafted
from . import cells, gate, preview
from .again import moved
from .gate import Act
from .rights import may

PAGE = 5  # postings on one page
LAST = 10_000  # no facility has more pages; what is forged beyond it shows an empty one
FEW = 10  # facilities that are listed at once; more are first asked for by letter or name
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_PLAIN = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}


async def start(turn: Turn) -> None:
    """Who writes for one facility begins there; others choose one."""
    theirs = await writes_for(turn)
    if len(theirs) == 1:
        return await home(turn, theirs[0].id)
    if theirs:
        return await turn.begin("writing_where")
    t = turn.t
    turn.say(t.t("There is no facility that you write for. Ask an officer."), [[turn.press(t.t("Today's work"), "dk")]])


async def writes_for(turn: Turn) -> list[Facility]:
    """The facilities that this person may write for, by name."""
    some = await facilities.some(turn.tx, turn.who.facilities if turn.who else ())
    return [one for one in some if may(turn.who, "write", one.id)]


def initial(name: str) -> str:
    """The letter under which a name stands: of a Korean one its first consonant."""
    first = name.strip()[:1].upper()
    if "가" <= first <= "힣":
        letter = _INITIALS[(ord(first) - ord("가")) // 588]
        return _PLAIN.get(letter, letter)
    return first or "?"


async def _ask_where(turn: Turn) -> None:
    t, theirs = turn.t, await writes_for(turn)
    said = turn.dialog.answers.get("said", "")
    shown = [one for one in theirs if not said or said in (initial(one.name), *_parts(said, one.name))]
    if not shown:
        turn.say(t.t("There is no such facility."))
        shown = theirs
    text = t.t("For which facility? You can also type its name.")
    back = [[Option("all", t.t("Back"))]] if said else []
    if len(shown) > FEW and len({initial(one.name) for one in shown}) > 1:
        letters = sorted({initial(one.name) for one in shown})
        options = [Option(letter, letter) for letter in letters]
        return turn.ask(text, [*(options[i : i + 5] for i in range(0, len(options), 5)), *back])
    turn.ask(text, [*([turn.press(one.name, "zf", one.id)] for one in shown[: 3 * FEW]), *back])


def _parts(said: str, name: str) -> tuple[str, ...]:
    """What was typed, where it stands in the name."""
    typed = words.plain(said).replace(" ", "")
    return (said,) if len(typed) > 0 and typed in words.plain(name).replace(" ", "") else ()


async def _answer_where(turn: Turn, answer: Answer) -> None:
    said = answer.text if isinstance(answer, Said) else answer.value if isinstance(answer, Chosen) else ""
    said = "" if said == "all" else said.strip()
    named = [one for one in await writes_for(turn) if said and _parts(said, one.name)]
    if len(named) == 1 and isinstance(answer, Said):
        turn.end()
        return await home(turn, named[0].id)
    await turn.go("facility", remember=False, said=said)


async def home(turn: Turn, facility_id: int) -> None:
    await leaf(turn, facility_id, 0)


async def leaf(turn: Turn, facility_id: int, page: int) -> None:
    """What a facility can do about its postings, and a page of those that it has."""
    facility = await facilities.get(turn.tx, facility_id)
    if facility is None:
        return
    turn.end()
    t, lines, numbers = turn.t, list[str](), list[Button]()
    if page == 0:
        for draft in await writings.drafts(turn.tx, facility_id):
            state = t.t("waits for an officer") if draft.state == "waiting" else t.t("not published yet")
            numbers.append(turn.press(str(len(numbers) + 1), "zw", draft.id))
            lines.append(f"{len(numbers)}. {t.isolate(draft.cells.get('title', ''))} · {state}")
    page = min(page, LAST)
    total, postings = await writings.shown(turn.tx, facility_id, page * PAGE, PAGE)
    for posting in postings:
        open_ = posting.state == "open" and (posting.closes_at is None or posting.closes_at > turn.tx.now)
        state = cards.closing(t, posting, turn.tx.now, left=False) if open_ else t.t("closed")
        numbers.append(turn.press(str(len(numbers) + 1), "zt", posting.id))
        lines.append(f"{len(numbers)}. {t.isolate(posting.title)} · {state}")
    rows: list[list[Button]] = []
    if page == 0:
        last = await _last(turn, facility_id)
        rows += [[turn.press(t.t("The last one again, with new dates"), "za", facility_id, main=True)]] if last else []
        rows.append(
            [turn.press(t.t("New posting"), "zn", facility_id), turn.press(t.t("Send a sheet"), "zs", facility_id)]
        )
    rows += [numbers[i : i + 5] for i in range(0, len(numbers), 5)]
    rows += [[turn.press(t.t("More"), "zl", facility_id, page + 1)]] if (page + 1) * PAGE < total else []
    turn.say("\n".join(lines) or t.t("Nothing was posted yet."), rows, lead=t.t("Staff"), title=facility.name)


async def _last(turn: Turn, facility_id: int) -> tuple[dict[str, str], Writing | None] | None:
    """The words of the last posting: as they were written here, or as a source of the facility told them."""
    written = await writings.last(turn.tx, facility_id)
    if written is not None:
        return written.cells, written
    posting = await writings.told_last(turn.tx, facility_id)
    if posting is None:
        return None
    return _told(posting), None


def _told(posting: Posting) -> dict[str, str]:
    """The words of a posting that a source told."""
    draft = drafted(posting)
    return {"title": draft.title, **{name: getattr(draft, name) for name in cells.COLUMNS[1:]}}


async def again(turn: Turn, facility_id: int) -> None:
    """The last posting with its dates moved, as a preview."""
    last = await _last(turn, facility_id)
    if last is None:
        return await home(turn, facility_id)
    await _again(turn, facility_id, *last)


async def again_from(turn: Turn, posting_id: int) -> None:
    """One of the older postings with its dates moved."""
    written = await writings.latest(turn.tx, posting_id)
    posting = await browse.posting(turn.tx, posting_id)
    if written is not None:
        await _again(turn, written.facility_id, written.cells, written)
    elif posting is not None and posting.facility_id is not None:
        await _again(turn, posting.facility_id, _told(posting), None)
    else:
        await start(turn)


async def _again(turn: Turn, facility_id: int, said: dict[str, str], written: Writing | None) -> None:
    today = turn.tx.now.astimezone(cards.SEOUL).date()
    on = written.changed_at.astimezone(cards.SEOUL).date() if written else today
    begun = await writings.begin(turn.tx, facility_id, turn.resident.id, moved(said, on, today))
    await audit.write(turn.tx, turn.resident.id, "write", "draft", begun, facility_id)
    await preview.show(turn, begun)


async def new(turn: Turn, facility_id: int) -> None:
    """A new posting, with the answers of the last one offered at each question."""
    last, facility = await _last(turn, facility_id), await facilities.get(turn.tx, facility_id)
    today = turn.tx.now.astimezone(cards.SEOUL).date()
    said = {"workplace": facility.address} if facility and facility.address else {}
    if last is not None:
        on = last[1].changed_at.astimezone(cards.SEOUL).date() if last[1] else today
        said |= moved(last[0], on, today)
    begun = await writings.begin(turn.tx, facility_id, turn.resident.id, said)
    await audit.write(turn.tx, turn.resident.id, "write", "draft", begun, facility_id)
    await turn.begin("writing", writing=begun)


ACTS = {
    "zp": Act(start, 0, "desk"),
    "zf": Act(home, 1, "write", "facility"),
    "zl": Act(leaf, 2, "write", "facility"),
    "za": Act(again, 1, "write", "facility"),
    "zo": Act(again_from, 1, "write", "posting"),
    "zn": Act(new, 1, "write", "facility"),
}
FLOWS: tuple[Flow, ...] = (
    gate.flow("writing_where", "desk", "", Step("facility", _ask_where, _answer_where, any_words=True)),
)
