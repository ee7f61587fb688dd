"""What one taps on a posting: details, the Korean original, save, how to apply, "I applied", "not for me"."""

from urllib.parse import quote

from locales import Translator
from storage import areas, browse, neighbourhoods, used, wishes
from storage.tables import Posting

from .. import cards, credits, shifts
from ..chat.messages import Button
from ..chat.presses import Press
from ..chat.turn import Turn
from ..matching import ALL, OCCUPATIONS, without
from ..places import place_of


async def _get(turn: Turn, posting_id: int) -> Posting | None:
    """The posting behind a button, also a forged or very old one; says so where there is none."""
    posting = await browse.posting(turn.tx, posting_id)
    if posting is None:
        turn.say(turn.t.t("This job is no longer here."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
    return posting


def closed(posting: Posting, turn: Turn) -> bool:
    return posting.state != "open" or (posting.closes_at is not None and posting.closes_at <= turn.tx.now)


async def show(turn: Turn, posting_id: int) -> None:
    """The details as a message of their own: what was tapped is a list that one goes on reading."""
    await details(turn, posting_id, edit=False)


async def details(turn: Turn, posting_id: int, *, edit: bool = True) -> None:
    posting = await _get(turn, posting_id)
    if posting is None:
        return
    t = turn.t
    place = await place_of(turn.tx, turn.t, posting)
    if turn.resident.state == "active":
        await browse.mark(turn.tx, turn.resident.id, posting.id, "opened")
        await used.opened(turn.tx, turn.resident.id, posting.id)
    why = "\n".join(line for line in (await _why(turn, posting), _off(turn, posting)) if line)
    lead = t.t("This job is closed.") if closed(posting, turn) else ""
    rows: list[list[Button]] = []
    if not lead:
        rows.append([turn.press(t.t("Apply"), "ap", posting.id, main=True), turn.press(t.t("Save"), "sv", posting.id)])
    rows.append([turn.press(t.t("Korean original"), "or", posting.id), turn.press(t.t("Back"), "ca", posting.id)])
    if not lead:
        rows.append([turn.press(t.t("Remind me tomorrow"), "rm", posting.id)])
        if turn.deployment.web:
            rows[-1].append(_share(turn, posting))
    known, told_by = turn.deployment.credits, await browse.told_by(turn.tx, posting.id)
    also, credit = credits.names(known, told_by), credits.lines(t, known, told_by)
    text = cards.details(t, posting, place, why, turn.tx.now, also, credit)
    turn.say(text, rows, lead=lead, title=cards.headline(t, posting), edit=edit, card=True)


def _share(turn: Turn, posting: Posting) -> Button:
    """Sends the address of the posting's page on, by the platform's own way where it has one."""
    label = turn.t.t("Send to a friend")
    if not turn.capabilities.share:
        return turn.press(label, "sf", posting.id)
    url, text = quote(_address(turn, posting), safe=""), quote(cards.headline(turn.t, posting), safe="")
    return turn.link(label, turn.capabilities.share.format(url=url, text=text))


async def share(turn: Turn, posting_id: int) -> None:
    """A message to copy: what job it is, and where to see it."""
    posting = await _get(turn, posting_id)
    if posting is None or not turn.deployment.web:
        return
    line = cards.line(turn.t, posting, await place_of(turn.tx, turn.t, posting), turn.tx.now)
    address = _address(turn, posting)
    rows = [[turn.link(turn.t.t("Open the page"), address)]]
    turn.say(f"{line}\n{address}", rows, lead=turn.t.t("Copy this and send it to a friend:"))


def _address(turn: Turn, posting: Posting) -> str:
    """Its public page. Without a language: the friend may read another one."""
    return f"{turn.deployment.web}/p/{posting.id}"


async def _why(turn: Turn, posting: Posting) -> str:
    """Said only where it is so: the posting can be seen from a neighbourhood that the resident chose."""
    code = await wishes.seen_from(turn.tx, turn.resident.id, posting.id)
    area = await areas.get(turn.tx, code) if code else None
    if area is None:
        return ""
    place = areas.place_name(area, turn.t.code)
    return turn.t.t("Why you got this: it is near {place}, the neighbourhood you chose.", place=place)


def _off(turn: Turn, posting: Posting) -> str:
    """For who works in shifts: on how many of their days off the posting lies, where its days are stated."""
    who = turn.resident
    if not who.shifts or who.shifts_from is None or not posting.days:
        return ""
    found = shifts.fit(who.shifts, who.shifts_from, turn.tx.now.astimezone(cards.SEOUL).date(), posting.days)
    return turn.t.t("Of your {off} days off in the next two weeks it lies on {days}.", off=found.off, days=found.days)


def buttons(t: Translator, posting: Posting) -> list[list[Button]]:
    """The four buttons under a card."""

    def press(label: str, verb: str, *, main: bool = False) -> Button:
        return Button(label, Press(verb, (posting.id,)).pack(), main=main)

    return [
        [press(t.t("Apply"), "ap", main=True), press(t.t("Save"), "sv")],
        [press(t.t("Details"), "de"), press(t.t("Not for me"), "no")],
    ]


async def card(turn: Turn, posting_id: int) -> None:
    """Back from the details to the short card."""
    posting = await _get(turn, posting_id)
    if posting is None:
        return
    place = await place_of(turn.tx, turn.t, posting)
    text = cards.alert(turn.t, turn.ko, posting, place, turn.tx.now)
    lead = turn.t.t("This job is closed.") if closed(posting, turn) else ""
    turn.say(text, buttons(turn.t, posting), lead=lead, title=cards.headline(turn.t, posting), edit=True, card=True)


async def original(turn: Turn, posting_id: int) -> None:
    posting = await _get(turn, posting_id)
    if posting is not None:
        rows = [[turn.press(turn.t.t("Details"), "de", posting.id)]]
        turn.say(cards.original(posting), rows, title=posting.title, edit=True, card=True)


async def save(turn: Turn, posting_id: int) -> None:
    posting = await _get(turn, posting_id)
    if posting is None:
        return None
    if turn.resident.state != "active":
        return agree_first(turn)
    await browse.mark(turn.tx, turn.resident.id, posting.id, "saved")
    turn.notice = turn.t.t("Saved")
    rows = [[turn.press(turn.t.t("My saved jobs"), "pg", 2, 0), turn.press(turn.t.t("Do not save"), "us", posting.id)]]
    turn.say(turn.t.t("Saved: {title}", title=cards.headline(turn.t, posting)), rows)


async def unsave(turn: Turn, posting_id: int) -> None:
    await browse.unmark(turn.tx, turn.resident.id, posting_id, "saved")
    turn.say(turn.t.t("No longer saved."), [[turn.press(turn.t.t("My saved jobs"), "pg", 2, 0)]], edit=True)


def agree_first(turn: Turn) -> None:
    """To whoever did not agree yet: nothing about them is kept, so nothing can be noted."""
    t = turn.t
    turn.say(
        t.t("To save jobs we must keep a little about you. You can agree with /start."),
        [[turn.press(t.t("Start"), "st")]],
    )


async def apply(turn: Turn, posting_id: int) -> None:
    """How to apply, for every posting: the link, the phone, the address, whatever the notice gives."""
    posting = await _get(turn, posting_id)
    if posting is None:
        return
    if turn.resident.state == "active":
        await used.opened(turn.tx, turn.resident.id, posting.id)
    t, facts = turn.t, posting.facts
    title = cards.headline(t, posting)
    if closed(posting, turn):
        turn.say(t.t("This job is closed."), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]], title=title)
        return
    lines = [t.t("You apply to {organisation} itself.", organisation=t.isolate(posting.organisation))]
    for label, key in ((t.t("How"), "apply"), (t.t("Call"), "phone"), (t.t("Where"), "workplace")):
        if facts.get(key):
            lines.append(f"{label}: {t.isolate(facts[key])}")
    if not any(facts.get(key) for key in ("apply", "phone", "link", "workplace")):
        lines.append(
            t.t("The notice does not say how. Ask the help line: {phone}", phone=turn.deployment.phone or "1350")
        )
    if t.code != "ko":
        lines.append(t.t("Before you apply, ask 1345 if your status allows this work."))
        lines.append(t.t("Say: “{korean}”", korean=t.isolate(turn.ko.t("I would like to apply for this job."))))
    lines.append(cards.closing(t, posting, turn.tx.now))
    if posting.example:
        lines.append(t.t("This is an example, not a real job."))
    rows: list[list[Button]] = []
    if facts.get("link"):
        rows.append([turn.link(t.t("Open the notice"), facts["link"])])
    rows.append([turn.press(t.t("I applied"), "ia", posting.id), turn.press(t.t("Save"), "sv", posting.id)])
    turn.say("\n".join(lines), rows, title=title)


