"""/applications: how each of a person's applications stands, withdrawing one, and telling each step as it comes."""

from collections.abc import Mapping
from typing import Any

from storage import applications, browse, deliveries, readers, residents, slots
from storage.application_tables import Application
from storage.deliveries import Owed
from storage.transaction import Transaction

from .. import cards
from ..chat.flow import Option
from ..chat.messages import Button
from ..chat.turn import Turn
from ..tracks import TRACKS
from . import hears, meeting

KIND = "status"  # of the delivery that tells a step
INTERACTIVE = 0
LONGEST = 10  # told at once


async def mine(turn: Turn, _argument: str = "") -> None:
    t = turn.t
    turn.end()
    found = await applications.of(turn.tx, turn.resident.id)
    if not found:
        return turn.say(
            t.t("You have not applied for a job here yet."), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]]
        )
    lines, row = [], []
    for i, one in enumerate(found[:LONGEST], 1):
        posting = await browse.posting(turn.tx, one.posting_id)
        title = cards.headline(t, posting) if posting else t.t("This job is no longer here.")
        stage = TRACKS[one.track].stage(one.stage)
        lines += [f"{i}. {title}", f"    {t.t(stage.name)} · {t.t('number {number}', number=str(one.id))}"]
        if TRACKS[one.track].may(one.stage, "withdrawn", "resident"):
            row.append(turn.press(t.t("Withdraw {i}", i=str(i)), "mw", one.id))
    turn.say("\n".join(lines), [row, [turn.press(t.t("Jobs near me"), "pg", 0, 0)]], title=t.t("My applications"))


async def pressed(turn: Turn) -> None:
    await mine(turn)


async def withdraw(turn: Turn, number: int) -> None:
    """Asked once more before anything is taken back; of others' applications nothing is said."""
    one = await _own(turn, number)
    if one is not None:
        t = turn.t
        rows = [[turn.press(t.t("Yes, withdraw"), "mx", one.id), turn.press(t.t("No"), "ms")]]
        turn.say(t.t("Take back application {number}? They will not see it any more.", number=str(one.id)), rows)


async def withdrawn(turn: Turn, number: int) -> None:
    one = await _own(turn, number)
    if one is None:
        return
    await slots.give_back(turn.tx, one)
    await applications.step(turn.tx, one, "withdrawn", "resident", turn.resident.id)
    await hears.facility(turn.tx, one, "withdrawn")
    turn.say(turn.t.t("Taken back."), [[turn.press(turn.t.t("My applications"), "ms")]])


async def kept(turn: Turn) -> tuple[list[str], list[list[Button]]]:
    """What is kept of applying, as lines of what one is told about oneself, with the ways to see and to end it."""
    t, found = turn.t, await applications.of(turn.tx, turn.resident.id)
    lines, rows = [], []
    if found:
        lines.append(t.t("Applications: {number}", number=len(found)))
        rows.append([turn.press(t.t("My applications"), "ms")])
    if form := await applications.profile(turn.tx, turn.resident.id):
        name, year = t.isolate(str(form.get("name", ""))), str(form.get("born", ""))
        lines.append(t.t("Kept for your next application: {name}, {year}", name=name, year=year))
        rows.append([turn.press(t.t("Forget name and year"), "mf")])
    return lines, rows


async def forget(turn: Turn) -> None:
    """What was kept for the next time goes at once."""
    await applications.forget(turn.tx, turn.resident.id)
    await residents.withdraw(turn.tx, turn.resident, "profile")
    turn.say(turn.t.t("Not kept."), [[turn.press(turn.t.t("My applications"), "ms")]])


async def _own(turn: Turn, number: int) -> Application | None:
    """The person's own application that can still be taken back; else they are told."""
    one = await applications.get(turn.tx, number)
    if one is None or one.resident_id != turn.resident.id:
        turn.say(turn.t.t("There is no such application of yours."), [[turn.press(turn.t.t("My applications"), "ms")]])
        return None
    if not TRACKS[one.track].may(one.stage, "withdrawn", "resident"):
        turn.say(turn.t.t("It is over already."), [[turn.press(turn.t.t("My applications"), "ms")]])
        return None
    return one


async def owe(tx: Transaction, application: Application, milestone_id: int, word: str) -> None:
    """The person hears of a step once, where they read, in the language of then."""
    chat_id = await readers.chat_of(tx, application.resident_id)
    if chat_id is None or not TRACKS[application.track].stage(word).says:
        return
    once, body = f"{KIND}:{milestone_id}", {"application": application.id, "word": word}
    await deliveries.queue(tx, [Owed(once, chat_id, KIND, INTERACTIVE, body=body)])


async def tell(turn: Turn, body: Mapping[str, Any]) -> None:
    """The step that a delivery is about, in words."""
    one = await applications.get(turn.tx, body["application"])
    if one is None or one.resident_id != turn.resident.id:
        return
    t, posting = turn.t, await browse.posting(turn.tx, one.posting_id)
    lines = [t.t(TRACKS[one.track].stage(body["word"]).says), t.t("Your number is {number}.", number=str(one.id))]
    rows: list[list[Option | Button]] = [[turn.press(t.t("My applications"), "ms")]]
    if body["word"] == "declined":
        lines.append(
            t.n(
                "Your papers are deleted {n} day after the job closed.",
                "Your papers are deleted {n} days after the job closed.",
                applications.KEPT_DAYS,
            )
        )
        rows[0].append(turn.press(t.t("Jobs near me"), "pg", 0, 0))
    if body["word"] == "invited" and (free := await slots.free(turn.tx, one.posting_id)):
        lines.append(t.isolate(free[0].place))
        rows = [list(row) for row in meeting.offered(turn, one, free)]
    turn.say("\n".join(lines), rows, title=cards.headline(t, posting) if posting else "")
