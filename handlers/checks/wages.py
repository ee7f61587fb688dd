"""Pay against the minimum wage of every year that the work touches."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from locales import N_

from ..text import MONTH_HOURS, Hours, hourly_beside, minutes_paid, plain
from .finding import Cure, Finding, Level
from .reading import Reading

LAW = "최저임금법 제6조, 직업안정법 시행령 제28조"
WEEKS = 365 / 7 / 12  # of a month
FULL = 40.0  # hours of a week, Labour Standards Act art. 50
PAID_HOLIDAY = 15.0  # hours a week from which a day of the week is paid as a holiday, arts. 18 and 55
REST = ((8 * 60, 60), (4 * 60, 30))  # of so many minutes so many are a break, art. 54

ROUNDED = 10_000  # won that pay said in 만원 may fall short: 2,096,270 is told as 209만원
AUTUMN = 10  # the month from which work without a stated end is taken to reach into the next year

_BELOW = {
    "hour": N_("Pay of {paid} won an hour is below the minimum wage of {year}: {least} won."),
    "day": N_("Pay of {paid} won for {hours} hours is below the minimum wage of {year}: {least} won."),
    "month": N_(
        "Pay of {paid} won a month for {hours} hours a week is below the minimum wage of {year}: {least} won,"
        " with the paid weekly holiday."
    ),
}
_CELLS = {
    "hour": "시급 {won}원",
    "day": "일급 {won}원",
    "session": "1회 {won}원",
    "month": "월 {won}원",
    "year": "연봉 {won}원",
}
_MONTHLY = re.compile(
    r"월\s?(?:소정\s?)?(?:근로\s?)?(?:총\s?)?([0-9]{1,3}(?:\.[0-9])?)\s?시간(?!\s?(?:이내|이하|미만))"
)
_MANY = re.compile(r"최대|상한")
# An allowance may be no wage, and the minimum may be lifted for a person (art. 7): somebody has to look.
_PERHAPS_NONE = re.compile(r"최저\s?임금\s?(?:법)?\s?(?:적용)?\s?(?:의)?\s?제외|활동\s?(?:수당|비)|실비")
_TRIAL = re.compile(r"수습[^.\n]{0,20}?(?:(?:급여|임금|시급)[^.\n]{0,8})?(?:[1-9][0-9]\s?%|퍼센트|프로|감액)")
# Simple labour of which nothing may be cut (Minimum Wage Act art. 5(2), KSCO group 9), by words of titles.
_SIMPLE = re.compile(r"청소|미화|경비|주차|포장|상하차|하역|배달|주방\s?보조|단순|환경\s?정비|풀\s?뽑기|전단|세차|제초")


@cache
def table() -> dict[int, int]:
    """Won an hour by year, from `tables/minimum_wage.csv`, where each is said with its notice."""
    lines = files("handlers").joinpath("tables/minimum_wage.csv").read_text(encoding="utf-8").splitlines()
    return {int(row["year"]): int(row["won"]) for row in csv.DictReader(lines)}


def minimum(year: int) -> tuple[int, int]:
    """The minimum wage of a year and the year that it was set for: the latest known one where the year's own is not."""
    known = table()
    of = max((one for one in known if one <= year), default=min(known))
    return known[of], of


def month_hours(week: float) -> float:
    """Hours that pay a month is for, from hours a week.

    From 15 hours on the weekly holiday is paid too, a fifth of the week but of 40 hours at most: 209 for a full week, as
    the yearly notice counts. What goes beyond 40 is counted once: what it must be paid above that is another law's.
    """
    usual = min(week, FULL)
    holiday = usual / 5 if week >= PAID_HOLIDAY else 0.0
    return MONTH_HOURS + (week - FULL) * WEEKS if week >= FULL else (usual + holiday) * WEEKS


def findings(reading: Reading) -> Iterator[Finding]:
    """What is wrong with the pay; more pay never makes more of it. Nothing where the notice leads to no amount an hour."""
    if not reading.employed or reading.pay is None:
        return
    yield from _trial(reading)
    yield from _below(reading)


