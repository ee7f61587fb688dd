"""What the words of a Korean address name. An area is named or it is not: nothing here guesses."""

from .area_index import NAMED
from .area_search import AreaNames, Found

SIDO, SIGUNGU, EMD = range(3)


def resolve(names: AreaNames, sido: str | None, sigungu: str | None, dong: str | None, home: int) -> int | None:
    """The code of the finest area that is certain, or None.

    `sigungu` may be two words (용인시 처인구), and 구 may stand without its city. A name that several areas have counts
    where one of them lies in the `home` municipality, and a 읍면동 alone counts elsewhere only if no other has its name.
    Former names lead to today's areas: 광주 광산구 is 12330. A 시도 of before, of which districts remain, is today's.
    """
    above = (sido or "").split()
    district = (sigungu or "").split()
    found: int | None = None
    if dong:
        found = _one(names, dong.replace(" ", ""), [*above, *district], EMD, home)
    if found is None and district:
        found = _one(names, district[-1], [*above, *district[:-1]], SIGUNGU, home)
    if found is None and above:
        found = _province(names, above[0], home)
    if found is None and not above and district:  # 세종시 is a province
        found = _province(names, district[0], home)
    return None if found is None else names.codes[found]


def _one(names: AreaNames, word: str, above: list[str], level: int, home: int) -> int | None:
    around = [names.above(name, NAMED) for name in above]
    fits: Found = {
        i: score
        for i, score in names.named(word).items()
        if score >= NAMED and names.levels[i] == level and names.within(i, around)
    }
    fits = {i: score for i, score in fits.items() if names.inside(i, home)} or fits
    best = [i for i, score in fits.items() if score == max(fits.values())]
    best = [i for i in best if names.names[i] == word] or best  # 상도1동 beside 상도제1동
    if len({names.full(i) for i in best}) != 1:
        return None
    return min(best, key=lambda i: names.codes[i])  # of one name, the legal area comes before the administrative one


def _province(names: AreaNames, word: str, home: int) -> int | None:
    found = _one(names, word, [], SIDO, home)
    if found is None:
        once = {names.parents[i] for i in names.above(word, 1.0) if names.levels[i] == SIGUNGU}
        found = once.pop() if len(once) == 1 else None
    return found
