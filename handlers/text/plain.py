"""One spelling for all sources: widths, dashes, dots and spaces made plain; and the words with which a cell says nothing."""

import html
import re
import unicodedata

LONGEST = 2_000  # characters of a cell that are read; what follows is prose

_SAME = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58", "-")
    | dict.fromkeys("\u223c\u301c\u02dc\u3030", "~")
    | dict.fromkeys("\u318d\u119e\u30fb\u2027\u2219\u2022\u22c5\u00b7", "·")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad")
)
_ENDLESS = re.compile(
    r"&#(?:[xX][0-9a-fA-F]{9,}|[0-9]{9,});?"
)  # no character has such a number, and Python refuses to read long ones
_SPACES = re.compile(r"\s+")
_NOTHING = re.compile(
    r"면접\s*(?:후|시|때)\s*(?:결정|협의)|회사\s*내규(?:에\s*(?:따름|의함|따라))?|내규에\s*따름|추후\s*(?:협의|공지|결정|안내)|별도\s*(?:협의|공지|문의)"
    r"|상호\s*협의|협의(?:\s*(?:후\s*)?(?:결정|가능))?|관계\s*없음|해당\s*(?:사항\s*)?없음|무관|미정|미기재|없음|기타|문의|기재\s*안\s*함"
    r"|시급|일급|월급|연봉|급여|임금|근무\s*(?:시간|요일|지)|(?<![가-힣])등(?![가-힣])|(?i:n/?a)"
)


def unescaped(text: str) -> str:
    """Text without its HTML references, however often it was escaped (three times at most)."""
    for _ in range(3 if "&" in text else 0):
        before, text = text, html.unescape(_ENDLESS.sub("", text))
        if text == before:
            break
    return text


def plain(text: str) -> str:
    """The cell on one line in one spelling (NFKC, '-', '~', '·', no entities), cut at `LONGEST` characters."""
    text = unescaped(text[: 4 * LONGEST])
    # The middle dot of Korean keyboards falls apart under NFKC, so dots are made one before and after.
    text = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
    return _SPACES.sub(" ", text).strip()[:LONGEST]


def states_nothing(text: str) -> bool:
    """True where a cell is empty or only says that it will be agreed, decided or told later: unknown on purpose, not misread."""
    return not re.sub(r"[\W_]", "", _NOTHING.sub(" ", plain(text)))
