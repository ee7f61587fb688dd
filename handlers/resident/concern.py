"""“Something is wrong” under every card: asked what in one tap, and thanked. Works for guests too."""

from locales import N_
from storage import concerns

from ..chat.turn import Turn
from .posting import found

WORDS = {
    "money": N_("They ask for money or a bank book"),
    "wrong": N_("It is not as written"),
    "closed": N_("It is closed already"),
    "unfair": N_("It is unfair"),
}


async def what(turn: Turn, posting_id: int) -> None:
    posting = await found(turn, posting_id)
    if posting is None:
        return
    t = turn.t
    rows = [[turn.press(t.t(WORDS[kind]), "cx", posting.id, i)] for i, kind in enumerate(concerns.KINDS)]
    rows.append([turn.press(t.t("Back"), "sh", posting.id)])
    turn.say(t.t("What is wrong with this job? Nobody learns who said it."), rows)


async def say(turn: Turn, posting_id: int, number: int) -> None:
    if number >= len(concerns.KINDS):
        return await what(turn, posting_id)
    posting = await found(turn, posting_id)
    if posting is None:
        return None
    kind = concerns.KINDS[number]
    await concerns.say(turn.tx, turn.resident.id, posting.id, kind)
    t = turn.t
    lines = [t.t("Thank you. We will look at it.")]
    if kind == "money":
        lines.append(t.t("Pay nothing, and give nobody your bank book or card. Did you already? Call the police: 112"))
    turn.say("\n".join(lines), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])
