"""Spans of a working day in words: 09:00~18:00, (오전) 9시 00분 ~ (정오) 12시, 9~18, 22시~6시; as minutes from midnight."""

import re

DAY = 24 * 60
Span = tuple[int, int]  # start < end; an end past 1440 is on the next day

_HALF = r"(?:\(?(?P<half{n}>오전|오후|정오|낮|밤|저녁|새벽|아침|자정)\)?\s?)?"
_POINT = (
    r"(?P<hour{n}>[0-9]{{1,2}})(?:\s?:\s?(?P<colon{n}>[0-9]{{2}})(?![0-9])"
    r"|\s?(?P<word{n}>시)(?!간)(?:\s?(?P<minute{n}>[0-9]{{1,2}})\s?분|\s?(?P<thirty{n}>반))?)"
)


def _time(n: int, *, bare: bool) -> str:
    point = _POINT.format(n=n)
    return _HALF.format(n=n) + (f"(?:{point}" + rf"|(?P<bare{n}>[0-9]{{1,2}}))" if bare else point)


# Of the two ends one may be a bare number: "9~18시". Two bare ones ("9~18") need that nothing else is counted after them.
SPAN = rf"(?<![0-9.:,]){_time(1, bare=True)}\s?(?:~|-|부터|에서)\s?{_time(2, bare=True)}(?!\s?[0-9:.])"
TIME = re.compile(rf"(?<![0-9.:,]){_time(1, bare=False)}")
_SPAN = re.compile(SPAN)
_COUNTED = re.compile(r"\s?(?:시간|일|회|명|개|월|년|주|세|살|분|건|%|만|원|,|\.)")


def spans(text: str) -> list[tuple[int, int, Span]]:
    """Every span of a plain text with the place it was read from: (from, to, span)."""
    return [(m.start(), m.end(), span) for m in _SPAN.finditer(text) if (span := read(m, text))]


def read(match: re.Match[str], text: str) -> Span | None:
    """The span of one match, or None where it is no clock time or could mean two things (오전 9시~6시, 9:00~6:00)."""
    first, second = moment(match, 1), moment(match, 2)
    if first is None or second is None:
        return None
    if match["bare1"] and match["bare2"]:
        counted = _COUNTED.match(text, match.end()) or text[: match.start()].rstrip().endswith(("주", "월", "총", "만"))
        return (first, second) if first < second and not counted and "~" in match[0] else None
    start = first % DAY
    halves = match["half1"], match["half2"]
    if second > start:
        return start, second
    if halves == (None, None):
        twelve = start <= 12 * 60 and second < 12 * 60 and not _two_digits(match)
        return None if twelve else (start, second + DAY)
    if halves[1] is None:  # an afternoon goes on: 오후 1시~5시
        later = second + DAY // 2
        return (start, later) if halves[0] == "오후" and start < later <= DAY else None
    return (start, second + DAY) if second + DAY - start <= DAY else None


def moment(match: re.Match[str], n: int) -> int | None:
    """Minutes from midnight of the n-th time in a match; 24:00 is 1440; None for a time no clock shows."""
    groups = match.groupdict()
    hour = int(groups[f"hour{n}"] or groups[f"bare{n}"])
    minute = 30 if groups[f"thirty{n}"] else int(groups[f"colon{n}"] or groups[f"minute{n}"] or 0)
    half = groups[f"half{n}"]
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if half in ("오전", "새벽", "아침"):
        hour = 0 if hour == 12 else hour
    elif (half == "오후" and hour < 12) or (half == "낮" and hour <= 5) or (half in ("저녁", "밤") and 5 <= hour < 12):
        hour += 12
    elif half in ("밤", "자정") and hour in (0, 12):
        hour = 24
    return hour * 60 + minute


def _two_digits(match: re.Match[str]) -> bool:
    """Whether both ends are written as on a 24-hour clock: 07:30 ~ 06:00."""
    return all(match[f"colon{n}"] and len(match[f"hour{n}"]) == 2 for n in (1, 2))
