"""From when to when work lasts, and until when one may apply."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from . import clock, dates
from .dates import SEOUL, Found
from .plain import plain

_ONE_DAY = re.compile(r"하루|당일|(?<![0-9])1일(?:간|\s?근무)|단\s?하루")
_UP_TO = re.compile(r"\s?(?:\([^()]*\))?\s?까지")
_SERIAL = re.compile(r"[34567][0-9]{4}(?:\.[0-9]{1,10})?")
_EPOCH = datetime(1899, 12, 30)  # day 0 of spreadsheet serials
_UNTIL_FILLED = re.compile(
    r"채용\s?(?:시|완료)\s?(?:까지|마감)?|상시|수시|충원\s?(?:시|될)|마감\s?시\s?까지|모집\s?(?:완료|시\s?까지)|선착순|(?:예산|인원)\s?소진|구인\s?시"
)
_POSTED = r"(?:등록|공고|게시|작성|수정)(?:\s?일시?|\s?일자|\s?날짜)?\s?[:(]?\s?"
_LATER = r"(?:면접|발표|합격|시험|교육|근무|계약|임용|채용\s?예정|서류\s?심사)[^0-9]{0,8}"
_CLOSES = re.compile(r"마감\s?(?:일시?|일자|기한)?\s?[:(]?\s?$")
_LEFT = re.compile(r"(?<![A-Za-z])D\s?-\s?(?:(?P<days>[0-9]{1,3})(?![0-9])|day)", re.IGNORECASE)
_DIGITS = re.compile(r"\s?([01][0-9]|2[0-3])([0-5][0-9])(?:[0-5][0-9])?(?![0-9:])")
_HOURS = re.compile(clock.SPAN)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day; a side that is not stated is None. `one_day`: the work is a single day."""

    start: date | None
    end: date | None
    one_day: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """When applications end (Asia/Seoul; None if no date is stated), and whether it ends earlier or only when somebody is found.

    A date without a time lasts to its end: `at` is the next midnight, as for "24:00".
    """

    at: datetime | None
    until_filled: bool


def parse_period(text: str, today: date | None = None) -> Period | None:
    """The period of a cell; months without days run from their first to their last day. A year said nowhere needs `today`."""
    words = plain(text)
    found = dates.find(words)
    if not found:
        return None
    first = found[0]
    opens = re.search(r"[~-]\s?$|부터\s?$", words[: first.at]) is not None
    between = words[first.to : found[1].at if len(found) > 1 else None]
    mark = re.match(r"[^~]{0,20}(?:~|부터)|\s?-", between) is not None
    start = first.on() if first.year is not None or today is None else dates.nearest(first, today)
    if len(found) > 1 and mark:
        end = dates.follow(found[1], start, last=True) if start else None
        if start is None or end is None or start > end:
            return None
        return Period(start, end, start == end)
    if start is None:
        return None
    if opens or (_UP_TO.match(words, first.to) and not mark):
        return Period(None, first.on(last=True) if first.year is not None else start, False)
    if mark:
        return Period(start, None, False)
    if len(found) > 1:  # several dates in a row: no telling what each means
        return None
    if _ONE_DAY.search(words):
        return Period(start, start, True)
    return Period(start, None if first.day else first.on(last=True), False)


def parse_closing(text: str, today: date) -> Closing | None:
    """The closing of a cell; the labelled one (마감일), not the day of posting (등록일). Impossible dates are None."""
    words = plain(text)
    until_filled = _UNTIL_FILLED.search(words) is not None
    if _SERIAL.fullmatch(words):
        return _closing(_serial(words), False)
    every = dates.find(words)
    found = [said for said in every if not re.search(rf"(?:{_POSTED}|{_LATER})$", words[: said.at])]
    if not found:
        return _without_date(words, until_filled, today)
    labelled = [i for i, said in enumerate(found) if _CLOSES.search(words[: said.at])]
    index = labelled[0] if labelled else len(found) - 1
    said = found[index]
    if index + 1 < len(found) and re.match(r"\s?(?:\([^()]*\)|[0-9:]{4,5})?\s?~", words[said.to :]):
        index += 1
        said = found[index]  # 마감: from ~ to
    if said.year is not None and said.year > dates.LAST:
        return Closing(None, True)
    tail = words[said.to : min((other.at for other in every if other.at > said.at), default=None)]
    if not labelled and re.match(r"[^0-9]{0,6}(?:~|부터)", tail) and not re.search("[0-9]", tail):
        return Closing(None, True) if until_filled else None  # only the opening day is stated
    on = _on(found, index, today)
    return _closing(_moment(on, tail) if on else None, until_filled)


def _on(found: list[Found], index: int, today: date) -> date | None:
    """The day of a date in a row of dates, of which each takes what it leaves out from the one before."""
    whole = next((i for i in range(index, 0, -1) if found[i].year is not None), 0)
    first = found[whole]
    on = first.on(last=True) if first.year is not None else dates.nearest(first, today)
    for said in found[whole + 1 : index + 1]:
        on = dates.follow(said, on) if on else None
    return on


def _closing(at: datetime | None, until_filled: bool) -> Closing | None:
    return Closing(at, until_filled) if at or until_filled else None


def _without_date(words: str, until_filled: bool, today: date) -> Closing | None:
    if re.search(r"(?:오늘|금일)[^,]{0,10}마감", words):
        return _closing(_moment(today, words), until_filled)
    if re.search(r"(?:내일|명일)[^,]{0,10}마감", words):
        return _closing(_moment(today + timedelta(days=1), words), until_filled)
    if left := _LEFT.search(words):
        on = today + timedelta(days=int(left["days"] or 0))
        return _closing(_moment(on, words[left.end() :]), until_filled)
    return _closing(None, until_filled)


def _moment(on: date, tail: str) -> datetime | None:
    """The day with the time said after it, of a span its end; the day's end if no time is said; None for an impossible time."""
    minutes: int | None = clock.DAY
    if digits := _DIGITS.match(tail):
        minutes = int(digits[1]) * 60 + int(digits[2])
    elif said := clock.TIME.search(tail):
        minutes = clock.moment(said, 1)
        if span := _HOURS.match(tail, said.start()):
            minutes = clock.moment(span, 2)
    elif "정오" in tail:
        minutes = clock.DAY // 2
    if minutes is None:
        return None
    midnight = datetime.combine(on, time(), SEOUL)
    return midnight + timedelta(minutes=minutes)  # wall-clock arithmetic; Seoul has no summer time


def _serial(words: str) -> datetime | None:
    at = _EPOCH + timedelta(days=float(words))
    if not dates.FIRST <= at.year <= dates.LAST:
        return None
    if "." not in words:
        at += timedelta(days=1)
    return at.replace(second=0, microsecond=0, tzinfo=SEOUL)
