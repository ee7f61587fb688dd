"""Many short names in one long string, so that any part of any name is found at the speed of a string search."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from .letters import has_hangul, initials, is_initials, jamo, letters, sound

EXACT, BARE, BEGINNING, INSIDE = range(4)  # how a key lies in a name; BARE lacks only the unit: 월곡 of 월곡동
UNITS = frozenset(
    re.findall(
        r"\w+",
        "동 읍 면 가 구 군 시 도 특별시 광역시 특별자치시 특별자치도 통합특별시 ㄷ ㅇ ㅁ ㄱ ㅅ "
        "dong eup myeon ga gu gun si do state дон ып мен га гу гун кун си до",
    )
)
# Scores of EXACT, BARE, BEGINNING, INSIDE; 0 does not count. From NAMED on, it is the name that was written.
NAMED = 0.9
AS_WRITTEN = (1.0, 0.97, 0.8, 0.6)
FORMER = (0.95, 0.93, 0.0, 0.0)
AS_HEARD = (0.9, 0.9, 0.7, 0.5)
BY_INITIALS = (0.85, 0.83, 0.75, 0.55)
SPOKEN = re.compile(r"제(?=\d)|특례(?=시$)")  # 창신제3동 is called 창신3동, 수원특례시 is 수원시


class Lexicon:
    """Keys and whose they are. A name is a line of `text`; owners are small numbers of the caller's."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        keys: list[str] = []
        self.owners, self.starts = array("H"), array("I", [1])
        for key, owner in entries:
            if key:
                keys.append(key)
                self.owners.append(owner)
                self.starts.append(self.starts[-1] + len(key) + 1)
        self.text = "\n" + "\n".join(keys) + "\n"

    def find(self, key: str) -> Iterator[tuple[int, int]]:
        """(owner, how the key lies in the name) for each name with the key; one letter must begin the name."""
        needle = key if len(key) > 1 else "\n" + key
        at = self.text.find(needle)
        while key and at >= 0:
            i = bisect_right(self.starts, at + len(needle) - len(key)) - 1
            start, end = self.starts[i], self.starts[i + 1] - 1
            how = INSIDE
            if at <= start:
                rest = self.text[start + len(key) : end]
                how = EXACT if not rest else BARE if len(key) > 1 and rest in UNITS else BEGINNING
            yield self.owners[i], how
            at = self.text.find(needle, end)

    def by_initials(self) -> "Lexicon":
        """The same lines by their initial consonants: a syllable has one, so all places stay."""
        lexicon = Lexicon(())
        lexicon.text, lexicon.owners, lexicon.starts = initials(self.text), self.owners, self.starts
        return lexicon

    def keys(self) -> list[str]:
        return self.text[1:-1].split("\n")


class Spellings:
    """Areas by every way their names are written: Hangul, initial consonants, Latin, Cyrillic, and by ear."""

    def __init__(self, hangul: Iterable[tuple[str, int]], foreign: Iterable[tuple[str, int]]) -> None:
        self._hangul = Lexicon(
            (key, owner) for name, owner in hangul for key in dict.fromkeys((name, SPOKEN.sub("", name)))
        )
        self._initials = self._hangul.by_initials()
        foreign = list(foreign)
        self._letters = Lexicon((letters(name), owner) for name, owner in foreign)
        heard_as = cache(sound)  # two in five names come more than once
        heard = {(heard_as(part), owner): None for name, owner in foreign for part in (name, _bare(name))}
        self._sounds = Lexicon(heard)

    def find(self, word: str) -> dict[int, float]:
        """Whose name it is, or a part of it, with how well it fits (0 to 1)."""
        found: dict[int, float] = {}
        if is_initials(word):
            _note(found, self._initials, word, BY_INITIALS)
            return found
        if plain := letters(word):
            _note(found, self._letters, plain, AS_WRITTEN)
            _note(found, self._sounds, sound(word), AS_HEARD)
        if not found:
            for key in {word, SPOKEN.sub("", word)}:
                _note(found, self._hangul, key, AS_WRITTEN)
        return found

    def written(self, word: str) -> tuple[list[str], Lexicon, str]:
        """What to compare a mistyped word with: all keys of its kind, whose they are, and the word as such a key."""
        if has_hangul(word):
            return jamo("\n".join(self._hangul.keys())).split("\n"), self._hangul, jamo(word)
        return self._sounds.keys(), self._sounds, sound(word)


def _note(found: dict[int, float], lexicon: Lexicon, key: str, scores: tuple[float, ...]) -> None:
    least = 2 if has_hangul(key) or is_initials(key) else 4  # letters of a part that is not the beginning
    for owner, how in lexicon.find(key):
        score = 0.0 if how == INSIDE and len(key) < least else scores[how]
        if score > found.get(owner, 0.0):
            found[owner] = score


def _bare(name: str) -> str:
    """A romanized name without its unit: Wolgok-dong -> Wolgok; Wolgok 2-dong stays whole."""
    return re.sub(r"(?<=[^\W\d])-[^\W\d]+$", "", name)
