"""/alerts: everything that decides which alerts come, on one screen: where, what for, and when."""

from storage import areas, neighbourhoods, wishes

from .. import asking
from ..chat.messages import Button
from ..chat.turn import Turn
from ..places import named
from . import pace
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
    lines = [t.t("Where: {places}", places="; ".join(await where(turn)) or t.t("nowhere yet"))]
    for i, wish in enumerate(kept, 1):
        name = f"{t.isolate(wish.name)}: " if wish.name else ""
        state = "" if wish.active else f" ({t.t('rests')})"
        lines.append(f"{i}. {name}{asking.short(t, wish, wish.words)}{state}")
    rows: list[list[Button]] = [[turn.press(str(i), "we", wish.id) for i, wish in enumerate(kept, 1)]]
    if len(kept) < wishes.MOST:
        rows[0].append(turn.press(t.t("Add a wish"), "wn"))
    lines += pace.told(turn)
    rows.append([turn.press(t.t("Where"), "wh"), turn.press(t.t("When"), "ti")])
    rows.append([turn.press(t.t("Jobs that fit"), "pg", 0, 0)])
    turn.say("\n".join(lines), rows, lead=said, title=t.t("Your alerts"), edit=edit)


async def where(turn: Turn) -> list[str]:
    """Each neighbourhood with how far around it."""
    t, found = turn.t, []
    for one in await neighbourhoods.of(turn.tx, turn.resident.id):
        area = await areas.get(turn.tx, one.area)
        if area is not None:
            found.append(f"{named(t, area).both(t)} {t.t(asking.WIDTHS[one.width])}")
    return found
