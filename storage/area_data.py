"""The packaged data about Korea's areas: reading the files and loading the tables from them, once per version of the data."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from sqlmodel import delete, insert

from .area_tables import Area, AreaAlias, AreaBorder, AreaChange, AreaLink
from .outbox_tables import Memo
from .transaction import Transaction

VERSION = "2026-10-08.2"
NEAREST = 3  # shores that stand in for the borders of an island
CHUNK = 2000


def opened(name: str) -> bytes:
    return gzip.decompress(files("storage").joinpath(f"regions/{name}.gz").read_bytes())


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a packaged table, by column name; one at a time, so that no table is ever held as dictionaries."""
    yield from csv.DictReader(io.StringIO(opened(f"{name}.csv").decode("utf-8")))


async def load(tx: Transaction) -> int:
    """Fill the area tables unless they hold this version already. Returns how many areas were loaded."""
    memo = await tx.get(Memo, name="areas_version")
    if memo is not None and memo.value == VERSION:
        return 0
    areas = [_area(row) for row in rows("regions")]
    tables: list[tuple[Any, list[dict[str, Any]]]] = [
        (Area, areas),
        (AreaLink, [{"legal": int(r["legal_code"]), "admin": int(r["admin_code"])} for r in rows("legal_admin")]),
        (AreaBorder, _borders()),
        (
            AreaAlias,
            _unique([{"code": int(r["code"]), "alias": r["alias"], "kind": r["kind"]} for r in rows("aliases")], 2),
        ),
        (AreaChange, _unique([_change(row) for row in rows("code_changes")], 2)),
    ]
    for model, values in tables:
        await tx.execute(delete(model))
        for start in range(0, len(values), CHUNK):
            await tx.execute(insert(model), values[start : start + CHUNK])
    await tx.put(Memo, ["name"], name="areas_version", value=VERSION)
    return len(areas)


def _area(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": int(row["code"]),
        "level": row["level"],
        "kind": row["kind"],
        "parent": int(row["parent"]) if row["parent"] else None,
        "name_ko": row["name_ko"],
        "full_ko": row["full_ko"],
        "name_en": row["name_en"],
        "full_en": row["full_en"],
        "name_ru": row["name_ru"],
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
    }


def _change(row: dict[str, str]) -> dict[str, Any]:
    return {"old": int(row["old_code"]), "new": int(row["new_code"]), "how": row["how"]}


def _borders() -> list[dict[str, Any]]:
    """Bordering legal areas; an island, which borders none, and its nearest shores stand to each other as if they did."""
    near: dict[int, list[tuple[float, int, bool]]] = defaultdict(list)
    for row in rows("neighbours"):
        if row["layer"] == "legal":
            near[int(row["code"])].append((float(row["km"]), int(row["neighbour"]), row["border"] == "1"))
    kept: dict[tuple[int, int], tuple[float, bool]] = {}
    for code, found in near.items():
        for km, other, border in [one for one in found if one[2]] or sorted(found)[:NEAREST]:
            kept[code, other] = kept[other, code] = (km, border)
    return [{"code": a, "near": b, "km": km, "border": border} for (a, b), (km, border) in kept.items()]


def _unique(values: list[dict[str, Any]], columns: int) -> list[dict[str, Any]]:
    """The first row of each key, which is made of the first columns."""
    return list({tuple(list(row.values())[:columns]): row for row in reversed(values)}.values())
