"""Names of employers and of jobs as they are compared: without legal forms, spaces, regions, rounds, shifts and set phrases."""

import re
from dataclasses import dataclass
from functools import lru_cache

from storage.area_data import rows

from .text import plain, unmarked

_LEGAL = re.compile(
    r"\((?:주|유|재|사|합|사복|의|학|자|복|株)\)|주식회사|유한(?:책임)?회사|합자회사|합명회사|농업회사법인|영농조합(?:법인)?|어업회사법인"
    r"|(?:사회복지|의료|학교|재단|사단|특수|세무|회계|노무)법인"
)
_BRANCH = re.compile(
    r"[가-힣A-Za-z0-9]{1,10}?(?:(?<!편의)(?<!음식)(?<!백화)(?<!할인)(?<!정육)(?<!전문)(?<!반찬)점|캠퍼스|(?<!복)지사|지부|지회|본부|영업소|출장소|분원|분관)$"
)
_PROVINCE = re.compile(
    r"^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청[북남]|전라[북남]|경상[북남])"
    r"(?:특별시|광역시|특별자치시|특별자치도|도(?!시))?"
)
_DISTRICT = re.compile(r"^[가-힣]{1,3}(?:특례시|시|군|구)")
_ABOVE = re.compile(r"(?:공단|공사|재단|교육청|교육지원청)$")  # what a facility's own name may stand behind
_SCHOOL = re.compile(r"(초등|여자중|중|여자고|고등|고)학교$")
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "에이",
            "비",
            "씨",
            "디",
            "이",
            "에프",
            "지",
            "에이치",
            "아이",
            "제이",
            "케이",
            "엘",
            "엠",
            "엔",
            "오",
            "피",
            "큐",
            "알",
            "에스",
            "티",
            "유",
            "브이",
            "더블유",
            "엑스",
            "와이",
            "제트",
        ],
        strict=True,
    )
)

_INSIDE = re.compile(r"[(\[{<【〔「]([^()\[\]{}<>【】〔〕「」]*)[)\]}>】〕」]")
_ROUND = re.compile(
    r"제?\s?([0-9]{1,2})\s?(?:차|회차?|기)(?![가-힣]{0,2}선)|(재\s?공고|재\s?모집|재\s?채용)|(추가\s?(?:모집|채용|공고)?|충원)"
)
_HALF = re.compile(
    r"상반기|하반기|(?:[1-4]|일|이|삼|사)\s?분기|동계|하계|동절기|하절기|겨울\s?방학|여름\s?방학|[1-2]\s?학기"
)
_MONTH = re.compile(r"(?<![0-9])(1[0-2]|[1-9])\s?월(?:\s?([0-3]?[0-9])\s?일)?")
_YEAR = re.compile(r"(?:20)?[2-9][0-9]\s?(?:학)?년도?|20[2-9][0-9](?![0-9])")
_SHIFTS = {
    "오전": r"오전|아침|새벽|조조|오픈조?",
    "오후": r"오후|저녁|마감조",
    "점심": r"점심",
    "야간": r"야간|심야|밤샘",
    "주간": r"주간(?!보호)",
    "주말": r"주말|토\s?[,·/]?\s?일(?![가-힣])",
    "평일": r"평일|월\s?[~-]\s?금",
    "신입": r"신입|초보(?!\s?가능)|견습",
    "경력": r"경력(?!\s?무관|직\s?무관)(?:\s?[0-9]+년(?:차|이상)?)?",
}
_SHIFT = {name: re.compile(words) for name, words in _SHIFTS.items()}
_PHRASES = re.compile(
    r"급구|긴급|상시|공개|모집\s?합니다|모집\s?해요|구\s?합니다|구\s?해요|채용\s?합니다|찾습니다|모십니다|구함|구인|(?:모집|채용)\s?안내|모집|채용|공고문?|위촉|선발|알림"
    r"|초보\s?가능|경력\s?무관|학력\s?무관|나이\s?무관|4대\s?보험|주\s?[3-6]일(?:제|근무)?|중식\s?제공|식사\s?제공|기숙사(?:\s?제공)?|퇴직금|정규직|계약직"
    r"|아르바이트|알바|파트\s?타이머?|(?<!아)파트(?!너)|기간제\s?근로자|기간제|근로자|참여자|직원|사원|인원|인력|담당자|근무자|작업[자원]?|종사자|시급\s?[0-9,]+원?|월급\s?[0-9,]+만?원?"
    r"|[0-9○0Oo]{1,3}\s?명|재택\s?가능"
)
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+|[0-9]+")
_JOB = re.compile(
    r"(?:사|원|공|직|(?:주방|팀|반|실|점|소|과|조리)장|인|자|생|보조|기사|도우미|요원|매니저|캐디|관리|서빙|청소|경비|미화|조리|배달|배송|운전|사무|경리|상담|판매|강사|교사|지킴이|돌보미)$"
)
_BEFORE = re.compile(r"^\s*[\[【<]\s*[가-힣\s]{2,8}[\]】>]")  # [첨단] …, where nothing is told apart by a number
CUT = re.compile(r"\s*(?:\.{2,}|…)\s*$")


@dataclass(frozen=True, slots=True)
class Employer:
    """`core` is the name itself, `branch` which of its places, `district` whose it is; empty where not stated."""

    core: str
    branch: str
    district: str


@dataclass(frozen=True, slots=True)
class Job:
    """A title: its `words` less set phrases, and apart from them round, season, shift, branch and named days."""

    words: tuple[str, ...]
    round: str
    season: frozenset[str]
    days: frozenset[str]
    shifts: frozenset[str]
    branch: str
    cut: bool

    @property
    def letters(self) -> str:
        """The same for the same words, however they are spaced and ordered."""
        return "".join(sorted("".join(self.words)))

    @property
    def joined(self) -> str:
        return "".join(self.words)


