"""Shift work as it is said in Korea: a pattern of days that repeats, and how a posting lies to its days off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY, EVENING, NIGHT, OFF = "DENO"
# Two shifts change by the week; of three, each is worked two days. 주주야야비비 is what many factories call four groups of two.
PRESETS = {"two": "DDDDDOONNNNNOO", "three": "DDEENNOO", "four": "DDNNOO"}
SHORTEST, LONGEST = 2, 60  # days of a pattern
AHEAD = 14  # days that are looked at

_SAID = (
    (OFF, r"비번?|휴무?|쉼|off|o|x"),
    (NIGHT, r"야간?|심야|night|n"),
    (EVENING, r"석간?|오후|중|evening|e|s"),
    (DAY, r"주간?|조|오전|day|d"),
)
_LETTER = re.compile("|".join(f"(?P<{letter}>{words})" for letter, words in _SAID), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fit:
    """Of the days off within `AHEAD` days, on how many a posting works."""

    days: int
    off: int


def read(text: str) -> str | None:
    """A pattern as it is written: "주주야야비비", "DDNNOO", "주간 주간 휴무". None where it is none, or has no day off."""
    text = re.sub(r"[\s,·/-]+", "", text)[: 10 * LONGEST]
    at, letters = 0, ""
    while match := _LETTER.match(text, at):
        letters += str(match.lastgroup)
        at = match.end()
    whole = at == len(text) and SHORTEST <= len(letters) <= LONGEST
    return letters if whole and OFF in letters and len(set(letters)) > 1 else None


def days_off(pattern: str, first: date, today: date) -> Iterator[date]:
    """Those of the next days on which nothing is worked; the pattern began on `first`, or begins then."""
    for ahead in range(AHEAD):
        day = today + timedelta(days=ahead)
        if pattern and pattern[(day - first).days % len(pattern)] == OFF:
            yield day


def fit(pattern: str, first: date, today: date, weekdays: int) -> Fit:
    """How many of the days off lie on these weekdays (Monday is bit 0)."""
    off = list(days_off(pattern, first, today))
    return Fit(sum(weekdays >> day.weekday() & 1 for day in off), len(off))
