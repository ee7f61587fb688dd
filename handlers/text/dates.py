"""Dates in Korean cells, whole or partly said: 2027. 1. 4.(월), 25/11/01, 20261204, 11/22(일), ~12.31., 2027-03."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from .plain import plain

SEOUL = ZoneInfo("Asia/Seoul")
FIRST, LAST = 2000, 2089  # years a date may lie in; sources write 2099 for "until filled"
PAST = timedelta(days=60)  # how far back a date without a year may lie before it means next year's

_WEEKDAYS = "월화수목금토일"
_SEP = r"\s?[.\-/]\s?"
_FOUND = re.compile(
    r"(?<![0-9:])(?:"
    rf"(?P<y>(?:19|20)[0-9]{{2}})(?:{_SEP}|\s?년\s?)(?P<m>[0-9]{{1,2}})(?:{_SEP}|\s?월\s?)(?P<d>[0-9]{{1,2}})(?![0-9:])\s?[.일]?"
    r"|(?P<cy>20[0-9]{2})(?P<cm>[0-9]{2})(?P<cd>[0-9]{2})(?=(?:[0-9]{4}|[0-9]{6})?(?![0-9]))"
    rf"|'?(?P<sy>[0-9]{{2}})(?:{_SEP}|\s?년\s?)(?P<sm>[0-9]{{1,2}})(?:{_SEP}|\s?월\s?)(?P<sd>[0-9]{{1,2}})(?![0-9:])\s?[.일]?"
    rf"|(?P<yy>20[0-9]{{2}})(?:{_SEP}|\s?년\s?)(?P<ym>[0-9]{{1,2}})(?![0-9:])\s?[.월]?"
    r"|(?P<nm>[0-9]{1,2})\s?[./월]\s?(?P<nd>[0-9]{1,2})(?![0-9:])\s?[.일]?"
    r"|(?P<hm>[01][0-9])-(?P<hd>[0-3][0-9])(?![0-9:-])"
    r"|(?P<om>[0-9]{1,2})\s?월(?![가-힣0-9])|(?<=[~-])\s?(?P<od>[0-9]{1,2})\s?(?:일(?![가-힣])|\.)(?!\s?[0-9])"
    r")(?:\s?\(?(?P<weekday>[월화수목금토일])(?:요일)?\))?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date as said: what is not said is None. `at` and `to` are where it stood in the plain text."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    at: int
    to: int

    def on(self, *, last: bool = False) -> date | None:
        """The date, of a month without a day its first or last; None where the calendar has no such date or a part is missing."""
        if self.year is None or self.month is None:
            return None
        return _date(self.year, self.month, self.day, last=last)


def find(text: str) -> list[Found]:
    """The dates of a plain text in order, each as far as it is said."""
    found = []
    for match in _FOUND.finditer(text):
        part = {name: int(value) for name, value in match.groupdict().items() if value and name != "weekday"}
        year = next((part[name] for name in ("y", "cy", "yy") if name in part), None)
        if "sy" in part:
            year = 2000 + part["sy"]
        month = next((part[name] for name in ("m", "cm", "sm", "ym", "nm", "hm", "om") if name in part), None)
        day = next((part[name] for name in ("d", "cd", "sd", "nd", "hd", "od") if name in part), None)
        weekday = _WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
        found.append(Found(year, month, day, weekday, match.start(), match.end()))
    return found


def nearest(said: Found, today: date) -> date | None:
    """A date said without its year: the one whose weekday fits, else the first that is not more than `PAST` ago."""
    if said.year is not None:
        return said.on()
    if said.month is None or said.day is None:
        return None
    near = [on for year in range(today.year - 1, today.year + 3) if (on := _date(year, said.month, said.day))]
    near = [on for on in near if on >= today - PAST]
    fitting = [on for on in near[:2] if said.weekday is None or on.weekday() == said.weekday]
    return next(iter(fitting or near), None)


def parse_dates(text: str, today: date) -> tuple[date, ...]:
    """The whole dates of a cell in order; a year that is not said is taken from the date before it, else found from `today`."""
    dates: list[date] = []
    for said in find(plain(text)):
        on = follow(said, dates[-1]) if dates else nearest(said, today)
        if on:
            dates.append(on)
    return tuple(dates)


def follow(said: Found, before: date, *, last: bool = False) -> date | None:
    """A date said after another one: what it leaves out is the other's, the year one later where it would run backwards."""
    if said.year is not None:
        return said.on(last=last)
    month = said.month or before.month
    on = _date(before.year, month, said.day, last=last)
    if said.month is not None and (on is None or on < before):
        on = _date(before.year + 1, month, said.day, last=last) or on
    return on


def _date(year: int, month: int, day: int | None, *, last: bool = False) -> date | None:
    if not (FIRST <= year <= LAST and 1 <= month <= 12):
        return None
    days = monthrange(year, month)[1]
    day = (days if last else 1) if day is None else day
    return date(year, month, day) if 1 <= day <= days else None
