"""/start: greeting and notice in one message, agreement, neighbourhood, then the first matches. Korean 1 tap and one word."""

import asyncio

from locales import N_, Translator
from storage import areas, residents, wishes

from ..chat.events import Contact, Pinned, Said, Unreadable
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from ..deployment import Deployment
from . import jobs, language

NOTICE = "2026-11"  # the version of the consent text that a person agreed to
EXAMPLES = N_("For example: Wolgok, 월곡동, Вольгок")


async def start(turn: Turn, argument: str = "") -> None:
    """Begin, or for those who already have alerts: today's list. The argument may be a language ("/start ru")."""
    turn.end()
    code = turn.catalogs.resolve(argument) if argument else None
    if code is not None:
        await residents.change(turn.tx, turn.resident, language=code)
        if turn.resident.state != "active":
            return await turn.begin("start", "notice")
    if turn.resident.state == "active":
        return await jobs.first(turn, welcome=False)
    if turn.catalogs.specific(turn.resident.language):
        return await turn.begin("start", "notice")
    return await turn.begin("start", "language")


async def ask_language(turn: Turn) -> None:
    turn.ask(language.question(turn), language.options(turn))


async def answer_language(turn: Turn, answer: Answer) -> None:
    code = _language(turn, answer)
    if code is None:
        return await turn.again()
    await residents.change(turn.tx, turn.resident, language=code)
    await turn.go("notice")


def _language(turn: Turn, answer: Answer) -> str | None:
    """A chosen or written language."""
    if isinstance(answer, Chosen):
        return turn.catalogs.resolve(answer.value)
    return language.written(turn, answer.text) if isinstance(answer, Said) else None


async def ask_notice(turn: Turn) -> None:
    t, name = turn.t, turn.deployment.name(turn.t)
    lines = [
        t.t("Hello. This is Dongne Ilgam, the job alerts of {municipality}.", municipality=name),
        t.t("When there is work near your home, we write to you here. It is free."),
        "",
        t.t("To send alerts we keep three things: this chat, your language, your neighbourhood."),
        t.t("When you stop, we delete them within 30 days. You must be 14 or older."),
    ]
    if turn.capabilities.abroad:
        lines.append(t.t("Telegram's servers are outside Korea. If you do not want that, use our web chat."))
    lines.append(t.t("You may say no and still look at the jobs."))
    rows = [
        [Option("agree", t.t("I agree, start")), Option("refuse", t.t("I do not agree"))],
        [Option("privacy", t.t("Privacy notice")), Option("language", language.label(turn))],
    ]
    turn.ask("\n".join(lines), rows)


