"""A change notice says what changed, from what stood first to what stands now, and nothing where all is as it was."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import changed
from handlers.cards import Place
from locales import Catalogs
from storage import former
from storage.tables import Posting

CATALOGS = Catalogs.load()
EN, KO = CATALOGS.translator("en"), CATALOGS.translator("ko")
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
CLOSES = datetime(2026, 12, 4, 9, tzinfo=UTC)
HERE, THERE = Place("Wolgok-dong", "월곡동"), Place("Suwan-dong", "수완동")
GIVEN: dict[str, Any] = {
    "id": 7,
    "title": "책 정리",
    "organisation": "별빛도서관",
    "occupation": None,
    "pay_kind": "hour",
    "pay_low": 12000,
    "pay_high": None,
    "days": 0b0010101,
    "spans": [[840, 1020]],
    "week_minutes": 540,
    "starts_on": None,
    "ends_on": None,
    "headcount": 2,
    "foreigners": "unknown",
    "statuses": "",
    "closes_at": CLOSES,
    "until_filled": False,
    "state": "open",
    "facts": {"pay": "시급 12,000원", "duties": "책 정리"},
    "created_at": NOW,
    "changed_at": NOW,
}


def posting(**values: Any) -> Posting:
    return Posting(**{**GIVEN, **values})


def was(old: Posting, new: Posting) -> dict[str, Any]:
    return former.differs(former._says(old, 1), former._says(new, 1))


def said(old: Posting, new: Posting, before: Place = HERE) -> list[str]:
    return changed.lines(EN, was(old, new), new, HERE, before, NOW)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (
            {"pay_low": 12600, "facts": {"pay": "시급 12,600원", "duties": "책 정리"}},
            "Pay: 12,000 won an hour → 12,600 won an hour",
        ),
        ({"pay_kind": None, "pay_low": None}, "Pay: 12,000 won an hour → not stated"),
        (
            {"pay_kind": None, "pay_low": None, "facts": {"duties": "책 정리", "kept_back": "pay"}},
            "Pay: 12,000 won an hour → see the notice",
        ),
        (
            {"spans": [[540, 720]]},
            "Hours: Mon, Wed, Fri 14:00–17:00 · 9 h a week → Mon, Wed, Fri 09:00–12:00 · 9 h a week",
        ),
        ({"headcount": None}, "Places: 2 places → not stated"),
        ({"closes_at": CLOSES + timedelta(days=1)}, "Last day: Fri 4 Dec 18:00 → Sat 5 Dec 18:00"),
        ({"closes_at": None, "until_filled": True}, "Last day: Fri 4 Dec 18:00 → Open until filled"),
        ({"title": "책 정리 도우미"}, "책 정리 → 책 정리 도우미"),
        ({"foreigners": "yes"}, "Foreign residents: the notice says yes"),
        ({"facts": {"pay": "시급 12,000원", "duties": "책을 꽂기"}}, "Changed: What you will do"),
        (
            {"facts": {"pay": "시급 12,000원", "duties": "책 정리", "phone": "1", "link": "2", "apply": "3"}},
            "Changed: How, Ask",
        ),
    ],
)
def test_one_change_is_one_line(values: dict[str, Any], line: str) -> None:
    assert said(posting(), posting(**values)) == [line]


def test_other_words_for_the_same_are_no_change() -> None:
    assert said(posting(), posting(facts={"pay": "시간당 12000원", "duties": "책  정리 "})) == []
    assert said(posting(), posting()) == []


def test_a_place_and_an_opening_are_said() -> None:
    assert said(posting(), posting(), before=THERE) == ["Where: Suwan-dong (수완동) → Wolgok-dong (월곡동)"]
    assert said(posting(state="closed"), posting()) == ["It is open again."]


def test_it_is_said_in_the_reader_s_language() -> None:
    old, new = posting(), posting(pay_low=12600)
    assert changed.lines(KO, was(old, new), new, HERE, HERE, NOW) == ["돈: 시급 12,000원 → 시급 12,600원"]


STATES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from("ab"),
        "pay_low": st.sampled_from([None, 11000, 12000, 13000]),
        "spans": st.sampled_from([[], [[540, 720]], [[840, 1020]]]),
        "headcount": st.sampled_from([None, 1, 2]),
        "closes_at": st.sampled_from([None, CLOSES, CLOSES + timedelta(days=1)]),
        "facts": st.dictionaries(st.sampled_from(["duties", "apply", "target"]), st.sampled_from("xy")),
    },
).map(lambda values: posting(**values))


@given(states=st.lists(STATES, min_size=2, max_size=5))
def test_several_changes_are_told_as_one(states: list[Posting]) -> None:
    """From the first to the last, whatever stood between; back to the first is nothing to tell."""
    steps = [was(old, new) for old, new in pairwise(states)]
    together: former.Values = steps[0]
    for step in steps[1:]:
        together = former.fold(together, step)
    first, last = states[0], states[-1]
    assert changed.lines(EN, together, last, HERE, HERE, NOW) == said(first, last)
