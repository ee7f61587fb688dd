"""Looking at open jobs: the first matches, pages of three, saved ones, and words as a search."""

from collections.abc import Sequence

from storage import areas, browse, neighbourhoods, wishes
from storage.tables import Neighbourhood, Posting

from .. import cards, matching
from ..chat.cut import cut
from ..chat.messages import Button
from ..chat.turn import Turn
from ..places import named, places_of
from ..wanted import wanted
from . import place

NEAR, ALL, SAVED, FIT = 0, 1, 2, 3  # kinds of list, in buttons
MOST = 5000  # open postings near somebody that are looked at
PAGE = 3
WIDEST = 3


async def jobs(turn: Turn, _argument: str = "") -> None:
    """/jobs: near the resident, else the whole municipality."""
    await page(turn, NEAR if await wishes.chosen(turn.tx, turn.resident.id) else ALL, 0)


async def saved(turn: Turn, _argument: str = "") -> None:
    await page(turn, SAVED, 0)


async def page(turn: Turn, kind: int, offset: int) -> None:
    """One page of a list; never empty without saying what else there is."""
    t = turn.t
    if kind == SAVED:
        kept = await browse.saved(turn.tx, turn.resident.id)
        text = t.n("{n} saved job.", "{n} saved jobs.", len(kept)) if kept else t.t("You have saved no jobs yet.")
        return await _list(turn, text, kept[offset : offset + PAGE], kind, offset, len(kept))
    if kind == FIT:
        found = await fitting(turn)
        text = t.n("{n} open job fits now.", "{n} open jobs fit now.", len(found))
        return await _list(turn, text, found[offset : offset + PAGE], kind, offset, len(found))
    if kind == NEAR and await wishes.chosen(turn.tx, turn.resident.id):
        return await first(turn, welcome=False, offset=offset)
    total, rows = await browse.open_all(turn.tx, None, offset, PAGE)
    text = t.n("{n} job you can apply for now.", "{n} jobs you can apply for now.", total)
    return await _list(turn, text, rows, ALL, offset, total)


async def fitting(turn: Turn) -> list[Posting]:
    """What is open in all of the resident's neighbourhoods and fits any wish that runs, the nearest first."""
    tx, mine = turn.tx, turn.resident.id
    there = await neighbourhoods.widths(tx, await neighbourhoods.of(tx, mine))
    near = await browse.open_near(tx, there, 0, MOST, resident_id=mine)
    running = [wish for wish in await wishes.of(tx, mine) if wish.active]
    return [p for p, hops in near.rows if any(matching.agrees(wish, p, hops, wish.words).ok for wish in running)]


async def first(turn: Turn, *, welcome: bool, offset: int = 0) -> None:
    """The nearest matches of a resident: own neighbourhood and bordering ones, then wider, saying so."""
    t, tx = turn.t, turn.tx
    code = await wishes.chosen(tx, turn.resident.id)
    area = await areas.get(tx, code) if code else None
    if code is None or area is None:
        return await page(turn, ALL, offset)
    there = await neighbourhoods.of(tx, turn.resident.id)
    if len(there) > 1:
        return await _everywhere(turn, there, offset)
    legal = await areas.legal_codes(tx, code)
    name = named(t, area).both(t)
    width = 1
    found = await browse.open_near(tx, [(c, width) for c in legal], offset, PAGE, resident_id=turn.resident.id)
    while not found.total and width < WIDEST:
        width += 1
        found = await browse.open_near(tx, [(c, width) for c in legal], offset, PAGE, resident_id=turn.resident.id)
    n = found.total
    if width == 1 and n:
        text = t.n(
            "{n} job you can apply for now in {place} and next to it.",
            "{n} jobs you can apply for now in {place} and next to it.",
            n,
            place=name,
        )
    elif width == 2 and n:
        text = t.n(
            "Nothing in {place} today. {n} job a little further:",
            "Nothing in {place} today. {n} jobs a little further:",
            n,
            place=name,
        )
    elif n:
        text = t.n(
            "Nothing near {place} today. {n} job in {municipality}:",
            "Nothing near {place} today. {n} jobs in {municipality}:",
            n,
            place=name,
            municipality=turn.deployment.name(t),
        )
    else:
        text = t.t("Nothing near {place} today. We will write when there is a job.", place=name)
    await _list(turn, text, [posting for posting, _ in found.rows], NEAR, offset, n)
    if welcome:
        done(turn)


async def _everywhere(turn: Turn, there: Sequence[Neighbourhood], offset: int) -> None:
    """The same for who looks in several neighbourhoods: in each as far as they said."""
    widths = await neighbourhoods.widths(turn.tx, there)
    found = await browse.open_near(turn.tx, widths, offset, PAGE, resident_id=turn.resident.id)
    t, places = turn.t, "; ".join(await place.where(turn))
    text = t.n(
        "{n} job you can apply for now: {places}.",
        "{n} jobs you can apply for now: {places}.",
        found.total,
        places=places,
    )
    if not found.total:
        text = t.t("Nothing near {place} today. We will write when there is a job.", place=places)
    await _list(turn, text, [posting for posting, _ in found.rows], NEAR, offset, found.total)


def done(turn: Turn) -> None:
    """What happens from now on, and how to end it."""
    t = turn.t
    lines = [t.t("Done. We will write as soon as there is a new job.")]
    if turn.capabilities.rings:
        lines.append(t.t("Nothing from 9 p.m. to 8 a.m."))
    lines.append(t.t("To stop, write “stop” at any time."))
    rows = [[turn.press(t.t("Change neighbourhood"), "ar"), turn.press(t.t("Once a day only"), "da", 1)]]
    turn.say("\n".join(lines), [*rows, place.button(turn)])


async def _list(turn: Turn, text: str, rows: Sequence[Posting], kind: int, offset: int, total: int) -> None:
    t = turn.t
    places = await places_of(turn.tx, t, rows)
    lines = [text]
    for i, posting in enumerate(rows, 1):
        lines += ["", cards.line(t, posting, places[posting.id], turn.tx.now, i)]
    if rows and t.code != "ko":
        lines += ["", t.t("Foreign residents: see each notice. Your status: ask 1345.")]
    buttons: list[list[Button]] = [[turn.press(str(i), "sh", posting.id) for i, posting in enumerate(rows, 1)]]
    left = total - offset - len(rows)
    if left > 0:
        label = t.n("Next {n}", "Next {n}", min(PAGE, left))
        buttons.append([turn.press(label, "pg", kind, offset + len(rows))])
    if kind == NEAR and not rows:
        buttons.append([turn.press(t.t("Change neighbourhood"), "ar")])
    if kind == FIT and not rows:
        buttons.append([turn.press(t.t("Change what comes"), "al")])
    turn.say("\n".join(lines), buttons)


async def search(turn: Turn, text: str) -> bool:
    """Words outside a flow search the open postings. True if anything was found and said."""
    t = turn.t
    terms = [turn.catalogs.translator(code).terms("occupation") for code in sorted({t.code, "ko", "en"})]
    keys = wanted(text, terms)
    words = text.split()[:5]
    found = await browse.search(turn.tx, words, keys, 0, 5)
    if not found.total:
        return False
    head = t.n("{n} job for “{words}”.", "{n} jobs for “{words}”.", found.total, words=t.isolate(cut(text.strip(), 40)))
    await _list(turn, head, [posting for posting, _ in found.rows], ALL, 0, len(found.rows))
    return True
