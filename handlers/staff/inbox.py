"""Who applied: a summary, one card per person, and what the facility decides. Names stand only here; reading is noted."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from locales import N_
from storage import applications, audit, browse, residents, slots, staff
from storage.application_tables import Application
from storage.tables import Posting, Resident

from .. import cards
from ..chat.turn import Turn
from ..questions import asked
from ..resident.applications import owe
from ..resident.meeting import when
from ..tracks import TRACKS
from . import names
from .gate import Act
from .rights import may

HEARD = {
    "sent": N_("Somebody applied: number {number}."),
    "interview": N_("Number {number} chose a time."),
    "no time": N_("None of the times suits number {number}. Please offer others."),
    "can't come": N_("Number {number} can't come at the time they chose."),
    "coming": N_("Number {number} says that they are coming."),
    "answer": N_("Number {number} answered your question."),
    "withdrawn": N_("Number {number} took the application back."),
}
MOST = 20  # people on one page


async def inbox(turn: Turn) -> None:
    """Postings with applications, the newest first."""
    t = turn.t
    found = await applications.inbox(turn.tx, turn.who.facilities if turn.who else frozenset())
    if not found:
        return turn.say(t.t("Nobody has applied yet."), [[turn.press(t.t("Today's work"), "dk")]], lead=t.t("Staff"))
    lines, row = [], []
    for i, (posting, all_, new) in enumerate(found[:MOST], 1):
        counts = t.n("{n} person", "{n} people", all_)
        fresh = f" · {t.n('{n} new', '{n} new', new)}" if new else ""
        lines.append(f"{i}. {cards.headline(t, posting)} · {counts}{fresh}")
        row.append(turn.press(str(i), "ip", posting.id))
    turn.say(
        "\n".join(lines), [row, [turn.press(t.t("Today's work"), "dk")]], lead=t.t("Staff"), title=t.t("Applications")
    )


async def people(turn: Turn, posting_id: int) -> None:
    """Everybody who applied for one posting, without names: how many, and who can do all of the times."""
    t, found = turn.t, await applications.for_posting(turn.tx, posting_id)
    posting = await browse.posting(turn.tx, posting_id)
    if posting is None or not found:
        return turn.say(t.t("Nobody has applied yet."), [[turn.press(t.t("Today's work"), "dk")]], lead=t.t("Staff"))
    parts = [t.n("{n} person", "{n} people", len(found))]
    if every := sum(one.form.get("hours") == "all" for one in found):
        parts.append(t.n("{n} can do all the times", "{n} can do all the times", every))
    spoken = Counter(one.form.get("language", "ko") for one in found)
    parts += [f"{turn.catalogs.native_name(code)} {n}" for code, n in spoken.most_common() if code != "ko"]
    lines, row = [" · ".join(parts), t.t("What you open is noted.")], []
    for i, one in enumerate(found[:MOST], 1):
        stage = TRACKS[one.track].stage(one.stage)
        lines.append(f"{i}. {t.t('number {number}', number=str(one.id))} · {t.t(stage.name)}")
        row.append(turn.press(str(i), "is", one.id))
    turn.say(
        "\n".join(lines),
        [row, [turn.press(t.t("As a sheet"), "iz", posting_id), turn.press(t.t("Applications"), "ib")]],
        lead=t.t("Staff"),
        title=cards.headline(t, posting),
    )


async def read(turn: Turn, number: int) -> None:
    """One person's application. The first reading is a milestone of which the person hears; every one is in the log."""
    one = await applications.get(turn.tx, number)
    if one is None or turn.who is None:
        return
    posting = await browse.posting(turn.tx, one.posting_id)
    await audit.write(
        turn.tx, turn.who.resident_id, "read", "application", one.id, posting.facility_id if posting else None
    )
    if one.stage == "withdrawn":
        return _gone(turn)
    if one.stage == "sent":
        one = await _step(turn, one, "seen") or one
    await _card(turn, one, posting)


