"""What a notice says of itself that wishes may ask for, as bits of `storage.criteria.TRAITS`. What it does not say has none."""

import re

from storage.criteria import TRAITS

from .draft import Draft
from .text import Hours, Period
from .text.plain import plain


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_ONE_DAY = _any(
    r"일일\s?(?:알바|근로|단기)",
    r"하루\s?(?:알바|근무|만)",
    r"당일\s?(?:알바|근무|지급)",
    r"(?<![0-9])1일\s?(?:알바|단기|간\s?근무|행사)",
    "일용",
)
_YOUTH = _any(
    r"1[3-7]\s?세\s?(?:이상|~|-|부터)", r"청소년\s?(?:지원|가능|알바|대상|참여)", "고등학생", r"미성년자?\s?가능"
)
_STUDENTS = _any(r"대학(?:원|\(원\))?생", "재학생|휴학생", r"대학교?\s?재학")
_YOUNG = _any("청년(?!회)", r"1[89]\s?세?\s?[~-]\s?(?:만\s?)?3[49]\s?세", r"3[49]\s?세\s?이하")
_SENIORS = _any(
    r"(?:5[5-9]|6[0-9]|7[0-9])\s?세\s?이상",
    r"노인\s?일자리|시니어|신중년",
    r"어르신\s?(?:일자리|대상|참여)",
    r"고령자\s?(?:우대|우선|대상)",
)
_ADULTS = _any(r"(?:18|19|20)\s?세\s?이상", "성인", r"(?:나이|연령)\s?(?:제한\s?없|무관)", r"주민\s?(?:누구나|전체)")
_NO_KOREAN = _any(r"한국어\s?(?:를\s?)?(?:몰라도|못\s?해도|(?:능력\s?)?(?:무관|불필요))", "no korean")
_SOME_KOREAN = _any(
    r"한국어[^.\n]{0,8}(?:기초|초급|간단한|일상\s?회화|의사\s?소통)",
    r"(?:기초|간단한|초급)\s?한국어",
    r"(?:TOPIK|토픽)\s?[12]\s?급",
)
_GOOD_KOREAN = _any(r"한국어[^.\n]{0,8}(?:능통|유창|중급|고급|가능자|우수)", r"(?:TOPIK|토픽)\s?[3-6]\s?급")
_MONTH = 31  # days that count as up to a month
_WEEKS = ((15 * 60, "to_15"), (30 * 60, "to_30"), (40 * 60 + 1, "to_40"))  # 15 h: Labour Standards Act art. 18 (3)


def traits(draft: Draft, period: Period | None, hours: Hours | None, foreigners: str) -> int:
    """The bits of one draft, whose period, hours and answer to "may foreigners apply" were read before."""
    said = {
        "kind": draft.kind,
        "sector": draft.sector,
        "length": _length(draft, period),
        "week": _week(hours),
        "korean": _korean(plain(f"{draft.title}\n{draft.target}\n{draft.duties}")),
        "foreigners": foreigners,
        "people": _people(plain(draft.target), plain(draft.title)),
    }
    return sum(TRAITS[group].get(value, 0) for group, value in said.items())


def _length(draft: Draft, period: Period | None) -> str:
    if period and period.start and period.end:
        days = (period.end - period.start).days + 1
        return "day" if days == 1 else "month" if days <= _MONTH else "long"
    return "day" if _ONE_DAY.search(plain(f"{draft.title}\n{draft.period}")) else ""


def _week(hours: Hours | None) -> str:
    if hours is None or hours.week_minutes is None:
        return ""
    return next((name for most, name in _WEEKS if hours.week_minutes < most), "more")


def _korean(words: str) -> str:
    for level, said in (("none", _NO_KOREAN), ("some", _SOME_KOREAN), ("good", _GOOD_KOREAN)):
        if said.search(words):
            return level
    return ""


def _people(target: str, title: str) -> str:
    """Whom it is for: the narrowest group that the target names, else the title; a range of ages of adults last."""
    groups = (("youth", _YOUTH), ("students", _STUDENTS), ("seniors", _SENIORS), ("young", _YOUNG))
    for words in (target, title):
        found = [name for name, said in groups if said.search(words)]
        if len(found) > 1:
            return "adults" if "seniors" in found else found[0]  # 청년·어르신: for everybody, as far as age goes
        if found:
            return found[0]
    return "adults" if _ADULTS.search(target) else ""
