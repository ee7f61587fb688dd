"""The term base: names of occupations, facilities and the like in every language, and the words people look for them with."""

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


@cache
def spoken() -> dict[str, tuple[str, ...]]:
    """How words begin with which people of any language look for an occupation, by its key: tables/occupation_words.csv."""
    text = files("locales").joinpath("tables/occupation_words.csv").read_text(encoding="utf-8")
    table = csv.DictReader(text.splitlines())
    return {row.pop("key"): tuple(word for cell in row.values() for word in cell.split(";") if word) for row in table}
