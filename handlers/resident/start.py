"""/start: greeting and notice in one message, agreement, neighbourhood, then the first matches. Korean 1 tap and one word.

By the link of a sign the neighbourhood is known already: then it is one tap.
"""

import asyncio
from collections.abc import Awaitable, Callable

from locales import N_
from storage import areas, residents, signs, wishes

from .. import ways
from ..chat.events import Contact, Pinned, Said, Unreadable
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from ..places import named
from . import follow, jobs, language, move, notice, place, posting

Then = Callable[[Turn, int], Awaitable[None]]

EXAMPLES = N_("For example: Wolgok, 월곡동, Вольгок")


async def start(turn: Turn, argument: str = "") -> None:
    """Begin, or for those who already have alerts: today's list. The argument is what a start link says (see `ways`)."""
    turn.end()
    way, active = ways.read(argument), turn.resident.state == "active"
    if way.code is not None:
        return await move.bring(turn, way.code)
    code = turn.catalogs.resolve(way.language)
    if code is not None and (not active or way == ways.Way(language=way.language)):
        await residents.change(turn.tx, turn.resident, language=code)
    if way.posting is not None:
        return await _posting(turn, way.posting)
    if active:
        await jobs.first(turn, welcome=False)
        return await follow.offer(turn, way.sign)
    known: dict[str, int | str] = {}
    area = await areas.current(turn.tx, way.area) if way.area is not None else None
    if area is not None and await _neighbourhood(turn, area):
        known = {"area": area, **({"sign": way.sign} if way.sign else {})}
    if code or turn.catalogs.specific(turn.resident.language):
        return await turn.begin("start", "sign" if known else "notice", **known)
    return await turn.begin("start", "language", **known)


async def _neighbourhood(turn: Turn, code: int) -> bool:
    area = await areas.get(turn.tx, code)
    return area is not None and area.level == "emd" and bool(await areas.legal_codes(turn.tx, code))


async def _posting(turn: Turn, posting_id: int) -> None:
    """One came for a job: show it, and say what else there is."""
    await posting.card(turn, posting_id)
    if turn.resident.state != "active":
        rows = [[turn.press(turn.t.t("Get alerts"), "st"), turn.press(language.label(turn), "lg")]]
        turn.say(turn.t.t("When there is work near your home, we write to you here. It is free."), rows)


def _question(turn: Turn) -> str:
    """The step that asks for agreement."""
    return "sign" if "area" in turn.dialog.answers else "notice"


async def ask_language(turn: Turn) -> None:
    turn.ask(language.question(turn), language.options(turn))


async def answer_language(turn: Turn, answer: Answer) -> None:
    code = language.answered(turn, answer)
    if code is None:
        return await turn.again()
    await residents.change(turn.tx, turn.resident, language=code)
    await turn.go(_question(turn))


async def ask_notice(turn: Turn) -> None:
    t, name = turn.t, turn.deployment.name(turn.t)
    lines = [
        t.t("Hello. This is Dongne Ilgam, the job alerts of {municipality}.", municipality=name),
        t.t("When there is work near your home, we write to you here. It is free."),
        "",
        *notice.short(turn),
    ]
    rows = [
        [Option("agree", t.t("I agree, start")), Option("refuse", t.t("I do not agree"))],
        [Option("privacy", t.t("Privacy notice")), Option("language", language.label(turn))],
    ]
    turn.ask("\n".join(lines), rows)


async def ask_sign(turn: Turn) -> None:
    """The same for who came by a sign: its area is proposed, and its name said where the sign was made here."""
    t, known = turn.t, turn.dialog.answers
    area = await areas.get(turn.tx, known.get("area", 0))
    if area is None:  # it went with newer region data while the question was open
        known.pop("area", None)
        return await turn.go("notice")
    code = known.get("sign")
    hangs = await signs.name(turn.tx, code)
    lines = [
        t.t(
            "This is Dongne Ilgam, the job alerts of {municipality}. It is free.", municipality=turn.deployment.name(t)
        ),
        *([t.t("You came by the sign at {place}.", place=t.isolate(hangs))] if hangs else []),
        t.t(
            "New jobs in {area} and next to it, in {language}?",
            area=named(t, area).both(t),
            language=turn.catalogs.native_name(t.code),
        ),
        "",
        *notice.short(turn, sign=code is not None),
    ]
    rows = [
        [Option("agree", t.t("I agree, start")), Option("refuse", t.t("I do not agree"))],
        [Option("other", t.t("Other neighbourhood")), Option("language", language.label(turn))],
        [Option("privacy", t.t("Privacy notice"))],
    ]
    turn.ask("\n".join(lines), rows)


