"""Days as residents of any language type them: "7/12", "7 December", "12월 7일", "12月7日", "7 tháng 12", "7-dekabr"."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from .chat.words import bare, plain

LONGEST = 60  # letters that are looked at
MONTH_FIRST = ("ko", "zh_Hans")  # 7/12 is 12 July to these readers, 7 December to the others
YEARS = 8  # that are looked through for a day that not every year has

# How the names of months begin, in the scripts and languages that have names for them.
_STEMS = (
    "jan|yan|янв|មករា|一月",
    "feb|fev|фев|កុម្ភៈ|二月",
    "mar|мар|មីនា|三月",
    "apr|апр|មេសា|四月",
    "may|май|мая|ឧសភា|五月",
    "jun|iyn|iyun|июн|មិថុនា|六月",
    "jul|iyl|iyul|июл|កក្កដា|七月",
    "aug|avg|авг|សីហា|八月",
    "sep|sen|сен|កញ្ញា|九月",
    "oct|okt|окт|តុលា|十月",
    "nov|noy|ноя|វិច្ឆិកា|十一月",
    "dec|dek|дек|ធ្នូ|十二月",
)
_NAMES = {bare(plain(stem)): month for month, stems in enumerate(_STEMS, 1) for stem in stems.split("|")}
_NAME = rf"(?P<name>{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})[^\W\d]*"
_DAY, _MONTH = r"(?<![\d:])(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_END = r"(?![\d:])"
_YEAR = r"(?P<year>20\d\d)"
_AFTER = rf"(?:\s?(?:[./,-]|nam|,\s?nam|ឆ្នាំ)?\s?{_YEAR}(?!\d))?"
_BEFORE = r"(?:(?<!\d)(?P<before>20\d\d)\s?(?:[-./년年]|-?\s?yil|-?\s?иил)?\s?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}\s?[-./년年]\s?{_MONTH}\s?[-./월月]\s?(?P<day>\d{{1,2}}){_END}",
        rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        rf"{_BEFORE}(?<![\d:]){_MONTH}\s?[월月]\s?(?P<day>\d{{1,2}}){_END}",
        rf"{_DAY}[\s,/-]*(?:thang|thg|ខែ)\s?{_MONTH}{_END}{_AFTER}",
        rf"{_BEFORE}{_DAY}(?:st|nd|rd|th)?[\s.,-]*(?:of\s|ខែ\s?)?{_NAME}{_AFTER}",
        rf"{_BEFORE}(?<!\w)(?:ខែ\s?)?{_NAME}[\s.,-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_END}{_AFTER}",
        r"(?<![\d:])(?P<one>\d{1,2})\s?(?P<sign>[./-])\s?(?P<two>\d{1,2})(?:\s?(?P=sign)\s?(?P<three>20\d\d|\d\d?))?(?![\d:])",
    )
)
# Vietnamese weekdays are numbers (thứ 6, T6), which would be taken for days.
_NUMBERED_WEEKDAY = re.compile(r"(?<!\w)(?:thu|th|t)\.?\s?[2-7](?!\d)")


def day(text: str, language: str, after: date) -> date | None:
    """The one day that is written; without a year the first such day from `after` on. None where there is none, or several.

    Numbers alone are read in the order of the language; the other way round where that is no month. Whoever takes the
    answer must repeat it with its weekday.
    """
    words = bare(plain(text[:LONGEST]))
    if language == "vi":
        words = _NUMBERED_WEEKDAY.sub("", words)
    for form in _FORMS:
        if found := list(form.finditer(words)):
            return _day(found[0], language, after) if len(found) == 1 else None
    return None


def _day(match: re.Match[str], language: str, after: date) -> date | None:
    said = match.groupdict()
    if "one" in said:
        return _numbers(said, language, after)
    month = _NAMES[said["name"]] if said.get("name") else int(said["month"])
    return _on(said.get("year") or said.get("before"), month, int(said["day"]), after)


def _numbers(said: dict[str, str | None], language: str, after: date) -> date | None:
    one, two, three = (said[name] or "" for name in ("one", "two", "three"))
    if language in MONTH_FIRST and three and len(three) < 4:  # 26. 12. 7.
        return _on(f"20{one:>02}", int(two), int(three), after)
    if len(three) == 1:
        return None
    month, on = (one, two) if language in MONTH_FIRST else (two, one)
    if int(month) > 12:
        month, on = on, month
    return _on(f"20{three}" if len(three) == 2 else three, int(month), int(on), after)


def _on(year: str | None, month: int, on: int, after: date) -> date | None:
    years = [int(year)] if year else range(after.year, after.year + YEARS + 1)
    return next((found for found in _days(years, month, on) if year or found >= after), None)


def _days(years: Iterable[int], month: int, on: int) -> Iterator[date]:
    for year in years:
        with suppress(ValueError):  # 29 February
            yield date(year, month, on)
