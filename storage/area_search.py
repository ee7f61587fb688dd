"""Finding an area by what people type: Hangul, initial consonants, romanized, Cyrillic, Chinese, former names, codes, typos."""

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from .area_data import rows
from .area_index import FORMER, NAMED, Lexicon, Spellings
from .hanja import MOST, spellings
from .letters import has_hangul

LEVELS = ("sido", "sigungu", "emd")
LONGEST, WORDS = 200, 8  # letters and words of a text that are looked at
ALIKE, ALIKE_INSIDE = 78, 62  # of 100: how alike a mistyped name must be, alone and where its surroundings are named
WEAKEST = 0.55  # what a name that is only alike is worth at most
# What people write around a name, and what Korean hangs on it.
AROUND = re.compile(
    r"(?:에서|에)?\s*(?:살아요|살고\s*있어요|삽니다|살아|입니다|이에요|예요|이요)$"
    r"|^(?:我?(?:家?住在|家?在)|我家?住)|(?:da|да)?\s+(?:yashayman|яшайман)$"
    r"|^(?:i\s+live\s+in|i\s+am\s+in|my\s+home\s+is|in|я\s+живу\s+в|живу\s+в|в)\s+",
    re.IGNORECASE,
)
DIVIDED = re.compile(r"(?<=[가-힣]{2})[읍면동]$")  # 오포읍 became 오포1동 and 오포2동
HANGING = re.compile(r"(?<=[가-힣0-9]{2})(?:산단|지구|마을|근처|쪽|역|리|에서|에|이요|요|은|는)$")


@dataclass(frozen=True, slots=True)
class Hit:
    """`exact`: the name itself was written. `unique_at_home`: and nothing else can be meant, so no need to ask."""

    code: int
    score: float
    exact: bool
    unique_at_home: bool
    at_home: bool
    level: str
    name_ko: str
    full_ko: str
    full_en: str


Found = dict[int, float]  # area (its place in the index) -> how well it fits


