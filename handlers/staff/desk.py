"""Today's work for staff, as numbered sentences with counts. Others are told kindly that this is not theirs."""

from storage import staff

from .. import cards
from ..chat.turn import Turn

LOUD = 3  # failures in a row after which a source counts as down


async def today(turn: Turn, _argument: str = "") -> None:
    """/today: what needs staff now."""
    t = turn.t
    if not await _is_staff(turn):
        turn.say(t.t("This is for staff."), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])
        return
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
    turn.say(text, lead=t.t("Staff"), title=t.t("Today's work"))


async def _is_staff(turn: Turn) -> bool:
    if await staff.role(turn.tx, turn.resident.id) is not None:
        return True
    if turn.deployment.owner == f"{turn.chat.platform}:{turn.chat.address}":
        await staff.appoint(turn.tx, turn.resident.id, "owner")
        return True
    return False
