"""Where a resident looks: up to five neighbourhoods, each as wide as they say; how many jobs that is stands beside it."""

from locales import N_
from storage import areas, browse, neighbourhoods
from storage.area_tables import Area

from .. import asking
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.messages import Button
from ..chat.turn import Turn
from ..places import named
from . import alerts, place, start
from .parts import back, meant

STEPS = (N_("Only there"), N_("And next to it"), N_("And one further"), N_("The whole district"))
FULL = N_("Five neighbourhoods are the most. Remove one first.")


async def where(turn: Turn, _argument: str = "") -> None:
    """Whoever has not agreed yet begins at the start; who looks nowhere yet is asked for a first place."""
    if turn.resident.state != "active":
        return await start.start(turn)
    await turn.begin("where", None if await neighbourhoods.of(turn.tx, turn.resident.id) else "area")


async def ask_menu(turn: Turn) -> None:
    t, mine = turn.t, turn.resident.id
    if await neighbourhoods.forget(turn.tx, mine) and not await neighbourhoods.of(turn.tx, mine):
        return await turn.go("area", remember=False)
    there, lines, numbers = await neighbourhoods.of(turn.tx, mine), [], []
    for i, one in enumerate(there, 1):
        area = await areas.get(turn.tx, one.area)
        if area is None:
            continue
        jobs = (await _counts(turn, area))[one.width][1]
        told = t.n("{n} job", "{n} jobs", jobs)
        lines.append(f"{i}. {named(t, area).both(t)} {t.t(asking.WIDTHS[one.width])} · {told}")
        numbers.append(Option(str(one.area), str(i)))
    rows: list[list[Option | Button]] = [[*numbers], [*place.button(turn)]]
    if len(there) < neighbourhoods.MOST:
        rows.append([Option("add", t.t("Add a neighbourhood"))])
    turn.ask("\n".join(lines), [*rows, [Option("done", t.t("Done"))]], title=t.t("Where you look"), edit=True)


async def answer_menu(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("add"):
            await turn.go("area")
        case Chosen("done"):
            turn.end()
            await alerts.overview(turn)
        case Chosen(code) if code.isdigit() and int(code) in await _mine(turn):
            await turn.go("width", area=int(code))
        case _:
            await answer_area(turn, answer)  # a name that is typed here is one more place


async def _mine(turn: Turn) -> set[int]:
    return {one.area for one in await neighbourhoods.of(turn.tx, turn.resident.id)}


async def ask_width(turn: Turn) -> None:
    t, area = turn.t, await areas.get(turn.tx, turn.dialog.answers.get("area", 0))
    if area is None:
        return await back(turn)
    lines, options = [t.t("How far around {place}?", place=named(t, area).both(t))], []
    for width, (places, jobs) in enumerate(await _counts(turn, area)):
        around = t.n("{n} neighbourhood", "{n} neighbourhoods", places)
        lines.append(f"{width + 1}. {t.t(STEPS[width])}: {around}, {t.n('{n} job', '{n} jobs', jobs)}")
        options.append(Option(str(width), str(width + 1)))
    turn.ask("\n".join(lines), [options, [Option("remove", t.t("Remove")), Option("back", t.t("Back"))]], edit=True)


async def answer_width(turn: Turn, answer: Answer) -> None:
    area, mine = int(turn.dialog.answers.get("area", 0)), turn.resident.id
    if isinstance(answer, Said) and (said := meant(turn, answer.text, {str(i): step for i, step in enumerate(STEPS)})):
        answer = Chosen(said[0])
    match answer:
        case Chosen(("0" | "1" | "2" | "3") as width):
            if not await neighbourhoods.add(turn.tx, mine, area, int(width)):
                turn.say(turn.t.t(FULL))
            await neighbourhoods.spread(turn.tx, mine)
            await back(turn)
        case Chosen("remove"):
            if [one.area for one in await neighbourhoods.of(turn.tx, mine)] == [area]:
                turn.say(turn.t.t("It is your only neighbourhood. Add another one first, or write “stop”."))
                return await turn.again()
            await neighbourhoods.remove(turn.tx, mine, area)
            await neighbourhoods.spread(turn.tx, mine)
            await back(turn)
        case _:
            turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
            await turn.again()


async def answer_area(turn: Turn, answer: Answer) -> None:
    await start.answer_area(turn, answer, added)


async def added(turn: Turn, code: int) -> None:
    """One more neighbourhood was named; how far around it is asked next."""
    if not await areas.legal_codes(turn.tx, code):
        return await turn.again()
    if code not in await _mine(turn) and not await neighbourhoods.add(turn.tx, turn.resident.id, code):
        turn.say(turn.t.t(FULL))
        return await back(turn)
    await neighbourhoods.spread(turn.tx, turn.resident.id)
    await turn.go("width", area=code)


async def _counts(turn: Turn, area: Area) -> list[tuple[int, int]]:
    """For each width: how many neighbourhoods that is, and how many jobs one can apply for there."""
    legal = await areas.legal_codes(turn.tx, area.code)
    around = await areas.reach(turn.tx, legal)
    jobs = await browse.counts_by_ring(turn.tx, *legal)
    return [(sum(hops <= width for hops in around.values()), n) for width, n in enumerate(jobs)]


FLOW = Flow(
    "where",
    Step("menu", ask_menu, answer_menu),
    Step("area", start.ask_area, answer_area),
    Step("list", start.ask_list, answer_area),
    Step("width", ask_width, answer_width),
)
