"""What is printed at the counter, in a person's language beside Korean: the agreement that they sign, and a sheet of jobs."""

from collections.abc import Mapping

from locales import Translator
from storage import browse, neighbourhoods, wishes
from storage.staff_tables import WalkIn
from storage.tables import Posting, Resident

from .. import cards, papers
from ..chat.messages import File
from ..chat.turn import Turn
from ..places import places_of
from ..text import SEOUL

VERSION = "2026-11-24 paper"  # of the agreement that is signed
JOBS = 8  # on a sheet: two pages in large letters


def agreement(t: Translator, turn: Turn) -> list[str]:
    """What is kept, why, how long, and that one may refuse (Personal Information Act, art. 15)."""
    lines = [
        t.t("Who keeps your data: {municipality}", municipality=turn.deployment.name(t)),
        t.t("What: your name, your language, your neighbourhood, what you look for; your phone number, if you give it"),
        t.t("What for: staff tell you of jobs that fit, nothing else"),
        t.t("How long: until you say stop. Then everything is erased at once."),
        t.t("You may refuse. Then we keep nothing, and staff still show you the jobs."),
        t.t("We never ask for money, bank books, registration numbers or passports."),
        t.t("You must be 14 or older."),
    ]
    if turn.deployment.phone:
        lines.append(t.t("Questions: {phone}", phone=turn.deployment.phone))
    return lines


def agreement_in_both(turn: Turn, language: str) -> str:
    """In Korean, and first in the person's language where that is another one."""
    own = turn.catalogs.translator(language)
    texts = [agreement(own, turn), *([agreement(turn.ko, turn)] if language != "ko" else [])]
    return "\n\n".join("\n".join(lines) for lines in texts)


def agreement_file(turn: Turn, language: str) -> File:
    """The same to be printed, with a line to sign on."""
    own = turn.catalogs.translator(language)
    foot = own.t("I agree. Name, day, signature: {line}", line="_" * 30)
    feet = [foot, *([turn.ko.t("I agree. Name, day, signature: {line}", line="_" * 30)] if language != "ko" else [])]
    told = {"heading": own.t("Agreement to be told of jobs"), "lead": agreement_in_both(turn, language)}
    return papers.page(turn.t.t("Agreement"), turn.tx.now, language=own.code, **told, jobs=[], foot="\n\n".join(feet))


async def sheet(turn: Turn, one: WalkIn) -> None:
    """The open jobs that fit a person, the newest first, to be printed in large letters."""
    resident = await turn.tx.get(Resident, id=one.resident_id)
    assert resident is not None
    t, tx = turn.catalogs.translator(resident.language), turn.tx
    there = await neighbourhoods.of(tx, one.resident_id)
    widths = await neighbourhoods.widths(tx, there)
    asked = await wishes.of(tx, one.resident_id)
    found = await browse.open_near(tx, widths, 0, JOBS, asked, one.resident_id, "new")
    postings = [posting for posting, _ in found.rows]
    places = await places_of(tx, t, postings)
    today = t.date(tx.now.astimezone(SEOUL).date())
    phone = turn.deployment.phone
    heading, jobs = t.t("New jobs near you"), [_job(turn, t, job, places[job.id].both(t)) for job in postings]
    foot = t.t("A person helps you: {phone}", phone=phone) if phone else ""
    lines = [cards.line(t, posting, places[posting.id], tx.now, i) for i, posting in enumerate(postings, 1)]
    text = "\n".join(lines) or t.t("There are no open jobs that fit today.")
    file = (
        papers.page(turn.t.t("Jobs"), turn.tx.now, language=t.code, heading=heading, lead=today, jobs=jobs, foot=foot)
        if jobs
        else None
    )
    turn.say(text, lead=today, title=heading, file=file)


def _job(turn: Turn, t: Translator, posting: Posting, place: str) -> Mapping[str, str]:
    web = turn.deployment.web
    title = cards.headline(t, posting)
    return {
        "title": title if title == t.isolate(posting.title) else f"{title} ({t.isolate(posting.title)})",
        "place": " · ".join(filter(None, [t.isolate(posting.organisation), place])),
        "pay": cards.pay(t, posting),
        "hours": cards.hours(t, posting),
        "closing": cards.closing(t, posting, turn.tx.now),
        "url": f"{web}/p/{posting.id}" if web else "",
    }
