"""Which occupations a resident's own words mean, in any language: "уборщица", "oshpaz", "打扫", also mistyped."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import OSA

from locales import terms

from .chat.words import APOSTROPHES, bare
from .occupations import occupation

LONG = 6  # letters of a beginning that may be mistyped by one
WORDS = 5  # of a text that are held against mistyped ones
SHORT = 5  # letters of a beginning that may lack its marks: dạy (to teach) is not "day"
# Letters of scripts without spaces between words: there a word may stand inside, elsewhere it begins one.
UNSPACED = re.compile("[\u1780-\u17ff\u3400-\u9fff가-힣]")
UZBEK = str.maketrans("абвгдежзийклмнопрстуфхыэўқғҳ", "abvgdejziyklmnoprstufxieoqgh", "ъь") | str.maketrans(
    {"ё": "yo", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya"}
)


def wanted(text: str, terms: Sequence[Mapping[str, str]] = ()) -> list[str]:
    """Keys of the occupations that the words mean: by how such words begin, else by the `terms` (key to name), else mistyped."""
    said = fold(text)
    spellings = {said, bare(said), fold(latin(text))}
    keys = {key for spelling in spellings for key in _named(spelling)}
    if found := occupation(text):
        keys.add(found)
    if not keys:
        keys = {key for names in terms for key, name in names.items() if list(_places(said, fold(name)))}
    return sorted(keys or {key for spelling in spellings for key in _mistyped(spelling)})


def fold(text: str) -> str:
    """Small letters, one space between words, and no apostrophes: "Oʻqituvchi" and "oqituvchi" are one."""
    return " ".join(unicodedata.normalize("NFKC", APOSTROPHES.sub("", text)).casefold().split())


def latin(text: str) -> str:
    """Uzbek in Cyrillic as it is written in Latin letters: тозалаш, tozalash."""
    return text.casefold().translate(UZBEK)


def _named(text: str) -> Iterator[str]:
    """Of the beginnings at one place the longest counts: parking is no park."""
    hits = [(at, len(word), key) for word, key in _beginnings() for at in _places(word, text)]
    longest = {at: length for at, length, _ in sorted(hits)}
    yield from (key for at, length, key in hits if length == longest[at])


def _places(word: str, text: str) -> Iterator[int]:
    """Where the word begins a word of the text, at least three letters long; or stands in it, in a script without spaces."""
    unspaced = UNSPACED.match(word)
    at = text.find(word) if len(word) >= (2 if unspaced else 3) else -1
    while at >= 0:
        if unspaced or at == 0 or not text[at - 1].isalnum():
            yield at
        at = text.find(word, at + 1)


def _mistyped(text: str) -> Iterator[str]:
    long = [(word, key) for word, key in _beginnings() if len(word) >= LONG]
    for said in [said for said in text.split()[:WORDS] if len(said) >= LONG]:
        for word, key in long:
            ends = (said[: len(word) + more] for more in (-1, 0, 1))
            if any(OSA.distance(word, end, score_cutoff=1) <= 1 for end in ends):
                yield key


@cache
def _beginnings() -> tuple[tuple[str, str], ...]:
    """(folded beginning, key); without marks too, unless it is so short that it would be another language's word."""
    found: dict[tuple[str, str], None] = {}
    for key, words in terms.spoken().items():
        for word in map(fold, words):
            found[word, key] = None
            if len(bare(word)) >= SHORT:
                found[bare(word), key] = None
    return tuple(found)
