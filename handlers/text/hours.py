"""Working hours: weekdays, spans of the day, hours a week, and what a wish for "mornings on weekdays" is held against."""

import re
from dataclasses import dataclass

from . import clock, days
from .clock import DAY, Span
from .plain import plain

Shift = tuple[int, int, int]  # weekdays as a bitmask (0 unknown), start, end

_DATE = r"(?:20)?[0-9]{2}\s?[.\-/년]\s?[0-9]{1,2}\s?[.\-/월]\s?[0-9]{1,2}\s?[.일]?|[0-9]{1,2}\s?[./월]\s?[0-9]{1,2}\s?[.일]?"
_DATES = re.compile(
    rf"(?<![0-9:])(?:{_DATE})(?:\s?\([{days.NAMES}]\))?\s?~\s?(?:{_DATE})(?![0-9:])(?:\s?\([{days.NAMES}]\))?"
)
_ONE_DATE = re.compile(rf"(?<![0-9:])(?:{_DATE})(?=\s?\(?[{days.NAMES}]\)|\s)(?!\s?~)")
_REST_SPAN = re.compile(rf"(?:휴게|점심|휴식)\s?(?:시간)?\s?[:(]?\s?(?:{clock.SPAN})")
_REST = re.compile(
    r"(?:휴게|점심|휴식)\s?(?:시간)?\s?[:(]?\s?(?:(?P<h>[0-9](?:\.[0-9])?)\s?시간)?\s?(?:(?P<m>[0-9]{1,3})\s?분)?"
    r"|(?:(?P<h2>[0-9](?:\.[0-9])?)\s?시간)?\s?(?:(?P<m2>[0-9]{1,3})\s?분)?\s?(?:의\s?)?(?:휴게|휴식|점심)"
)
_WEEK = re.compile(
    r"(?P<most>최대\s?)?(?<![가-힣])주\s?(?:당|간)?\s?(?:소정\s?근로\s?시간)?\s?:?\s?(?P<most2>최대\s?)?"
    r"(?P<hours>[0-9]{1,3}(?:\.[0-9])?)\s?시간(?P<m>\s?30분)?(?P<most3>\s?(?:이내|이하|미만|내외|이상|~|-))?"
)
_DAYS_A_WEEK = re.compile(r"(?:(?<![가-힣])주|중)\s?(?P<n>[1-7])\s?[일회](?!\s?[~-]\s?[0-9])")
_DAY = re.compile(
    r"(?:(?<![0-9])1일|(?<![가-힣0-9])일|하루|매일|중)\s?(?P<h>[0-9]{1,2}(?:\.[0-9])?)\s?시간(?!\s?(?:이내|이하|미만|내외|이상|~|-))"
)
_ALTERNATIVE = re.compile(r"또는|혹은|택\s?1|택일|선택|\bor\b|교대")
_NEGOTIABLE = re.compile(r"협의|조율|조정\s?가능|탄력|유연|자율|자유|변동\s?가능")
_ROTA = re.compile(r"교대|격일|퐁당|[주야]{2,}")

