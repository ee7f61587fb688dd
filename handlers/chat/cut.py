"""How wide a text is, and where it may be cut: between characters as people see them, never inside one of several."""

import unicodedata

JOINER = "\N{ZERO WIDTH JOINER}"
VIRAMA = 9  # combining class of what joins the next consonant to this one: Khmer coeng, Devanagari and Burmese virama
TRAILING = "\u0e33\u0eb3"  # Thai and Lao sara am: a vowel sign that Unicode counts among the letters


def cut(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` code points. Empty where the first character alone is longer."""
    end = max(min(limit, len(text)), 0)
    while 0 < end < len(text) and _inside(text[end - 1], text[end]):
        end -= 1
    return text[:end]


def columns(text: str) -> int:
    """About how many Latin letters wide it is drawn: Korean and Chinese letters take two, signs above and below none."""
    marks = ("Mn", "Me", "Cf")
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text if unicodedata.category(c) not in marks)


def _inside(before: str, after: str) -> bool:
    """Whether two code points belong to one character, roughly as extended grapheme clusters do (UAX 29)."""
    if before == "\n" or after == "\n":
        return False
    joins = before == JOINER or unicodedata.combining(before) == VIRAMA
    return joins or after == JOINER or after in TRAILING or unicodedata.category(after) in ("Mn", "Mc", "Me", "Sk")
