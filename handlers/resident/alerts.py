"""/alerts: everything that decides which alerts come, on one screen: where, what for, and when."""

from locales import Translator
from storage import wishes
from storage.tables import Wish

from .. import asking
from ..chat.messages import Button
from ..chat.turn import Turn
from . import follow, jobs, pace, place
from .start import start


async def alerts(turn: Turn, _argument: str = "") -> None:
    turn.end()
    await overview(turn)


def line(t: Translator, wish: Wish) -> str:
    """A wish as it is listed: its name, what it asks, and whether it rests."""
    name = f"{t.isolate(wish.name)}: " if wish.name else ""
    state = "" if wish.active else f" ({t.t('rests')})"
    return f"{name}{asking.short(t, wish, wish.words)}{state}"


async def overview(turn: Turn, *, edit: bool = False, said: str = "") -> None:
    """The screen itself; `said` is a line about what was just changed."""
    t = turn.t
    if turn.resident.state != "active":
        return await start(turn)
    kept = await wishes.of(turn.tx, turn.resident.id)
    lines = [t.t("Where: {places}", places="; ".join(await place.where(turn)) or t.t("nowhere yet"))]
    for i, wish in enumerate(kept, 1):
        lines.append(f"{i}. {line(t, wish)}")
    followed, ending = await follow.listed(turn)
    if not kept and not followed:
        lines.append(t.t("You have no wish: nothing comes."))
    lines += followed
    rows: list[list[Button]] = [[turn.press(str(i), "we", wish.id) for i, wish in enumerate(kept, 1)]]
    if len(kept) < wishes.MOST:
        rows[0].append(turn.press(t.t("Add a wish"), "wn"))
    lines += pace.told(turn)
    rows.append([turn.press(t.c("alerts", "Where"), "wh"), turn.press(t.t("When"), "ti")])
    rows.append([turn.press(t.t("Jobs that fit"), "pg", jobs.NEAR, 0)])
    turn.say("\n".join(lines), [*rows, *ending], lead=said, title=t.t("Your alerts"), edit=edit)
