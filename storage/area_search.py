"""Finding an area by what people type: Hangul, initial consonants, romanized, Cyrillic, former names, codes, typos."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain as chained

from .area_data import rows
from .letters import bare, initials, is_initials, jamo, sound

FUZZY = 78  # of 100: how alike a mistyped name must be
# What people write around a name.
AROUND = re.compile(
    r"(에서|에)?\s*(살아요|살고\s*있어요|삽니다|살아|입니다|이에요|예요|이요)$"
    r"|^(i\s+live\s+in|i\s+am\s+in|my\s+home\s+is|in|я\s+живу\s+в|живу\s+в|в)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """`exact`: the name itself was typed. `unique_at_home`: no other area of the municipality has it."""

    code: int
    level: str
    name_ko: str
    full_ko: str
    full_en: str
    exact: bool
    at_home: bool
    unique_at_home: bool


@dataclass(slots=True)
class Unit:
    """One area with the keys it is found by; `above` are the names and sounds of what it lies in."""

    code: int
    level: str
    kind: str
    parent: int | None
    name_ko: str
    full_ko: str
    full_en: str
    hangul: tuple[str, ...]
    sounds: tuple[str, ...]
    above: frozenset[str]
    codes: tuple[int, ...]


Scored = tuple[float, Unit]  # 3 exact, 2 beginning, 1 inside, below 1 only alike


class AreaNames:
    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = list(units)
        self._by_code = {code: unit for unit in self._units for code in unit.codes}

    @classmethod
    def packaged(cls) -> "AreaNames":
        """All areas of the packaged data."""
        regions = {row["code"]: row for row in rows("regions")}
        extra, former = defaultdict(list), defaultdict(list)
        for row in rows("aliases"):
            extra[row["code"]].append(row["alias"])
        for row in rows("code_changes"):
            former[row["new_code"]].append(row)
        units = []
        for code, row in regions.items():
            chain = [row]
            while chain[-1]["parent"]:
                chain.append(regions[chain[-1]["parent"]])
            own = [row["name_ko"]] + [alias for alias in extra[code] if row["level"] == "sido"]
            own += [change["old_full_ko"].split()[-1] for change in former[code]]
            above = set(chained.from_iterable(_known_as(up, extra[up["code"]]) for up in chain[1:]))
            above |= {sound(alias) or alias for alias in extra[code]} | set(extra[code])
            above |= {name for change in former[code] for name in change["old_full_ko"].split()[:-1]}
            hangul = tuple(dict.fromkeys(name.replace(" ", "") for name in own))
            sounds = [sound(name) for name in (row["name_en"], row["name_ru"])]
            sounds += [sound(re.sub(r"-\w+$", "", name)) for name in (row["name_en"], row["name_ru"])]
            codes = (
                int(code),
                *(int(change["old_code"]) for change in former[code] if change["old_code"] not in regions),
            )
            units.append(
                Unit(
                    int(code),
                    row["level"],
                    row["kind"],
                    int(row["parent"]) if row["parent"] else None,
                    row["name_ko"],
                    row["full_ko"],
                    row["full_en"],
                    hangul,
                    tuple(dict.fromkeys(filter(None, sounds))),
                    frozenset(above),
                    codes,
                )
            )
        return cls(units)

    def search(self, query: str, home: int | None = None, limit: int = 8) -> list[Hit]:
        """Areas that a text names, those of the home municipality first."""
        text = AROUND.sub("", query.strip()).strip(" .,!?")
        if not text:
            return []
        if re.fullmatch(r"\d{5}|\d{10}", text):
            unit = self._by_code.get(int(text.ljust(10, "0")))
            return [self._hit(unit, True, home, 1)] if unit else []
        scored = self._named(text) or self._named(text.replace(" ", "")) or self._alike(text)
        return self._ranked(scored, home)[:limit]

    def _named(self, text: str) -> list[Scored]:
        """Areas whose name is the last word, and in whose surroundings the other words fit."""
        *rest, last = re.split(r"[\s,/]+", text)
        hangul = bool(re.search("[가-힣]", last))
        consonants = is_initials(last.replace(" ", ""))
        key = last if hangul or consonants else sound(last)
        if not key:
            return []
        context = [word if re.search("[가-힣]", word) else sound(word) for word in rest]
        found: list[Scored] = []
        for unit in self._units:
            names = unit.sounds
            if hangul:
                names = unit.hangul
            elif consonants:
                names = tuple(initials(name) for name in unit.hangul)
            score = max((_score(key, name, hangul) for name in names), default=0)
            if score and all(any(up.startswith(word) for up in unit.above) for word in context if word):
                found.append((score, unit))
        return found

    def _alike(self, text: str) -> list[Scored]:
        """Areas whose name sounds or is spelled nearly as the text: typos."""
        from rapidfuzz import fuzz, process

        hangul = bool(re.search("[가-힣]", text))
        key = jamo(text.replace(" ", "")) if hangul else sound(text)
        if len(key) < 3:
            return []
        pool = [
            (jamo(name) if hangul else name, unit)
            for unit in self._units
            for name in (unit.hangul if hangul else unit.sounds)
        ]
        near = process.extract(key, [name for name, _ in pool], scorer=fuzz.ratio, limit=12, score_cutoff=FUZZY)
        alike = {pool[i][1].code: (ratio / 100, pool[i][1]) for _, ratio, i in reversed(near)}
        return list(alike.values())

    def _ranked(self, scored: list[Scored], home: int | None) -> list[Hit]:
        exact_at_home = {
            unit.name_ko for score, unit in scored if score == 3 and unit.level == "emd" and self._inside(unit, home)
        }
        order = {"emd": 0, "sigungu": 1, "sido": 2}
        scored.sort(
            key=lambda item: (
                not self._inside(item[1], home),
                -item[0],
                order[item[1].level],
                item[1].kind == "admin",
                item[1].full_ko,
            )
        )
        hits, seen = [], set()
        for score, unit in scored:
            if unit.full_ko not in seen:  # a legal and an administrative area of one name are one to whoever types it
                seen.add(unit.full_ko)
                hits.append(self._hit(unit, score == 3, home, len(exact_at_home)))
        return hits

    def _hit(self, unit: Unit, exact: bool, home: int | None, namesakes: int) -> Hit:
        inside = self._inside(unit, home)
        unique = exact and inside and unit.level == "emd" and namesakes == 1
        return Hit(unit.code, unit.level, unit.name_ko, unit.full_ko, unit.full_en, exact, inside, unique)

    def _inside(self, unit: Unit | None, home: int | None) -> bool:
        while unit is not None:
            if unit.code == home:
                return True
            unit = self._by_code.get(unit.parent) if unit.parent else None
        return False


def _known_as(row: dict[str, str], aliases: list[str]) -> list[str]:
    """What an area is called as context: its names and their sounds, with and without 시, 구 ..."""
    names = [row["name_ko"], bare(row["name_ko"]), *aliases]
    sounds = [sound(row["name_en"]), sound(row["name_ru"]), sound(re.sub(r"-\w+$", "", row["name_en"]))]
    return [name for name in (*names, *sounds) if name]


def _score(key: str, name: str, hangul: bool) -> int:
    if key == name or (hangul and key == bare(name)):
        return 3
    if name.startswith(key):
        return 2
    return 1 if len(key) > 2 - hangul and key in name else 0
