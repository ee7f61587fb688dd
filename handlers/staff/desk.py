"""Today's work for staff, as numbered sentences with counts."""

from storage import staff

from .. import cards
from ..chat.turn import Turn
from .gate import Act, let_in
from .rights import may

LOUD = 3  # failures in a row after which a source counts as down


async def desk(turn: Turn, _argument: str = "") -> None:
    """/today: what needs staff now."""
    if await let_in(turn, "desk"):
        turn.end()
        await today(turn)


async def today(turn: Turn) -> None:
    t = turn.t
    counts = await staff.today(turn.tx)
    sources = await staff.sources(turn.tx)
    down = [name for name, failures, _ in sources if failures >= LOUD]
    lines = [
        t.n("{n} open job", "{n} open jobs", counts["open"]),
        t.n("{n} resident gets alerts", "{n} residents get alerts", counts["active"]),
        t.n("{n} message is waiting", "{n} messages are waiting", counts["queued"]),
        t.n("{n} message may or may not have arrived", "{n} messages may or may not have arrived", counts["uncertain"]),
        t.t("Sources that do not answer: {names}", names=", ".join(down) or t.t("none")),
    ]
    text = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
    good = [f"{name}: {at.astimezone(cards.SEOUL):%H:%M}" for name, _, at in sources if at is not None]
    if good:
        text += "\n\n" + t.t("Last answers: {list}", list=", ".join(good))
    rows = [[turn.press(t.t("Facilities and staff"), "yl")]] if may(turn.who, "people") else []
    turn.say(text, rows, lead=t.t("Staff"), title=t.t("Today's work"))


ACTS = {"dk": Act(today, 0, "desk")}
