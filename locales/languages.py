"""What tables/locales.csv and released.txt say of each language: its own name, its direction, whether residents get it."""

import csv
from functools import cache
from importlib.resources import files

from babel.core import get_global

TABLES = files("locales").joinpath("tables")


@cache
def rows() -> dict[str, dict[str, str]]:
    """The languages that can have a catalog, by the code of its folder ("zh_Hans"). Tetum has none: Babel does not know it."""
    text = TABLES.joinpath("locales.csv").read_text(encoding="utf-8")
    return {row["po_dir"]: row for row in csv.DictReader(text.splitlines()) if row["po_dir"]}


def released() -> tuple[str, ...]:
    """The languages shown to residents, in the order in which they are offered."""
    return tuple(TABLES.joinpath("released.txt").read_text(encoding="utf-8").split())


def native_name(code: str) -> str:
    return rows()[code]["native_name"] if code in rows() else code


def english_name(code: str) -> str:
    """As "Chinese", without its script."""
    return rows()[code]["name_en"].partition(" (")[0] if code in rows() else code


def number(code: str) -> int:
    """The language's number in the table: it stays when another language is released. 0 for an unknown one."""
    return int(rows()[code]["rank"]) if code in rows() else 0


def with_country(code: str) -> str:
    """The code with the country where most speak it, as "ru_RU": what Open Graph calls a locale."""
    likely = get_global("likely_subtags")
    language, *_, country = str(likely.get(code) or likely[code.partition("_")[0]]).split("_")
    return f"{language}_{country}"


def rtl(code: str) -> bool:
    return code in rows() and rows()[code]["dir"] == "rtl"
