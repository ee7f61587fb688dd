"""What sites count beside a posting and what changes by itself: days left, views, applicants. None of it is news."""

import re
from datetime import date, timedelta

from . import dates
from .periods import parse_closing
from .plain import plain

# D-2 and D-4 are statuses of residence too, so that days left are only these where they stand alone or beside a closing.
_LEFT = r"D ?[-–−]\s?(?:[0-9]{1,3}|day)(?![0-9A-Za-z])"
_COUNTED = re.compile(
    rf"\s?[\[(]\s?{_LEFT}\s?[\])]|\s?(?:마감|접수)\s?(?:까지)?\s?{_LEFT}"
    r"|\s?[\[(]?\s?(?:마감|접수|모집)?\s?(?:까지)?\s?(?:남은\s?(?:기간|일수|날)\s?:?\s?)?[0-9]{1,3}\s?일\s?(?:남음|남았(?:어요|습니다)?)(?:\s?[\])])?"
    r"|\s?[\[(]?\s?(?:(?:조회|열람|스크랩|좋아요)\s?(?:수|횟수)?|(?:추천|댓글|관심|지원자|신청자|접수자)\s?수)\s?[:：]?\s?"
    r"[0-9][0-9,]*\s?(?:회|건|명|번)?(?![0-9%가-힣~])(?:\s?[\])])?"
    r"|\s?[\[(]?\s?\b(?:views?|hits?|read)\s?[:：]\s?[0-9][0-9,]*(?:\s?[\])])?",
    re.IGNORECASE,
)
# One of these stands in whatever counts; looking for them first takes a fiftieth of the time.
_HINTS = (
    *("조회", "열람", "스크랩", "좋아요", "추천", "댓글", "관심", "지원자", "신청자", "접수자", "남음", "남았", "남은"),
    *("D-", "D -", "D–", "D −", "D−", "D –", "d-", "d -", "iew", "IEW", "hit", "Hit", "HIT", "ead", "EAD"),
)
_RELATIVE = re.compile(r"[Dd]\s?[-–−‐‑‒—]|&|[Ｄｄ]|오늘|금일|내일|명일")
_CLOSING = re.compile(rf"\s?[\[(]?\s?(?<![A-Za-z]){_LEFT}(?:\s?[\])])?", re.IGNORECASE)


def may_count(text: str) -> bool:
    """Whether a text may hold such a count; quick, for asking it of all texts of a posting at once."""
    return any(hint in text for hint in _HINTS)


def lasting(text: str) -> str:
    """The text without such counts; the very same where it has none."""
    if not may_count(text):
        return text
    kept = _COUNTED.sub("", text)
    return text if kept == text else kept.strip()


def settled(closing: str, today: date) -> str:
    """A closing that stays true tomorrow: days left become the day that they mean, or are left out beside a date."""
    if not _RELATIVE.search(closing):
        return closing
    words = plain(closing)
    if not (_CLOSING.search(words) or re.search(r"오늘|금일|내일|명일", words)):
        return closing
    if dates.find(words):
        return _CLOSING.sub("", words).strip()
    told = parse_closing(closing, today)
    if told is None or told.at is None:
        return closing
    midnight = (told.at.hour, told.at.minute) == (0, 0)
    day = told.at - timedelta(days=1) if midnight else told.at
    said = f"{day:%Y-%m-%d}" if midnight else f"{day:%Y-%m-%d %H:%M}"
    return f"{said} (채용시까지)" if told.until_filled else said
