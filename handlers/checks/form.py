"""What a posting must say: who hires, until when, what for, where and when; and the hours that minors may work."""

import re
from collections.abc import Iterator

from locales import N_

from ..text import Hours, phones, states_nothing
from .finding import Cure, Finding
from .reading import Reading

ADVERTS = "직업안정법 시행령 제28조"
TERMS = "근로기준법 제17조"
PAST = "deadline_past"
NIGHT = (22 * 60, 30 * 60)  # minutes from midnight, Labour Standards Act art. 70
YOUNG_DAY, YOUNG_WEEK = 7 * 60, 35 * 60  # art. 69; by agreement an hour a day and five a week more
MORE_DAY, MORE_WEEK = 60, 5 * 60

_NOBODY = re.compile(r"\(?\s?기관명\s?없음\s?\)?|[-–—.\s]*|미정|비공개|익명")
_YOUNG = re.compile(
    r"(?:만\s?)?1[3-7]\s?세\s?(?:이상|부터|[~-]|청소년)|(?:청소년|고등학생|고교생|중학생|고[1-3]|미성년자)(?:도|은|는)?\s?(?:지원\s?)?(?:가능|환영|모집|참여|우대)"
)
_CHILD = re.compile(r"(?:만\s?)?1[0-4]\s?세\s?(?:이상|부터|[~-])|중학생(?:도)?\s?(?:가능|환영|모집|지원)")
# The notice itself keeps minors away from the night, or says that the ministry allowed it.
_KEPT = re.compile(
    r"(?:18세\s?미만|미성년자?|청소년)[^.\n]{0,24}(?:야간|밤|22시|10시)[^.\n]{0,14}(?:없|제외|않|불가|금지)|야간\s?근로\s?인가|노동부\s?(?:장관)?\s?인가"
)


def findings(reading: Reading) -> Iterator[Finding]:
    yield from _employer(reading)
    yield from _deadline(reading)
    if reading.draft.kind == "job":
        yield from _missing(reading)
    if reading.employed:
        yield from _minors(reading)


def _employer(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    if _NOBODY.fullmatch(draft.organisation.strip()):
        yield Finding("employer", "block", N_("The notice does not say who hires."), {}, ADVERTS)
    body = f"{draft.phone}\n{draft.apply}\n{draft.duties}"
    if not (draft.apply.strip() or draft.phone.strip() or draft.link.strip() or phones(body)):
        yield Finding("contact", "warn", N_("The notice does not say how to reach the employer."), {}, ADVERTS)


def _deadline(reading: Reading) -> Iterator[Finding]:
    closing = reading.closing
    if closing is None:
        if reading.draft.kind == "job":
            yield Finding("deadline", "warn", N_("The last day to apply is not stated."))
    elif closing.at and closing.at.date() <= reading.today and _over(reading):
        words = reading.draft.closing.strip()[:40]
        yield Finding(PAST, "block", N_("The last day to apply is past: {date}."), {"date": words})


def _over(reading: Reading) -> bool:
    """Midnight ends the day before; a time of today is not past for whoever only knows the day."""
    at = reading.closing.at if reading.closing else None
    if at is None:
        return False
    return at.date() < reading.today or (at.hour, at.minute) == (0, 0)


def _missing(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    if reading.pay is None and not re.search("[0-9]", draft.pay):
        yield Finding("pay", "warn", N_("The pay is not stated."), {}, TERMS)
    elif reading.pay is None:
        yield Finding(
            "pay_unclear", "note", N_("It is not clear what the pay is for: an hour, a day or a month."), {}, TERMS
        )
    if states_nothing(draft.workplace) and not draft.area:
        yield Finding("place", "warn", N_("The place of work is not stated."), {}, TERMS)
    if reading.hours is None and not re.search("[0-9]", draft.hours):
        yield Finding("hours", "note", N_("The working hours are not stated."), {}, TERMS)
    if re.fullmatch(r"\s*0\s?명?\s*", draft.headcount):
        yield Finding(
            "headcount", "warn", N_("Nobody is sought: the number of people is 0."), {}, "", Cure("headcount", "1명")
        )


def _minors(reading: Reading) -> Iterator[Finding]:
    text = f"{reading.cells['title']}\n{reading.cells['target']}"
    hours = reading.hours
    if _CHILD.search(text):
        yield Finding(
            "children",
            "warn",
            N_("Under 15 nobody may work without a work permit of the labour office."),
            {},
            "근로기준법 제64조",
            Cure("target", _CHILD.sub("만 15세 이상", reading.cells["target"])),
        )
    if hours is None or not _YOUNG.search(text):
        return
    if _at_night(hours) and not _KEPT.search(reading.words):
        message = N_("People under 18 may not work from 22:00 to 06:00 without leave of the labour ministry.")
        yield Finding("minors_night", "block", message, {}, "근로기준법 제70조 제2항", _adults(reading))
    day = max((end - start - (hours.rest or 0) for start, end in hours.spans), default=0)
    day = max(hours.day_minutes or 0, day - (60 if hours.rest is None and day >= 8 * 60 else 0))
    week = hours.week_minutes or 0
    if day > YOUNG_DAY or week > YOUNG_WEEK:
        grave = day > YOUNG_DAY + MORE_DAY or week > YOUNG_WEEK + MORE_WEEK
        message = N_("People under 18 may work 7 hours a day and 35 hours a week, by agreement an hour a day more.")
        yield Finding("minors_hours", "block" if grave else "warn", message, {}, "근로기준법 제69조", _adults(reading))


def _at_night(hours: Hours) -> bool:
    first, last = NIGHT
    return any(start < last - shift and end > first - shift for start, end in hours.spans for shift in (0, 24 * 60))


def _adults(reading: Reading) -> Cure | None:
    target = reading.cells["target"]
    words = _YOUNG.sub("만 18세 이상", target, count=1)
    return Cure("target", words) if words != target else None
