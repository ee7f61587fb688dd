"""Of what several sources say of one posting, the richest: field by field, and what belongs together stays together. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .criteria import GROUPS

Named = tuple[int, str, str]  # area code, level, how it is known

# Columns and words of the notice that come from one source together: never one's kind of pay with another's amount.
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "title": (("title",), ()),
    "organisation": (("organisation",), ()),
    "facility": (("facility_id",), ()),
    "kind": (("kind",), ()),
    "sector": (("sector",), ()),
    "occupation": (("occupation", "occupation_bit"), ("occupation_by",)),
    "place": (("scope",), ("workplace",)),
    "pay": (("pay_kind", "pay_low", "pay_high", "pay_hourly"), ("pay",)),
    "hours": (("days", "spans", "week_minutes", "hour_bits"), ("hours",)),
    "period": (("starts_on", "ends_on"), ("period",)),
    "headcount": (("headcount",), ("headcount",)),
    "foreigners": (("foreigners", "statuses"), ("foreigners",)),
    "closing": (("closes_at", "until_filled"), ("closing",)),
    **{name: ((), (name,)) for name in ("target", "duties", "apply", "phone", "link")},
}
# By which field each group of traits follows; where that source is silent about it, the next that speaks.
TRAIT_FIELDS = {
    "kind": "kind",
    "sector": "sector",
    "length": "period",
    "week": "hours",
    "korean": "duties",
    "foreigners": "foreigners",
    "people": "target",
}
COLUMNS = (*(column for columns, _ in FIELDS.values() for column in columns), "trait_bits")
# What decides who hears of it.
FILTERS = ("facility_id", "scope", "trait_bits", "occupation_bit", "hour_bits", "pay_hourly", "starts_on")
DAYS, MOMENTS = ("starts_on", "ends_on"), ("closes_at",)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one posting's own listings say. `home` is that posting, `source` the first of its listings' by name.

    `rank` is smaller for a source that is believed more; `gone`: none of them is told any more.
    """

    home: int
    source: str
    rank: int
    gone: bool
    values: Mapping[str, Any]
    areas: Sequence[Named] = ()
    reach: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns of the posting, by field the source that said so, and whose place it is."""

    values: dict[str, Any]
    told_by: dict[str, str]
    place: Telling


def choose(tellings: Sequence[Telling]) -> Choice:
    """The richest of all, whatever their order: what is still told before what is gone, then what says more, then by rank."""
    values: dict[str, Any] = {}
    facts: dict[str, str] = {}
    told_by: dict[str, str] = {}
    place = tellings[0]
    for name, (columns, words) in FIELDS.items():
        best = min(tellings, key=_by(name))
        values |= {column: best.values[column] for column in columns if column in best.values}
        facts |= {word: best.values["facts"][word] for word in words if word in best.values["facts"]}
        if _says(name, best):
            told_by[name] = best.source
        if name == "place":
            place = best
    # What a source does not let us show is named, unless another says it.
    back = {word for one in tellings for word in str(one.values["facts"].get("kept_back", "")).split()} - set(facts)
    if back:
        facts["kept_back"] = " ".join(sorted(back))
    return Choice({**values, "trait_bits": _traits(tellings), "facts": facts}, told_by, place)


def _traits(tellings: Sequence[Telling]) -> int:
    bits = 0
    for group, mask in GROUPS.items():
        said = (one.values.get("trait_bits", 0) & mask for one in sorted(tellings, key=_by(TRAIT_FIELDS[group])))
        bits |= next(filter(None, said), 0)
    return bits


def _by(name: str) -> Callable[[Telling], tuple[Any, ...]]:
    def order(one: Telling) -> tuple[Any, ...]:
        says = _says(name, one)
        return not says, one.gone, -says, one.rank, one.source, one.home

    return order


def _says(name: str, one: Telling) -> int:
    """How much it says of a field; 0 where it is not stated."""
    columns, words = FIELDS[name]
    if name == "title":
        return 1 if str(one.values["title"]).rstrip().endswith(("...", "…")) else 2
    if name == "place":
        return _place(one)
    said = sum(len(str(one.values["facts"].get(word, ""))) for word in words)
    if not columns:
        return min(said, 1) if name != "duties" else said
    if any(one.values.get(column) not in (None, "", 0, [], "unknown") for column in columns):
        return 2
    return min(said, 1)


def _place(one: Telling) -> int:
    """A neighbourhood says more than a district; an employer's address is a guess, less than a district that was stated."""
    guessed = any(by == "employer" for _, _, by in one.areas)
    level = {"emd": 5, "sigungu": 4, "sido": 2}.get(str(one.values.get("scope")), 1)
    return 3 if guessed and level > 2 else level if level > 1 or one.values["facts"].get("workplace") else 0


def packed(values: Mapping[str, Any], areas: Sequence[Named], reach: Mapping[int, int]) -> dict[str, Any]:
    """A telling as JSON."""
    plain = {name: values[name] for name in (*COLUMNS, "facts") if name in values}
    for name in (*DAYS, *MOMENTS):
        if plain.get(name) is not None:
            plain[name] = plain[name].isoformat()
    return {
        "values": plain,
        "areas": [list(area) for area in areas],
        "reach": {str(area): h for area, h in reach.items()},
    }


def unpacked(own: Mapping[str, Any]) -> tuple[dict[str, Any], list[Named], dict[int, int]]:
    values = dict(own["values"])
    for name in DAYS:
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    for name in MOMENTS:
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    areas = [(int(area), str(level), str(by)) for area, level, by in own["areas"]]
    return values, areas, {int(area): int(hops) for area, hops in own["reach"].items()}
