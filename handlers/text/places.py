"""Places as words: 시도, 시군구, 읍면동 and what is left of an address. Which area they mean is looked up elsewhere."""

import re
from dataclasses import dataclass

from .plain import plain

_SHORT = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|전남광주"
_LONG = "충청북|충청남|전라북|전라남|경상북|경상남"
_METRO = "서울|부산|대구|인천|대전|울산|세종"
_SIDO = re.compile(rf"(?:{_SHORT}|{_LONG})(?:통합)?(?:특별시|광역시|특별자치시|특별자치도|도)?|(?:{_METRO})시")
_SIGUNGU = re.compile(r"[가-힣]{1,8}(?:특례시|시|군|구)")
_EMD = re.compile(
    r"[가-힣]{1,6}(?:제?[0-9]{1,2}(?:[·.][0-9]{1,2})*)?(?:읍|면|동)|[가-힣]{1,5}(?:로|동|가)[0-9]가|[가-힣]{1,4}[0-9]?가(?=$)"
)
_NO_EMD = re.compile(
    r"[가나라마바]동|(?:본관|별관|신관|연구|생활|관리|행정|강의|아파트|상가|해당|인근|공동|이동|전동|활동|운동|노동)동?"
)
_GLUED = re.compile(
    r"(특별시|광역시|특별자치[시도]|특례시|(?:경기|충청[북남]|전라[북남]|경상[북남]|강원|제주)도)(?=[가-힣])"
)
_GLUED_ON = re.compile(r"(?<=[시도] )([가-힣]{1,4}?[시군구])(?=[가-힣0-9]{2,6}[읍면동](?:\s|$))")
_NO_SIGUNGU = re.compile(
    r"(?:상|수|즉|다|택|동|전|임|일)시|(?:연|친|지|기|복|입|출|야|축|농|배|요|급|도|가)구|시|군|구"
)
_AND_MORE = re.compile(r"(?<=\s)등(?=\s|$)|(?<=[시군구읍면동])\s?등(?=\s|$)|\s외\s?[0-9]+\s?(?:곳|개소|개\s?지역)?$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_JUNK = re.compile(r"[\W_0]+|지도|보기|길찾기")


@dataclass(frozen=True, slots=True)
class Address:
    """The words as the source wrote them, or None; `sigungu` may be two words (성남시 분당구), `dong` is a 읍, 면 or 동."""

    sido: str | None
    sigungu: str | None
    dong: str | None
    rest: str
    text: str


def parse_address(text: str) -> Address | None:
    """An address or a mere region (서울 등); None where no area is named in it."""
    words = plain(text)
    bare = _GLUED.sub(r"\1 ", words)
    for _ in ("시", "구"):
        bare = _GLUED_ON.sub(r"\1 ", bare)
    bare = _AND_MORE.sub(" ", bare)
    inside = [word for part in _BRACKETS.findall(bare) for word in re.split(r"[\s,]+", part)]
    tokens = _tokens(_BRACKETS.sub(" ", bare))
    named = next((i for i, word in enumerate(tokens[:4]) if _SIDO.fullmatch(word) or _is_sigungu(word)), 0)
    before, tokens = tokens[:named], tokens[named:]  # 근무지: 광산구 …
    sido, tokens = _sido(tokens)
    sigungu, tokens = _sigungu(tokens)
    dong: str | None = None
    if tokens and _is_emd(tokens[0]):
        dong, tokens = tokens[0], tokens[1:]
    else:
        dong = next((word for word in inside if _is_emd(word)), None)
    if not (sido or sigungu or dong):
        return None
    return Address(sido, sigungu, dong, " ".join([*before, *tokens]), words)


def _tokens(words: str) -> list[str]:
    """The words less punctuation at their ends, junk at the end of the line, and words said before."""
    kept: list[str] = []
    for token in words.split():
        token = token.strip(".,;:/*'\"[]<>~-")
        if token and not (token in kept and re.search("[가-힣]", token)):
            kept.append(token)
    while kept and _JUNK.fullmatch(kept[-1]):
        kept.pop()
    return kept


def _sido(tokens: list[str]) -> tuple[str | None, list[str]]:
    if not tokens:
        return None, tokens
    # 광주시 is a city of Gyeonggi, unless a district follows.
    gwangju = tokens[0] == "광주시" and len(tokens) > 1 and tokens[1].endswith("구")
    if not gwangju and not _SIDO.fullmatch(tokens[0]):
        return None, tokens
    rest = tokens[1:]
    while rest and _SIDO.fullmatch(rest[0]) and rest[0][:2] == tokens[0][:2]:
        rest = rest[1:]  # 경기도 경기 용인시
    return tokens[0], rest


def _sigungu(tokens: list[str]) -> tuple[str | None, list[str]]:
    if not tokens or not _is_sigungu(tokens[0]):
        return None, tokens
    size = 2 if tokens[0].endswith("시") and len(tokens) > 1 and re.fullmatch("[가-힣]{1,4}구", tokens[1]) else 1
    return " ".join(tokens[:size]), tokens[size:]


def _is_sigungu(word: str) -> bool:
    return _SIGUNGU.fullmatch(word) is not None and _NO_SIGUNGU.fullmatch(word) is None


def _is_emd(word: str) -> bool:
    return _EMD.fullmatch(word) is not None and _NO_EMD.fullmatch(word) is None
