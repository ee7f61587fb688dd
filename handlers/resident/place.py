"""The resident's neighbourhoods on a map, so that one can look whether they are the right ones."""

from collections.abc import Iterable

from locales import Translator
from storage import areas, neighbourhoods
from storage.area_tables import Area

from .. import asking
from ..chat.messages import Button, Picture, Spot
from ..chat.turn import Turn
from ..places import named


async def on_map(turn: Turn) -> None:
    """What was chosen and what lies next to it, in words and as a map."""
    t = turn.t
    rows = [[turn.press(t.t("Change neighbourhood"), "ar"), turn.press(t.t("Jobs near me"), "pg", 0, 0)]]
    there = await where(turn)
    if not there:
        turn.say(t.t("You have not chosen a neighbourhood yet."), rows)
        return
    chosen, near = await _areas(turn)
    lines = [t.t("You get jobs in {place}.", place="; ".join(there))]
    if len(chosen) > len(there):
        lines.append(t.t("This covers: {areas}", areas=_names(t, chosen)))
    if near:
        lines.append(t.t("And next to it: {areas}", areas=_names(t, near)))
    turn.say("\n".join(lines), rows, picture=_map(t, chosen, near))


async def where(turn: Turn) -> list[str]:
    """Each neighbourhood in words, with how far around it."""
    t, found = turn.t, []
    for one in await neighbourhoods.of(turn.tx, turn.resident.id):
        area = await areas.get(turn.tx, one.area)
        if area is not None:
            found.append(f"{named(t, area).both(t)} {t.t(asking.WIDTHS[one.width])}")
    return found


async def map_of(turn: Turn) -> Picture | None:
    """A map of all that the resident chose, with what borders on it where they hear of that too; None before they chose."""
    chosen, near = await _areas(turn)
    return _map(turn.t, chosen, near)


def button(turn: Turn) -> list[Button]:
    """The row of buttons that leads to the map; empty where there are no pictures."""
    return [turn.press(turn.t.t("Show on a map"), "mp")] if turn.capabilities.pictures else []


async def _areas(turn: Turn) -> tuple[list[Area], list[Area]]:
    """The legal areas that were chosen, and those around them as far as the resident looks."""
    wide = await neighbourhoods.widths(turn.tx, await neighbourhoods.of(turn.tx, turn.resident.id))
    own, around = {code for code, _ in wide}, dict[int, None]()
    for code, width in wide:
        reach = await areas.reach(turn.tx, [code])
        around |= dict.fromkeys(other for other, hops in reach.items() if 0 < hops <= width and other not in own)
    return await _named(turn, own), await _named(turn, around)


async def _named(turn: Turn, codes: Iterable[int]) -> list[Area]:
    found = [await areas.get(turn.tx, code) for code in sorted(codes)]
    return [area for area in found if area is not None]


def _map(t: Translator, chosen: list[Area], near: list[Area]) -> Picture | None:
    if not chosen:
        return None
    words = {"areas": _names(t, chosen), "near": _names(t, near)}
    if near:
        alt = t.t("Map. In dark green: {areas}. In light green: {near}.", **words)
    else:
        alt = t.t("Map. In dark green: {areas}.", areas=words["areas"])
    return Picture(alt, _spots(t, chosen), _spots(t, near))


def _names(t: Translator, some: list[Area]) -> str:
    return ", ".join(areas.place_name(area, t.code) for area in some)


def _spots(t: Translator, some: list[Area]) -> tuple[Spot, ...]:
    return tuple(Spot(one.code, tuple(dict.fromkeys((one.name_ko, areas.place_name(one, t.code))))) for one in some)