class AreaNames:
    """All areas by name and code. About 5 MB; a search takes a millisecond, with typos a few."""

    def __init__(
        self,
        regions: Iterable[Mapping[str, str]],
        aliases: Iterable[Mapping[str, str]],
        changes: Iterable[Mapping[str, str]],
    ) -> None:
        self.codes, self.levels, self.parents = array("q"), array("b"), array("h")
        self._admin = array("b")
        self.names: list[str] = []
        self._english: list[str] = []
        self._of_code: dict[int, int] = {}
        parents, foreign = [], []
        for i, row in enumerate(regions):
            self.codes.append(int(row["code"]))
            self.levels.append(LEVELS.index(row["level"]))
            self._admin.append(row["kind"] == "admin")
            self.names.append(row["name_ko"])
            self._english.append(row["name_en"])
            self._of_code[int(row["code"])] = i
            parents.append(row["parent"])
            foreign += [(row["name_en"], i), (row["name_ru"], i)]
        self.parents.extend(self._of_code[int(parent)] if parent else -1 for parent in parents)
        self._former_codes: dict[int, list[int]] = defaultdict(list)
        self._name(foreign, aliases, changes)

    @classmethod
    def packaged(cls) -> "AreaNames":
        """All areas of the packaged data."""
        return cls(rows("regions"), rows("aliases"), rows("code_changes"))

    def _name(
        self,
        foreign: list[tuple[str, int]],
        aliases: Iterable[Mapping[str, str]],
        changes: Iterable[Mapping[str, str]],
    ) -> None:
        own = [(name.replace(" ", ""), i) for i, name in enumerate(self.names)]
        called = [(row["alias"], self._of_code[int(row["code"])]) for row in aliases]
        former = []
        for row in changes:
            old, i = int(row["old_code"]), self._of_code[int(row["new_code"])]
            if old in self._of_code:
                continue  # a part was split off, the rest lives on
            self._former_codes[old].append(i)
            name = row["old_full_ko"].split()[-1]
            if name != self.names[i]:
                former.append((name, i))
        # A province's other names are names of its own; a former province is only where its districts were.
        self._spelled = Spellings(own + [(name, i) for name, i in called if not self.levels[i]], foreign)
        self._above = Spellings(
            [(name, i) for name, i in own if self.levels[i] < 2] + called,
            [(name, i) for name, i in foreign if self.levels[i] < 2],
        )
        self.once = Lexicon(former)

    def search(self, query: str, home: int | None = None, limit: int = 8) -> list[Hit]:
        """Areas that a text names, those of the home municipality first."""
        text = unicodedata.normalize("NFC", query[:LONGEST]).strip(" \n.,!?。，！？")
        text = AROUND.sub("", text).strip()
        if re.fullmatch(r"\d{5}|\d{8}|\d{10}", text):
            return self._ranked(dict.fromkeys(self.of_code(int(text.ljust(10, "0"))), 1.0), home, text, sure=True)[
                :limit
            ]
        words = [word for word in re.split(r"[\s,/，、]+", text) if word][:WORDS]
        found = self._understood(words) or self._understood(list(self._cut(words))) or self._read(words)
        if found:
            return self._ranked(found, home, text, sure=True)[:limit]
        among = self._among(words, home)
        if not any(self.levels[i] == 2 for i in among):  # a district alone: its neighbourhood may be misspelled
            among = self._alike(words) or among
        return self._ranked(among, home, text, sure=False)[:limit]

    def of_code(self, code: int) -> list[int]:
        """The areas of a code of today, or those that followed a former one."""
        return [self._of_code[code]] if code in self._of_code else self._former_codes.get(code, [])

    def above(self, word: str, least: float = 0.0) -> set[int]:
        """Provinces and districts that a word of the surroundings may mean."""
        least = least or (0.7 if has_hangul(word) else 0.5)  # Gwangju also names Jeonnam-Gwangju
        return {i for i, score in self._above.find(word).items() if score >= least}

    def chain(self, i: int) -> Iterator[int]:
        """An area and all that it lies in."""
        while i >= 0:
            yield i
            i = self.parents[i]

    def within(self, i: int, surroundings: Iterable[set[int]]) -> bool:
        """Whether an area lies in one of each set. A district carries the names of what it lay in before."""
        above = list(self.chain(i))[self.levels[i] != 1 :]
        return not any(around.isdisjoint(above) for around in surroundings)

    def full(self, i: int) -> str:
        names = dict.fromkeys(self.names[up] for up in self.chain(i))  # Sejong is its own district
        return " ".join(reversed(names))

    def named(self, word: str) -> Found:
        """Areas by one word, as they are called today or were before."""
        found = self._spelled.find(word)
        for i, how in self.once.find(word):
            found[i] = max(found.get(i, 0.0), FORMER[how])
        return {i: score for i, score in found.items() if score}

    def _understood(self, words: list[str]) -> Found:
        """The last or the first words name the area, and it lies where all others say."""
        found: Found = {}
        for size in range(1, min(3, len(words)) + 1):
            for name, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
                around = [self.above(word) for word in rest]
                if all(around):
                    for i, score in self.named("".join(name)).items():
                        if score > found.get(i, 0.0) and self.within(i, around):
                            found[i] = score
        return found

    def _read(self, words: list[str]) -> Found:
        """Names in Chinese characters, by how these are read in Korea: 月谷洞."""
        for spelled in islice(product(*(spellings(word) or [word] for word in words)), MOST):
            if list(spelled) != words and (found := self._understood(list(self._cut(list(spelled))))):
                return found
        return {}

    def _cut(self, words: list[str]) -> Iterator[str]:
        """The words with names apart that were written as one: 광산구월곡동."""
        for word in words:
            rest = word
            while has_hangul(rest):
                sizes = range(len(rest) - 2, 1, -1)
                size = next((n for n in sizes if max(self._above.find(rest[:n]).values(), default=0) >= NAMED), 0)
                if not size:
                    break
                yield rest[:size]
                rest = rest[size:]
            yield rest

    def _among(self, words: list[str], home: int | None) -> Found:
        """Names among other words. Those that are no names are passed over, so whoever asked must be asked."""
        found: Found = {}
        said = []
        for word in (HANGING.sub("", word) for word in words):
            if len(word) >= (2 if has_hangul(word) else 4):
                fits = {i: score for i, score in self.named(word).items() if score >= NAMED or self.inside(i, home)}
                said.append(({i: score for i, score in fits.items() if score >= 0.8}, self.above(word, NAMED)))
        for at, (fits, _) in enumerate(said):
            around = [above for other, (_, above) in enumerate(said) if above and other != at]
            for i, score in fits.items():
                if self.levels[i] < 2 or self.within(i, around):
                    found[i] = max(score, found.get(i, 0.0))
        return {i: score for i, score in found.items() if self.levels[i] == 2} or found

    def _alike(self, words: list[str]) -> Found:
        """Areas whose name is written or sounds nearly so: typos."""
        found = self._nearly("".join(words), [])
        if len(words) > 1:
            for name, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
                if all(around := [self.above(word) for word in rest]):
                    stem = {i: WEAKEST for i in self.named(DIVIDED.sub("", name)) if self.within(i, around)}
                    found |= self._nearly(name, around) | stem
        return found

    def _nearly(self, word: str, around: list[set[int]]) -> Found:
        from rapidfuzz import fuzz, process

        keys, lexicon, key = self._spelled.written(word)
        if not 3 <= len(key) <= 60:
            return {}
        owners = lexicon.owners
        if around:
            keys = [other if self.within(i, around) else "" for other, i in zip(keys, owners, strict=True)]
        least = ALIKE_INSIDE if around else ALIKE
        near = process.extract(key, keys, scorer=fuzz.ratio, limit=16, score_cutoff=least)
        return {owners[at]: ratio / 100 * WEAKEST for _, ratio, at in reversed(near)}

    def inside(self, i: int, home: int | None) -> bool:
        return home is not None and any(self.codes[up] == home for up in self.chain(i))

    def _ranked(self, found: Found, home: int | None, text: str, *, sure: bool) -> list[Hit]:
        """The most likely first; of two that are as likely the one that is spelled so: 상도1동 is not 상도제1동."""
        at_home = {i for i in found if self.inside(i, home)}
        best = max((found[i] for i in at_home), default=0.0)
        rivals = {self.full(i) for i in at_home if found[i] == best}
        sure = sure and best >= NAMED and best == max(found.values()) and len(rivals) == 1
        spelled = {i for i in found if self.names[i] in text}

        def rank(i: int) -> tuple[object, ...]:
            return i not in at_home, -found[i], -self.levels[i], i not in spelled, self._admin[i], self.full(i)

        ranked = sorted(found, key=rank)
        hits: dict[str, Hit] = {}
        for i in ranked:
            full = self.full(i)
            if full in hits:  # a legal and an administrative area of one name are one to whoever writes it
                continue
            unique = sure and i in at_home and found[i] == best and self.levels[i] == 2
            hits[full] = Hit(
                self.codes[i],
                found[i],
                found[i] >= NAMED,
                unique,
                i in at_home,
                LEVELS[self.levels[i]],
                self.names[i],
                full,
                ", ".join(dict.fromkeys(self._english[up] for up in self.chain(i))),
            )
        return list(hits.values())