async def _card(turn: Turn, one: Application, posting: Posting | None) -> None:
    t, track = turn.t, TRACKS[one.track]
    form, slot = one.form, await slots.get(turn.tx, one.slot_id)
    hours = {"all": t.t("all of them"), "some": t.t("some of them"), "ask": t.t("asks first")}.get(
        form.get("hours", "")
    )
    abroad = turn.capabilities.abroad and not await _agreed_abroad(turn, one)

    def personal(said: str) -> str:
        return t.t("(name hidden)") if abroad else names.named(turn, said)

    contact = t.t("in their chat") if form.get("contact") == "chat" else personal(form.get("contact", ""))
    words = t.isolate(personal(form["words"])) if form.get("words") else ""
    lines = [
        *([cards.headline(t, posting), ""] if posting else []),
        t.t("Year of birth: {year}", year=str(form.get("born", ""))),
        t.t("Answer: {how}", how=contact),
        t.t("Speaks with us in: {language}", language=turn.catalogs.native_name(form.get("language", "ko"))),
        *([t.t("Times: {which}", which=hours)] if hours else []),
        *([t.t("In their own words: {words}", words=words)] if words else []),
        t.t("Stands at: {stage}", stage=t.t(track.stage(one.stage).name)),
        *([f"{when(t, slot.starts)} · {t.isolate(slot.place)}"] if slot else []),
        *([t.t("Names would pass through servers outside Korea here. They stand in the web chat.")] if abroad else []),
    ]
    said = asked([one.word for one in await applications.milestones(turn.tx, one.id)])
    lines += [f"{t.t(question.asks)} {t.t(answer) if answer else '…'}" for question, answer in said]
    verbs = {
        "hired": turn.press(t.t("Choose"), "iy", one.id),
        "invited": turn.press(t.t("Ask to come"), "im", one.id),
        "reserve": turn.press(t.t("Reserve list"), "ir", one.id),
        "declined": turn.press(t.t("Not this time"), "in", one.id),
        "started": turn.press(t.t("Has started"), "it", one.id),
        "ended": turn.press(t.t("Has finished"), "ie", one.id),
    }
    may = [button for word, button in verbs.items() if track.may(one.stage, word, "facility")]
    if not track.stage(one.stage).over:
        may.append(turn.press(t.t("Ask something"), "iq", one.id))
    rows = [may, [turn.press(t.t("Everybody who applied"), "ip", one.posting_id)]]
    name = t.isolate(personal(form.get("name", "")))
    title = f"{name} · {t.t('number {number}', number=str(one.id))}"
    names.show(turn, turn.press("", "is", one.id), "\n".join(lines), rows, title=title)


async def _agreed_abroad(turn: Turn, one: Application) -> bool:
    """Whether the person agreed that what is theirs passes through servers abroad (Personal Information Act, art. 28-8)."""
    who = await turn.tx.get(Resident, id=one.resident_id)
    return who is not None and await residents.agreed(turn.tx, who, "overseas")


async def choose(turn: Turn, number: int) -> None:
    """Choosing somebody is asked once more, with the number."""
    await _asked(turn, number, "hired")


async def decline(turn: Turn, number: int) -> None:
    await _asked(turn, number, "declined")


async def _asked(turn: Turn, number: int, word: str) -> None:
    one = await _movable(turn, number, word)
    if one is None:
        return
    t, row = turn.t, [turn.press(turn.t.t("No"), "is", one.id)]
    if word == "hired":
        text = t.t("Choose number {number}? They are told at once.", number=str(one.id))
        row.insert(0, turn.press(t.t("Yes, choose"), "ic", one.id))
    else:
        text = t.t("Tell number {number} kindly that it is not this time?", number=str(one.id))
        row.insert(0, turn.press(t.t("Yes, tell them"), "id", one.id))
    turn.say(text, [row], lead=t.t("Staff"))


async def hired(turn: Turn, number: int) -> None:
    """Chosen. Where that fills the places, the posting closes and the others can be told in one tap."""
    one = await _movable(turn, number, "hired")
    if one is None or await _step(turn, one, "hired") is None:
        return
    posting = await browse.posting(turn.tx, one.posting_id)
    t, everybody = turn.t, await applications.for_posting(turn.tx, one.posting_id)
    taken = sum(other.stage in applications.TAKEN for other in everybody)
    lines, row = [t.t("Chosen: number {number}. They are told.", number=str(one.id))], []
    if posting is not None and posting.headcount and taken >= posting.headcount:
        if posting.state == "open":
            await applications.filled(turn.tx, posting.id)
            lines.append(t.t("All places are filled, so the job is closed."))
        if waiting := [other for other in everybody if other.stage in applications.UNDECIDED]:
            label = t.n("Tell {n} other", "Tell the {n} others", len(waiting))
            row.append(turn.press(label, "io", posting.id))
    row.append(turn.press(t.t("Everybody who applied"), "ip", one.posting_id))
    turn.say("\n".join(lines), [row], lead=t.t("Staff"))


