"""The term base: names of occupations, facilities and the like in every language, keyed as in tables/glossary.csv."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows() -> tuple[dict[str, str], ...]:
    text = files("locales").joinpath("tables/glossary.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def of(code: str) -> dict[str, dict[str, str]]:
    """The terms of a language by category and key; English where a term is missing."""
    column = code.replace("_", "-")
    found: dict[str, dict[str, str]] = {}
    for row in rows():
        found.setdefault(row["category"], {})[row["key"]] = row.get(column) or row["en"]
    return found