async def answer_notice(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("agree"):
            await notice.agree(turn)
            code = turn.dialog.answers.get("area")
            await (settled(turn, code) if code else turn.go("area"))
        case Chosen("refuse"):
            await residents.withdraw(turn.tx, turn.resident)  # they may have agreed first and come back
            await residents.change(turn.tx, turn.resident, state="guest")
            await turn.go("refused")
        case Chosen("privacy"):
            turn.say(privacy(turn))
            await turn.again()
        case Chosen("language"):
            await turn.go("language")
        case Chosen("other"):
            await turn.go("area")
        case _:
            turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
            await turn.again()


def privacy(turn: Turn) -> str:
    return notice.full(turn.t, turn.deployment, abroad=turn.capabilities.abroad)


async def ask_refused(turn: Turn) -> None:
    t = turn.t
    rows = [[Option("show", t.t("Show me")), Option("again", t.t("I changed my mind"))]]
    turn.ask(t.t("That is fine. We keep nothing. Would you like to see today's jobs?"), rows)


async def answer_refused(turn: Turn, answer: Answer) -> None:
    if answer == Chosen("again"):
        return await turn.go(_question(turn))
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
    known = place.button(turn) if turn.resident.state == "active" else []
    turn.ask(text, [[*first, Option("list", t.t("Pick from a list"))], known])


async def answer_area(turn: Turn, answer: Answer, then: Then | None = None) -> None:
    """A place by its name, from the list or by location; `then` goes on with its code (by default: see `chosen`)."""
    t, go_on = turn.t, then or chosen
    match answer:
        case Chosen("list"):
            await turn.go("list", district=turn.deployment.home)
        case Chosen("location"):
            turn.say(t.t("Your location did not arrive. Please write the name of your neighbourhood."))
        case Chosen(value) if value.isdigit():
            await go_on(turn, int(value))
        case Pinned(lat, lon):
            code = await asyncio.to_thread(turn.deployment.polygons.find, lat, lon)
            if code is None:
                turn.say(t.t("That place is not on land in Korea. Please write the name of your neighbourhood."))
                await turn.again()
            else:
                await go_on(turn, code)
        case Said(text):
            await _named(turn, text, go_on)
        case Unreadable() | Contact():
            turn.say(t.t("Please write the name of your neighbourhood as text."))
        case _:
            await turn.again()


async def _named(turn: Turn, text: str, go_on: Then) -> None:
    t = turn.t
    hits = turn.deployment.names.search(text[:100], home=turn.deployment.home, limit=6)
    if hits and hits[0].unique_at_home:
        return await go_on(turn, hits[0].code)
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
    """A neighbourhood was named. Who came by a sign and looked for another one has not agreed yet."""
    if "area" in turn.dialog.answers and await _neighbourhood(turn, code):
        return await turn.go("sign", area=code)
    await settled(turn, code)


async def settled(turn: Turn, code: int) -> None:
    """The neighbourhood is known: keep it, show what is open there, and say what happens from now on."""
    if not await areas.legal_codes(turn.tx, code):
        return await turn.again()
    new = turn.resident.state != "active"
    facility, sign = turn.dialog.answers.get("facility"), turn.dialog.answers.get("sign")
    await wishes.settle(turn.tx, turn.resident.id, code, sign=sign)
    await residents.change(turn.tx, turn.resident, state="active", left_at=None)
    await wishes.first_subscriber(turn.tx)
    turn.end()
    await jobs.first(turn, welcome=new)
    await follow.settled(turn, facility, sign)


FLOW = Flow(
    "start",
    Step("language", ask_language, answer_language),
    Step("notice", ask_notice, answer_notice),
    Step("sign", ask_sign, answer_notice),
    Step("refused", ask_refused, answer_refused),
    Step("area", ask_area, answer_area),
    Step("list", ask_list, answer_area),
)
AREA = Flow("area", Step("area", ask_area, answer_area), Step("list", ask_list, answer_area))
