"""What sources.toml settles of any source beside how it is asked: when the owner hears, what is shown, who is credited, and of
which facility it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.shown import FIELDS

from .source import Terms

OPTIONS = ("tell_after", "show", "label", "notice", "facility")
SHOWS: dict[str, frozenset[str] | None] = {"all": None, "link": frozenset()}
LONGEST = {"label": 40, "notice": 200, "facility": 40}  # characters: they stand under every posting's details


def faults(entry: Mapping[str, Any]) -> list[str]:
    """Sentences about these options of one source."""
    found = []
    after = entry.get("tell_after", 3)
    if type(after) is not int or not 1 <= after <= 100:
        found.append("tell_after must be a whole number from 1 to 100: so many failures in a row.")
    show = entry.get("show", "all")
    named = isinstance(show, list) and all(isinstance(one, str) and one in FIELDS for one in show)
    if not named and not (isinstance(show, str) and show in SHOWS):
        found.append(f'show must be "all", "link" or a list of {", ".join(FIELDS)}.')
    for name, most in LONGEST.items():
        said = entry.get(name, "-")
        if not isinstance(said, str) or not said.strip() or not said.isprintable() or len(said) > most:
            found.append(f"{name} must be one line of text, {most} characters or less.")
    return found


def terms(entry: Mapping[str, Any], usual: Terms) -> Terms:
    """Those of an entry without faults; what it leaves out is as `usual` for its kind."""
    given: dict[str, Any] = {name: entry[name].strip() for name in LONGEST if name in entry}
    if "tell_after" in entry:
        given["after"] = entry["tell_after"]
    if "show" in entry:
        given["shown"] = SHOWS[entry["show"]] if isinstance(entry["show"], str) else frozenset(entry["show"])
    return replace(usual, **given)
