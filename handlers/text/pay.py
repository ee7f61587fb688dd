"""Pay cells: what is paid for which unit, in won as the notice states it, and what that makes an hour if the notice tells."""

import re
from dataclasses import dataclass
from typing import Literal

from .hours import Hours
from .plain import plain

Kind = Literal["hour", "day", "month", "year", "session", "piece"]

MONTH_HOURS = 209  # paid hours of a month at 40 h a week with the paid weekly holiday: (40 + 8) x 365 / 7 / 12
FULL_WEEK = 40 * 60

# Won that such pay can be; outside of it a figure is a slip of unit, and units are never converted to make it fit.
_SANE: dict[Kind, tuple[int, int]] = {
    "hour": (1_000, 1_000_000),
    "day": (5_000, 5_000_000),
    "month": (50_000, 100_000_000),
    "year": (1_000_000, 2_000_000_000),
    "session": (1_000, 10_000_000),
    "piece": (10, 10_000_000),
}
_KINDS: dict[Kind, str] = {
    "hour": r"시간?급|시간당|(?<![0-9])1\s?시간당?(?![가-힣])",
    "day": r"일급여?|일당|(?<![0-9])1일당?|일일|하루|(?<![가-힣0-9])일",
    "month": r"월급여?|월봉|매월|(?<![가-힣0-9])월\s?(?:보수|임금|기본급|환산액)?액?",
    "year": r"[연년]봉|(?<![가-힣0-9])연(?:간|\s?급여)?",
    "session": r"(?<![0-9])1회당?|회당|회차당|(?<![가-힣0-9])회",
    "piece": r"건당|개당|권당|(?<![0-9])1[건개]당?",
}
_DIGITS = {"천": 1_000, "백": 100, "십": 10}
_GROUPS = {"억": 100_000_000, "만": 10_000}

_OPEN = r"(?!\s?(?!이상|이하|미만|부터|까지|내외|정도)[가-힣%:.,0-9])"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,10})(?:\.[0-9]{1,2})?(?![0-9])"
_PART = rf"{_NUMBER}\s?(?:[천백십]?[억만]|[천백십])"
# A figure without 원 counts only where no other unit follows: "1일 3시간" is no pay.
_AMOUNT = rf"(?:(?:{_PART}\s?){{0,3}}(?:{_PART}|{_NUMBER})\s?원|(?:{_PART}\s?){{1,3}}{_OPEN}|{_NUMBER}{_OPEN})"
_RANGE = rf"(?P<low>{_AMOUNT})\s?(?:이상|부터)?(?:\s?[~-]\s?(?P<high>{_AMOUNT}))?(?P<most>\s?(?:이하|미만|까지))?"
_STATED = re.compile(
    "(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()) + ")"
    r"제?\s?(?:\((?:세전|세후|기본급|예정)\))?[\s:/]*(?:약|최소|평균|세전|세후|기본급)?\s?" + _RANGE
)
_BEHIND = re.compile(
    _RANGE + r"\s?[/(]\s?(?:(?P<hour>시급|시간)|(?P<day>일급|일당|일)|(?P<month>월급|월)|(?P<year>연봉|[연년])"
    r"|(?P<session>회)|(?P<piece>[건개]))(?![가-힣])"
)
_PIECES = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s?([천백십]?)([억만]?)")
_LASTING = re.compile(r"(?<![0-9.])(?<!주 )(?<!월 )(?<!최대 )([0-9]{1,2}(?:\.[0-9])?)\s?시간(?!당)")


@dataclass(frozen=True, slots=True)
class Pay:
    """`low` and `high` in won; `high` is None where one figure or "at least" is stated."""

    kind: Kind
    low: int
    high: int | None
    text: str


def parse_pay(text: str) -> Pay | None:
    """The first pay that a cell states with its unit of time; None where none is stated or the figure cannot be (월 12 원)."""
    words = plain(text)
    for match in (*_STATED.finditer(words), *_BEHIND.finditer(words)):
        if pay := _pay(match, words):
            return pay
    return None


def hourly(pay: Pay, hours: Hours | None) -> int | None:
    """Won an hour, only where the notice itself leads there; of a range the low end, rounded down.

    An hourly rate stands as it is, also one named beside other pay. Pay a day or a session is divided by the hours that the pay
    cell names ("1일 3시간"), a day also by the hours cell: hours a day, a span with its break stated, or one under 4 hours
    (Labour Standards Act art. 54: shorter work needs no break, so nothing unpaid can be hidden in it). Pay a month is divided by
    209 where a 40-hour week is stated, or adds up to 40 hours with the break stated. Everything else is None.
    """
    if pay.kind == "hour":
        return pay.low
    if named := hourly_beside(pay):
        return named
    if pay.kind in ("day", "session"):
        minutes = minutes_paid(pay, hours)
        return pay.low * 60 // minutes if minutes else None
    if (
        pay.kind == "month"
        and hours
        and hours.week_minutes == FULL_WEEK
        and (not hours.computed or hours.rest is not None)
    ):
        return pay.low // MONTH_HOURS
    return None


def hourly_beside(pay: Pay) -> int | None:
    """The hourly rate that a cell names beside other pay: 일급 85,600원(시급 10,700원)."""
    for match in _STATED.finditer(plain(pay.text)):
        named = _pay(match, pay.text)
        if named and named.kind == "hour":
            return named.low
    return None


def minutes_paid(pay: Pay, hours: Hours | None) -> int | None:
    """For how many minutes pay a day or a session is, where the notice leaves no doubt."""
    minutes = _minutes_named(pay.text)
    if minutes is None and pay.kind == "day" and hours:
        minutes = hours.day_minutes if hours.day_minutes else _honest_day(hours)
    return minutes


def _honest_day(hours: Hours) -> int | None:
    if len(hours.spans) != 1 or hours.negotiable:
        return None
    start, end = hours.spans[0]
    if hours.rest is not None:
        return max(end - start - hours.rest, 0) or None
    return end - start if end - start < 4 * 60 else None


def _minutes_named(text: str) -> int | None:
    named = {round(float(match) * 60) for match in _LASTING.findall(plain(text))}
    return named.pop() if len(named) == 1 and max(named) <= 24 * 60 else None


def _pay(match: re.Match[str], text: str) -> Pay | None:
    kind = next((kind for kind in _KINDS if match[kind] is not None), None)
    if kind is None or (match["most"] and not match["high"]):  # only "at most": the low end is not stated
        return None
    low, unit = _won(match["low"])
    high: int | None = None
    if match["high"]:
        high, high_unit = _won(match["high"])
        if unit is None:  # 209 ~ 350 만원: the unit is said once
            low *= high_unit or 1
    least, most = _SANE[kind]
    if not least <= low <= (most if high is None else high) or (high or low) > most:
        return None
    return Pay(kind, low, high, text)


def _won(amount: str) -> tuple[int, int | None]:
    """An amount in won (2천5백만원), and the unit of its last figure: None where it stands bare, not even with 원."""
    won = group = unit = 0.0
    pieces = _PIECES.findall(amount)
    for number, digit, myriads in pieces:
        unit = _DIGITS.get(digit, 1)
        group += float(number.replace(",", "")) * unit
        if myriads:
            won, group = won + group * _GROUPS[myriads], 0.0
            unit *= _GROUPS[myriads]
    bare = len(pieces) == 1 and unit == 1 and "원" not in amount
    return round(won + group), None if bare else int(unit)