@lru_cache(4096)
def employer(name: str) -> Employer:
    """What of an employer's name tells it from others: (주)한빛푸드 수완점 is 한빛푸드, at 수완점."""
    words = plain(unmarked(name)).casefold()
    words = _LEGAL.sub(" ", words)
    inside = [part.strip() for part in _INSIDE.findall(words)]
    words = _INSIDE.sub(" ", words)
    tokens = _WORD.findall(words)
    branch = next((one.replace(" ", "") for one in inside if _BRANCH.fullmatch(one.replace(" ", ""))), "")
    if len(tokens) > 1 and _BRANCH.fullmatch(tokens[-1]):
        branch, tokens = tokens[-1], tokens[:-1]
    if len(tokens) > 1 and _ABOVE.search(tokens[0]) and len(tokens[-1]) >= 4:
        tokens = tokens[1:]
    core, district = _core("".join(_spelled(token) for token in tokens).replace("아파트", "", 1))
    return Employer(core, branch, district)


@lru_cache(1)
def _districts() -> frozenset[str]:
    """The names of all 시군구, and of the cities among them that have districts."""
    names = (row["name_ko"] for row in rows("regions") if row["level"] == "sigungu")
    return frozenset(part for name in names for part in name.split())


def _spelled(token: str) -> str:
    """CU and 씨유, ENG and 이엔지 are one name."""
    return (
        "".join(_LETTERS[letter] for letter in token)
        if token.isascii() and token.isalpha() and len(token) <= 4
        else token
    )


def _core(name: str) -> tuple[str, str]:
    """A name without province and district before it, and the district."""
    district = ""
    for region in (_PROVINCE, _DISTRICT, _DISTRICT):
        found = region.match(name)
        if found and len(name) - found.end() >= 3 and (region is _PROVINCE or found[0] in _districts()):
            name, district = name[found.end() :], found[0] if region is _DISTRICT else ""
    name = _SCHOOL.sub(lambda found: found[1].replace("등", ""), name)
    name = re.sub(r"(?<=[가-힣]{2}[시군구])청$", "", name)
    return re.sub(r"(?<=과)의원$", "", name), district


@lru_cache(8192)
def job(title: str, organisation: str = "") -> Job:
    """A title as it is compared. What it repeats of the employer's name is left out."""
    words = plain(unmarked(title)).casefold()
    cut = CUT.search(words) is not None
    words = CUT.sub("", words)
    round_, season, days = _round(words), frozenset(_found(_HALF, words)), frozenset(_days(words))
    shifts = frozenset(name for name, pattern in _SHIFT.items() if pattern.search(words))
    for pattern in (_YEAR, _ROUND, _HALF, *_SHIFT.values()):
        words = pattern.sub(" ", words)
    words = re.sub(_MONTH, " ", words)
    branch = next((word for word in _WORD.findall(words) if _BRANCH.fullmatch(word) and len(word) > 2), "")
    own = employer(organisation)
    words = _without(words.replace(branch, " ") if branch else words, organisation, own)
    words = _PHRASES.sub(" ", words)
    kept = _words(words)
    if len("".join(bare := _words(_BEFORE.sub("", words)))) >= 2:
        kept = bare
    return Job(tuple(kept), round_, season, days, shifts, branch, cut)


_EMPTY = frozenset(
    [
        "및",
        "등",
        "의",
        "외",
        "와",
        "과",
        "제",
        "자",
        "반",
        "조",
        "명",
        "인",
        "년",
        "월",
        "일",
        "월부터",
        "위한",
        "관련",
        "대상",
    ]
)


def _words(text: str) -> list[str]:
    """Words that say something; 보조원 is 보조, and 청소원 is 청소."""
    words = (word[:-1] if len(word) >= 3 and word.endswith("원") else word for word in _WORD.findall(text))
    return [word for word in words if word not in _EMPTY]


def _without(words: str, organisation: str, own: Employer) -> str:
    """Without the employer's name, whole or by its parts, and without names of districts."""
    whole = plain(organisation).casefold()
    parts = _WORD.findall(_INSIDE.sub(" ", _LEGAL.sub(" ", whole)))
    long = [part for part in parts if len(part) >= 3]
    names = {own.core, "".join(parts), *long, *(_core(part)[0] for part in long)}
    for name in sorted((one for one in names if len(one) >= 2), key=len, reverse=True):
        pattern = r"\s?".join(map(re.escape, name))
        words = re.sub(rf"{pattern}(?:(?<=[초중고])등?학교|(?<=[시군구])청)?(?![가-힣]?지소)", " ", words)
    return re.sub(r"[가-힣]{1,3}[시군구](?=[\s)\]】,]|$)", lambda at: " " if at[0] in _districts() else at[0], words)


def _found(pattern: re.Pattern[str], words: str) -> set[str]:
    return {re.sub(r"\s", "", found[0]) for found in pattern.finditer(words)}


def _round(words: str) -> str:
    found = _ROUND.search(words)
    if found is None:
        return ""
    return found[1] if found[1] else "재" if found[2] else "추가"


def _days(words: str) -> set[str]:
    return {f"{found[1]}.{found[2] or ''}" for found in _MONTH.finditer(words)}


def is_job(word: str) -> bool:
    """Whether a word of a title names a job by its ending, as 조리사 or 주방보조."""
    return _JOB.search(word) is not None
