"""Example postings for a first look: the bundled sheet, its dates moved to today once, and three that come later."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files

from handlers.draft import Draft
from handlers.sheet import read_sheet
from handlers.text import SEOUL

from .source import Fetched, Part, Terms

WRITTEN = date(2026, 11, 24)  # the day that the sheet's dates are meant for
# Seconds after the first subscriber, so that alerts are seen to come: three with clear facts in and around 월곡동.
LATER = {"EX-017": 30, "EX-007": 120, "EX-002": 300}
DAY = re.compile(r"(\d{4})(-|\. ?)(\d{1,2})(-|\. ?)(\d{1,2})")
MONTH = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?![-\d])")


class Examples:
    """`home` names the municipality whose examples are told, in full Korean; `first` when the first resident subscribed.

    The cursor keeps the day of the first load, so that dates stay where they were put.
    """

    here = True
    terms = Terms()

    def __init__(self, name: str, every: float, home: str, first: Callable[[], Awaitable[datetime | None]]) -> None:
        self.name, self.every = name, every
        self._home, self._first = home, first

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        today = now.astimezone(SEOUL).date()
        anchor = date.fromisoformat(json.loads(cursor)["anchor"]) if cursor else today
        first = await self._first()
        data = files("bot.sources").joinpath("examples.csv").read_bytes()
        told = []
        for draft in read_sheet(data, "examples.csv", WRITTEN, example=True).drafts:
            after = LATER.get(draft.key)
            due = after is None or (first is not None and now >= first + timedelta(seconds=after))
            if due and within(self._home, draft.workplace):
                told.append(moved(draft, anchor))
        return Fetched((Part(self.name, tuple(told), True),), cursor=json.dumps({"anchor": anchor.isoformat()}))


def within(home: str, workplace: str) -> bool:
    """Whether a workplace lies in the municipality; a large city also calls itself a special one (용인특례시)."""
    return home.split()[-1] in workplace.replace("특례시", "시")


def moved(draft: Draft, anchor: date) -> Draft:
    """The draft with every date moved by whole weeks, so that weekdays stay right and closing days lie ahead of the anchor."""
    weeks = timedelta(weeks=-((WRITTEN - anchor).days // 7))
    return replace(
        draft,
        hours=_moved(draft.hours, weeks),
        period=_moved(draft.period, weeks),
        closing=_moved(draft.closing, weeks),
        duties=_moved(draft.duties, weeks),
    )


def _moved(text: str, by: timedelta) -> str:
    def day(found: re.Match[str]) -> str:
        year, dash, month, dash2, number = found.groups()
        there = date(int(year), int(month), int(number)) + by
        width = 2 if dash == "-" else 1
        return f"{there.year}{dash}{there.month:0{width}}{dash2}{there.day:0{width}}"

    def month(found: re.Match[str]) -> str:
        there = date(int(found[1]), int(found[2]), 1) + by
        return f"{there:%Y-%m}"

    return MONTH.sub(month, DAY.sub(day, text)) if by else text
