"""Does this posting meet this wish, and why: the rule in plain Python. `storage.alerts` says the same in SQL.

Unknown is a third value: what a notice does not state passes, is named, and can be excluded by a wish (`strict`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.criteria import DISTRICT, STRICT, is_district
from storage.tables import Posting, WishArea
from storage.words import contains, says

KINDS = {kind: 1 << i for i, kind in enumerate(("job", "course", "programme", "consultation", "space", "pool"))}
SECTORS = {sector: 1 << i for i, sector in enumerate(("public", "private"))}

# The glossary's occupations. Their order is stored in masks: only ever add at the end.
_KEYS = (
    "library_assistant",
    "childcare_helper",
    "learning_tutor",
    "kitchen_helper",
    "cook",
    "cleaner",
    "security_guard",
    "parking_guide",
    "school_traffic_guide",
    "office_assistant",
    "interpreter",
    "caregiver",
    "social_worker",
    "driver",
    "park_maintenance",
    "packer",
    "logistics",
    "farm_work",
    "factory_work",
    "server",
    "event_staff",
    "survey_worker",
    "safety_staff",
    "data_entry",
    "construction_helper",
)
OCCUPATIONS = {key: 1 << i for i, key in enumerate(_KEYS)}

ALL = -1  # a mask that accepts everything
Due = Literal["now", "digest", "never"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`unknown` names what the notice does not state; `reasons` say why it fits, as (key, value), the strongest first."""

    ok: bool
    unknown: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str | int], ...] = ()


NO = Verdict(False)


def fits(wish: WishArea, posting: Posting, hops: int, words: Mapping[str, Sequence[str]] | None = None) -> Verdict:
    """Hold a posting that lies `hops` away (0 own .. 3 district) against one chosen area of a wish and its words."""
    unknown = unstated(posting)
    if not wish.active or wish.width < hops or wish.seen >= posting.id:
        return NO
    asked = (
        (posting.kind_bit, wish.kinds),
        (posting.sector_bit, wish.sectors),
        (posting.occupation_bit, wish.occupations),
        (posting.hour_bits, wish.hours),
    )
    if any(stated & ~wanted for stated, wanted in asked):
        return NO
    if posting.pay_hourly is not None and posting.pay_hourly < wish.pay_floor:
        return NO
    if any(wish.strict & STRICT[name] for name in unknown):
        return NO
    wanted_words = words if words and wish.worded else {}
    if not says(posting, wanted_words):
        return NO
    return Verdict(True, unknown, _reasons(wish, posting, hops, wanted_words))


def _reasons(
    wish: WishArea, posting: Posting, hops: int, words: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, str | int], ...]:
    reasons: list[tuple[str, str | int]] = [("near", hops)]
    if wish.occupations != ALL and posting.occupation_bit and posting.occupation:
        reasons.append(("occupation", posting.occupation))
    reasons += [("word", word) for word in words.get("include", ()) if contains(posting, word)]
    if wish.hours != ALL and posting.hour_bits:
        reasons.append(("hours", posting.hour_bits))
    if wish.pay_floor and posting.pay_hourly is not None:
        reasons.append(("pay", wish.pay_floor))
    return tuple(reasons)


def unstated(posting: Posting) -> tuple[str, ...]:
    """Which of pay, hours and occupation a notice leaves open."""
    stated = {"pay": posting.pay_hourly is not None, "hours": posting.hour_bits, "occupation": posting.occupation_bit}
    return tuple(name for name in STRICT if not stated[name])


def due(wish: WishArea, posting: Posting) -> Due:
    """When a fitting posting is told. One known to its district only is news at once to those who asked for the district."""
    if posting.scope == "emd":
        return "now"
    if posting.scope == "sigungu":
        return "now" if wish.width >= DISTRICT or is_district(wish.area) else "digest"
    return "never"


def without(mask: int, occupation: str) -> int:
    """The mask of accepted occupations, less one."""
    return mask & ~OCCUPATIONS[occupation]
