"""When something was published, as sites write it: RFC 822, ISO 8601, Korean forms; Korean time where no zone is named."""

import re
from datetime import datetime, time, timedelta
from email.utils import parsedate_to_datetime

from . import clock, dates
from .dates import SEOUL
from .plain import plain

_ENGLISH = re.compile(
    r"[0-9]{1,2}[\s-](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[\s-][0-9]{2,4}", re.I
)
_UNITED = re.compile(
    r"(?P<day>[0-9]{1,2})\s(?P<month>[0-9]{1,2})월\s(?P<year>20[0-9]{2})(?P<rest>.*)"
)  # 일, 22 11월 2026
_DIGITS = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])(?:[0-5][0-9])?(?![0-9:])")
_ZONE = re.compile(r"(?P<utc>Z|UTC|GMT)?(?:(?P<sign>[+-])(?P<h>[0-9]{2}):?(?P<m>[0-9]{2}))?$")


def parse_moment(text: str) -> datetime | None:
    """An aware time, to the minute in Korean forms; None where no whole date is read. A date without a time is its midnight."""
    words = plain(text)
    if _ENGLISH.search(words):
        return _english(words)
    if swapped := _UNITED.search(words):
        words = f"{swapped['year']}-{swapped['month']}-{swapped['day']}{swapped['rest']}"
    words = re.sub(r"(?<=[0-9])T(?=[0-9]{2}:)", " ", words)
    said = next((found for found in dates.find(words) if found.year and found.day), None)
    on = said.on() if said else None
    if said is None or on is None:
        return None
    return _at(datetime.combine(on, time()), words[said.to :].strip())


def _english(words: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(words)
        at = at if at.tzinfo else at.replace(tzinfo=SEOUL)  # no zone, KST, or -0000
        return at if dates.FIRST <= at.year <= dates.LAST else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _at(midnight: datetime, tail: str) -> datetime | None:
    zone = _ZONE.search(tail)
    offset = timedelta(hours=9)
    if zone and zone["sign"]:
        offset = timedelta(hours=int(zone["h"]), minutes=int(zone["m"])) * (-1 if zone["sign"] == "-" else 1)
    elif zone and zone["utc"]:
        offset = timedelta()
    minutes: int | None = 0
    if digits := _DIGITS.match(tail):
        minutes = int(digits[1]) * 60 + int(digits[2])
    elif said := clock.TIME.search(tail):
        minutes = clock.moment(said, 1)
    local = midnight + timedelta(minutes=minutes or 0)
    return (local - offset + timedelta(hours=9)).replace(tzinfo=SEOUL)
