"""The resident's own affairs: help, stop, pace, neighbourhood, and what we keep about them (shown, erased)."""

from locales import N_
from storage import codes, concerns, deliveries, moves, neighbourhoods, residents, signs, staff, wishes

from .. import typed_code
from ..chat.turn import Turn
from ..staff.rights import ROLES
from . import alerts, applications, copies, follow, jobs, move, notice, pace, place
from .start import start
from .where import where

JOB_ALERTS = N_("job alerts")
ITEMS = {
    "overseas": N_("messages through servers abroad"),
    "night": N_("messages at night"),
    "confirmed": N_("what you agreed to was told you again"),
    "copies": N_("copies of alerts for a helper"),
    "apply": N_("using your application"),
    "apply: give": N_("giving your application to who hires"),
    "profile": N_("keeping your name for the next time"),
}
MORNING = 9 * 60  # minutes: when the one message a day comes


async def help(turn: Turn, _argument: str = "") -> None:
    t = turn.t
    lines = [
        t.t("Here you can:"),
        t.t("/jobs see today's jobs"),
        t.t("/saved see the jobs you saved"),
        t.t("/alerts choose which jobs we tell you of"),
        t.t("/area change your neighbourhood"),
        t.t("/language change the language"),
        t.t("/move take the alerts to another chat"),
        t.t("/parent set up alerts for your parent"),
        t.t("/mydata see or erase what we keep"),
        t.t("/stop get no more alerts"),
        t.t("Or write a word, for example “cleaning”."),
    ]
    if turn.deployment.phone:
        lines.append(t.t("A person helps you: {phone}", phone=turn.deployment.phone))
    turn.say("\n".join(lines), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])


async def phone(turn: Turn, _argument: str = "") -> None:
    if not turn.deployment.phone:
        return await help(turn)
    turn.say(turn.t.t("A person helps you: {phone}", phone=turn.deployment.phone))


async def lost(turn: Turn) -> None:
    """Something not understood: what one can do, and after the second time in a row the help phone."""
    t = turn.t
    misses = turn.chat.misses + 1
    await residents.change_chat(turn.tx, turn.chat, misses=misses)
    text = t.t("I did not understand that. You can:")
    if misses >= 2 and turn.deployment.phone:
        text = "\n".join([text, t.t("A person helps you: {phone}", phone=turn.deployment.phone)])
    rows = [
        [turn.press(t.t("Jobs near me"), "pg", 0, 0), turn.press(t.t("Change neighbourhood"), "ar")],
        [turn.press(t.t("Help"), "he")],
    ]
    turn.say(text, rows)


async def words(turn: Turn, text: str) -> None:
    """Free words: a code, or a search, then a friendly "not understood"."""
    if typed_code.looks(text):
        return await move.bring(turn, text)
    if turn.resident.state == "new" and turn.dialog.number == 0:
        return await start(turn)
    if len(text) <= 100 and await jobs.search(turn, text):
        return None
    return await lost(turn)


async def stale(turn: Turn) -> None:
    turn.notice = turn.t.t("This button is old.")
    t = turn.t
    rows = [[turn.press(t.t("Jobs near me"), "pg", 0, 0), turn.press(t.t("Help"), "he")]]
    turn.say(t.t("This button no longer works. You can:"), rows)


async def cancel(turn: Turn, _argument: str = "") -> None:
    t = turn.t
    was_open = turn.dialog.flow is not None
    turn.end()
    text = t.t("Stopped. What was saved stays as it is.") if was_open else t.t("There is nothing to cancel.")
    turn.say(text, [[turn.press(t.t("Jobs near me"), "pg", 0, 0), turn.press(t.t("Help"), "he")]])


async def stop(turn: Turn, _argument: str = "") -> None:
    """One tap, immediate, and it wins against every queued alert: the outbox asks the resident's state at its gate."""
    t = turn.t
    turn.end()
    await copies.leave(turn)
    await residents.leave(turn.tx, turn.resident)
    await deliveries.cancel_for_resident(turn.tx, turn.resident.id)
    lines = [t.t("You get no more alerts."), t.t("We delete what we kept within 30 days. To delete it now: /mydata")]
    turn.say("\n".join(lines), [[turn.press(t.t("Start again"), "st")]])


