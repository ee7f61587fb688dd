"""Times of day as residents type them, in any language: "22~7", "밤 10시부터 아침 7시", "10pm-7am", "с 22 до 7"."""

import re

from .chat.words import plain

DAY = 24 * 60  # minutes
LONGEST = 80  # letters that are looked at

_MORNING = "오전|새벽|아침|早上|早晨|上午|凌晨|清晨|ព្រឹក"
_LATER = "오후|낮|저녁|下午|中午|傍晚|kechqurun|ល្ងាច"  # noon and after
_NIGHT = "밤|심야|晚上|夜里|夜裡|深夜|晚|យប់"  # before midnight or after it
_MORNING_AFTER = r"a\.?\s?m\b\.?|утра|sáng|ertalab"
_LATER_AFTER = r"p\.?\s?m\b\.?|дня|вечера|chiều|trưa|kunduzi"
_NIGHT_AFTER = "ночи|tối|đêm|kechasi"
_TIME = re.compile(
    rf"(?<![\d:.])(?<!^-)(?:(?P<morning>{_MORNING})|(?P<later>{_LATER})|(?P<night>{_NIGHT}))?\s?(?P<hour>\d{{1,2}})(?![\d.])"
    r"(?P<sign>\s?(?::|시|時|点|點|giờ|h)\s?(?:(?P<minute>\d{2})(?!\d)(?:분|分)?|(?P<thirty>반|半))?)?"
    rf"\s?(?:(?P<am>{_MORNING_AFTER})|(?P<pm>{_LATER_AFTER})|(?P<dark>{_NIGHT_AFTER}))?(?![\d:])"
)


def moment(text: str) -> int | None:
    """The one time that is written, as minutes of the day; None where there is none, or several."""
    found = list(_TIME.finditer(plain(text[:LONGEST])))
    minutes = _minutes(found[0]) if len(found) == 1 else None
    return minutes if minutes is not None and minutes < DAY else None


def window(text: str) -> tuple[int, int] | None:
    """From when to when, as minutes of the day; the end may lie on the next day. None for what could mean two things
    (10~7), for no time at all and for a whole day.
    """
    found = list(_TIME.finditer(plain(text[:LONGEST])))
    if len(found) != 2:
        return None
    begins, ends = _minutes(found[0]), _minutes(found[1])
    if begins is None or ends is None or begins % DAY == ends % DAY:
        return None
    either = _half(found[0]) is None and not all(len(one["hour"]) == 2 and one["minute"] for one in found)
    if either and ends < begins <= DAY // 2:
        return None
    return begins % DAY, ends % DAY


def _half(match: re.Match[str]) -> str | None:
    groups = (("morning", "am"), ("later", "pm"), ("night", "dark"))
    return next((before for before, after in groups if match[before] or match[after]), None)


def _minutes(match: re.Match[str]) -> int | None:
    """None for a time that no clock shows."""
    hour, minute = int(match["hour"]), 30 if match["thirty"] else int(match["minute"] or 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    match _half(match):
        case "morning":
            hour = 0 if hour == 12 else hour
        case "later":
            hour = hour + 12 if hour < 12 else hour
        case "night":
            hour = 24 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour
    return hour * 60 + minute
