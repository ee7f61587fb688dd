"""A posting once more: its dates moved by whole months or years, as near as whole weeks come to them. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from ..cards import last_day
from ..text import Period, parse_closing, parse_period
from .cells import closing_words, period_words

AHEAD = timedelta(days=3)  # from today to the last day at least, so that residents can still apply
YEAR = 12  # months
YEARLY = 3  # months by which a posting may be early to be taken for that of the next year
# Those that lie on the same day each year (관공서의 공휴일에 관한 규정).
HOLIDAYS = {(1, 1), (3, 1), (5, 1), (5, 5), (6, 6), (7, 17), (8, 15), (10, 3), (10, 9), (12, 25)}
LONG = 28  # days from which a period may be one of whole calendar months


def moved(cells: Mapping[str, str], on: date, today: date) -> dict[str, str]:
    """The cells with period and closing moved; what can't be read stays. `on` is the day they were written.

    Weekdays, the length of the period and the way from the last day to the first stay the same, except that the last day
    is never on a weekend or a fixed holiday, and that what begins on the first or ends on the last of a month does so again.
    """
    period = parse_period(cells.get("period", ""), on)
    closing = parse_closing(cells.get("closing", ""), on)
    last = last_day(closing.at)[0] if closing and closing.at else None
    anchor = last or (period and (period.start or period.end))
    if not anchor:
        return dict(cells)
    months = _months(anchor, today + AHEAD)
    days = _weeks(anchor, months)
    said = dict(cells)
    if closing and closing.at and last:
        said["closing"] = closing_words(closing, _weekday(last + days, today + AHEAD), cells["closing"])
    if period:
        start, end = _period(period, months, days, last)
        said["period"] = period_words(period, start, end, cells["period"])
    return said


def _months(anchor: date, first: date) -> int:
    """By how many months: the fewest that lead to `first` or later; whole years where that is little more."""
    months = max(1, (first.year - anchor.year) * YEAR + first.month - anchor.month - 1)
    while anchor + _weeks(anchor, months) < first:
        months += 1
    years = -(-months // YEAR) * YEAR
    return years if years - months <= YEARLY else months


def _weeks(anchor: date, months: int) -> timedelta:
    """Whole weeks, as near to so many months from `anchor` as weeks come."""
    return timedelta(weeks=round((_later(anchor, months) - anchor).days / 7))


def _later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    years, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _weekday(day: date, first: date) -> date:
    """A last day on which offices are closed becomes the one before, or the next where that is too early."""
    earlier = later = day
    while _closed(earlier):
        earlier -= timedelta(days=1)
    while _closed(later):
        later += timedelta(days=1)
    return earlier if earlier >= first else later


def _closed(day: date) -> bool:
    return day.weekday() > 4 or (day.month, day.day) in HOLIDAYS


def _period(period: Period, months: int, days: timedelta, last: date | None) -> tuple[date | None, date | None]:
    start, end = (side + days if side else None for side in (period.start, period.end))
    whole = period.start and period.end and (period.end - period.start).days >= LONG
    if whole and start and end and period.start and period.end:
        first = _later(period.start, months) if period.start.day == 1 else start
        # The first day stays after the last day to apply where it was.
        if not (last and last < period.start and last + days >= first):
            start = first
        if period.end.day == monthrange(period.end.year, period.end.month)[1]:
            later = _later(period.end, months)
            end = later.replace(day=monthrange(later.year, later.month)[1])
    return start, end