async def applied(turn: Turn, posting_id: int) -> None:
    posting = await _get(turn, posting_id)
    if posting is None:
        return
    if turn.resident.state != "active":
        turn.say(turn.t.t("Good luck!"))
        return
    await browse.mark(turn.tx, turn.resident.id, posting.id, "applied")
    await used.applied(turn.tx, turn.resident.id, posting.id)
    turn.say(turn.t.t("Noted. Good luck!"), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])


async def not_for_me(turn: Turn, posting_id: int) -> None:
    posting = await _get(turn, posting_id)
    if posting is None:
        return
    if turn.resident.state != "active":
        return agree_first(turn)
    t = turn.t
    await browse.mark(turn.tx, turn.resident.id, posting.id, "hidden")
    reasons = [turn.press(t.t("Too far"), "nf", posting.id)]
    if posting.occupation in OCCUPATIONS:
        reasons.append(turn.press(t.t("Kind of work"), "nk", posting.id))
    rows = [reasons, [turn.press(t.t("Just this one"), "nj", posting.id)]]
    turn.say(t.t("What does not fit? We will leave it out from now on."), rows)


async def too_far(turn: Turn, _posting_id: int) -> None:
    await neighbourhoods.widen(turn.tx, turn.resident.id, 0)
    turn.say(
        turn.t.t("From now on only jobs in your own neighbourhood."),
        [[turn.press(turn.t.t("Wider again"), "wi")]],
        edit=True,
    )


