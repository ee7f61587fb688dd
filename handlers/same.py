"""Whether two sources tell the same posting: a rule over what each of them states, which says why in plain words.

A number that sites share decides. Else employer and title must agree once set phrases are left out, nothing that both state may
contradict, and something beside the names must agree. What is not stated neither agrees nor contradicts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from .names import Job, is_job
from .stated import Stated
from .text import parse_address, plain

LAG = timedelta(days=3)  # how much later one site opens a posting than another at most, for them to agree
SEASON = timedelta(days=21)  # openings further apart are two rounds, unless they close on one day
APART = 31  # days between two beginnings of work of one posting at most, since some say a month and some a day

CUT_AT = 6  # letters that are left at least of a title that a site cuts short

_AROUND = re.compile(r"(?:지구|신도시|인근|부근|근처)$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`against`: something contradicts. Neither `same` nor `against`: too little is stated. `number`: a number decided.

    `agreed` is how many things beside the names agree.
    """

    same: bool
    reason: str
    against: bool = False
    number: bool = False
    agreed: int = 0


def same(a: Stated, b: Stated) -> Verdict:
    """Whether both tell one posting. It does not matter which is `a`."""
    if a.values["example"] != b.values["example"]:
        return Verdict(False, "one of them is an example", against=True)
    if a.number and b.number and a.number == b.number:
        return Verdict(True, f"both have the number {a.number}", number=True)
    repost = bool(set(a.sources) & set(b.sources)) or bool(a.number and b.number)
    if not a.employer.core or a.employer.core != b.employer.core:
        return Verdict(False, "other employers", against=bool(a.employer.core and b.employer.core))
    found = list(_contradictions(a, b))
    if found:
        return Verdict(False, f"they contradict: {', '.join(found)}", against=True)
    title = _title(a, b)
    if not title:
        return Verdict(False, "other titles", against=True)
    agreed = list(_agreements(a, b))
    if repost:
        return _told_again(a, b, title, agreed)
    if title == "similar titles" or min(len(a.job.joined), len(b.job.joined)) < 2:
        enough = "last day" in agreed and len(agreed) >= 2
    else:
        enough = bool(agreed) or _near(a, b)
    why = ", ".join(["same employer", title, *(f"same {one}" for one in agreed)])
    return Verdict(enough, why if enough else f"{why}: too little to go by", agreed=len(agreed))


def _told_again(a: Stated, b: Stated, title: str, agreed: Sequence[str]) -> Verdict:
    """One site tells it twice, under two numbers: the same only where each word is, apart from the dates.

    A posting that was put up again while the first is still open says nothing new; two jobs differ in some word.
    """
    words = [
        {name: fact for name, fact in one.values["facts"].items() if name not in ("closing", "link")} for one in (a, b)
    ]
    alike = words[0] == words[1] and {"pay", "hours", "place"} <= set(agreed) and title == "same title"
    if alike and plain(a.values["title"]) == plain(b.values["title"]):
        return Verdict(True, "told again in the same words", agreed=len(agreed))
    return Verdict(False, "one site tells them as two", against=True)


# Titles -------------------------------------------------------------------------------------------------------------


def _title(a: Stated, b: Stated) -> str:
    if a.job.letters == b.job.letters:
        return "same title"
    short, long = sorted((a.job, b.job), key=lambda one: len(one.joined))
    if short.cut and len(short.joined) >= CUT_AT and long.joined.startswith(short.joined[:-1]):
        return "same title"
    more = _more(short, long) if len(short.joined) >= 2 else None
    if more is None:
        return ""
    more = [word for word in more if word not in a.employer.core and not _AROUND.search(word)]
    return "" if any(is_job(word) for word in more) else "similar titles" if more else "same title"


def _more(short: Job, long: Job) -> list[str] | None:
    """The words that only the longer title has; None where it lacks some of the shorter one."""
    left = short.joined
    more = []
    for word in sorted(long.words, key=len, reverse=True):
        if word in left:
            left = left.replace(word, "", 1)
        else:
            more.append(word)
    for word in list(more):
        inside = next((part for part in (*short.words, left) if part and part in word and part in left), None)
        if inside is not None:
            left = left.replace(inside, "", 1)
            more.remove(word)
            if rest := word.replace(inside, "", 1):
                more.append(rest)
    return None if left else more


# What both state ----------------------------------------------------------------------------------------------------


def _contradictions(a: Stated, b: Stated) -> Iterator[str]:
    one, two = a.job, b.job
    if a.branch and b.branch and a.branch != b.branch:
        yield "branch"
    if a.employer.district and b.employer.district and a.employer.district != b.employer.district:
        yield "district"
    if one.round != two.round and not _same_day(a, b):
        yield "round"
    if one.round and two.round and one.round != two.round:
        yield "round"
    for name, said, said_too in (("season", one.season, two.season), ("day", one.days, two.days)):
        if said and said_too and said != said_too:
            yield name
    if one.shifts and two.shifts and not (one.shifts <= two.shifts or two.shifts <= one.shifts):
        yield "shift"
    if _elsewhere(a, b):
        yield "place"
    yield from _other_dates(a, b)
    if _other_pay(a.values, b.values):
        yield "pay"
    if _other_hours(a, b):
        yield "hours"
    if _both(a, b, "headcount") and a.values["headcount"] != b.values["headcount"]:
        yield "headcount"


