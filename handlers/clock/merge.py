"""What was just told is compared with what others tell of the same employer, and merged where it is the same posting."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from storage import likeness, merging
from storage.likeness import Home
from storage.transaction import Transaction

from ..same import Verdict, same
from ..stated import Stated

Group = list[tuple[Home, Stated]]


async def merge(tx: Transaction, source: str, keys: Collection[str], order: Sequence[str] = ()) -> int:
    """Merge what these keys of a source stand for with what is the same, into the oldest; returns how many were merged.

    A telling that fits two postings stays alone: which of them it means is not known. `order` as for `postings.record`.
    """
    if not keys:
        return 0
    await merging.lock(tx)
    told = await likeness.touched(tx, source, keys)
    homes = await likeness.around(tx, told, source)
    split = await merging.apart(tx, [home.id for home in homes])
    groups: dict[int, Group] = defaultdict(list)
    for home in homes:
        groups[home.shown].append((home, Stated(home.values, home.areas, home.sources, home.guessed)))
    into: dict[int, tuple[int, str]] = {}
    for id_ in told:
        shown = next((shown for shown, group in groups.items() if any(home.id == id_ for home, _ in group)), None)
        while shown is not None and (found := _fitting(groups, shown, split)) is not None:
            other, because = found
            older, newer = sorted((shown, other))
            groups[older] = sorted([*groups[older], *groups.pop(newer)], key=lambda one: one[0].id)
            into = {old: (older if target == newer else target, why) for old, (target, why) in into.items()}
            into[newer] = older, because
            shown = older
    await merging.merge(tx, into, order)
    return len(into)


def _fitting(groups: dict[int, Group], shown: int, split: set[tuple[int, int]]) -> tuple[int, str] | None:
    """Another group that is the same posting as this, and why. Of several a number decides, or what fits best; else none does."""
    fits: dict[int, Verdict] = {}
    for other, group in groups.items():
        verdict = _compare(groups[shown], group, split) if other != shown else None
        if verdict is not None and verdict.same:
            fits[other] = verdict
    best = sorted(fits.items(), key=lambda one: (not one[1].number, -one[1].agreed, one[0]))
    if not best:
        return None
    (first, verdict), *rest = best
    if any(
        other.agreed == verdict.agreed and not verdict.number and _compare(groups[first], groups[rival], split) is None
        for rival, other in rest
    ):
        return None
    return first, verdict.reason


def _compare(one: Group, other: Group, split: set[tuple[int, int]]) -> Verdict | None:
    """What speaks most for it that two groups are one posting. None: something contradicts, or they were split."""
    best, against = Verdict(False, "too little is stated"), False
    for home, stated in one:
        for home_too, stated_too in other:
            if (min(home.id, home_too.id), max(home.id, home_too.id)) in split:
                return None
            verdict = same(stated, stated_too)
            against |= verdict.against
            if verdict.same and (verdict.number or (home.open and home_too.open)):
                best = max(best, verdict, key=lambda one: (one.number, one.agreed))
    return None if against and not best.number else best
