"""Why an alert came: what was asked for and is stated, what is not, in one short line or in full, in every language."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import why
from handlers.matching import OCCUPATIONS, agrees
from locales import Catalogs
from storage.criteria import GROUPS, TRAITS
from storage.tables import Posting, Wish

CATALOGS = Catalogs.load()
EN = CATALOGS.translator("en")
MORNINGS = 0b0001_0001_0001_0001_0001  # of the five weekdays


def wish(**asked: object) -> Wish:
    return Wish(**{"resident_id": 1, "created_at": datetime(2026, 11, 24, tzinfo=UTC), "words": {}, **asked})


def posting(**stated: object) -> Posting:
    known = {
        "title": "아침 청소",
        "facts": {},
        "occupation": "cleaner",
        "occupation_bit": OCCUPATIONS["cleaner"],
        "hour_bits": MORNINGS,
        "pay_hourly": 11_000,
        "trait_bits": 65 | TRAITS["length"]["month"],
    }
    return Posting(**{**known, **stated})


LENGTH = -1 & ~GROUPS["length"] | TRAITS["length"]["month"] | TRAITS["length"]["day"]
KOREAN = -1 & ~GROUPS["korean"] | TRAITS["korean"]["none"]


def test_nothing_was_asked_nothing_is_said() -> None:
    assert why.line(EN, wish(), posting(), 0) == ""
    assert why.lines(EN, wish(name="all of it"), posting(), 0) == []


def test_each_thing_that_was_asked_for_and_is_stated_is_said() -> None:
    asked = wish(
        occupations=OCCUPATIONS["cleaner"],
        hours=MORNINGS,
        pay_floor=10_320,
        traits=LENGTH,
        words={"include": ["아침", "저녁"]},
    )
    said = "You look for: Cleaning · “아침” · Mon–Fri morning · from 10,320 won/h · Up to a month"
    assert why.lines(EN, asked, posting(), 1) == [said]
    assert why.line(EN, asked, posting(), 1) == "You look for: “아침” · Mon–Fri morning …", (
        "its title is the occupation"
    )
    only = wish(occupations=OCCUPATIONS["cleaner"])
    assert why.line(EN, only, posting(), 1) == "You look for: Cleaning"
    assert why.lines(EN, wish(starts=date(2027, 1, 4)), posting(starts_on=date(2027, 2, 1)), 0) == [
        "You look for: from Mon 4 Jan"
    ]


def test_a_wish_is_called_by_its_name() -> None:
    asked = wish(name="Before noon", hours=MORNINGS)
    assert why.line(EN, asked, posting(), 0) == "Your wish “Before noon”: Mon–Fri morning"


def test_what_is_not_stated_is_named_but_not_what_the_card_says_by_itself() -> None:
    asked = wish(hours=MORNINGS, traits=KOREAN, pay_floor=10_000)
    silent = posting(hour_bits=0, pay_hourly=None)
    assert why.line(EN, asked, silent, 0) == "not stated: Korean"
    assert why.line(EN, wish(hours=MORNINGS), silent, 0) == ""
    assert why.lines(EN, asked, silent, 0) == [
        "You asked for this too, but the notice does not state it: Pay, Time, Korean"
    ]


def test_a_wish_that_was_changed_since_says_nothing() -> None:
    assert why.line(EN, wish(pay_floor=20_000), posting(), 0) == ""
    assert why.lines(EN, wish(pay_floor=20_000), posting(), 0) == []


@pytest.mark.parametrize("code", CATALOGS.released)
@given(
    hours=st.sampled_from((-1, MORNINGS, 1)),
    traits=st.sampled_from((-1, LENGTH, KOREAN)),
    pay_floor=st.sampled_from((0, 10_000)),
    name=st.sampled_from((None, "a" * 40)),
    words=st.sampled_from(({}, {"include": ["청소", "아침"]})),
    hour_bits=st.sampled_from((0, MORNINGS)),
)
def test_the_line_of_a_card_is_one_short_line_in_every_language(code: str, hour_bits: int, **asked: object) -> None:
    t, one, told = CATALOGS.translator(code), wish(**asked), posting(hour_bits=hour_bits)
    line = why.line(t, one, told, 0)
    assert len(line) <= why.LONGEST + 25, "one reason at least, with the name of its wish"
    assert "\n" not in line
    assert "{" not in line
    if not agrees(one, told, 0, one.words).ok:
        assert not line
