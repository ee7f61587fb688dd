"""Applying without leaving the chat: only what the posting needs is asked, and nothing goes before both agreements are given."""

from datetime import date

from locales import Translator
from storage import applications, browse, facilities, residents, used
from storage.tables import Posting

from .. import cards
from ..chat.flow import Answer, Chosen, Option
from ..chat.messages import TICK, Button
from ..chat.turn import Turn
from ..text import find_registration_number
from ..tracks import TRACKS
from . import hears

VERSION = "2026-11-24"  # of the two agreements' text
USE, GIVE = "apply", "apply: give"  # one to use what is written, one to give it to who hires
LONGEST_WORDS = 500  # characters
GROWN = (
    18  # years of age: who is younger brings a family paper and the parents' agreement, Labour Standards Act art. 66
)
KEPT = ("name", "born")  # what may be kept for the next time


async def begin(turn: Turn, posting: Posting) -> None:
    """Begin with what is not known yet of this person."""
    before = await applications.about(turn.tx, posting.id, turn.resident.id)
    if before is not None and not TRACKS[before.track].stage(before.stage).over:
        return _sent_before(turn, before.id)
    known = await applications.profile(turn.tx, turn.resident.id)
    await turn.begin("apply", following({**known}, posting), posting=posting.id, **known)


def _sent_before(turn: Turn, number: int) -> None:
    text = turn.t.t("You applied for this already. Your number is {number}.", number=str(number))
    turn.say(text, [[turn.press(turn.t.t("My applications"), "ms"), turn.press(turn.t.t("Withdraw"), "mw", number)]])


def following(known: dict[str, object], posting: Posting) -> str:
    asked = ["name", "contact", "born", *(["hours"] if posting.days or posting.spans else [])]
    return next((name for name in asked if name not in known), "review")


