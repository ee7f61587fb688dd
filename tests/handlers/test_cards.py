"""A card says what is known in ten lines at most, in every language, and never a guess."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import cards
from handlers.cards import Place
from locales import Catalogs
from storage.tables import Posting

CATALOGS = Catalogs.load()
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
WOLGOK = Place("Wolgok 2-dong", "월곡2동")


def posting(**values: object) -> Posting:
    known = {
        "title": "작은도서관 책 정리",
        "organisation": "별빛작은도서관",
        "occupation": "library_assistant",
        "pay_kind": "hour",
        "pay_low": 12000,
        "days": 0b10101,
        "spans": [[14 * 60, 17 * 60]],
        "week_minutes": 540,
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 6, 30),
        "headcount": 2,
        "foreigners": "yes",
        "closes_at": datetime(2026, 12, 4, 9, tzinfo=UTC),
        "facts": {},
    }
    return Posting(**{**known, **values})


def test_the_card_of_the_script_in_korean_and_english() -> None:
    ko, en = CATALOGS.translator("ko"), CATALOGS.translator("en")
    assert cards.alert(ko, ko, posting(), Place("월곡2동", "월곡2동"), NOW).split("\n") == [
        "별빛작은도서관 · 월곡2동",
        "",
        "시급 12,000원",
        "월·수·금 14:00~17:00 · 주 9시간",
        "1월 4일~6월 30일 · 2명",
        "외국인: 지원할 수 있다고 적혀 있어요",
        "12월 4일(금) 18:00까지 · 10일 남음",
    ]
    assert cards.alert(en, ko, posting(), WOLGOK, NOW).split("\n") == [
        "별빛작은도서관 · Wolgok 2-dong (월곡2동)",
        "",
        "12,000 won an hour (시급 12,000원)",
        "Mon, Wed, Fri 14:00–17:00 · 9 h a week",
        "4 Jan – 30 Jun · 2 places",
        "Foreign residents: the notice says yes",
        "Your status: ask 1345 first",
        "Apply by Fri 4 Dec 18:00 · 10 days left",
    ]


@pytest.mark.parametrize("code", CATALOGS.released)
def test_what_is_not_stated_says_so(code: str) -> None:
    t = CATALOGS.translator(code)
    bare = posting(
        pay_kind=None, pay_low=None, days=0, spans=[], week_minutes=None, foreigners="unknown", closes_at=None
    )
    text = cards.alert(t, CATALOGS.translator("ko"), bare, WOLGOK, NOW)
    for missing in (
        "Pay not stated",
        "Hours not stated",
        "Foreign residents: not stated, please ask",
        "Last day not stated",
    ):
        assert t.t(missing) in text


@given(
    st.sampled_from(CATALOGS.released),
    st.fixed_dictionaries(
        {},
        optional={
            "pay_kind": st.sampled_from([None, *cards.PAY]),
            "pay_low": st.none() | st.integers(1, 10**8),
            "pay_high": st.none() | st.integers(1, 10**8),
            "days": st.integers(0, 127),
            "spans": st.lists(st.lists(st.integers(0, 2880), min_size=2, max_size=2), max_size=6),
            "week_minutes": st.none() | st.integers(1, 6000),
            "headcount": st.none() | st.integers(1, 500),
            "starts_on": st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
            "ends_on": st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
            "foreigners": st.sampled_from(["yes", "listed", "no", "unknown"]),
            "until_filled": st.booleans(),
            "closes_at": st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
            "occupation": st.sampled_from([None, "cleaner", "driver"]),
        },
    ),
)
def test_no_posting_makes_a_card_longer_than_ten_lines(code: str, values: dict[str, object]) -> None:
    t = CATALOGS.translator(code)
    for because in ("", "why it came"):
        body = cards.alert(t, CATALOGS.translator("ko"), posting(**values), WOLGOK, NOW, because)
        assert len(body.split("\n")) + 2 <= 10  # its lead and its title stand above
    assert "{" not in body
    assert "{" not in cards.line(t, posting(**values, title="아" * 500), WOLGOK, NOW, 1)
    assert len(cards.line(t, posting(**values, title="아" * 500), WOLGOK, NOW, 1)) < 300, "three make one message"


def test_midnight_belongs_to_the_day_before() -> None:
    assert cards.last_day(datetime(2026, 12, 31, 15, tzinfo=UTC)) == (date(2026, 12, 31), "")
    assert cards.last_day(datetime(2026, 12, 4, 9, tzinfo=UTC)) == (date(2026, 12, 4), "18:00")


def test_an_unknown_occupation_keeps_the_korean_title() -> None:
    en = CATALOGS.translator("en")
    assert cards.headline(en, posting(occupation=None)) == "작은도서관 책 정리"
    assert cards.headline(en, posting()) == "Library assistant"


@pytest.mark.parametrize(
    ("code", "half"), [("ko", "주 10.5시간"), ("en", "10.5 h"), ("ru", "10,5"), ("vi", "10,5"), ("uz", "10,5")]
)
def test_half_hours_are_written_with_the_languages_own_sign(code: str, half: str) -> None:
    assert half in cards.hours(CATALOGS.translator(code), posting(week_minutes=630))


def test_details_say_who_else_tells_it_and_whose_words_differ() -> None:
    t = CATALOGS.translator("en")
    told = posting(
        told_by={"title": "city", "pay": "work24/list", "hours": "city"}, facts={"pay": "시급", "hours": "9~12"}
    )
    said = cards.details(t, told, WOLGOK, "", NOW, [("city", "city"), ("work24", "고용24")])
    assert "Also on: " in said
    assert said.count("고용24") == 2, "behind the pay, and in the line of its own"
    assert "Also on" not in cards.details(t, told, WOLGOK, "", NOW, [("city", "city")])


@pytest.mark.parametrize("code", CATALOGS.released)
def test_pay_below_the_minimum_wage_is_said_in_the_details_only(code: str) -> None:
    t = CATALOGS.translator(code)
    low = posting(facts={"pay": "시급 10,320원", "period": "2027-01-04 ~ 2027-06-30"})
    fair = posting(facts={"pay": "시급 10,700원", "period": "2027-01-04 ~ 2027-06-30"})
    words = t.t("The pay looks lower than the minimum wage of {year}. Ask before you start. Advice: 1350", year="2027")
    assert words in cards.details(t, low, WOLGOK, "", NOW)
    assert words not in cards.details(t, fair, WOLGOK, "", NOW)
    assert words not in cards.alert(t, CATALOGS.translator("ko"), low, WOLGOK, NOW)
