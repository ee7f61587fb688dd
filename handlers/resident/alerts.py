"""/alerts: everything that decides which alerts come, on one screen: where, what for, and when."""

from storage import wishes

from .. import asking
from ..chat.messages import Button
from ..chat.turn import Turn
from . import pace, place
from .start import start


async def alerts(turn: Turn, _argument: str = "") -> None:
    turn.end()
    await overview(turn)


async def overview(turn: Turn, *, edit: bool = False, said: str = "") -> None:
    """The screen itself; `said` is a line about what was just changed."""
    t = turn.t
    if turn.resident.state != "active":
        return await start(turn)
    kept = await wishes.of(turn.tx, turn.resident.id)
    lines = [t.t("Where: {places}", places="; ".join(await place.where(turn)) or t.t("nowhere yet"))]
    for i, wish in enumerate(kept, 1):
        name = f"{t.isolate(wish.name)}: " if wish.name else ""
        state = "" if wish.active else f" ({t.t('rests')})"
        lines.append(f"{i}. {name}{asking.short(t, wish, wish.words)}{state}")
    rows: list[list[Button]] = [[turn.press(str(i), "we", wish.id) for i, wish in enumerate(kept, 1)]]
    if len(kept) < wishes.MOST:
        rows[0].append(turn.press(t.t("Add a wish"), "wn"))
    lines += pace.told(turn)
    rows.append([turn.press(t.c("alerts", "Where"), "wh"), turn.press(t.t("When"), "ti")])
    rows.append([turn.press(t.t("Jobs that fit"), "pg", 0, 0)])
    turn.say("\n".join(lines), rows, lead=said, title=t.t("Your alerts"), edit=edit)
