"""What one telling of a posting states, as it is compared with others', and the digests by which those are found."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from .names import Employer, Job, employer, job
from .text import SEOUL, parse_address, parse_dates

_ROAD = re.compile(r"([가-힣A-Za-z0-9·]{1,12}(?:대로|로|길))\s?([0-9]{1,4}(?:-[0-9]{1,4})?)(?![0-9]*번?길)")


@dataclass(frozen=True)
class Stated:
    """What one telling states. `values` are a posting's columns; `areas` are the areas it lies in, each as a code."""

    values: Mapping[str, Any]
    areas: Collection[int] = ()
    sources: Collection[str] = ()
    guessed: bool = False  # the place is the employer's address

    @cached_property
    def number(self) -> str:
        return self.values.get("number") or ""

    @cached_property
    def employer(self) -> Employer:
        return employer(self.values["organisation"])

    @cached_property
    def job(self) -> Job:
        return job(self.values["title"], self.values["organisation"])

    @cached_property
    def branch(self) -> str:
        return self.employer.branch or self.job.branch

    @cached_property
    def closes(self) -> date | None:
        """The last day; midnight belongs to the day before."""
        at: datetime | None = self.values["closes_at"]
        return None if at is None else (at.astimezone(SEOUL) - timedelta(minutes=1)).date()

    @cached_property
    def opens(self) -> date | None:
        """The first day to apply, where the words for the last one name it."""
        dates = parse_dates(self.fact("closing"), self.closes) if self.closes else ()
        return dates[0] if len(dates) > 1 and dates[0] < dates[-1] else None

    @cached_property
    def road(self) -> tuple[str, str] | None:
        address = parse_address(self.fact("workplace"))
        found = _ROAD.search(address.rest if address else "")
        return (found[1], found[2]) if found else None

    def fact(self, name: str) -> str:
        return str(self.values["facts"].get(name, ""))


def keys(values: Mapping[str, Any]) -> dict[str, str | None]:
    """By what a posting is found that others tell too: `named` (employer and title) and `dated` (employer and last day)."""
    stated = Stated(values)
    who = stated.employer.core
    if not who:
        return {"named": None, "dated": None}
    return {
        "named": _digest(who, stated.job.letters),
        "dated": _digest(who, stated.closes.isoformat()) if stated.closes else None,
    }


def _digest(*words: str) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]
