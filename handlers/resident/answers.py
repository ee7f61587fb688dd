"""A facility's question as the person reads it, and their answer of one tap."""

from collections.abc import Mapping
from typing import Any

from storage import applications, browse, deliveries, readers
from storage.application_tables import Application
from storage.deliveries import Owed
from storage.transaction import Transaction

from .. import cards
from ..chat.turn import Turn
from ..questions import QUESTIONS
from . import hears

KIND = "question"
INTERACTIVE = 0


async def owe(tx: Transaction, one: Application, milestone_id: int, which: int) -> None:
    """The person is asked once, where they read."""
    chat_id = await readers.chat_of(tx, one.resident_id)
    if chat_id is not None:
        body = {"application": one.id, "question": which}
        await deliveries.queue(tx, [Owed(f"{KIND}:{milestone_id}", chat_id, KIND, INTERACTIVE, body=body)])


async def tell(turn: Turn, body: Mapping[str, Any]) -> None:
    one = await applications.get(turn.tx, body["application"])
    if one is None or one.resident_id != turn.resident.id:
        return
    t, posting, question = turn.t, await browse.posting(turn.tx, one.posting_id), QUESTIONS[body["question"]]
    rows = [[turn.press(t.t(said), "mq", one.id, body["question"], i)] for i, said in enumerate(question.answers)]
    lead = t.t("{organisation} asks you:", organisation=t.isolate(posting.organisation)) if posting else ""
    turn.say(t.t(question.asks), rows, lead=lead, title=cards.headline(t, posting) if posting else "")


async def answer(turn: Turn, number: int, which: int, place: int) -> None:
    """Kept, also where they answer anew; the facility hears that there is an answer."""
    t, one = turn.t, await applications.get(turn.tx, number)
    row = [[turn.press(t.t("My applications"), "ms")]]
    if one is None or one.resident_id != turn.resident.id or which >= len(QUESTIONS):
        return turn.say(t.t("There is no such application of yours."), row)
    question, words = QUESTIONS[which], [said.word for said in await applications.milestones(turn.tx, one.id)]
    if f"ask {question.name}" not in words or place >= len(question.answers):
        return turn.say(t.t("This button no longer works. You can:"), row)
    await applications.note(turn.tx, one.id, f"answer {question.name} {place}", "resident", turn.resident.id)
    await hears.facility(turn.tx, one, "answer")
    turn.say(t.t("You answered: {answer}", answer=t.t(question.answers[place])), row)
