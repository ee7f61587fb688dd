"""Entering a person at the counter, and changing an entry: nothing is kept before they agreed on paper, and nobody is
entered twice unasked.
"""

from storage import areas, audit, facilities, walk_ins
from storage.staff_tables import WalkIn

from ..chat.flow import Answer, Chosen, Option, Step
from ..chat.turn import Turn
from ..places import named
from . import counter, gate
from .counter_sheet import VERSION, agreement_file, agreement_in_both
from .counter_steps import ABOUT, cancel, stopped, typed
from .gate import Act
from .rights import may

NEEDED = ("name", "phone", "language", "area", "work", "words")  # what is known of a person who can be entered


async def new(turn: Turn) -> None:
    """A manager enters people for a facility of theirs; of several they say which."""
    t = turn.t
    assert turn.who is not None
    if turn.capabilities.abroad:
        text = t.t("Names would pass through servers outside Korea here. Please enter people in the web chat.")
        rows = [[turn.link(t.t("Open the page"), turn.deployment.web)]] if turn.deployment.web else []
        return turn.say(text, [*rows, counter.back(turn)])
    theirs = await facilities.some(turn.tx, turn.who.facilities) if turn.who.facilities is not None else []
    if turn.who.facilities is not None and not theirs:
        return turn.say(t.t("You act for no facility yet. Ask an officer."), [counter.back(turn)])
    await turn.begin("counter", "facility" if theirs[1:] else "language", facility=theirs[0].id if theirs else None)


async def edit(turn: Turn, resident_id: int) -> None:
    await turn.begin("entry", person=resident_id)


async def ask_facility(turn: Turn) -> None:
    assert turn.who is not None
    theirs = await facilities.some(turn.tx, turn.who.facilities)
    turn.ask(turn.t.t("For which facility?"), [[Option(str(one.id), one.name)] for one in theirs])


async def answer_facility(turn: Turn, answer: Answer) -> None:
    if not isinstance(answer, Chosen) or not answer.value.isdigit():
        return await turn.again()
    await turn.go("language", facility=int(answer.value))


async def ask_agreement(turn: Turn) -> None:
    """What they agree to, to be read out, shown or printed, before anything about them is written down."""
    t, code = turn.t, turn.dialog.answers.get("language", "ko")
    rows = [
        [Option("signed", t.t("They signed on paper")), Option("refuse", t.t("They do not agree"))],
        [Option("print", t.t("Print it"))],
    ]
    lead = t.t("Read this out, or print it. They sign on paper, and you keep the paper.")
    turn.ask(agreement_in_both(turn, code), rows, lead=lead, title=t.t("Agreement to be told of jobs"))


async def answer_agreement(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("signed"):
            await turn.go("name")
        case Chosen("refuse"):
            turn.end()
            turn.say(turn.t.t("That is fine. Nothing was kept."), [counter.back(turn)])
        case Chosen("print"):
            code = turn.dialog.answers.get("language", "ko")
            turn.say(turn.t.t("The agreement, to be printed and signed"), file=agreement_file(turn, code))
            await turn.again()
        case _:
            await typed(turn, answer, only_buttons=True)


async def ask_same(turn: Turn) -> None:
    """Asked only where somebody is entered already who is perhaps this person."""
    if not set(NEEDED) <= set(turn.dialog.answers):  # an older version of the program asked less
        return await new(turn)
    t, one = turn.t, await _like(turn)
    if one is None:
        return await _keep(turn)
    rows = [
        [Option("same", t.t("It is the same person")), Option("other", t.t("It is somebody else"))],
        cancel(turn),
    ]
    text = t.t("Somebody like this is entered already:")
    turn.ask(f"{text}\n{await counter.line(turn, one)}", rows, names=not counter.hidden(turn))


async def answer_same(turn: Turn, answer: Answer) -> None:
    if not set(NEEDED) <= set(turn.dialog.answers):
        return await new(turn)
    match answer:
        case Chosen("same"):
            one = await _like(turn)
            await (_keep(turn) if one is None else counter.person(turn, one.resident_id))
        case Chosen("other"):
            await _keep(turn)
        case Chosen("cancel"):
            await stopped(turn)
        case _:
            await typed(turn, answer, only_buttons=True)


async def _like(turn: Turn) -> WalkIn | None:
    told = turn.dialog.answers
    assert turn.who is not None
    like = await walk_ins.like(turn.tx, turn.who, told["name"], told["phone"], told["area"])
    return like[0] if like else None


async def _keep(turn: Turn) -> None:
    """All is known, and whoever may still enter people there has entered one."""
    t, told, who = turn.t, turn.dialog.answers, turn.who
    facility = told.get("facility")
    if who is None or not may(who, "counter", facility) or (who.facilities is not None and facility is None):
        turn.end()
        turn.refused = True
        return turn.say(t.t("You no longer act for this facility. Nothing was kept."), [counter.back(turn)])
    about = (told["name"], told["language"], told["area"], told["phone"], told["work"], tuple(told["words"]))
    person = await walk_ins.enter(turn.tx, walk_ins.Entry(*about, facility), who.resident_id, VERSION)
    await audit.write(turn.tx, who.resident_id, "enter", "person", person, facility)
    area = await areas.get(turn.tx, told["area"])
    place = named(t, area).both(t) if area else ""
    turn.say(t.t("Entered. New jobs for them from now on wait here: {place}", place=place))
    await counter.person(turn, person)


async def ask_what(turn: Turn) -> None:
    t = turn.t
    rows = [
        [Option("name", t.t("Name")), Option("phone", t.c("a number", "Phone"))],
        [Option("language", t.t("Language")), Option("area", t.t("Neighbourhood"))],
        [Option("work", t.t("Work")), *cancel(turn)],
    ]
    turn.ask(t.t("What should be changed?"), rows)


async def answer_what(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen(("name" | "phone" | "language" | "area" | "work") as step):
            await turn.go(step)
        case Chosen("cancel"):
            await stopped(turn)
        case _:
            await typed(turn, answer, only_buttons=True)


FLOWS = (
    gate.flow(
        *("counter", "counter", ""),
        Step("facility", ask_facility, answer_facility),
        Step("agreement", ask_agreement, answer_agreement),
        Step("same", ask_same, answer_same),
        *ABOUT,
    ),
    gate.flow("entry", "counter", "person", Step("what", ask_what, answer_what), *ABOUT),
)
ACTS = {"qn": Act(new, 0, "counter"), "qe": Act(edit, 1, "counter", "person")}