def _below(reading: Reading) -> Iterator[Finding]:
    pay, covered = reading.pay, _covered(reading)
    if pay is None or covered is None:
        return
    kind, low, hours, week, sure = covered
    years, may_go_on = _years(reading)
    rounded = kind in ("month", "year") and pay.low % ROUNDED == 0 and "만" in pay.text
    asked = list(_asked(years, may_go_on))
    due = max(minimum(year)[0] for _, year, _ in asked)
    for rule, year, level in asked:
        won, _ = minimum(year)
        least = int(won * hours)
        if low < least:
            if rounded and low + ROUNDED > least:
                level = "note"
            cell = int(due * hours)
            yield Finding(
                rule,
                "warn" if level == "block" and (not sure or _PERHAPS_NONE.search(reading.words)) else level,
                _BELOW["day" if kind == "session" else "month" if kind == "year" else kind],
                {"paid": low, "least": least, "year": str(year), "hours": round(week, 1)},
                LAW,
                Cure("pay", _CELLS[kind].format(won=f"{cell * (12 if kind == 'year' else 1):,}"), cell),
            )
    if (last := max(years)) > max(table()):
        yield Finding(
            "wage_unknown_year",
            "note",
            N_("The minimum wage of {year} is not known here; that of {known} was taken."),
            {"year": str(last), "known": str(max(table()))},
            LAW,
        )


def _asked(years: range, may_go_on: bool) -> Iterator[tuple[str, int, Level]]:
    """Which years are looked at, each with what it means to be below: the first and the last, and the one that may follow."""
    yield "wage", years[0], "block"
    if len(years) > 1:
        yield "wage_later", years[-1], "warn"
    elif may_go_on and minimum(years[0] + 1)[1] == years[0] + 1:
        yield "wage_later", years[0] + 1, "note"


def _years(reading: Reading) -> tuple[range, bool]:
    """The years in which somebody who applies now would work, and whether the work may go on after them."""
    period, closing = reading.period, reading.closing
    closes = closing.at.date() if closing and closing.at else None
    start = (period.start if period else None) or closes or reading.today
    start = max(start, reading.today)
    end = period.end if period else None
    last = max(start.year, min(end.year, start.year + 10)) if end else start.year
    return range(start.year, last + 1), end is None and start.month >= AUTUMN


Covered = tuple[str, int, float, float, bool]


def _covered(reading: Reading) -> Covered | None:
    """What the pay is for: its kind, its low end in won, the hours paid by it, the hours to name, and whether that is sure."""
    pay, hours = reading.pay, reading.hours
    if pay is None or pay.kind == "piece":
        return None
    if pay.kind == "hour":
        return "hour", pay.low, 1.0, 1.0, True
    if pay.kind in ("day", "session"):
        if minutes := minutes_paid(pay, hours):
            return pay.kind, pay.low, minutes / 60, minutes / 60, True
        if hours and (minutes := _day(hours)):
            return pay.kind, pay.low, minutes / 60, minutes / 60, False
    else:
        low = pay.low if pay.kind == "month" else pay.low // 12
        if (week := _week(hours)) and (covered := month_hours(week[0] / 60)):
            return pay.kind, low, covered, week[0] / 60, week[1] and pay.kind == "month"
        if (stated := _stated_month(reading)) and hours is None:
            return "day", low, stated, stated, False
    named = hourly_beside(pay)
    return ("hour", named, 1.0, 1.0, False) if named else None


def _day(hours: Hours) -> int | None:
    """Minutes of the one span of a day less the break that the law asks for."""
    if hours.negotiable or hours.rota or len(hours.spans) != 1:
        return None
    start, end = hours.spans[0]
    length = end - start
    return length - next((rest for least, rest in REST if length >= least), 0)


def _week(hours: Hours | None) -> tuple[int, bool] | None:
    """Minutes of a week, and whether they are sure; days of 8 hours and more are taken to have their break of an hour."""
    if hours is None or hours.every_other_week or hours.rota:
        return None
    if hours.week_minutes:
        return hours.week_minutes, not hours.negotiable
    if hours.negotiable or not hours.days_per_week or (minutes := _day(hours)) is None:
        return None
    return minutes * hours.days_per_week, False


def _stated_month(reading: Reading) -> float | None:
    cells = plain(f"{reading.draft.pay} {reading.draft.hours}")
    found = {float(one) for one in _MONTHLY.findall(cells)}
    return found.pop() if len(found) == 1 and not _MANY.search(cells) and 0 < max(found) <= 300 else None


def _trial(reading: Reading) -> Iterator[Finding]:
    """A cut while on trial: only in contracts of a year or more, and never for simple labour (Minimum Wage Act art. 5(2))."""
    if not _TRIAL.search(reading.words):
        return
    period = reading.period
    short = period and period.start and period.end and (period.end - period.start).days < 364
    if short or _SIMPLE.search(reading.cells["title"]):
        yield Finding(
            "trial_cut",
            "warn",
            N_("Pay may be cut on trial only in contracts of a year or more, and never for simple labour."),
            {},
            "최저임금법 제5조 제2항",
        )


def below(reading: Reading) -> Finding | None:
    """The gravest finding about wages below the minimum of a year that the work surely touches; an allowance may be none."""
    if not reading.employed or _PERHAPS_NONE.search(reading.words):
        return None
    return next((one for one in _below(reading) if one.level != "note"), None)
