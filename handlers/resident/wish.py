"""One wish on its screen: what it asks, how many open jobs fit now, and every question behind a button. Nothing is kept
before it is saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage import browse, neighbourhoods, wishes
from storage.criteria import STRICT
from storage.tables import Filters, Posting, Wish

from .. import asking, matching
from ..chat.flow import Answer, Chosen, Option
from ..chat.turn import Turn
from . import alerts, start


async def new(turn: Turn) -> None:
    """One more wish; whoever has not agreed yet begins at the start."""
    if turn.resident.state != "active":
        return await start.start(turn)
    if len(await wishes.of(turn.tx, turn.resident.id)) >= wishes.MOST:
        turn.say(turn.t.t("Five wishes are the most. Remove one first."))
        return await alerts.alerts(turn)
    await turn.begin("wish", wish=_packed(_bare(turn)))


async def edit(turn: Turn, wish_id: int) -> None:
    """The button of one wish, which may be old or somebody else's."""
    found = await wishes.get(turn.tx, turn.resident.id, wish_id)
    if found is None:
        return await alerts.alerts(turn)
    await turn.begin("wish", wish=_packed(found), id=found.id)


def held(turn: Turn) -> Wish:
    """The wish as it is on the screen now."""
    kept = dict(turn.dialog.answers.get("wish", {}))
    kept["starts"] = date.fromisoformat(kept["starts"]) if kept.get("starts") else None
    return _bare(turn, **kept)


def _bare(turn: Turn, **values: Any) -> Wish:
    return Wish(**{"resident_id": turn.resident.id, "created_at": turn.tx.now, "words": {}, **values})


def hold(turn: Turn, wish: Wish) -> None:
    """Keep it on the screen. What is not asked any more need not be stated either."""
    wish.strict &= sum(STRICT[name] for name in matching.asked(wish))
    turn.dialog.answers["wish"] = _packed(wish)


def _packed(wish: Wish) -> dict[str, Any]:
    values = {name: getattr(wish, name) for name in (*Filters.model_fields, "name", "words", "active")}
    return {**values, "starts": wish.starts.isoformat() if wish.starts else None}


LOOKED_AT = 5000  # open postings near somebody that are counted at most


@dataclass(frozen=True, slots=True)
class Count:
    """Open jobs near the resident that fit, and those that would if they said more."""

    fit: int
    silent: int


async def counted(turn: Turn, wish: Wish) -> Count:
    near = await _near(turn)
    return Count(*matching.count(wish, wish.words, near))


async def _near(turn: Turn) -> Sequence[tuple[Posting, int]]:
    there = await neighbourhoods.of(turn.tx, turn.resident.id)
    widths = await neighbourhoods.widths(turn.tx, there)
    return (await browse.open_near(turn.tx, widths, 0, LOOKED_AT, resident_id=turn.resident.id)).rows


async def ask_menu(turn: Turn) -> None:
    t, wish = turn.t, held(turn)
    count = await counted(turn, wish)
    lines = [f"{name}: {said}" for name, said in asking.asked(t, wish, wish.words)] or [t.t("Every job near you")]
    if not wish.active:
        lines.append(t.t("It rests: nothing comes from it."))
    lines += ["", t.n("{n} open job fits now.", "{n} open jobs fit now.", count.fit)]
    if count.silent:
        lines.append(t.n("{n} more does not say.", "{n} more do not say.", count.silent))
    if not count.fit and not count.silent:
        lines.append(t.t("None today: a wider wish finds more."))
    name = asking.NAMES
    rows = [
        [Option("work", t.t("Work")), Option("time", t.t("Time"))],
        [Option("week", t.t(name["week"])), Option("pay", t.t("Pay"))],
        [Option("starts", t.c("first day", "Start")), Option("people", t.t(name["people"]))],
        [Option("more", t.t("More")), Option("words", t.t("Words"))],
    ]
    if _only_stated(wish):
        rows.append([Option("silent", t.t("Take those that do not say"))])
    elif count.silent:
        rows.append(
            [Option("stated", t.n("Leave out {n} that does not say", "Leave out {n} that do not say", count.silent))]
        )
    known = "id" in turn.dialog.answers
    rows.append([Option("save", t.c("a wish", "Save"), main=True)])
    if known:
        rows[-1].append(Option("drop", t.t("Delete")))
        rows[-1].append(Option("rest", t.t("Let it rest")) if wish.active else Option("wake", t.t("Let it run again")))
    rows.append([Option("leave", t.t("Back without saving"))])
    title = t.isolate(wish.name) if wish.name else t.t("Your wish") if known else t.t("A new wish")
    turn.ask("\n".join(lines), rows, title=title, edit=True)


def _only_stated(wish: Wish) -> bool:
    """Whether all that is asked must be stated."""
    about = matching.asked(wish)
    return bool(about) and all(wish.strict & STRICT[name] for name in about)


async def answer_menu(turn: Turn, answer: Answer) -> None:
    wish = held(turn)
    match answer:
        case Chosen("save"):
            await _save(turn, wish)
        case Chosen("drop"):
            await wishes.drop(turn.tx, turn.resident.id, turn.dialog.answers.get("id", 0))
            turn.end()
            await alerts.overview(turn, said=turn.t.t("Deleted."))
        case Chosen("leave"):
            turn.end()
            await alerts.overview(turn)
        case Chosen("rest" | "wake" as how):
            wish.active = how == "wake"
            hold(turn, wish)
            await turn.again()
        case Chosen("stated" | "silent" as how):
            wish.strict = sum(STRICT[name] for name in matching.asked(wish)) if how == "stated" else 0
            hold(turn, wish)
            await turn.again()
        case Chosen(("week" | "people") as group):
            await turn.go("question", group=group)
        case Chosen(("work" | "time" | "pay" | "starts" | "more" | "words") as step):
            await turn.go(step)
        case _:
            turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
            await turn.again()


async def _save(turn: Turn, wish: Wish) -> None:
    """Who stopped or deleted it in another chat meanwhile finds it made anew, or is asked to begin."""
    if turn.resident.state != "active":
        return await start.start(turn)
    values = {name: getattr(wish, name) for name in (*Filters.model_fields, "name", "words", "active")}
    known = await wishes.get(turn.tx, turn.resident.id, turn.dialog.answers.get("id", 0))
    if known is not None:
        await wishes.change(turn.tx, turn.resident.id, known.id, **values)
    elif await wishes.make(turn.tx, turn.resident.id, **values) is None:
        turn.say(turn.t.t("Five wishes are the most. Remove one first."))
        return await alerts.alerts(turn)
    count = await counted(turn, wish)
    turn.end()
    said = turn.t.n("Saved. {n} open job fits now.", "Saved. {n} open jobs fit now.", count.fit + count.silent)
    await alerts.overview(turn, said=said)
