"""The cells of a posting that staff write: what they are called, whether we can read them, and the draft they make. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from locales import N_, Translator
from storage.staff_tables import Facility

from ..cards import last_day
from ..draft import Draft, kept
from ..text import (
    Closing,
    Period,
    links,
    parse_address,
    parse_closing,
    parse_headcount,
    parse_hours,
    parse_pay,
    parse_period,
    phones,
    plain,
)

LABELS = {
    "title": N_("Title"),
    "duties": N_("What you will do"),
    "workplace": N_("Place of work"),
    "hours": N_("Hours"),
    "pay": N_("Wage"),
    "period": N_("Period"),
    "headcount": N_("How many people"),
    "closing": N_("Last day to apply"),
    "target": N_("Who"),
    "foreigners": N_("Foreign residents"),
    "apply": N_("How to apply"),
    "phone": N_("Phone"),
    "link": N_("Link"),
}
COLUMNS = tuple(LABELS)
LONGEST = {"title": 300, "organisation": 200}  # characters; all others have `TEXT`
TEXT = 4000
_KNOWN = {field.name for field in fields(Draft)} - {"key", "example", "gone", "area", "known_by", "number"}
_PEOPLE = re.compile(r"[\s,·/(]*(?:총\s?)?[0-9]{1,4}\s?(?:명|인)(?:\s?모집)?\)?[\s,·/]*")
_REMARK = re.compile(r"\([^()0-9]{2,}\)")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}")


def draft(cells: Mapping[str, str], facility: Facility, key: str) -> Draft:
    """What is told of the posting: its cells, and what residents are to know of the facility where they say nothing."""
    said: dict[str, Any] = {name: words for name, words in cells.items() if name in _KNOWN and words}
    given = {"organisation": facility.name, "apply": facility.apply, "phone": facility.phone}
    return Draft(key, **{"title": "", **{name: words for name, words in given.items() if words}, **said})


def tidy(column: str, words: str) -> str:
    """Words as they are kept in a cell: in one line, but for the duties, and not without end."""
    lines = [" ".join(line.split()) for line in kept(words).splitlines()]
    return (
        "\n".join(filter(None, lines))[: LONGEST.get(column, TEXT)]
        if column in ("duties", "apply")
        else " ".join(filter(None, lines))[: LONGEST.get(column, TEXT)]
    )


def reads(column: str, words: str, today: date) -> bool:
    """Whether we understand what a cell says, so that wishes and reminders can go by it."""
    if column == "closing":
        closing = parse_closing(words, today)
        return closing is not None and (closing.at is None or closing.at.date() > today)
    if column == "period":
        return parse_period(words, today) is not None
    readers: dict[str, Callable[[], object]] = {
        "title": lambda: re.search(r"[^\W\d_]", words),
        "workplace": lambda: parse_address(words),
        "hours": lambda: parse_hours(words),
        "pay": lambda: parse_pay(words),
        "headcount": lambda: parse_headcount(words),
        "phone": lambda: phones(words),
        "link": lambda: links(words),
    }
    return column not in readers or bool(readers[column]())


def settled(column: str, words: str, today: date) -> str:
    """A date said without its year is kept with it, so that it means the same next month."""
    if _YEAR.search(words):
        return words
    if column == "closing" and (closing := parse_closing(words, today)) and closing.at:
        return closing_words(closing, last_day(closing.at)[0], words)
    if column == "period" and (period := parse_period(words, today)):
        return period_words(period, period.start, period.end, words)
    return words


def parted(words: str) -> tuple[str, str]:
    """A period and, where it is named in the same sentence, how many people are looked for."""
    found = _PEOPLE.search(words)
    if found is None:
        return words.strip(), ""
    people = re.search(r"[0-9]{1,4}\s?(?:명|인)", found[0])
    return f"{words[: found.start()]} {words[found.end() :]}".strip(), people[0] if people else ""


def titled(words: str) -> tuple[str, str]:
    """A title and what is to be done: the first line and the others, or what stands before and after a colon."""
    first, _, rest = words.strip().partition("\n")
    if not rest and ": " in first:
        first, _, rest = first.partition(": ")
    return tidy("title", first), tidy("duties", rest)


def closing_words(closing: Closing, day: date, before: str) -> str:
    hour = last_day(closing.at)[1] if closing.at else ""
    said = f"{day:%Y-%m-%d} {hour}".strip()
    return f"{said} (채용 시 마감)" if closing.until_filled else said + _remarks(before)


def period_words(period: Period, start: date | None, end: date | None, before: str) -> str:
    if period.one_day:
        return f"{start:%Y-%m-%d} 하루"
    sides = [f"{side:%Y-%m-%d}" if side else "" for side in (start, end)]
    return " ~ ".join(sides).strip() + _remarks(before)


def _remarks(before: str) -> str:
    """What stands in brackets without a number, as "(방학 제외)"."""
    return "".join(f" {remark}" for remark in _REMARK.findall(plain(before)))


def longer(closing: str, days: int, on: date, today: date) -> str:
    """A last day that many days later, counted from today where it is past; never on a weekend."""
    said = parse_closing(closing, on)
    last = max(last_day(said.at)[0], today) if said and said.at else today
    day = last + timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return closing_words(said or Closing(None, False), day, closing)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The columns that differ, each with what it said and says."""
    told = ((column, before.get(column, ""), after.get(column, "")) for column in COLUMNS)
    return [one for one in told if one[1] != one[2]]


def told(t: Translator, some: list[tuple[str, str, str]]) -> list[str]:
    """Changes as lines for people."""
    nothing = t.t("nothing")
    return [
        f"{t.t(LABELS[column])}: {t.isolate(_short(before) or nothing)} → {t.isolate(_short(after) or nothing)}"
        for column, before, after in some
    ]


def _short(words: str) -> str:
    one = " ".join(words.split())
    return one if len(one) <= 80 else f"{one[:79]}…"
