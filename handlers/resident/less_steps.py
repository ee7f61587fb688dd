"""What does not fit becomes a filter: each question says how many of the last month's alerts would have come with it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from storage import lately, neighbourhoods, wishes
from storage.criteria import STRICT
from storage.tables import Filters

from .. import asking
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from ..matching import hindsight, without
from . import where, wish_time
from .less import STEP, just_this
from .parts import toggle
from .wish_steps import won_of

PERIOD = timedelta(days=30)
ABOUT = {"time": "hours", "kind": "occupation", "pay": "pay"}  # what a notice may leave open of what each step asks
CHOICES = 3  # of pay


def narrowed(wish: Filters, step: str, held: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a wish that the answers change. It never accepts more than before; what would be left with no time
    or no work at all stays as it is.
    """
    strict = wish.strict | (STRICT[ABOUT[step]] if held.get("strict") else 0)
    match step:
        case "time":
            days = wish_time.WEEKEND if held["weekend"] else 127
            hours = wish.hours & wish_time.together(days, held["bands"])
            return {"hours": hours or wish.hours, "strict": strict}
        case "kind":
            left = without(wish.occupations, held["occupation"])
            return {"occupations": left if left & asking.EVERY_WORK else wish.occupations, "strict": strict}
    return {"pay_floor": max(wish.pay_floor, held["floor"]), "strict": strict}


async def _preview(turn: Turn, step: str) -> list[str]:
    """How many of the last 30 days' alerts would have come."""
    t, held = turn.t, turn.dialog.answers
    told = await lately.alerts(turn.tx, turn.resident.id, turn.tx.now - PERIOD)
    kept = [wish for wish in await wishes.of(turn.tx, turn.resident.id) if wish.active]
    if not told:
        return [t.t("There were no alerts in the last 30 days to compare with.")]
    if step == "far":
        came, silent = sum(hops <= held["width"] for _, hops in told), 0
    else:
        for wish in kept:
            if wish.id in held["wishes"]:
                wish.sqlmodel_update(narrowed(wish, step, held))
        came, silent = hindsight([(wish, wish.words) for wish in kept], told, ABOUT[step])
    lines = [
        t.n(
            "Had you chosen this, {came} of the {n} alert of the last 30 days would have come.",
            "Had you chosen this, {came} of the {n} alerts of the last 30 days would have come.",
            len(told),
            came=t.number(came),
        )
    ]
    if silent:
        lines.append(
            t.n("{n} more that does not say it comes still.", "{n} more that do not say it come still.", silent)
        )
    return lines


async def _ask(turn: Turn, step: str, question: str, rows: Sequence[Sequence[Option]]) -> None:
    t, held = turn.t, turn.dialog.answers
    more = []
    if step in ABOUT:
        more.append([toggle("strict", t.t("Leave out what does not say it"), bool(held.get("strict")))])
    kept = await wishes.of(turn.tx, turn.resident.id)
    if step in ABOUT and len(held["brought"]) < len(kept):
        more.append([toggle("all", t.t("For all my wishes"), len(held["wishes"]) == len(kept))])
    ends = [Option("save", t.c("a wish", "Save")), Option("leave", t.t("Just this one"))]
    turn.ask("\n".join([question, *await _preview(turn, step)]), [*rows, *more, ends], edit=True)


async def ask_time(turn: Turn) -> None:
    t, held = turn.t, turn.dialog.answers
    bands = [toggle(f"b{i}", t.t(name), bool(held["bands"] >> i & 1)) for i, name in enumerate(asking.BANDS)]
    rows = [bands[:3], [*bands[3:], toggle("weekend", t.t("Weekend only"), held["weekend"])]]
    await _ask(turn, "time", t.t("Choose the times that suit you."), rows)


async def ask_kind(turn: Turn) -> None:
    named = turn.t.term(turn.dialog.answers["occupation"])
    await _ask(turn, "kind", turn.t.t("Leave out this kind of work: {kind}", kind=named), [])