_AM, _PM = re.compile(r"\bA\.?M\b\.?", re.IGNORECASE), re.compile(r"\bP\.?M\b\.?", re.IGNORECASE)
_LONG = 8 * 60  # Labour Standards Act art. 54: of 8 hours and more one is a break, which notices seldom state


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes from midnight; an `end` past 1440 is on the next day. Weekdays: Monday is bit 0, Sunday bit 6, 0 is unknown.

    `start` and `end` enclose all `spans`; `shifts` says which span is worked on which days. `days_per_week` may be less than
    the days named ("월~금 중 3일"). `computed`: the week is not stated but days x spans less the stated break; a span of 8 hours
    or more with no break stated hides an unpaid one, so its week stays unknown. `rest` is the stated break of a day,
    `day_minutes` the stated length of a day, `rota` means shift work.
    """

    days: int
    start: int | None
    end: int | None
    spans: tuple[Span, ...]
    week_minutes: int | None
    days_per_week: int | None
    negotiable: bool
    every_other_week: bool
    text: str
    computed: bool = False
    shifts: tuple[Shift, ...] = ()
    rest: int | None = None
    day_minutes: int | None = None
    rota: bool = False


def parse_hours(text: str) -> Hours | None:
    """What a cell says about working hours; None where it says nothing that is understood."""
    words = _PM.sub("오후", _AM.sub("오전", _DATES.sub(" ", plain(text))))
    dated = _ONE_DATE.search(words) is not None
    words, rest = _without_rest(_ONE_DATE.sub(" ", words))
    shifts = _shifts(words)
    spans = tuple(dict.fromkeys((start, end) for _, start, end in shifts if end))
    known = 0
    for mask, _, _ in shifts:
        known |= mask
    every_other_week = "격주" in words
    counted = {int(m["n"]) for m in _DAYS_A_WEEK.finditer(words)}
    days_per_week = counted.pop() if len(counted) == 1 else None
    if days_per_week is None and not counted and known and not every_other_week and not dated:
        days_per_week = known.bit_count()
    lengths = {round(float(m["h"]) * 60) for m in _DAY.finditer(words)}
    day_minutes = lengths.pop() if len(lengths) == 1 and 0 < max(lengths) <= DAY else None
    weeks = {
        round(float(m["hours"]) * 60) + (30 if m["m"] else 0)
        for m in _WEEK.finditer(words)
        if not (m["most"] or m["most2"] or m["most3"])
    }
    week = weeks.pop() if len(weeks) == 1 and 0 < max(weeks) <= 7 * DAY else None
    computed = False
    alternative = _ALTERNATIVE.search(words) or (len(spans) > 1 and re.search(r"[0-9분시]\s?/\s?[0-9오(]", words))
    if week is None and not weeks and not alternative and not every_other_week and not dated:
        week = _week(shifts, days_per_week, rest, day_minutes)
        computed = week is not None
    negotiable, rota = _NEGOTIABLE.search(words) is not None, _ROTA.search(words) is not None
    stated = known or spans or week or days_per_week or day_minutes or every_other_week or rota
    if not stated and not (negotiable and re.search("[0-9]", words)):
        return None
    return Hours(
        days=known,
        start=min((start for start, _ in spans), default=None),
        end=max((end for _, end in spans), default=None),
        spans=spans,
        week_minutes=week,
        days_per_week=days_per_week,
        negotiable=negotiable,
        every_other_week=every_other_week,
        text=text,
        computed=computed,
        shifts=tuple(shift for shift in shifts if shift[2]),
        rest=rest,
        day_minutes=day_minutes,
        rota=rota,
    )


def hour_bits(hours: Hours) -> int | None:
    """28 bits, bit = day * 4 + band (morning 06-12, afternoon 12-18, evening 18-22, night 22-06); None if not known exactly.

    "주5일" names no days, "월~금 중 3일" leaves open which, and what is negotiable is not known. A night counts for the day on
    which it begins: hours before 06:00 of the day that is named are that day's night, hours after 06:00 of the next the next's.
    """
    exact = hours.days_per_week is None or hours.days_per_week == hours.days.bit_count()
    if hours.negotiable or not hours.days or not hours.shifts or not exact or _part_of_span(hours):
        return None
    if not all(mask for mask, _, _ in hours.shifts) or (hours.rota and len(hours.spans) < 2):
        return None
    bits = 0
    for mask, start, end in hours.shifts:
        for day in range(7):
            if mask >> day & 1:
                for begins, ends, band, later in _BANDS:
                    if start < ends and end > begins:
                        bits |= 1 << ((day + later) % 7 * 4 + band)
    return bits


_BANDS = (
    (0, 360, 3, 0),
    (360, 720, 0, 0),
    (720, 1080, 1, 0),
    (1080, 1320, 2, 0),
    (1320, 1800, 3, 0),
    (1800, 2160, 0, 1),
    (2160, 2520, 1, 1),
    (2520, 2760, 2, 1),
    (2760, 3240, 3, 1),
)


def _part_of_span(hours: Hours) -> bool:
    """Whether a day is stated to be much shorter than its span (9~18시 중 4시간): then which hours is open."""
    longest = max(end - start for start, end in hours.spans)
    return hours.day_minutes is not None and longest - hours.day_minutes > 2 * 60


def _without_rest(words: str) -> tuple[str, int | None]:
    """The text less its statement of a break, and the break's minutes where they are stated."""
    if (match := _REST_SPAN.search(words)) and (span := clock.read(match, words)):
        return words[: match.start()] + " " + words[match.end() :], span[1] - span[0]
    for match in _REST.finditer(words):
        hours, minutes = match["h"] or match["h2"], match["m"] or match["m2"]
        if hours or minutes:
            rest = round(float(hours or 0) * 60) + int(minutes or 0)
            return words[: match.start()] + " " + words[match.end() :], rest if rest < DAY else None
    return words, None


def _shifts(words: str) -> list[Shift]:
    """Each span with the days before it; a lone statement of days behind holds for all. Days without a span end at 0."""
    found: list[tuple[int, int | None, Span | None]] = [(at, None, span) for at, _, span in clock.spans(words)]
    off = 0
    for at, _, mask, is_off in days.find(words):
        if is_off:
            off |= mask
        else:
            found.append((at, mask, None))
    shifts: list[Shift] = []
    current, fresh = 0, False
    for _, said, span in sorted(found, key=lambda item: item[0]):
        if said is not None:
            current = current | said if fresh else said
            fresh = True
        elif span is not None:
            shifts.append((current, *span))
            fresh = False
    if fresh and not shifts:
        shifts.append((current, 0, 0))
    elif fresh:
        lone = all(not mask for mask, _, _ in shifts)
        shifts = [(current, start, end) for _, start, end in shifts] if lone else [*shifts, (current, 0, 0)]
    return list(dict.fromkeys((mask & ~off, start, end) for mask, start, end in shifts))


def _week(shifts: list[Shift], days_per_week: int | None, rest: int | None, day_minutes: int | None) -> int | None:
    """Minutes a week by days x spans, less the break once a day; None where days, spans or their pairing are not certain."""
    groups: dict[int, int] = {}
    for mask, start, end in shifts:
        groups[mask] = groups.get(mask, 0) + end - start - (0 if mask in groups else rest or 0)
    if day_minutes and days_per_week:
        return day_minutes * days_per_week
    if rest is None and any(end - start >= _LONG for _, start, end in shifts):
        return None
    if len(groups) == 1 and days_per_week:
        week = days_per_week * next(iter(groups.values()))
    elif groups and all(groups) and sum(mask.bit_count() for mask in groups) == days_per_week:
        week = sum(mask.bit_count() * minutes for mask, minutes in groups.items())
    else:
        return None
    return week if 0 < week <= 7 * DAY else None
