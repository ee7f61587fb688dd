"""Whether a posting may be shown as it is: pure rules over a draft, each with its law and, where there is one, its cure."""

from datetime import date
from typing import Any

from storage.tables import Posting

from ..draft import Draft
from ..text import SEOUL
from . import form, wages, words
from .finding import Cure, Finding, Level
from .form import PAST
from .reading import Reading

__all__ = ["PAST", "Cure", "Finding", "Level", "blocked", "check", "drafted", "pay_below"]

_GRAVEST = {"block": 0, "warn": 1, "note": 2}


def check(draft: Draft, today: date) -> tuple[Finding, ...]:
    """What is wrong with a draft, the gravest first. `today` is the day in Korea. Never raises, whatever the draft says."""
    reading = Reading(draft, today)
    found = [*form.findings(reading), *wages.findings(reading), *words.findings(reading)]
    return tuple(sorted(found, key=lambda one: _GRAVEST[one.level]))


def blocked(draft: Draft, today: date) -> tuple[Finding, ...]:
    """Why a facility's draft may not be shown; one whose last day is past is merely over."""
    return tuple(one for one in check(draft, today) if one.level == "block" and one.rule != PAST)


def pay_below(posting: Posting, today: date) -> Finding | None:
    """That what a posting pays is below the minimum wage of a year in which one would work there, where that is sure enough."""
    return wages.below(Reading(drafted(posting), today))


def drafted(posting: Posting) -> Draft:
    """A posting as the draft that it was told as, as far as it is kept: personal numbers are masked in it."""
    told: dict[str, Any] = {name: posting.facts.get(name, "") for name in _KEPT}
    if posting.closes_at:  # words such as D-3 meant something on the day they were read
        told["closing"] = f"{posting.closes_at.astimezone(SEOUL):%Y-%m-%d %H:%M}"
    return Draft(str(posting.id), posting.title, posting.organisation, posting.kind, posting.sector, **told)


_KEPT = (
    *("workplace", "pay", "hours", "period", "headcount", "target", "foreigners", "closing", "duties", "apply"),
    *("phone", "link"),
)
