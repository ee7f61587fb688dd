"""Asking who applied one of the ready questions; what they answered stands on their card."""

from storage import applications, audit, browse

from ..chat.turn import Turn
from ..questions import QUESTIONS, asked
from ..resident.answers import owe
from ..tracks import TRACKS
from .gate import Act


async def questions(turn: Turn, number: int) -> None:
    """Those that were not asked yet."""
    t, one = turn.t, await applications.get(turn.tx, number)
    if one is None or TRACKS[one.track].stage(one.stage).over:
        return turn.say(t.t("This can't be done now."), [[turn.press(t.t("Applications"), "ib")]])
    done = {q.name for q, _ in asked([said.word for said in await applications.milestones(turn.tx, one.id)])}
    rows = [[turn.press(t.t(q.asks), "iw", one.id, i)] for i, q in enumerate(QUESTIONS) if q.name not in done]
    rows.append([turn.press(t.t("Back"), "is", one.id)])
    turn.say(t.t("What would you like to ask? They read it in their own language."), rows, lead=t.t("Staff"))


async def ask(turn: Turn, number: int, which: int) -> None:
    t, one = turn.t, await applications.get(turn.tx, number)
    if one is None or turn.who is None or which >= len(QUESTIONS) or TRACKS[one.track].stage(one.stage).over:
        return turn.say(t.t("This can't be done now."), [[turn.press(t.t("Applications"), "ib")]])
    question = QUESTIONS[which]
    done = {q.name for q, _ in asked([said.word for said in await applications.milestones(turn.tx, one.id)])}
    if question.name not in done:
        made = await applications.note(turn.tx, one.id, f"ask {question.name}", "facility", turn.who.resident_id)
        posting = await browse.posting(turn.tx, one.posting_id)
        await audit.write(
            turn.tx, turn.who.resident_id, "ask", "application", one.id, posting.facility_id if posting else None
        )
        await owe(turn.tx, one, made, which)
    turn.say(
        t.t("Asked: {question}", question=t.t(question.asks)),
        [[turn.press(t.t("Back"), "is", one.id)]],
        lead=t.t("Staff"),
    )


ACTS = {
    "iq": Act(questions, 1, "applicants", "application"),
    "iw": Act(ask, 2, "applicants", "application"),
}