async def wanted(turn: Turn) -> Posting | None:
    """The posting that is applied for; where it closed meanwhile the flow ends and says so."""
    posting = await browse.posting(turn.tx, turn.dialog.answers.get("posting", 0))
    open_ = posting is not None and posting.state == "open" and posting.held_at is None
    if posting is None or not open_ or (posting.closes_at is not None and posting.closes_at <= turn.tx.now):
        turn.end()
        text = turn.t.t("This job closed while you were writing. Nothing was sent, and nothing is kept.")
        turn.say(text, [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
        return None
    return posting


def refused(turn: Turn, text: str) -> bool:
    """Numbers that nobody may ask for are not taken: what was written with one is not kept."""
    if not find_registration_number(text):
        return False
    turn.say(
        turn.t.t(
            "That looks like a registration number. We never need it and did not keep it. Please delete your message, too."
        )
    )
    return True


async def ask_review(turn: Turn) -> None:
    posting = await wanted(turn)
    if posting is None:
        return
    t, said = turn.t, turn.dialog.answers
    facility = await facilities.get(turn.tx, posting.facility_id or 0)
    to = facility.name if facility else posting.organisation
    lines = [
        *shown(t, said),
        "",
        t.t("To: {organisation}", organisation=t.isolate(to)),
        t.t("For: choosing people for this job only"),
        t.n(
            "Kept: {n} day after the job closed, then deleted",
            "Kept: {n} days after the job closed, then deleted",
            applications.KEPT_DAYS,
        ),
        t.t("If you do not agree you can't apply here, but you can call or visit."),
        *_young(t, said, turn.tx.now.astimezone(cards.SEOUL).date()),
    ]
    use, give = bool(said.get("use")), bool(said.get("give"))
    if not (use and give):
        lines.append(t.t("Press both boxes to send."))
    rows = [
        [Option("use", (TICK if use else "") + t.t("Use my data"))],
        [Option("give", (TICK if give else "") + t.t("Give it to them"))],
        [Option("words", t.t("Add a few words")), Option("change", t.t("Change"))],
    ]
    if use and give:
        rows.insert(2, [Option("send", t.t("Send"), main=True)])
    rows.append([Option("stop", t.t("Leave it"))])
    turn.ask("\n".join(lines), rows, title=t.t("This is what we send:"), edit=bool(said.get("ticked")))


def shown(t: Translator, form: dict[str, object]) -> list[str]:
    """What was said, line by line."""
    hours = {"all": t.t("all of them"), "some": t.t("some of them"), "ask": t.t("asks first")}.get(
        str(form.get("hours"))
    )
    contact = str(form.get("contact", ""))
    lines = [
        t.t("Name: {name}", name=t.isolate(str(form.get("name", "")))),
        t.t("Year of birth: {year}", year=str(form.get("born", ""))),
        t.t("Answer: {how}", how=t.t("in this chat") if contact == "chat" else t.isolate(contact)),
    ]
    lines += [t.t("Times: {which}", which=hours)] if hours else []
    lines += [t.t("In their own words: {words}", words=t.isolate(str(form["words"])))] if form.get("words") else []
    return lines


def _young(t: Translator, said: dict[str, object], today: date) -> list[str]:
    year = said.get("born")
    if not isinstance(year, int) or today.year - year > GROWN:
        return []
    return [t.t("If you are under 18, they will ask for your parents’ agreement and a family paper.")]


async def answer_review(turn: Turn, answer: Answer) -> None:
    said = turn.dialog.answers
    match answer:
        case Chosen("use" | "give" as box):
            said[box] = not said.get(box)
            said["ticked"] = True
        case Chosen("send") if said.get("use") and said.get("give"):
            return await _send(turn)
        case Chosen("words"):
            said.pop("ticked", None)
            return await turn.go("words")
        case Chosen("change"):
            return await turn.begin("apply", "name", posting=said.get("posting"))
        case Chosen("stop"):
            return stopped(turn)
        case _:
            said.pop("ticked", None)
    await turn.again()


async def _send(turn: Turn) -> None:
    """Both agreements, the application and its first milestone, in one transaction."""
    posting = await wanted(turn)
    if posting is None:
        return
    tx, t, said = turn.tx, turn.t, dict(turn.dialog.answers)
    track = TRACKS.get(posting.kind, TRACKS["job"])
    form: dict[str, object] = {
        name: said[name] for name in ("name", "contact", "born", "hours", "words") if name in said
    }
    for item in (USE, GIVE):
        await residents.consent(tx, turn.resident, item, VERSION)
    form["language"] = turn.resident.language
    made = await applications.file(tx, posting.id, turn.resident.id, track.kind, track.first.word, form)
    await hears.facility(tx, made, "sent")
    if turn.resident.state == "active":
        await browse.mark(tx, turn.resident.id, posting.id, "applied")
        await used.applied(tx, turn.resident.id, posting.id)
    lines = [
        t.t("Sent. Your number is {number}.", number=str(made.id)),
        t.t("We tell you here when they have read it, and the result, yes or no."),
    ]
    kept = await applications.profile(tx, turn.resident.id)
    if {name: form[name] for name in KEPT} == kept:
        turn.end()
        return turn.say(
            "\n".join(lines), [[turn.press(t.t("My applications"), "ms"), turn.press(t.t("Withdraw"), "mw", made.id)]]
        )
    turn.say("\n".join(lines))
    await turn.begin("apply", "keep", posting=posting.id, number=made.id, **{name: form[name] for name in KEPT})


async def ask_keep(turn: Turn) -> None:
    t, number = turn.t, turn.dialog.answers["number"]
    text = t.t("Keep your name and year of birth so that we need not ask again?")
    rows: list[list[Option | Button]] = [
        [Option("keep", t.t("Keep")), Option("no", t.t("Do not keep"))],
        [turn.press(t.t("My applications"), "ms"), turn.press(t.t("Withdraw"), "mw", number)],
    ]
    turn.ask(text, rows)


async def answer_keep(turn: Turn, answer: Answer) -> None:
    said, t = turn.dialog.answers, turn.t
    if answer == Chosen("keep"):
        await residents.consent(turn.tx, turn.resident, "profile", VERSION)
        await applications.keep(turn.tx, turn.resident.id, {name: said[name] for name in KEPT})
        turn.say(t.t("Kept. You can have it deleted at any time: /mydata"))
    elif answer == Chosen("no"):
        await applications.forget(turn.tx, turn.resident.id)
        await residents.withdraw(turn.tx, turn.resident, "profile")
        turn.say(t.t("Not kept."))
    else:
        return await turn.again()
    turn.end()


def stopped(turn: Turn) -> None:
    turn.end()
    turn.say(turn.t.t("Nothing was sent, and nothing is kept."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
