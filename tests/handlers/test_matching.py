"""Why a posting fits a wish: masks, floors, what is not stated, words, and when it is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers import asking
from handlers.matching import ALL, OCCUPATIONS, agrees, asked, brings, count, due, fits, narrows, without
from storage.criteria import GROUPS, STRICT, TRAITS
from storage.staff_tables import Follow
from storage.tables import Posting, WishArea

GLOSSARY = Path(__file__).parents[2] / "../shared/domain/glossary.csv"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
HERE, DISTRICT = 1233012800, 1233000000


def posting(**values: Any) -> Posting:
    return Posting(**{"id": 9, "title": "작은도서관 도우미", "created_at": NOW, "changed_at": NOW, **values})


def wish(**values: Any) -> WishArea:
    return WishArea(**{"wish_id": 1, "area": HERE, "resident_id": 1, **values})


BITS = {name: next(iter(bits.values())) for name, bits in TRAITS.items()}  # the first value of each group
STATED = {
    "occupation": "cook",
    "occupation_bit": OCCUPATIONS["cook"],
    "hour_bits": 0b0110,
    "pay_hourly": 11_000,
    "starts_on": NOW.date(),
    "trait_bits": sum(BITS.values()),
}


def test_what_is_not_stated_passes_and_is_named() -> None:
    verdict = fits(wish(pay_floor=20_000, occupations=1, hours=1), posting(), 1)
    assert verdict.ok
    assert verdict.unknown == tuple(STRICT)
    assert verdict.reasons == (("near", 1),)


def test_what_does_not_say_is_counted_apart() -> None:
    asked_for = wish(pay_floor=11_000)
    near = [(posting(**STATED), 0), (posting(), 2), (posting(pay_hourly=10_900), 0), (posting(pay_hourly=12_000), 1)]
    assert count(asked_for, {}, near) == (2, 1)
    assert count(wish(pay_floor=11_000, strict=STRICT["pay"]), {}, near) == (2, 0)
    assert count(wish(), {"include": ["도우미"]}, near) == (4, 0)
    assert count(wish(), {"exclude": ["도우미"]}, near) == (0, 0)


@pytest.mark.parametrize("name", list(STRICT))
def test_what_is_not_stated_can_be_excluded(name: str) -> None:
    assert not fits(wish(strict=STRICT[name]), posting(), 0).ok
    assert fits(wish(strict=STRICT[name]), posting(**STATED), 0).ok


def test_a_fit_says_why() -> None:
    traits = ALL & ~TRAITS["korean"]["good"]
    some = wish(occupations=OCCUPATIONS["cook"], hours=0b1110, pay_floor=11_000, worded=True, traits=traits)
    assert asked(some) == ("pay", "hours", "occupation", "korean")
    verdict = fits(some, posting(**STATED), 0, {"include": ["카페", "도서관"]})
    assert verdict.unknown == ()
    assert verdict.reasons == (
        ("near", 0),
        ("occupation", "cook"),
        ("word", "도서관"),
        ("hours", 0b0110),
        ("pay", 11_000),
        ("trait", TRAITS["korean"]["none"]),
    )


@pytest.mark.parametrize(
    ("filters", "hops"),
    [
        ({"width": 1}, 2),
        ({"active": False}, 0),
        ({"seen": 9}, 0),
        ({"traits": ALL & ~TRAITS["kind"]["job"]}, 0),
        ({"traits": ALL & ~GROUPS["sector"] | TRAITS["sector"]["private"]}, 0),
        ({"occupations": without(ALL, "cook")}, 0),
        ({"hours": 0b0100}, 0),  # the whole working time must lie inside
        ({"pay_floor": 11_001}, 0),
        ({"starts": NOW.date() + timedelta(days=1)}, 0),
        *(({"traits": ALL & ~bit}, 0) for bit in BITS.values()),
    ],
)
def test_what_a_wish_leaves_out(filters: dict[str, Any], hops: int) -> None:
    assert fits(wish(width=3), posting(**STATED), hops).ok
    assert not fits(wish(**filters), posting(**STATED), hops).ok


@pytest.mark.parametrize(
    ("stated", "ok"),
    [
        ({"title": "러시아어 상담"}, True),
        ({"facts": {"target": "러시아어 또는 중국어 가능자 우대"}}, True),
        ({"facts": {"duties": "베트남어 통역"}}, False),
        ({"organisation": "러시아어 학원"}, False),
        ({}, False),
    ],
)
def test_a_language_must_be_asked_for(stated: dict[str, Any], ok: bool) -> None:
    words = {"languages": list(asking.LANGUAGES["ru"])}
    verdict = agrees(wish(), posting(**stated), 0, words)
    assert verdict.ok == ok
    assert not ok or ("language", "러시아어") in verdict.reasons
    assert narrows(wish(), words)
    assert not agrees(wish(), posting(**stated), 0, {**words, "include": ["없는"]}).ok


@pytest.mark.parametrize(
    ("words", "ok"),
    [
        ({}, True),
        ({"include": [" "]}, True),
        ({"include": ["STRASSE"]}, True),
        ({"include": ["straße"]}, True),
        ({"include": ["동행"]}, True),
        ({"include": ["시청"]}, True),
        ({"include": ["없는"]}, False),
        ({"include": ["없는", "동행"]}, True),
        ({"include": ["동행"], "exclude": ["야간"]}, False),
        ({"exclude": ["a.*"]}, True),
    ],
)
def test_words_are_plain_and_case_does_not_matter(words: dict[str, list[str]], ok: bool) -> None:
    notice = posting(title="Straße", organisation="시청", facts={"duties": "동행, 야간 근무"})
    assert fits(wish(worded=True), notice, 0, words).ok is ok


@pytest.mark.parametrize(
    ("scope", "width", "area", "when"),
    [
        ("emd", 0, HERE, "now"),
        ("sigungu", 1, HERE, "digest"),
        ("sigungu", 3, HERE, "now"),
        ("sigungu", 0, DISTRICT, "now"),
        ("sido", 3, DISTRICT, "never"),
        ("unknown", 3, DISTRICT, "never"),
    ],
)
def test_the_less_is_known_of_the_place_the_later_it_is_told(scope: str, width: int, area: int, when: str) -> None:
    assert due(wish(width=width, area=area), posting(scope=scope)) == when


def test_bits_are_one_each_and_never_change() -> None:
    assert (OCCUPATIONS["library_assistant"], OCCUPATIONS["cook"], OCCUPATIONS["construction_helper"]) == (
        1,
        16,
        1 << 24,
    )
    assert without(ALL, "cook") == ~16
    assert (TRAITS["kind"]["job"], TRAITS["sector"]["public"], TRAITS["people"]["adults"]) == (1, 64, 1 << 25)
    traits = {name: bit for group in TRAITS.values() for name, bit in group.items()}
    for table in (OCCUPATIONS, traits):
        assert sorted(table.values()) == [1 << i for i in range(len(table))]


def test_every_occupation_of_the_glossary_has_a_bit() -> None:
    if not GLOSSARY.exists():
        pytest.skip("the glossary of the domain is not beside the repository")
    rows = (line.split(",") for line in GLOSSARY.read_text(encoding="utf-8").splitlines())
    assert {row[0] for row in rows if row[1] == "occupation"} == set(OCCUPATIONS)


@pytest.mark.parametrize(
    ("facility", "since", "comes"),
    [
        (1, NOW - timedelta(seconds=1), True),
        (1, NOW, False),
        (2, NOW - timedelta(seconds=1), False),
    ],
)
def test_a_followed_facility_brings_what_comes_later(facility: int, since: datetime, comes: bool) -> None:
    follow = Follow(resident_id=1, facility_id=facility, since=since)
    assert brings(follow, posting(facility_id=1, scope="unknown")) is comes
    assert not brings(follow, posting())
