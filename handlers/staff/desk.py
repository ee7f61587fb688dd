"""Today's work for staff, as numbered sentences: first what somebody has to do, each with its number as a button, then how
things stand. Each role sees what is theirs.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from storage import desk as work
from storage import facilities, staff
from storage.desk import Today

from .. import cards
from ..chat.cut import cut
from ..chat.engine import Command
from ..chat.flow import Option
from ..chat.messages import Button, Table
from ..chat.presses import Press
from ..chat.turn import Turn
from ..places import places_of
from ..text import SEOUL
from .gate import Act, let_in, works_here
from .offers import PEOPLE, buttons, offers, there
from .rights import ROLES, may

LOUD = 3  # failures in a row after which a source counts as down
LISTED = 20  # rows of what a sentence opens


async def desk(turn: Turn, _argument: str = "") -> None:
    """/today: what needs staff now."""
    if await let_in(turn, "desk"):
        turn.end()
        await today(turn)


def if_staff(other: Command) -> Command:
    """A word that means the desk to staff, and something else to residents."""

    async def said(turn: Turn, argument: str = "") -> None:
        await (desk if await works_here(turn) else other)(turn, argument)

    return said


async def also(turn: Turn) -> None:
    """What staff can do, below what everybody can."""
    if await works_here(turn) and await let_in(turn, "desk"):
        await help(turn)


async def today(turn: Turn) -> None:
    """What there is to do, numbered; in the last line how things stand; then the buttons of the role."""
    t, who = turn.t, turn.who
    assert who is not None
    counts = await work.today(turn.tx, who, tomorrow_ends(turn.tx.now))
    sentences = [*_sentences(turn, counts), *await _sources(turn)]
    opens = [(words, press) for words, press in sentences if there(press)]
    lines = [f"{i}. {words}" for i, (words, _) in enumerate(opens, 1)]
    lines += [words for words, press in sentences if not there(press)]
    lines = lines or [t.t("Nothing waits for you now.")]
    numbers = [Button(str(i), press.pack()) for i, (_, press) in enumerate(opens, 1)]
    acts = [*buttons(turn), turn.press(t.t("See it as a resident"), "pg", 0, 0)]
    rows: list[list[Option | Button]] = [[*numbers[i : i + 5]] for i in range(0, len(numbers), 5)]
    rows += [[*acts[i : i + 2]] for i in range(0, len(acts), 2)]
    turn.say("\n".join([*lines, "", _stands(turn, counts)]), rows, lead=await header(turn), title=t.t("Today's work"))


def tomorrow_ends(now: datetime) -> datetime:
    """The midnight after tomorrow in Korea: an opening that closes then has tomorrow as its last day."""
    return datetime.combine(now.astimezone(SEOUL).date() + timedelta(days=2), time(), SEOUL)


async def header(turn: Turn) -> str:
    """Staff, name, role and facility, so that nobody takes this side for the other."""
    t, who = turn.t, turn.who
    assert who is not None
    parts = [t.t("Staff"), t.isolate(who.name), t.t(ROLES[who.role])]
    if who.facilities is not None:
        ours = await facilities.some(turn.tx, who.facilities)
        parts += [t.isolate(ours[0].name)] if ours else []
        parts += [t.n("and {n} more facility", "and {n} more facilities", len(ours) - 1)] if ours[1:] else []
    return " · ".join(part for part in parts if part.strip("\u2068\u2069"))


def _sentences(turn: Turn, counts: Today) -> Iterator[tuple[str, Press]]:
    """What there is to do for this person, each with the verb that opens it."""
    t, who = turn.t, turn.who
    assert who is not None
    here = min(who.facilities, default=None) if who.facilities is not None else None
    if counts.unread and may(who, "applicants", here):
        yield (
            t.n("{n} application is not read yet.", "{n} applications are not read yet.", counts.unread),
            Press("ib"),
        )
    if counts.held and may(who, "concerns", here):
        yield (
            t.n(
                "{n} opening is hidden until you have looked.",
                "{n} openings are hidden until you have looked.",
                counts.held,
            ),
            Press("xl"),
        )
    if counts.doubted and may(who, "concerns", here):
        yield (
            t.n(
                "Residents say that something is wrong with {n} opening.",
                "Residents say that something is wrong with {n} openings.",
                counts.doubted,
            ),
            Press("xl"),
        )
    if counts.waiting and may(who, "approve", here):
        yield t.n("{n} opening waits for your look.", "{n} openings wait for your look.", counts.waiting), Press("zq")
    if counts.unasked:
        yield (
            t.n(
                "{n} opening closes by tomorrow, and nobody has said that they applied.",
                "{n} openings close by tomorrow, and nobody has said that they applied.",
                counts.unasked,
            ),
            Press("dn"),
        )
    if counts.tell and may(who, "counter", here):
        yield (
            t.n(
                "For {n} person without a phone there are new jobs.",
                "For {n} people without a phone there are new jobs.",
                counts.tell,
            ),
            Press("ql", (0,)),
        )
    if counts.drafts and may(who, "write", here):
        yield (
            t.n("{n} opening was begun and not posted.", "{n} openings were begun and not posted.", counts.drafts),
            Press("do"),
        )
    if counts.joined and may(who, "people", here):
        yield t.n("{n} invitation was used today.", "{n} invitations were used today.", counts.joined), Press("dj")
    if counts.uncertain and who.facilities is None:
        yield (
            t.n(
                "{n} message may or may not have arrived.",
                "{n} messages may or may not have arrived.",
                counts.uncertain,
            ),
            Press("du"),
        )


async def _sources(turn: Turn) -> list[tuple[str, Press]]:
    """The sources that do not answer, for those who look after all of them."""
    if turn.who is None or turn.who.facilities is not None:
        return []
    down = [name for name, failures, _ in await staff.sources(turn.tx) if failures >= LOUD]
    return [(turn.t.t("Sources that do not answer: {names}", names=", ".join(down)), Press("ds"))] if down else []


def _stands(turn: Turn, counts: Today) -> str:
    """The rest in one line."""
    t, who = turn.t, turn.who
    parts = [
        t.n("{n} open job", "{n} open jobs", counts.open),
        t.n("{n} resident gets alerts", "{n} residents get alerts", counts.active),
    ]
    if counts.waiting and who is not None and not may(who, "approve"):
        parts.append(t.n("{n} opening is with an officer", "{n} openings are with an officer", counts.waiting))
    return " · ".join(parts)


async def unasked(turn: Turn) -> None:
    """The openings that close soon without anybody who applied, each behind its number."""
    t, who = turn.t, turn.who
    assert who is not None
    found = await work.unasked(turn.tx, who, tomorrow_ends(turn.tx.now), LISTED)
    places = await places_of(turn.tx, t, found)
    lines = [cards.line(t, posting, places[posting.id], turn.tx.now, i) for i, posting in enumerate(found, 1)]
    numbers = [turn.press(str(i), "sh", posting.id) for i, posting in enumerate(found, 1)]
    text = "\n".join(lines) or t.t("There are none any more.")
    rows = [numbers[i : i + 5] for i in range(0, len(numbers), 5)]
    lead = t.t("Only what residents tell us is counted. Whoever applied without telling us is not.")
    turn.say(text, [*rows, back(turn)], lead=lead, title=t.t("Close by tomorrow, nobody applied"))


async def drafts(turn: Turn) -> None:
    """The openings that were begun and not posted, each behind its number."""
    t, who = turn.t, turn.who
    assert who is not None
    lines, numbers = list[str](), list[Button]()
    for draft in await work.drafts(turn.tx, who, LISTED):
        facility = await facilities.get(turn.tx, draft.facility_id)
        title = draft.cells.get("title", "") or t.t("without a title yet")
        name = facility.name if facility else ""
        lines.append(
            f"{len(lines) + 1}. {t.isolate(cut(title, 60))} · {t.isolate(name)} · {_at(turn, draft.changed_at)}"
        )
        if there(press := Press("zw", (draft.id,))):
            numbers.append(Button(str(len(lines)), press.pack()))
    rows = [numbers[i : i + 5] for i in range(0, len(numbers), 5)]
    text = "\n".join(lines) or t.t("There are none any more.")
    turn.say(text, [*rows, back(turn)], lead=t.t("Staff"), title=t.t("Begun and not posted"))


async def joined(turn: Turn) -> None:
    """Invitations used lately, so that one is noticed that was handed to somebody else."""
    t, who = turn.t, turn.who
    assert who is not None
    lines = []
    for one in await work.joined(turn.tx, who, LISTED):
        facility = await facilities.get(turn.tx, one.facility_id) if one.facility_id is not None else None
        used = (one.used_at or turn.tx.now).astimezone(SEOUL)
        about = [t.t(ROLES[one.role]), t.isolate(facility.name) if facility else ""]
        lines.append(f"{t.date(used.date())} {used:%H:%M} · {' · '.join(filter(None, about))}")
    lines.append(t.t("If one was not meant for whoever used it, end that role at once."))
    people = Press(PEOPLE.verb)
    rows = [[Button(t.t(PEOPLE.label), people.pack())]] if there(people) else []
    turn.say("\n".join(lines), [*rows, back(turn)], title=t.t("Invitations used today"))


async def uncertain(turn: Turn) -> None:
    """What becomes of messages of which nobody knows whether they arrived."""
    t = turn.t
    lines = [
        t.t("The messenger did not answer when these were sent. They are not sent again by themselves."),
        t.t("What they told of stands as one line in each resident's next message. You need not do anything."),
    ]
    turn.say("\n".join(lines), [back(turn)], title=t.t("Perhaps arrived, perhaps not"))


async def sources(turn: Turn) -> None:
    """When each source answered last."""
    t = turn.t
    if turn.who is None or turn.who.facilities is not None:
        return await today(turn)
    rows = [
        (name, t.n("{n} failure", "{n} failures", failures) if failures else t.t("works"), _at(turn, at))
        for name, failures, at in await staff.sources(turn.tx)
    ]
    table = Table("sources", (t.t("Source"), t.t("How it stands"), t.t("Last answer")), tuple(rows))
    turn.say(t.t("The owner was told why, and what to do."), [back(turn)], title=t.t("Sources"), table=table)


def _at(turn: Turn, at: datetime | None) -> str:
    local = at.astimezone(SEOUL) if at else None
    return f"{turn.t.date(local.date())} {local:%H:%M}" if local else turn.t.t("never")


async def help(turn: Turn) -> None:
    """One page: what each button of this role does."""
    t = turn.t
    lines = [f"{t.t(offer.label)}: {t.t(offer.does)}" for offer, _ in offers(turn)]
    lines += [
        "",
        t.t("The numbers on the first page open what they stand for. You can type them, too."),
        t.t("If nobody does anything for half an hour, names are hidden until you say that it is you."),
        t.t("What staff do is written down, with numbers only. It cannot be changed later."),
        t.t("Write “today” at any time to come back here."),
    ]
    turn.say("\n".join(lines), [back(turn)], lead=await header(turn), title=t.t("Help for staff"))


def back(turn: Turn) -> list[Button]:
    return [turn.press(turn.t.t("Today's work"), "dk")]


ACTS = {
    "dk": Act(today, 0, "desk"),
    "dh": Act(help, 0, "desk"),
    "dn": Act(unasked, 0, "desk"),
    "do": Act(drafts, 0, "desk"),
    "dj": Act(joined, 0, "people"),
    "du": Act(uncertain, 0, "desk"),
    "ds": Act(sources, 0, "desk"),
}
