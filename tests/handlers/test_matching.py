"""Why a posting fits a wish: masks, floors, what is not stated, words, and when it is told."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.matching import ALL, KINDS, OCCUPATIONS, SECTORS, due, fits, without
from storage.criteria import STRICT
from storage.tables import Posting, WishArea

GLOSSARY = Path(__file__).parents[2] / "../shared/domain/glossary.csv"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
HERE, DISTRICT = 1233012800, 1233000000


def posting(**values: Any) -> Posting:
    return Posting(**{"id": 9, "title": "작은도서관 도우미", "created_at": NOW, "changed_at": NOW, **values})


def wish(**values: Any) -> WishArea:
    return WishArea(**{"wish_id": 1, "area": HERE, "resident_id": 1, **values})


STATED = {"occupation": "cook", "occupation_bit": OCCUPATIONS["cook"], "hour_bits": 0b0110, "pay_hourly": 11_000}


def test_what_is_not_stated_passes_and_is_named() -> None:
    verdict = fits(wish(pay_floor=20_000, occupations=1, hours=1), posting(), 1)
    assert verdict.ok
    assert verdict.unknown == ("pay", "hours", "occupation")
    assert verdict.reasons == (("near", 1),)


@pytest.mark.parametrize("name", list(STRICT))
def test_what_is_not_stated_can_be_excluded(name: str) -> None:
    assert not fits(wish(strict=STRICT[name]), posting(), 0).ok
    assert fits(wish(strict=STRICT[name]), posting(**STATED), 0).ok


def test_a_fit_says_why() -> None:
    asked = wish(occupations=OCCUPATIONS["cook"], hours=0b1110, pay_floor=11_000, worded=True)
    verdict = fits(asked, posting(**STATED), 0, {"include": ["카페", "도서관"]})
    assert verdict.unknown == ()
    assert verdict.reasons == (
        ("near", 0),
        ("occupation", "cook"),
        ("word", "도서관"),
        ("hours", 0b0110),
        ("pay", 11_000),
    )


@pytest.mark.parametrize(
    ("filters", "hops"),
    [
        ({"width": 1}, 2),
        ({"active": False}, 0),
        ({"seen": 9}, 0),
        ({"kinds": KINDS["course"]}, 0),
        ({"sectors": SECTORS["private"]}, 0),
        ({"occupations": without(ALL, "cook")}, 0),
        ({"hours": 0b0100}, 0),  # the whole working time must lie inside
        ({"pay_floor": 11_001}, 0),
    ],
)
def test_what_a_wish_leaves_out(filters: dict[str, Any], hops: int) -> None:
    assert fits(wish(width=3), posting(**STATED), hops).ok
    assert not fits(wish(**filters), posting(**STATED), hops).ok


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
    for table in (KINDS, SECTORS, OCCUPATIONS):
        assert sorted(table.values()) == [1 << i for i in range(len(table))]


def test_every_occupation_of_the_glossary_has_a_bit() -> None:
    if not GLOSSARY.exists():
        pytest.skip("the glossary of the domain is not beside the repository")
    rows = (line.split(",") for line in GLOSSARY.read_text(encoding="utf-8").splitlines())
    assert {row[0] for row in rows if row[1] == "occupation"} == set(OCCUPATIONS)
