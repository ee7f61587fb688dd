"""Words that a posting must not have: what may not be asked of those who apply, and how fraud speaks."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from locales import N_

from ..text import mask
from .finding import Cure, Finding
from .reading import Reading

# Each rule of `tables/forbidden_words.csv` as a sentence; {words} are the notice's own.
SENTENCES = {
    "age": N_("An age limit needs a reason that the law knows: “{words}”."),
    "age_from": N_(
        "A lower age is lawful in programmes for older people; the notice should name its programme: “{words}”."
    ),
    "sex": N_("A job may not be for one sex only, unless no other can do it: “{words}”."),
    "sex_preferred": N_("No sex may be preferred: “{words}”."),
    "looks": N_("Looks, height and weight may not be asked for: “{words}”."),
    "marital": N_("It may not matter whether somebody is married: “{words}”."),
    "pregnancy": N_("Nobody may be left out for being pregnant: “{words}”."),
    "origin": N_("It may not be asked where somebody comes from: “{words}”."),
    "ethnicity": N_("Nobody may be left out for their descent: “{words}”."),
    "religion": N_("Religion may not matter: “{words}”."),
    "family": N_("Family and property may not be asked for: “{words}”."),
    "disability": N_("Nobody may be left out for a disability or an illness: “{words}”."),
    "union": N_("Staying out of a union may not be asked for: “{words}”."),
    "school": N_("It may not matter which school somebody went to: “{words}”."),
    "photo": N_("A photo is better not asked for: “{words}”."),
    "registration_number": N_("Registration and passport numbers may not be asked for: “{words}”."),
    "card": N_("Pictures of identity cards may not be asked for in messages: “{words}”."),
    "bank": N_("Accounts, cards and their passwords may not be asked for; this is how fraud begins: “{words}”."),
    "bank_book": N_("A copy of a bank book is needed only after somebody is hired: “{words}”."),
    "money": N_("No money may be asked of people who look for work: “{words}”."),
    "courier": N_("This is how fraud often speaks, please look closely: “{words}”."),
}
# Said right behind the words, this turns them round: 외모는 보지 않습니다, 나이 제한 없음, 주민등록번호 기재 금지.
_DENIED = re.compile(
    r"[^.\n;!]{0,20}?(?:않|하지\s?마|지\s?마|말아|마세요|마십시오)"
    r"|[^.,\n;!(]{0,8}?(?:금지|무관|상관\s?없|없음|없습|없어|없이|면제|무료|불필요|생략|삭제|가리|가려|마스킹|누구나)"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """`unless` are words anywhere in the posting that make it lawful, such as a programme for older people.

    Of `hints` one stands in whatever the pattern finds: looking for them first makes a check thirty times quicker.
    """

    rule: str
    level: Any
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    source: str


@cache
def _table() -> tuple[_Row, ...]:
    lines = files("handlers").joinpath("tables/forbidden_words.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        _Row(
            row["rule"],
            row["level"],
            tuple(row["hints"].split()),
            re.compile(row["pattern"]),
            re.compile(row["unless"]) if row["unless"] else None,
            row["source"],
        )
        for row in csv.DictReader(lines)
    )


def findings(reading: Reading) -> Iterator[Finding]:
    """Each rule once, with the first words that break it. Courses and the like may cost money and be for some."""
    if reading.draft.kind != "job":
        return
    told: set[str] = set()
    context = f"{reading.draft.organisation}\n{reading.words}"
    for row in _table():
        if row.rule in told or not any(hint in reading.words for hint in row.hints):
            continue
        for column, text in reading.cells.items():
            if (found := _found(row.pattern, text)) and not (row.unless and row.unless.search(context)):
                told.add(row.rule)
                words = mask(found[0].strip())[:40]
                cure = Cure(column, _without(text, found))
                yield Finding(row.rule, row.level, SENTENCES[row.rule], {"words": words}, row.source, cure)
                break


def _found(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((found for found in pattern.finditer(text) if not _DENIED.match(text, found.end())), None)


def _without(text: str, found: re.Match[str]) -> str:
    """The cell less these words, and less the comma that they leave behind."""
    before, after = text[: found.start()], text[found.end() :]
    comma = before.rstrip().endswith(",") or after.lstrip().startswith(",")
    kept = (before.strip(" ,·/(-"), after.strip(" ,·/)-"))
    return (", " if comma else " ").join(one for one in kept if one)