async def others(turn: Turn, posting_id: int) -> None:
    """All who still wait hear that it is not this time; the reserve list stays."""
    waiting = [
        one for one in await applications.for_posting(turn.tx, posting_id) if one.stage in applications.UNDECIDED
    ]
    told = [one for one in waiting if await _step(turn, one, "declined")]
    text = turn.t.n("{n} person is told.", "{n} people are told.", len(told))
    turn.say(text, [[turn.press(turn.t.t("Applications"), "ib")]], lead=turn.t.t("Staff"))


def _says(word: str) -> Callable[[Turn, int], Awaitable[None]]:
    async def said(turn: Turn, number: int) -> None:
        one = await _movable(turn, number, word)
        moved = await _step(turn, one, word) if one else None
        if moved is not None:
            await _card(turn, moved, await browse.posting(turn.tx, moved.posting_id))

    return said


async def _movable(turn: Turn, number: int, word: str) -> Application | None:
    """The application, where it may go on so; else it is shown how it stands."""
    one = await applications.get(turn.tx, number)
    if one is None or one.stage == "withdrawn":
        _gone(turn)
        return None
    if not TRACKS[one.track].may(one.stage, word, "facility"):
        await _card(turn, one, await browse.posting(turn.tx, one.posting_id))
        return None
    return one


async def _step(turn: Turn, one: Application, word: str) -> Application | None:
    """Take it a step on; the person is owed the news. None where somebody else was quicker, which is said."""
    assert turn.who is not None
    made = await applications.step(turn.tx, one, word, "facility", turn.who.resident_id)
    now = await applications.get(turn.tx, one.id)
    if made is None or now is None:
        turn.say(turn.t.t("Somebody else was quicker. This is how it stands now:"), lead=turn.t.t("Staff"))
        if now is not None:
            await _card(turn, now, await browse.posting(turn.tx, now.posting_id))
        return None
    if word == "declined":
        await slots.give_back(turn.tx, now)
    posting = await browse.posting(turn.tx, one.posting_id)
    await audit.write(
        turn.tx, turn.who.resident_id, word, "application", one.id, posting.facility_id if posting else None
    )
    await owe(turn.tx, now, made, word)
    return now


async def heard(turn: Turn, body: Mapping[str, Any]) -> None:
    """A line to a manager about one application, without a name; nothing to who is no longer one."""
    one = await applications.get(turn.tx, body["application"])
    posting = await browse.posting(turn.tx, one.posting_id) if one else None
    who = await staff.who(turn.tx, turn.resident.id)
    if one is None or posting is None or not may(who, "applicants", posting.facility_id):
        return
    t, rows = turn.t, [[turn.press(turn.t.t("Open"), "is", one.id), turn.press(turn.t.t("Applications"), "ib")]]
    text = t.t(HEARD.get(body["word"], HEARD["sent"]), number=str(one.id))
    turn.say(text, rows, lead=t.t("Staff"), title=cards.headline(t, posting))


def _gone(turn: Turn) -> None:
    turn.say(
        turn.t.t("This application was taken back."),
        [[turn.press(turn.t.t("Applications"), "ib")]],
        lead=turn.t.t("Staff"),
    )


ACTS = {
    "ib": Act(inbox, 0, "applicants"),
    "ip": Act(people, 1, "applicants", "posting"),
    "io": Act(others, 1, "applicants", "posting"),
    "is": Act(read, 1, "applicants", "application"),
    "iy": Act(choose, 1, "applicants", "application"),
    "ic": Act(hired, 1, "applicants", "application"),
    "in": Act(decline, 1, "applicants", "application"),
    "id": Act(_says("declined"), 1, "applicants", "application"),
    "ir": Act(_says("reserve"), 1, "applicants", "application"),
    "it": Act(_says("started"), 1, "applicants", "application"),
    "ie": Act(_says("ended"), 1, "applicants", "application"),
}