async def answer_notice(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("agree"):
            for item in ("alerts", "overseas") if turn.capabilities.abroad else ("alerts",):
                await residents.consent(turn.tx, turn.resident, item, NOTICE)
            await turn.go("area")
        case Chosen("refuse"):
            await residents.withdraw(turn.tx, turn.resident)  # they may have agreed first and come back
            await residents.change(turn.tx, turn.resident, state="guest")
            await turn.go("refused")
        case Chosen("privacy"):
            turn.say(privacy(turn))
            await turn.again()
        case Chosen("language"):
            await turn.go("language")
        case _:
            turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
            await turn.again()


def privacy(turn: Turn) -> str:
    return privacy_notice(turn.t, turn.deployment, abroad=turn.capabilities.abroad)


def privacy_notice(t: Translator, deployment: Deployment, *, abroad: bool) -> str:
    """The notice in full: items, purpose, retention, the right to refuse and what follows (Personal Information Act, art. 15)."""
    rows = [
        t.t("Who keeps your data: {municipality}", municipality=deployment.name(t)),
        t.t("What: the address of this chat, your language, your neighbourhood, the jobs you save"),
        t.t("What for: to send you job alerts that fit, nothing else"),
        t.t("How long: until you stop, then at most 30 days. What is said in the web chat: 30 days"),
        t.t("You may refuse. Then you get no alerts, but you can still look at the jobs."),
        t.t("We never ask for money, bank books, registration numbers or passports."),
        t.t("See or erase your data at any time: /mydata"),
    ]
    if abroad:
        rows.append(t.t("Messages here pass through Telegram's servers outside Korea. The web chat does without."))
    if deployment.phone:
        rows.append(t.t("Questions: {phone}", phone=deployment.phone))
    return "\n".join(rows)


async def ask_refused(turn: Turn) -> None:
    t = turn.t
    rows = [[Option("show", t.t("Show me")), Option("again", t.t("I changed my mind"))]]
    turn.ask(t.t("That is fine. We keep nothing. Would you like to see today's jobs?"), rows)


async def answer_refused(turn: Turn, answer: Answer) -> None:
    if answer == Chosen("again"):
        return await turn.go("notice")
    if answer == Chosen("show"):
        turn.end()
        return await jobs.page(turn, jobs.ALL, 0)
    return await turn.again()


async def ask_area(turn: Turn) -> None:
    t = turn.t
    text = "\n".join([t.t("Which neighbourhood do you live in? Type its name in any alphabet."), t.t(EXAMPLES)])
    first = []
    if turn.capabilities.location:
        first.append(Option("location", t.t("Use my location"), ask="location"))
    turn.ask(text, [[*first, Option("list", t.t("Pick from a list"))]])


async def answer_area(turn: Turn, answer: Answer) -> None:
    t = turn.t
    match answer:
        case Chosen("list"):
            await turn.go("list", district=turn.deployment.home)
        case Chosen("location"):
            turn.say(t.t("Your location did not arrive. Please write the name of your neighbourhood."))
        case Chosen(value) if value.isdigit():
            await chosen(turn, int(value))
        case Pinned(lat, lon):
            code = await asyncio.to_thread(turn.deployment.polygons.find, lat, lon)
            if code is None:
                turn.say(t.t("That place is not on land in Korea. Please write the name of your neighbourhood."))
                await turn.again()
            else:
                await chosen(turn, code)
        case Said(text):
            await _named(turn, text)
        case Unreadable() | Contact():
            turn.say(t.t("Please write the name of your neighbourhood as text."))
        case _:
            await turn.again()


async def _named(turn: Turn, text: str) -> None:
    t = turn.t
    hits = turn.deployment.names.search(text[:100], home=turn.deployment.home, limit=6)
    if hits and hits[0].unique_at_home:
        return await chosen(turn, hits[0].code)
    if hits and hits[0].exact and hits[0].level == "sigungu":
        return await turn.go("list", district=hits[0].code)
    found = [area for hit in hits if (area := await areas.get(turn.tx, hit.code)) and area.level == "emd"]
    if not found:
        again = [[Option("list", t.t("Pick from a list"))]]
        turn.ask(t.t("I do not know this place. Write the name of the dong, for example 월곡동."), again)
        return None
    rows = [[Option(str(area.code), areas.full_name(area, t.code))] for area in found]
    turn.ask(t.t("Which one is it?"), [*rows, [Option("list", t.t("Pick from a list"))]])


async def ask_list(turn: Turn) -> None:
    district = turn.dialog.answers.get("district", turn.deployment.home)
    found = await areas.children(turn.tx, district, "admin")
    options = [Option(str(area.code), areas.place_name(area, turn.t.code)) for area in found]
    rows = [options[i : i + 3] for i in range(0, len(options), 3)]
    turn.ask(turn.t.t("Choose your neighbourhood."), [*rows, [Option("back", turn.t.t("Back"))]])


async def chosen(turn: Turn, code: int) -> None:
    """The neighbourhood is known: keep it, show what is open there, and say what happens from now on."""
    legal = await areas.legal_codes(turn.tx, code)
    if not legal:
        return await turn.again()
    new = turn.resident.state != "active"
    await wishes.settle(turn.tx, turn.resident.id, code, legal)
    await residents.change(turn.tx, turn.resident, state="active", left_at=None)
    await wishes.first_subscriber(turn.tx)
    turn.end()
    await jobs.first(turn, welcome=new)


FLOW = Flow(
    "start",
    Step("language", ask_language, answer_language),
    Step("notice", ask_notice, answer_notice),
    Step("refused", ask_refused, answer_refused),
    Step("area", ask_area, answer_area),
    Step("list", ask_list, answer_area),
)
AREA = Flow("area", Step("area", ask_area, answer_area), Step("list", ask_list, answer_area))
