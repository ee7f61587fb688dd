"""What one taps on a posting: details, the Korean original, save, how to apply, "I applied"."""

from urllib.parse import quote

from locales import Translator
from storage import applications, areas, browse, lately, neighbourhoods, used, wishes
from storage.tables import Posting, Wish

from .. import cards, credits, shifts, why
from ..chat.messages import Button
from ..chat.presses import Press
from ..chat.turn import Turn
from ..matching import agrees
from ..places import place_of
from . import apply as here
from . import follow


async def found(turn: Turn, posting_id: int) -> Posting | None:
    """The posting behind a button, also a forged or very old one; says so where there is none, or staff must look first."""
    posting = await browse.posting(turn.tx, posting_id)
    if posting is not None and posting.held_at is not None:
        rows = [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]]
        turn.say(cards.looked_at(turn.t), rows, title=cards.headline(turn.t, posting))
        return None
    if posting is None:
        turn.say(turn.t.t("This job is no longer here."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
    return posting


def closed(posting: Posting, turn: Turn) -> bool:
    return posting.state != "open" or (posting.closes_at is not None and posting.closes_at <= turn.tx.now)


async def show(turn: Turn, posting_id: int) -> None:
    """The details as a message of their own: what was tapped is a list that one goes on reading."""
    await details(turn, posting_id, edit=False)


async def details(turn: Turn, posting_id: int, *, edit: bool = True) -> None:
    posting = await found(turn, posting_id)
    if posting is None:
        return
    t = turn.t
    place = await place_of(turn.tx, turn.t, posting)
    if turn.resident.state == "active":
        await browse.mark(turn.tx, turn.resident.id, posting.id, "opened")
        await used.opened(turn.tx, turn.resident.id, posting.id)
    because = "\n".join(line for line in (*await _why(turn, posting), _off(turn, posting)) if line)
    over, lead = closed(posting, turn), await _news(turn, posting)
    rows: list[list[Button]] = []
    if not over:
        rows.append([turn.press(t.t("Apply"), "ap", posting.id, main=True), turn.press(t.t("Save"), "sv", posting.id)])
    rows.append([turn.press(t.t("Korean original"), "or", posting.id), turn.press(t.t("Back"), "ca", posting.id)])
    if not over:
        rows.append([turn.press(t.t("Remind me tomorrow"), "rm", posting.id)])
        if turn.deployment.web:
            rows[-1].append(_share(turn, posting))
    rows.append(await follow.button(turn, posting))
    if not over:
        rows[-1].append(turn.press(t.t("Something is wrong"), "cw", posting.id))
    known, told_by = turn.deployment.credits, await browse.told_by(turn.tx, posting.id)
    also, credit = credits.names(known, told_by), credits.lines(t, known, told_by)
    text = cards.details(t, posting, place, because, turn.tx.now, also, credit)
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
    posting = await found(turn, posting_id)
    if posting is None or not turn.deployment.web:
        return
    line = cards.line(turn.t, posting, await place_of(turn.tx, turn.t, posting), turn.tx.now)
    address = _address(turn, posting)
    rows = [[turn.link(turn.t.t("Open the page"), address)]]
    turn.say(f"{line}\n{address}", rows, lead=turn.t.t("Copy this and send it to a friend:"))


def _address(turn: Turn, posting: Posting) -> str:
    """Its public page. Without a language: the friend may read another one."""
    return f"{turn.deployment.web}/p/{posting.id}"


async def _why(turn: Turn, posting: Posting) -> list[str]:
    """From which neighbourhood it is seen, which wish it meets and by what. Nothing where it lies elsewhere."""
    t, tx, nearest = turn.t, turn.tx, []
    alert = await wishes.alerted(tx, turn.resident.id, posting.id)
    if alert is not None and (followed := await follow.why(turn, posting, alert.hops)):
        return followed
    for one in await neighbourhoods.of(tx, turn.resident.id):
        hops = await browse.hops(tx, posting.id, await areas.legal_codes(tx, one.area))
        if hops is not None and hops <= one.width:
            nearest.append((hops, one.area))
    area = await areas.get(tx, min(nearest)[1]) if nearest else None
    if area is None:
        return []
    hops, place = min(nearest)[0], areas.place_name(area, t.code)
    near = {
        0: t.t("Why you got this: it is in {place}, the neighbourhood you chose.", place=place),
        1: t.t("Why you got this: it is next to {place}, the neighbourhood you chose.", place=place),
    }.get(hops, t.t("Why you got this: it is near {place}, the neighbourhood you chose.", place=place))
    wish = await _wish(turn, posting, hops)
    return [near] if wish is None else [near, *why.lines(t, wish, posting, hops)]


async def _wish(turn: Turn, posting: Posting, hops: int) -> Wish | None:
    """The wish that brought it, or else the first that it meets."""
    alert = await wishes.alerted(turn.tx, turn.resident.id, posting.id)
    kept = [wish for wish in await wishes.of(turn.tx, turn.resident.id) if agrees(wish, posting, hops, wish.words).ok]
    brought = [wish for wish in kept if alert and wish.id == alert.wish_id]
    return next(iter(brought or kept), None)


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
    posting = await found(turn, posting_id)
    if posting is not None:
        await _card(turn, posting, await _news(turn, posting))


async def _card(turn: Turn, posting: Posting, lead: str) -> None:
    t, alert = turn.t, await wishes.alerted(turn.tx, turn.resident.id, posting.id)
    wish = await wishes.get(turn.tx, turn.resident.id, alert.wish_id) if alert and alert.wish_id else None
    because = why.line(t, wish, posting, alert.hops) if alert and wish else ""
    text = cards.alert(t, turn.ko, posting, await place_of(turn.tx, t, posting), turn.tx.now, because)
    turn.say(text, buttons(t, posting), lead=lead, title=cards.headline(t, posting), edit=True, card=True)


async def _news(turn: Turn, posting: Posting) -> str:
    """What became of a posting since it was told, as the first line of what is shown of it now."""
    if closed(posting, turn):
        return turn.t.t("This job is closed.")
    if turn.resident.state == "active" and await lately.changed(turn.tx, turn.resident.id, posting):
        return turn.t.t("Changed since we wrote to you.")
    return ""


async def _renewed(turn: Turn, posting: Posting) -> None:
    """An old card that is tapped shows first what it says now."""
    if not closed(posting, turn) and (news := await _news(turn, posting)):
        await _card(turn, posting, news)


async def original(turn: Turn, posting_id: int) -> None:
    posting = await found(turn, posting_id)
    if posting is not None:
        rows = [[turn.press(turn.t.t("Details"), "de", posting.id)]]
        turn.say(cards.original(posting), rows, title=posting.title, edit=True, card=True)


async def save(turn: Turn, posting_id: int) -> None:
    posting = await found(turn, posting_id)
    if posting is None:
        return None
    if turn.resident.state != "active":
        return agree_first(turn)
    if closed(posting, turn):
        return _over(turn, posting)
    await _renewed(turn, posting)
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
    posting = await found(turn, posting_id)
    if posting is None:
        return
    if turn.resident.state == "active":
        await used.opened(turn.tx, turn.resident.id, posting.id)
    t, facts = turn.t, posting.facts
    title = cards.headline(t, posting)
    if closed(posting, turn):
        return _over(turn, posting)
    await _renewed(turn, posting)
    if await applications.answered(turn.tx, posting.facility_id):
        return await here.begin(turn, posting)
    if turn.resident.state == "active":
        await browse.mark(turn.tx, turn.resident.id, posting.id, "apply")
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
    lines += [cards.never_asked(t), cards.closing(t, posting, turn.tx.now)]
    if posting.example:
        lines.append(t.t("This is an example, not a real job."))
    rows: list[list[Button]] = []
    if facts.get("link"):
        rows.append([turn.link(t.t("Open the notice"), facts["link"])])
    rows.append([turn.press(t.t("I applied"), "ia", posting.id), turn.press(t.t("Save"), "sv", posting.id)])
    turn.say("\n".join(lines), rows, title=title)


def _over(turn: Turn, posting: Posting) -> None:
    rows = [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]]
    turn.say(turn.t.t("This job is closed."), rows, title=cards.headline(turn.t, posting))


async def applied(turn: Turn, posting_id: int) -> None:
    posting = await found(turn, posting_id)
    if posting is None:
        return
    if turn.resident.state != "active":
        turn.say(turn.t.t("Good luck!"))
        return
    await browse.mark(turn.tx, turn.resident.id, posting.id, "applied")
    await used.applied(turn.tx, turn.resident.id, posting.id)
    turn.say(turn.t.t("Noted. Good luck!"), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
