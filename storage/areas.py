"""Areas and how they lie: children, legal and administrative codes, widening by borders, and what an address names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from .area_address import resolve
from .area_search import AreaNames
from .area_tables import Area, AreaBorder, AreaChange, AreaLink
from .transaction import Transaction

DISTRICT = 3  # hops that stand for "elsewhere in the same district"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a posting is: the area as it was named, how finely it is known, and the legal areas it stands for."""

    area: int
    level: str  # emd | sigungu | sido
    codes: tuple[int, ...]


async def get(tx: Transaction, code: int) -> Area | None:
    return await tx.get(Area, code=code)


async def children(tx: Transaction, parent: int, kind: str = "admin") -> list[Area]:
    """The neighbourhoods of a district (of a city with districts: of all of them); the districts of a province."""
    area = await get(tx, parent)
    if area is not None and area.level == "sido":
        found = await tx.find(Area, Area.parent == parent, Area.level == "sigungu")
    else:
        inner = select(col(Area.code)).where(col(Area.parent) == parent, col(Area.level) == "sigungu")
        where = (col(Area.parent) == parent) | col(Area.parent).in_(inner)
        found = await tx.find(Area, where, Area.level == "emd", col(Area.kind).in_([kind, "both"]))
    return sorted(found, key=_in_order)


def _in_order(area: Area) -> tuple[tuple[str, int], ...]:
    """By Korean name, numbers by their size: 대명2동 before 대명10동. No database sorts Hangul alike."""
    parts = re.findall(r"(\D+)(\d*)", area.name_ko)
    return tuple((word, int(number or 0)) for word, number in parts)


async def legal_codes(tx: Transaction, code: int) -> list[int]:
    """The legal neighbourhoods that an area stands for; none for a province."""
    area = await get(tx, code)
    if area is None or area.level == "sido":
        return []
    if area.level == "sigungu":
        return [child.code for child in await children(tx, code, "legal")]
    if area.kind in ("legal", "both"):
        return [code]
    links = await tx.all(select(col(AreaLink.legal)).where(col(AreaLink.admin) == code).order_by(col(AreaLink.legal)))
    return [row[0] for row in links]


async def district_of(tx: Transaction, code: int) -> int:
    """The 시군구 that an area lies in, or the area itself."""
    area = await get(tx, code)
    return area.parent if area is not None and area.level == "emd" and area.parent else code


async def current(tx: Transaction, code: int) -> int | None:
    """Today's code for a former or present one; None for an area that was divided, since either part may be meant."""
    if await get(tx, code) is not None:
        return code
    found = await tx.all(select(col(AreaChange.new)).where(col(AreaChange.old) == code))
    return found[0][0] if len(found) == 1 else None


async def reach(tx: Transaction, codes: Iterable[int]) -> dict[int, int]:
    """From which legal areas these can be seen: 0 themselves, 1 bordering, 2 one further, 3 the rest of their district."""
    found = dict.fromkeys(codes, 0)
    edge: Sequence[int] = list(found)
    for hops in (1, 2):
        rows = await tx.all(select(col(AreaBorder.near)).where(col(AreaBorder.code).in_(edge)).distinct())
        edge = sorted({row[0] for row in rows} - set(found))
        found |= dict.fromkeys(edge, hops)
    parents = select(col(Area.parent)).where(col(Area.code).in_([code for code, hops in found.items() if not hops]))
    district = await tx.all(
        select(col(Area.code)).where(
            col(Area.parent).in_(parents), col(Area.level) == "emd", col(Area.kind).in_(["legal", "both"])
        )
    )
    return found | {row[0]: DISTRICT for row in district if row[0] not in found}


async def near(tx: Transaction, codes: Sequence[int]) -> list[Area]:
    """The legal areas that border on these, in the order of their Korean names."""
    rows = await tx.all(select(col(AreaBorder.near)).where(col(AreaBorder.code).in_(codes)).distinct())
    found = await tx.find(Area, col(Area.code).in_({row[0] for row in rows} - set(codes)))
    return sorted(found, key=_in_order)


async def resolve_address(
    tx: Transaction, names: AreaNames, sido: str | None, sigungu: str | None, dong: str | None, home: int
) -> Place | None:
    """What the words of an address name, or None; see `area_address.resolve`."""
    code = resolve(names, sido, sigungu, dong, home)
    return None if code is None else await _place(tx, code)


async def of_code(tx: Transaction, digits: str) -> Place | None:
    """What a code or the first digits of one stand for, a former one too; None for what is no area's."""
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 10):
        return None
    code = await current(tx, int(digits.ljust(10, "0")))
    return None if code is None else await _place(tx, code)


async def _place(tx: Transaction, code: int) -> Place | None:
    area = await get(tx, code)
    if area is None:
        return None
    codes = await legal_codes(tx, area.code) if area.level == "emd" else [area.code]
    return Place(area.code, area.level, tuple(codes))


def place_name(area: Area, language: str) -> str:
    """The area's own name: Hangul, Cyrillic or Latin."""
    return {"ko": area.name_ko, "ru": area.name_ru, "kk": area.name_ru, "mn": area.name_ru}.get(
        language
    ) or area.name_en


def full_name(area: Area, language: str) -> str:
    """The area's name with what it lies in, and the Korean for who reads other letters."""
    if language == "ko":
        return area.full_ko
    return f"{area.full_en} ({area.full_ko})"