async def wider(turn: Turn) -> None:
    await neighbourhoods.widen(turn.tx, turn.resident.id, 1)
    turn.say(turn.t.t("Your neighbourhood and those next to it."), edit=True)


async def not_this_kind(turn: Turn, posting_id: int) -> None:
    posting = await _get(turn, posting_id)
    if posting is None or posting.occupation not in OCCUPATIONS:
        return
    only_open = True
    for wish in await wishes.of(turn.tx, turn.resident.id):
        left = without(wish.occupations, posting.occupation)
        only_open = only_open and (left < 0 or left == wish.occupations)
        # One that asked for nothing else rests, so that it can be changed.
        values = {"occupations": left} if left else {"active": False}
        await wishes.change(turn.tx, turn.resident.id, wish.id, **values)
    kind = turn.t.term(posting.occupation)
    undo = (
        turn.press(turn.t.t("All kinds again"), "ak") if only_open else turn.press(turn.t.t("Change what comes"), "al")
    )
    rows_ = [[undo]]
    turn.say(turn.t.t("No more alerts of this kind: {kind}", kind=kind), rows_, edit=True)


async def all_kinds(turn: Turn) -> None:
    """For wishes that took every kind but some; one that names its kinds keeps them."""
    for wish in await wishes.of(turn.tx, turn.resident.id):
        if wish.occupations < 0:
            await wishes.change(turn.tx, turn.resident.id, wish.id, occupations=ALL)
    turn.say(turn.t.t("All kinds of work again."), edit=True)


async def just_this(turn: Turn, _posting_id: int) -> None:
    turn.say(turn.t.t("We will not show this one again."), edit=True)
