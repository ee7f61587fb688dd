"""sources.toml: which sources are polled. Every fault of the file is said at once, in plain words."""

import math
import tomllib
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from .examples import Examples
from .sheet import FileSheets, WebSheet
from .source import Source

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
KINDS = ("sheet", "examples")
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


def read(path: Path, home: str, first: Callable[[], Awaitable[datetime | None]]) -> list[Source]:
    """The sources of a file. BadSources names every fault, a misspelt table among them."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadSources([f"{path} can't be read ({type(error).__name__})."]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadSources([f"{path} is not valid TOML: {error}."]) from None
    entries = told.pop("source", [])
    faults = [f"{path}: {name!r} is not understood; sources are written [[source]]." for name in sorted(told)]
    sources: list[Source] = []
    names: set[str] = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        found = _faults(entry, names) if isinstance(entries, list) else ["must be a table, written [[source]]."]
        faults += [f"{path}, source {number}: {fault}" for fault in found]
        if not found:
            sources.append(_source(entry, home, first))
    if not entries:
        faults.append(f"{path} names no [[source]].")
    if faults:
        raise BadSources(faults)
    return sources


def _faults(entry: Any, names: set[str]) -> list[str]:
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
    if kind not in KINDS:
        found.append(f"kind must be one of {', '.join(KINDS)}.")
    if not isinstance(every, int | float) or isinstance(every, bool) or not SHORTEST <= every < math.inf:
        found.append("every must be a number of seconds, 1 or more.")
    if kind == "sheet" and _words(entry.get("path")) == _words(entry.get("url")):
        found.append("needs either a path or a url.")
    if isinstance(entry.get("url"), str) and not entry["url"].startswith(("http://", "https://")):
        found.append("url must begin with http:// or https://.")
    unknown = sorted(set(entry) - {"name", "kind", "every", "path", "url"})
    return [*found, *(f"{key!r} is not understood." for key in unknown)]


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _source(entry: dict[str, Any], home: str, first: Callable[[], Awaitable[datetime | None]]) -> Source:
    every = float(entry.get("every", 60))
    if entry["kind"] == "examples":
        return Examples(entry["name"], every, home, first)
    if _words(entry.get("url")):
        return WebSheet(entry["name"], entry["url"], every)
    return FileSheets(entry["name"], Path(entry["path"]), every)
