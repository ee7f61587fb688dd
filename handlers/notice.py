"""The free text of a notice to the columns of a draft: only what stands behind a label of its own and is understood."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import zip_longest

from . import text

# What labels are called in notices, spaces apart. 주소, 장소 and 기간 alone may be about applying, so they are not taken.
LABELS = {
    "pay": "급여|임금|보수|급여조건|임금조건|보수수준|시급|일급|월급|연봉|활동비|활동수당|수당",
    "hours": "근무시간|근로시간|활동시간|근무요일|근로요일|활동요일|근무요일및시간|근무요일시간|근무일시|근무일및시간|근무형태",
    "period": "근무기간|근로기간|계약기간|활동기간|고용기간|채용기간|임용기간|사업기간",
    "workplace": "근무지|근무장소|근무지역|근무지주소|근무처|활동장소|활동지역|근무예정지|근무부서및장소",
    "headcount": "모집인원|채용인원|선발인원|인원|채용예정인원|선발예정인원|모집정원",
    "closing": "접수기간|접수기한|접수마감|접수마감일|마감|마감일|마감일시|모집기간|모집기한|신청기간|신청기한|지원기간"
    "|지원마감|제출기한|원서접수|원서접수기간|응시원서접수|응시원서접수기간|서류접수|서류접수기간|접수일시|접수일정",
    "target": "자격|자격요건|지원자격|응시자격|신청자격|참여자격|모집대상|신청대상|참여대상|지원대상",
    "foreigners": "외국인|외국인지원|외국인지원여부|외국인가능여부|외국인채용",
    "apply": "접수방법|지원방법|신청방법|제출방법|접수처|제출처|접수장소",
    "phone": "문의|문의처|문의전화|연락처|전화|전화번호|담당전화",
}
NAMED = {re.sub(r"\s", "", name): column for column, names in LABELS.items() for name in names.split("|")}
UNITS = ("시급", "일급", "월급", "연봉")  # labels that are half of what they label
LONGEST = 10_000  # characters of a notice that are searched
VALUE = 300  # characters of a value

_SPACED = "|".join(r"\s?".join(name) for name in sorted(NAMED, key=len, reverse=True))
_MARK = r"[-○●◯◦□■▢▶►▷◆◇※★☆·ㅇ*~✔✓<(【〔\[]"
_START = rf"(?:^|[\n|,;/)\]】]|\.\s)[ \t]{{0,4}}(?:{_MARK}[ \t]{{0,2}}){{0,3}}(?:(?:[0-9]{{1,2}}|[가-하])[.)][ \t]?)?"
# In running text (급여: 시급 12,000원 근무시간: …) only a colon makes a word a label; at the start of a line a space does.
_LABEL = re.compile(
    rf"{_START}(?P<label>{_SPACED})[\])>】〕]?(?P<after>[ \t]?[:|]\s?|[\])>】〕\n]|[ \t])"
    rf"|(?<=[가-힣0-9)])[ \t](?P<inner>{_SPACED})[ \t]?:"
)
_PLAIN_VALUE = re.compile(r"[(~'0-9]")


def stated(body: str, today: date) -> dict[str, str]:
    """The columns that a notice states. `today` is when it was written, by which a closing day without a year is read.

    A label said twice with different values leaves its column empty: a notice of several jobs states no one pay.
    """
    found: dict[str, list[str]] = {}
    labels = list(_LABEL.finditer(body := body[:LONGEST]))
    ends = [label.start() for label in labels[1:]]
    for label, end in zip_longest(labels, ends):
        name = re.sub(r"\s", "", label["label"] or label["inner"])
        column, colon = NAMED[name], label["inner"] or ":" in label["after"] or "|" in label["after"]
        value = _value(body[label.end() : end])
        if name in UNITS:
            value = f"{name} {value}"
        if value and (read := _read(column, value, today, firm=bool(colon))):
            said = found.setdefault(column, [])
            if read not in said:
                said.append(read)
    if len(found.get("hours", [])) == 2:  # days on one line, times on the other
        found["hours"] = _joined(*found["hours"])
    return {column: said[0] for column, said in found.items() if len(said) == 1}


def _value(rest: str) -> str:
    line = next((line for line in rest.split("\n") if line.strip(" |-:")), "")
    return line.strip(" |-:,/").removesuffix("<")[:VALUE].strip()


def _joined(first: str, second: str) -> list[str]:
    one, other = text.parse_hours(first), text.parse_hours(second)
    apart = one and other and bool(one.days) != bool(other.days) and bool(one.spans) != bool(other.spans)
    return [f"{first} {second}"] if apart else [first, second]


def _read(column: str, value: str, today: date, *, firm: bool) -> str:
    """The value where it is understood. Behind a mere space it must begin like one; what no reader checks needs a colon."""
    if column in ("closing", "period", "headcount") and not firm and not _PLAIN_VALUE.match(value):
        return ""
    if column == "closing":
        return _closing(value, today)
    understood: dict[str, Callable[[str], object]] = {
        "pay": text.parse_pay,
        "hours": text.parse_hours,
        "period": partial(text.parse_period, today=today),
        "workplace": text.parse_address,
        "headcount": text.parse_headcount,
        "phone": text.phones,
    }
    return value if (understood[column](value) if column in understood else firm) else ""


def _closing(value: str, today: date) -> str:
    """The closing with its year, which the words may leave out and a later reader could no longer tell."""
    closing = text.parse_closing(value, today)
    if closing is None:
        return ""
    if closing.at is None:
        return "채용시까지"
    last = closing.at - timedelta(minutes=1) if (closing.at.hour, closing.at.minute) == (0, 0) else closing.at
    words = f"{last:%Y-%m-%d}" if last != closing.at else f"{last:%Y-%m-%d %H:%M}"
    return f"{words} (채용시까지)" if closing.until_filled else words