def _same_day(a: Stated, b: Stated) -> bool:
    return a.closes is not None and a.closes == b.closes


def _both(a: Stated, b: Stated, name: str) -> bool:
    return bool(a.values[name]) and bool(b.values[name])


def _other_dates(a: Stated, b: Stated) -> Iterator[str]:
    filled = a.values["until_filled"] or b.values["until_filled"]
    if a.closes and b.closes and not filled and abs(a.closes - b.closes) > timedelta(days=1):
        yield "last day"
    if (a.closes and b.opens and a.closes < b.opens) or (b.closes and a.opens and b.closes < a.opens):
        yield "one closed before the other opened"
    elif a.opens and b.opens and abs(a.opens - b.opens) > SEASON and not _same_day(a, b):
        yield "first day to apply"
    if _both(a, b, "starts_on") and abs((a.values["starts_on"] - b.values["starts_on"]).days) > APART:
        yield "beginning of work"
    elif _both(a, b, "ends_on") and abs((a.values["ends_on"] - b.values["ends_on"]).days) > APART:
        yield "end of work"


def _other_pay(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Of one kind, and the ranges do not meet. What an hour and what a month brings may both be true."""
    if not a["pay_low"] or not b["pay_low"] or a["pay_kind"] != b["pay_kind"] or _like_pay(a, b):
        return False
    return bool((a["pay_high"] or a["pay_low"]) < b["pay_low"] or (b["pay_high"] or b["pay_low"]) < a["pay_low"])


def _like_pay(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Within a hundredth: 209만원 is 2,090,000 or 2,096,270."""
    if not a["pay_low"] or not b["pay_low"] or a["pay_kind"] != b["pay_kind"]:
        return False
    return bool(abs(a["pay_low"] - b["pay_low"]) * 100 <= max(a["pay_low"], b["pay_low"]))


def _other_hours(a: Stated, b: Stated) -> bool:
    spans, spans_too = ({tuple(span) for span in one.values["spans"]} for one in (a, b))
    if spans and spans_too and not (spans <= spans_too or spans_too <= spans):
        return True
    days, days_too = _days(a), _days(b)
    return bool(days and days_too and days & days_too not in (days, days_too))


def _days(stated: Stated) -> int:
    """The days of work as bits from Monday on; those that a title names where the hours name none."""
    days = int(stated.values["days"])
    shifts = stated.job.shifts
    return days or (0b1100000 if "주말" in shifts else 0b0011111 if "평일" in shifts else 0)


def _elsewhere(a: Stated, b: Stated) -> bool:
    if a.guessed or b.guessed:
        return False
    if a.road and b.road and a.road != b.road:
        return True
    if not a.areas or not b.areas:
        return False
    return not any(_within(one, other) or _within(other, one) for one in a.areas for other in b.areas)


def _within(code: int, other: int) -> bool:
    """Whether an area is the other or lies in it. Of codes, two digits name the province, five the district, ten a neighbourhood.

    A city with districts has the four digits that those begin with, and a nought.
    """
    wide = str(other).zfill(10)
    size = 2 if wide.endswith("00000000") else 4 if wide[4:] == "000000" else 5 if wide.endswith("00000") else 10
    return str(code).zfill(10)[:size] == wide[:size]


def _precise(stated: Stated) -> bool:
    return any(area % 100_000 for area in stated.areas) and not stated.guessed


def _near(a: Stated, b: Stated) -> bool:
    """Both are in one district at least, so that a name and a title say enough where one of them tells no dates."""
    known = [[area for area in one.areas if str(area).zfill(10)[2:5] != "000"] for one in (a, b)]
    return all(known) and not (a.closes and b.closes) and not (a.values["until_filled"] or b.values["until_filled"])


def _by_road(a: Stated, b: Stated) -> bool:
    """One names a road, the other the neighbourhood that the road has its name from: 월곡로 lies in 월곡동."""
    for one, other in ((a, b), (b, a)):
        address = parse_address(other.fact("workplace"))
        if one.road and address and address.dong and _stem(one.road[0]) == _stem(address.dong):
            return True
    return False


def _stem(name: str) -> str:
    return re.sub(r"[0-9]*(?:대로|로|길|동|읍|면|가)$", "", name)


def _agreements(a: Stated, b: Stated) -> Iterator[str]:
    if a.job.round and a.job.round == b.job.round:
        yield "round"
    if _same_day(a, b):
        yield "last day"
    elif a.values["until_filled"] and b.values["until_filled"]:
        yield "closing (until filled)"
    if a.opens and b.opens and abs(a.opens - b.opens) <= LAG:
        yield "first day to apply"
    if _like_pay(a.values, b.values):
        yield "pay"
    if _both(a, b, "spans") and sorted(map(tuple, a.values["spans"])) == sorted(map(tuple, b.values["spans"])):
        yield "hours"
    if (a.road and a.road == b.road) or (_precise(a) and _precise(b) and not _elsewhere(a, b)) or _by_road(a, b):
        yield "place"
    if _both(a, b, "starts_on") and a.values["starts_on"] == b.values["starts_on"]:
        yield "beginning of work"
    if _both(a, b, "headcount") and a.values["headcount"] == b.values["headcount"]:
        yield "headcount"
