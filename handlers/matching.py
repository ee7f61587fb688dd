"""Does this posting meet this wish, and why: the rule in plain Python. `storage.alerts` says the same in SQL.

Unknown is a third value: what a notice does not state passes, is named, and can be excluded by a wish (`strict`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.criteria import DISTRICT, GROUPS, STRICT, is_district
from storage.staff_tables import Follow
from storage.tables import Filters, Posting, WishArea
from storage.words import contains, names, says

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
    if not wish.active or wish.width < hops or wish.seen >= posting.id:
        return NO
    return agrees(wish, posting, hops, words if wish.worded else None)


def brings(follow: Follow, posting: Posting) -> bool:
    """What a followed facility posts comes at once, whatever the wishes say; not what was there before."""
    return follow.facility_id == posting.facility_id and follow.since < posting.created_at


def agrees(wish: Filters, posting: Posting, hops: int, words: Mapping[str, Sequence[str]] | None = None) -> Verdict:
    """Hold it against what the wish asks alone, wherever it lies and whenever it came."""
    unknown = unstated(posting)
    asked = (
        (posting.trait_bits, wish.traits),
        (posting.occupation_bit, wish.occupations),
        (posting.hour_bits, wish.hours),
    )
    if any(stated & ~wanted for stated, wanted in asked):
        return NO
    if posting.pay_hourly is not None and posting.pay_hourly < wish.pay_floor:
        return NO
    if wish.starts and posting.starts_on and posting.starts_on < wish.starts:
        return NO
    if any(wish.strict & STRICT[name] for name in unknown):
        return NO
    if words and not says(posting, words):
        return NO
    return Verdict(True, unknown, _reasons(wish, posting, hops, words or {}))


def _reasons(
    wish: Filters, posting: Posting, hops: int, words: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, str | int], ...]:
    """What the wish asked for and the notice states. Traits are named by their bit."""
    reasons: list[tuple[str, str | int]] = [("near", hops)]
    if wish.occupations != ALL and posting.occupation_bit and posting.occupation:
        reasons.append(("occupation", posting.occupation))
    reasons += [("word", word) for word in words.get("include", ()) if contains(posting, word)]
    reasons += [("language", word) for word in words.get("languages", ()) if names(posting, word)]
    if wish.hours != ALL and posting.hour_bits:
        reasons.append(("hours", posting.hour_bits))
    if wish.pay_floor and posting.pay_hourly is not None:
        reasons.append(("pay", wish.pay_floor))
    stated = {name: posting.trait_bits & mask for name, mask in GROUPS.items() if _asked(wish, name)}
    reasons += [("trait", bits) for bits in stated.values() if bits]
    if wish.starts and posting.starts_on:
        reasons.append(("start", posting.starts_on.toordinal()))
    return tuple(reasons)


def _asked(wish: Filters, group: str) -> bool:
    return GROUPS[group] & ~wish.traits != 0


def narrows(wish: Filters, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether it asks anything at all."""
    masks = wish.occupations & wish.hours & wish.traits
    return masks != ALL or wish.pay_floor > 0 or wish.starts is not None or wish.strict != 0 or any(words.values())


def asked(wish: Filters) -> tuple[str, ...]:
    """Which of what a notice may leave open (`STRICT`) the wish asks about: there not stated counts apart."""
    about = {
        "pay": wish.pay_floor > 0,
        "hours": wish.hours != ALL,
        "occupation": wish.occupations != ALL,
        "start": wish.starts is not None,
    }
    return tuple(name for name in STRICT if (about[name] if name in about else _asked(wish, name)))


def count(wish: Filters, words: Mapping[str, Sequence[str]], near: Iterable[tuple[Posting, int]]) -> tuple[int, int]:
    """How many of these postings (each with its hops) fit, and how many more might: they do not state what is asked."""
    about = set(asked(wish))
    verdicts = [verdict for posting, hops in near if (verdict := agrees(wish, posting, hops, words)).ok]
    open_ = sum(not about.isdisjoint(verdict.unknown) for verdict in verdicts)
    return len(verdicts) - open_, open_


def hindsight(
    wishes: Sequence[tuple[Filters, Mapping[str, Sequence[str]]]], told: Iterable[tuple[Posting, int]], about: str
) -> tuple[int, int]:
    """How many of these postings any of the wishes (each with its words) would bring, and how many more that do not state
    what it is `about` (a name of `STRICT`).
    """
    came = [posting for posting, hops in told if any(agrees(wish, posting, hops, words).ok for wish, words in wishes)]
    silent = sum(about in unstated(posting) for posting in came)
    return len(came) - silent, silent


def unstated(posting: Posting) -> tuple[str, ...]:
    """What a notice leaves open of what wishes ask about."""
    stated = {
        "pay": posting.pay_hourly is not None,
        "hours": posting.hour_bits != 0,
        "occupation": posting.occupation_bit != 0,
        "start": posting.starts_on is not None,
    }
    return tuple(name for name in STRICT if not (stated[name] if name in stated else posting.trait_bits & GROUPS[name]))


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