async def once_a_day(turn: Turn, on: int) -> None:
    t = turn.t
    await pace.change(turn, daily_at=MORNING if on else None, weekly_on=None)
    if on:
        rows = [[turn.press(t.t("At once again"), "da", 0)]]
        turn.say(t.t("One message a day, at 09:00."), rows, edit=True)
    else:
        turn.say(t.t("New jobs come at once again."), [[turn.press(t.t("Once a day only"), "da", 1)]], edit=True)


async def area(turn: Turn, argument: str = "") -> None:
    """/area: choose another neighbourhood; those who have not agreed yet begin at the start."""
    if turn.resident.state != "active":
        return await start(turn)
    if len(await neighbourhoods.of(turn.tx, turn.resident.id)) > 1:
        return await where(turn)
    return await turn.begin("area")


async def mydata(turn: Turn, _argument: str = "") -> None:
    """Everything kept about the person, in words, and the way to erase it."""
    t, tx = turn.t, turn.tx
    there = await place.where(turn)
    kept = await wishes.of(tx, turn.resident.id)
    counts = await residents.kept(tx, turn.resident)
    lines = [
        t.t("What we keep about you:"),
        t.t("Language: {language}", language=turn.catalogs.native_name(turn.resident.language)),
        t.t("Neighbourhood: {place}", place="; ".join(there) or t.t("none")),
        *(t.t("Wish: {wish}", wish=alerts.line(t, wish)) for wish in kept),
        *(await follow.listed(turn))[0],
        *(pace.kept(turn) if kept or there else ()),
        *(await _role(turn)),
        t.t("Since: {date}", date=notice.day(t, turn.resident.created_at)),
        t.t("Chats: {number}", number=counts["chats"]),
        t.t("Jobs you saved, hid or opened: {number}", number=counts["marks"]),
    ]
    if said := await concerns.said(tx, turn.resident.id):
        lines.append(t.t("Jobs that you said something is wrong with: {number}", number=said))
    if sign := await signs.of(tx, turn.resident.id):
        lines.append(t.t("You came by the sign at {place}.", place=t.isolate(await signs.name(tx, sign) or sign)))
    for consent in await residents.consents(tx, turn.resident):
        state = t.t("withdrawn") if consent.withdrawn_at else t.t("in force")
        about = t.t(ITEMS.get(consent.item, JOB_ALERTS))
        lines.append(
            t.t("Agreed on {date} ({about}): {state}", date=notice.day(t, consent.at), about=about, state=state)
        )
    if (moved := await moves.latest(tx, turn.resident.id)) is not None:
        lines.append(
            t.t("Moved from another chat: {date}. It can be undone there for a day.", date=notice.day(t, moved.at))
        )
    if open_codes := await codes.open_now(tx, turn.resident.id):
        lines.append(t.t("Codes that are open: {number}", number=open_codes))
    more, rows = await copies.kept(turn)
    applied, forget = await applications.kept(turn)
    lines, rows = [*lines, *applied], [*rows, *forget]
    last = [turn.press(t.t("Another chat, or my parent"), "mv"), turn.press(t.t("Erase everything"), "ee")]
    turn.say("\n".join([*lines, *more]), [*rows, last])


async def _role(turn: Turn) -> list[str]:
    """What is kept about one of the staff beside that."""
    t, who = turn.t, await staff.who(turn.tx, turn.resident.id)
    if who is None:
        return []
    return [t.t("As staff: {role}", role=" · ".join(part for part in (t.t(ROLES[who.role]), who.name) if part))]


async def erase(turn: Turn) -> None:
    """Asked once more, since it can't be undone."""
    t = turn.t
    rows = [[turn.press(t.t("Yes, erase"), "ex"), turn.press(t.t("No, keep"), "he")]]
    turn.say(t.t("Erase everything we keep about you? This cannot be undone."), rows)


async def erased(turn: Turn) -> None:
    await copies.leave(turn)
    await deliveries.cancel_for_resident(turn.tx, turn.resident.id)
    text = turn.t.t("Everything is erased. To begin again, write /start.")
    turn.say(text)
    await residents.erase(turn.tx, turn.resident.id)
    turn.erased = True
