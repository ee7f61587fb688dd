"""sources.toml: which sources are polled. Every fault of the file is said at once, in plain words."""

import math
import os
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from locales import Catalogs
from storage.writings import DESK

from . import sites
from .addresses import is_address
from .api import Allowance
from .examples import Examples
from .feed import Feed, Reading
from .http import ALLOWANCES, Fetcher
from .sheet import FileSheets, WebSheet
from .source import Source
from .terms import OPTIONS, terms
from .terms import faults as term_faults

DEFAULT = """\
# Where postings come from. `every` is seconds between polls.

# A folder of CSV and XLSX files; whatever is put there is posted. `url` instead of `path` reads a published sheet.
[[source]]
name = "postings"
kind = "sheet"
path = "var/postings"
every = 15

# Invented postings for a first look. Remove these lines before real residents come.
[[source]]
name = "examples"
kind = "examples"
every = 5
"""
# Which options each kind takes, beside its name and how often it is asked.
KINDS = {
    "sheet": ("path", "url", "allow"),
    "feed": ("url", "allow", "only", "without", "organisation", "place"),
    "examples": (),
    **sites.KINDS,
}
SHORTEST = 1  # seconds


class BadSources(Exception):
    """sources.toml can't be used. `faults` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def prepare(path: Path) -> None:
    """Write the default file, and make the folder it watches, where neither is there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DEFAULT, encoding="utf-8")
        Path("var/postings").mkdir(parents=True, exist_ok=True)


def read(
    path: Path,
    home: str,
    first: Callable[[], Awaitable[datetime | None]],
    allowance: Allowance | None = None,
    environment: Mapping[str, str] = os.environ,
) -> list[Source]:
    """The sources of a file, with one fetcher for all. BadSources names every fault, a misspelt table among them.

    Keys stand in the `environment`; `allowance` is what they may spend.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadSources([f"{path} can't be read ({type(error).__name__})."]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadSources([f"{path} is not valid TOML: {error}."]) from None
    entries = told.pop("source", [])
    faults = [f"{path}: {name!r} is not understood; sources are written [[source]]." for name in sorted(told)]
    web = Fetcher()
    sources: list[Source] = []
    names: set[str] = {DESK}  # what staff write themselves is listed under it
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        found = (
            _faults(entry, names, environment)
            if isinstance(entries, list)
            else ["must be a table, written [[source]]."]
        )
        faults += [f"{path}, source {number}: {fault}" for fault in found]
        if not found:
            if entry["kind"] in sites.KINDS:
                made: Source = sites.source(entry, environment, web, allowance)
            else:
                made = _source(entry, home, first, web)
            made.terms = terms(entry, made.terms)
            sources.append(made)
    if not entries:
        faults.append(f"{path} names no [[source]].")
    if faults:
        raise BadSources(faults)
    return sources


def _faults(entry: Any, names: set[str], environment: Mapping[str, str]) -> list[str]:
    if not isinstance(entry, dict):
        return ["must be a table, written [[source]]."]
    found = []
    name, kind, every = entry.get("name"), entry.get("kind"), entry.get("every", 60)
    if not isinstance(name, str) or not name.strip() or "/" in name:
        found.append("needs a name (text without a slash).")
    elif name in names:
        found.append(f"the name {name!r} is taken.")
    else:
        names.add(name)
    if not isinstance(every, int | float) or isinstance(every, bool) or not SHORTEST <= every < math.inf:
        found.append("every must be a number of seconds, 1 or more.")
    if not isinstance(kind, str) or kind not in KINDS:
        return [*found, f"kind must be one of {', '.join(KINDS)}."]
    if kind == "sheet" and _words(entry.get("path")) == _words(entry.get("url")):
        found.append("needs either a path or a url.")
    if kind == "feed" and not _words(entry.get("url")):
        found.append("needs a url, the feed's address.")
    found += sites.faults(entry, environment) if kind in sites.KINDS else _options(entry)
    found += term_faults(entry)
    other = [key for key in sorted(entry) if key not in ("name", "kind", "every", *OPTIONS, *KINDS[kind])]
    known = {key for options in KINDS.values() for key in options}
    found += [f"{key!r} is nothing that a source of kind {kind!r} has." for key in other if key in known]
    return [*found, *(f"{key!r} is not understood." for key in other if key not in known)]


def _options(entry: dict[str, Any]) -> list[str]:
    """What is wrong with options that are given. Values are not repeated: an address may hold a key."""
    found = []
    if _words(entry.get("url")) and not is_address(entry["url"]):
        found.append("url must begin with http:// or https:// and name a host.")
    if entry.get("allow", []) and not _words(entry.get("url")):
        found.append("allow is for sources with a url.")
    if not _list(entry.get("allow", [])) or set(entry.get("allow", [])) - set(ALLOWANCES):
        found.append(f"allow must be a list of {' and '.join(map(repr, ALLOWANCES))}, or be left out.")
    for key, words in (("only", '["채용", "모집"]'), ("without", '["합격자", "결과"]')):
        if not _list(entry.get(key, ["-"])) or not entry.get(key, ["-"]):
            found.append(f"{key} must be a list of words, as {words}.")
    found += [f"{key} must be text." for key in ("organisation", "place") if not _words(entry.get(key, "-"))]
    return found


def _list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_words, value))


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _source(entry: dict[str, Any], home: str, first: Callable[[], Awaitable[datetime | None]], web: Fetcher) -> Source:
    name, every, allow = entry["name"], float(entry.get("every", 60)), frozenset(entry.get("allow", ()))
    if entry["kind"] == "examples":
        return Examples(name, every, home, first)
    if entry["kind"] == "feed":
        only, without = tuple(entry.get("only", ())), tuple(entry.get("without", ()))
        reading = Reading(only, without, entry.get("organisation", ""), entry.get("place", ""))
        return Feed(name, entry["url"], every, web, allow, reading)
    korean = Catalogs.load(["ko"]).translator("ko")  # whoever keeps a sheet reads why a row is not shown
    if _words(entry.get("url")):
        return WebSheet(name, entry["url"], every, web, allow, korean)
    return FileSheets(name, Path(entry["path"]), every, korean)
