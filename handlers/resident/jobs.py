"""Looking at open jobs: those that a resident's wishes accept, all, saved ones, found by words; in pages of three, sorted."""

from collections.abc import Sequence
from dataclasses import dataclass

from locales import N_
from storage import areas, browse, neighbourhoods, wishes
from storage.criteria import DISTRICT
from storage.tables import Neighbourhood, Posting, Wish

from .. import asking, cards
from ..chat.cut import cut
from ..chat.messages import Button
from ..chat.turn import Turn
from ..matching import narrows
from ..places import named, places_of
from ..wanted import wanted
from . import place

NEAR, ALL, SAVED, FOUND = 0, 1, 2, 3  # kinds of list, in buttons
ORDERS: tuple[browse.Order, ...] = (
    "near",
    "new",
    "closing",
    "pay",
)  # by their place, in buttons: only ever add at the end
SORTED = (N_("Nearest first"), N_("Newest first"), N_("Closing first"), N_("Best pay first"))
CLOSING = ORDERS.index("closing")
PAGE = 3
TOLD = 120  # characters of the wishes above a list


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list: what is said above it, and how many postings all pages have."""

    text: str
    kind: int
    rows: Sequence[Posting]
    total: int


async def jobs(turn: Turn, _argument: str = "") -> None:
    """/jobs: near the resident, else the whole municipality."""
    await page(turn, NEAR, 0)


async def saved(turn: Turn, _argument: str = "") -> None:
    await page(turn, SAVED, 0)


async def page(turn: Turn, kind: int, offset: int) -> None:
    """A list from one of its places on, as a new message."""
    await _show(turn, kind, 0, offset)


async def leaf(turn: Turn, kind: int, order: int, offset: int) -> None:
    """The button of a list: another page of it, or another order."""
    await _show(turn, kind, order, offset, edit=True)


async def first(turn: Turn, *, welcome: bool) -> None:
    """The nearest matches of a resident, and for a new one what happens from now on."""
    await _show(turn, NEAR, 0, 0, welcome=welcome)
    if welcome:
        done(turn)


def done(turn: Turn) -> None:
    """What happens from now on, and how to end it."""
    t = turn.t
    lines = [t.t("Done. We will write as soon as there is a new job.")]
    if turn.capabilities.rings:
        lines.append(t.t("Nothing from 9 p.m. to 8 a.m."))
    lines.append(t.t("To stop, write “stop” at any time."))
    rows = [[turn.press(t.t("Change neighbourhood"), "ar"), turn.press(t.t("Once a day only"), "da", 1)]]
    turn.say("\n".join(lines), [*rows, place.button(turn)])


async def search(turn: Turn, text: str) -> bool:
    """Words outside a flow search the open postings. True if anything was found and said."""
    found = await _found(turn, text, 0, 0)
    if found.total:
        turn.dialog.answers = {"found": text}  # for its next pages, until the next question
        await _show(turn, FOUND, 0, 0)
    return found.total > 0


async def _show(turn: Turn, kind: int, order: int, offset: int, *, edit: bool = False, welcome: bool = False) -> None:
    order = order if order < len(ORDERS) else 0
    listed = await _look(turn, kind, order, offset)
    if listed.total and not listed.rows:  # it grew shorter since
        offset = (listed.total - 1) // PAGE * PAGE
        listed = await _look(turn, kind, order, offset)
    await _say(turn, listed, order, offset, edit=edit, welcome=welcome)


async def _look(turn: Turn, kind: int, order: int, offset: int) -> Listed:
    if kind == SAVED:
        return await _saved(turn, offset)
    if kind == FOUND:
        return await _found(turn, str(turn.dialog.answers.get("found", "")), order, offset)
    there = await neighbourhoods.of(turn.tx, turn.resident.id) if kind == NEAR else []
    return await _near(turn, there, order, offset) if there else await _all(turn, order, offset)


async def _saved(turn: Turn, offset: int) -> Listed:
    t, kept = turn.t, await browse.saved(turn.tx, turn.resident.id)
    text = t.n("{n} saved job.", "{n} saved jobs.", len(kept)) if kept else t.t("You have saved no jobs yet.")
    return Listed(text, SAVED, kept[offset : offset + PAGE], len(kept))


async def _all(turn: Turn, order: int, offset: int) -> Listed:
    how = ORDERS[order or CLOSING]
    total, rows = await browse.open_all(turn.tx, None, offset, PAGE, turn.resident.id, how)
    text = turn.t.n("{n} job you can apply for now.", "{n} jobs you can apply for now.", total)
    return Listed(text, ALL, rows, total)


async def _found(turn: Turn, text: str, order: int, offset: int) -> Listed:
    t, tx = turn.t, turn.tx
    terms = [turn.catalogs.translator(code).terms("occupation") for code in sorted({t.code, "ko", "en"})]
    wide = await neighbourhoods.widths(tx, await neighbourhoods.of(tx, turn.resident.id))
    found = await browse.search(tx, text.split()[:5], wanted(text, terms), offset, PAGE, wide, ORDERS[order])
    head = t.n("{n} job for “{words}”.", "{n} jobs for “{words}”.", found.total, words=t.isolate(cut(text.strip(), 40)))
    return Listed(
        head if text else t.t("Please write once more what you look for."),
        FOUND,
        [posting for posting, _ in found.rows],
        found.total,
    )


async def _near(turn: Turn, there: Sequence[Neighbourhood], order: int, offset: int) -> Listed:
    """What the wishes accept in all neighbourhoods; if that is nothing ring by ring further, then without the wishes."""
    t, tx = turn.t, turn.tx
    wide = await neighbourhoods.widths(tx, there)
    kept = [wish for wish in await wishes.of(tx, turn.resident.id) if wish.active]
    asked: Sequence[Wish] = kept if all(narrows(wish, wish.words) for wish in kept) else ()
    where = [area for one in there if (area := await areas.get(tx, one.area)) is not None]
    name = ", ".join(named(t, area).both(t) for area in where)
    for filters in (asked, ()) if asked else ((),):
        for more in range(DISTRICT + 1):
            ring = [(area, min(DISTRICT, width + more)) for area, width in wide]
            found = await browse.open_near(tx, ring, offset, PAGE, filters, turn.resident.id, ORDERS[order])
            if found.total:
                lines = [_told(turn, found.total, name, {width for _, width in ring}, wider=more > 0)]
                if filters:
                    wanted_ = "; ".join(asking.short(t, wish, wish.words) for wish in filters)
                    lines.append(t.t("Only what you look for: {wishes}", wishes=_short(wanted_)))
                elif asked:
                    lines.insert(0, t.t("Nothing fits what you look for today. Without your wishes:"))
                return Listed("\n".join(lines), NEAR, [posting for posting, _ in found.rows], found.total)
    nothing = t.t("Nothing near {place} today. We will write when there is a job.", place=name)
    rest = await _all(turn, order, offset)
    return Listed(f"{nothing}\n{rest.text}", ALL, rest.rows, rest.total) if rest.total else Listed(nothing, NEAR, (), 0)


def _told(turn: Turn, n: int, name: str, widths: set[int], *, wider: bool) -> str:
    """How many there are, and how far that is looked."""
    t = turn.t
    if wider and max(widths) == DISTRICT:
        return t.n(
            "Nothing near {place} today. {n} job in {municipality}:",
            "Nothing near {place} today. {n} jobs in {municipality}:",
            n,
            place=name,
            municipality=turn.deployment.name(t),
        )
    if wider:
        return t.n(
            "Nothing in {place} today. {n} job a little further:",
            "Nothing in {place} today. {n} jobs a little further:",
            n,
            place=name,
        )
    if widths == {1}:
        return t.n(
            "{n} job you can apply for now in {place} and next to it.",
            "{n} jobs you can apply for now in {place} and next to it.",
            n,
            place=name,
        )
    return t.n(
        "{n} job you can apply for now around {place}.", "{n} jobs you can apply for now around {place}.", n, place=name
    )


def _short(words: str) -> str:
    return words if len(words) <= TOLD else f"{cut(words, TOLD)}…"


async def _say(turn: Turn, listed: Listed, order: int, offset: int, *, edit: bool, welcome: bool) -> None:
    t, rows, kind = turn.t, listed.rows, listed.kind
    places = await places_of(turn.tx, t, rows)
    lines = [listed.text]
    if order:
        lines.append(t.t(SORTED[order]))
    if offset:
        lines.append(f"{offset + 1}–{offset + len(rows)} / {listed.total}")
    for i, posting in enumerate(rows, 1):
        lines += ["", cards.line(t, posting, places[posting.id], turn.tx.now, i)]
        lines += [f"    {t.t('This one is being checked.')}"] if posting.held_at is not None else []
    if rows and t.code != "ko":
        lines += ["", t.t("Foreign residents: see each notice. Your status: ask 1345.")]
    buttons: list[list[Button]] = [[turn.press(str(i), "sh", posting.id) for i, posting in enumerate(rows, 1)]]
    turns: list[Button] = []
    if offset:
        turns.append(turn.press(t.n("Previous {n}", "Previous {n}", PAGE), "ls", kind, order, max(0, offset - PAGE)))
    left = listed.total - offset - len(rows)
    if left > 0:
        turns.append(turn.press(t.n("Next {n}", "Next {n}", min(PAGE, left)), "ls", kind, order, offset + len(rows)))
    buttons.append(turns)
    if kind != SAVED and listed.total > 1 and not welcome:
        buttons.append([turn.press(t.t(SORTED[i]), "ls", kind, i, 0) for i in _others(kind, order)])
    if kind == NEAR:
        turns.append(turn.press(t.t("Choose work and hours"), "al"))
    if kind == NEAR and not rows:
        buttons.append([turn.press(t.t("Change neighbourhood"), "ar")])
    turn.say("\n".join(lines), buttons, edit=edit)


def _others(kind: int, order: int) -> list[int]:
    """The orders in which a list can be shown, but the present one. Only what is near somebody can be nearest."""
    usual = 0 if kind != ALL else CLOSING
    able = range(1 if kind == ALL else 0, len(ORDERS))
    return [i for i in able if i != (order or usual)]