async def ask_pay(turn: Turn) -> None:
    t, held = turn.t, turn.dialog.answers
    choices = [held["first"] + i * 2 * STEP for i in range(CHOICES)]
    rows = [[toggle(str(won), t.number(won), won == held["floor"]) for won in choices]]
    told = t.t("From how many won an hour? You can write another number.")
    await _ask(turn, "pay", f"{told}\n{t.t('from {won} won/h', won=t.number(held['floor']))}", rows)


async def ask_far(turn: Turn) -> None:
    t, held = turn.t, turn.dialog.answers
    rows = [[toggle(str(i), t.t(where.STEPS[i]), i == held["width"]) for i in range(held["hops"])]]
    await _ask(turn, "far", t.t("How far may it be?"), rows)


async def answer(turn: Turn, said: Answer) -> None:
    held, step = turn.dialog.answers, str(turn.dialog.step)
    match said:
        case Chosen("save"):
            return await _save(turn, step)
        case Chosen("leave"):
            turn.end()
            return await just_this(turn, held["posting"])
        case Chosen("strict"):
            held["strict"] = not held.get("strict")
        case Chosen("all"):
            every = [wish.id for wish in await wishes.of(turn.tx, turn.resident.id)]
            held["wishes"] = held["brought"] if len(held["wishes"]) == len(every) else every
        case Chosen("weekend"):
            held["weekend"] = not held["weekend"]
        case Chosen(value) if value[0] == "b":
            held["bands"] ^= 1 << int(value[1:])
        case Chosen(value) if step == "pay":
            held["floor"] = int(value)
        case Chosen(value):
            held["width"] = int(value)
        case Said() if step == "pay" and (won := won_of(said)):
            held["floor"] = won
        case Said(words) if step == "time" and any(times := wish_time.said_time(turn, words)):
            held["weekend"], held["bands"] = times[0] == wish_time.WEEKEND, times[1] or held["bands"]
        case _:
            turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
    if held.get("bands") == 0:
        held["bands"] = 15
        turn.say(turn.t.t("One time must stay, or no job would ever fit."))
    await turn.again()


async def _save(turn: Turn, step: str) -> None:
    """Narrows, and keeps how it was until the next question, so that one tap puts it back."""
    t, tx, held, mine = turn.t, turn.tx, turn.dialog.answers, turn.resident.id
    before: dict[str, Any] = {"wishes": [], "areas": []}
    if step == "far":
        for one in await neighbourhoods.of(tx, mine):
            before["areas"].append((one.area, one.width))
            await neighbourhoods.add(tx, mine, one.area, min(one.width, held["width"]))
        await neighbourhoods.spread(tx, mine)
    for wish in await wishes.of(tx, mine):
        if step in ABOUT and wish.id in held["wishes"]:
            values = narrowed(wish, step, held)
            before["wishes"].append((wish.id, {name: getattr(wish, name) for name in values}))
            await wishes.change(tx, mine, wish.id, **values)
    turn.end()
    turn.dialog.answers = {"undo": before}
    rows = [[turn.press(t.t("Undo"), "uu"), turn.press(t.t("Your alerts"), "al")]]
    turn.say(_saved(turn, step, held), rows, edit=True)


def _saved(turn: Turn, step: str, held: Mapping[str, Any]) -> str:
    t = turn.t
    if step == "kind":
        return t.t("No more alerts of this kind: {kind}", kind=t.term(held["occupation"]))
    days = wish_time.WEEKEND if held.get("weekend") else 127
    what = {
        "time": lambda: asking.times(t, wish_time.together(days, held["bands"])),
        "pay": lambda: t.t("from {won} won/h", won=t.number(held["floor"])),
        "far": lambda: t.t(where.STEPS[held["width"]]),
    }[step]()
    return t.t("Saved. From now on: {what}", what=what)


FLOW = Flow(
    "less",
    Step("time", ask_time, answer),
    Step("kind", ask_kind, answer),
    Step("pay", ask_pay, answer),
    Step("far", ask_far, answer),
)
