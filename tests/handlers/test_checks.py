"""What a posting must say, minors' hours, and checks that hold for any draft at all."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.checks import Cure, blocked, check, pay_below
from handlers.draft import Draft
from storage.tables import Posting

TODAY = date(2026, 11, 24)
GOOD = {
    "title": "책 정리",
    "organisation": "별빛도서관",
    "workplace": "광산구 월곡2동",
    "pay": "시급 12,000원",
    "hours": "월~금 09:00~12:00",
    "period": "2027-01-04 ~ 2027-06-30",
    "headcount": "2명",
    "target": "만 18세 이상",
    "closing": "2026-12-24",
    "phone": "062-000-0001",
}


def draft(**words: str) -> Draft:
    return Draft("1", **{**GOOD, **words})  # type: ignore[arg-type]


def levels(**words: str) -> dict[str, str]:
    return {one.rule: one.level for one in check(draft(**words), TODAY)}


def test_a_good_posting_has_nothing_to_find() -> None:
    assert check(draft(), TODAY) == ()


@pytest.mark.parametrize(
    ("words", "rule", "level"),
    [
        ({"organisation": ""}, "employer", "block"),
        ({"organisation": "-"}, "employer", "block"),
        ({"organisation": "(기관명 없음)"}, "employer", "block"),
        ({"phone": ""}, "contact", "warn"),
        ({"closing": ""}, "deadline", "warn"),
        ({"closing": "추후 공지"}, "deadline", "warn"),
        ({"closing": "2026-11-23"}, "deadline_past", "block"),
        ({"closing": "2026-11-20 18:00"}, "deadline_past", "block"),
        ({"pay": ""}, "pay", "warn"),
        ({"pay": "면접 후 결정"}, "pay", "warn"),
        ({"pay": "12,000"}, "pay_unclear", "note"),
        ({"workplace": ""}, "place", "warn"),
        ({"hours": ""}, "hours", "note"),
        ({"hours": "협의"}, "hours", "note"),
        ({"headcount": "0명"}, "headcount", "warn"),
    ],
)
def test_what_is_missing_is_said(words: dict[str, str], rule: str, level: str) -> None:
    assert levels(**words) == {rule: level}


@pytest.mark.parametrize(
    "words",
    [
        {"closing": "2026-11-24"},
        {"closing": "2026-11-24 18:00"},
        {"closing": "채용 시 마감"},
        {"closing": "D-3"},
        {"phone": "", "apply": "도서관 방문"},
        {"phone": "", "duties": "문의 062-000-0002"},
        {"phone": "", "link": "https://lib.example.kr/1"},
        {"headcount": "○명"},
        {"headcount": "10명"},
    ],
)
def test_what_is_said_in_another_way_is_not_missing(words: dict[str, str]) -> None:
    assert levels(**words) == {}


@pytest.mark.parametrize(
    ("target", "hours", "found"),
    [
        ("만 15세 이상", "월~금 20:00~23:00", {"minors_night": "block"}),
        ("고등학생 가능", "토·일 05:00~09:00", {"minors_night": "block"}),
        ("청소년 환영", "월~금 18:00~22:00", {}),
        ("만 15세 이상(18세 미만은 밤 10시 이후 근무 없음)", "월~금 18:00~23:00", {}),
        ("만 18세 이상", "월~금 20:00~23:00", {}),
        ("누구나", "월~금 22:00~06:00", {}),
        ("만 16세 이상", "월~금 09:00~18:00(휴게 1시간)", {"minors_hours": "warn"}),
        ("만 16세 이상", "월~토 09:00~18:00(휴게 1시간)", {"minors_hours": "block"}),
        ("만 16세 이상", "월~금 09:00~20:00(휴게 1시간)", {"minors_hours": "block"}),
        ("만 16세 이상", "월~금 09:00~16:00", {}),
        ("중학생 가능", "토 10:00~13:00", {"children": "warn"}),
        ("만 13세 이상", "토 10:00~13:00", {"children": "warn"}),
        ("초등학생 학습 지도, 만 18세 이상", "월~금 13:00~18:00", {}),
    ],
)
def test_minors_hours(target: str, hours: str, found: dict[str, str]) -> None:
    assert levels(target=target, hours=hours) == found


def test_minors_hours_are_cured_by_asking_for_adults() -> None:
    [one] = check(draft(target="만 15세 이상 광산구민", hours="월~금 20:00~23:00"), TODAY)
    assert one.cure == Cure("target", "만 18세 이상 광산구민")
    assert levels(target="만 18세 이상 광산구민", hours="월~금 20:00~23:00") == {}


def test_a_volunteer_is_no_worker() -> None:
    assert levels(target="만 15세 이상 자원봉사자", hours="월~금 20:00~23:00") == {}


def test_what_is_over_is_not_blocked_for_it() -> None:
    assert blocked(draft(closing="2026-11-01"), TODAY) == ()
    assert [one.rule for one in blocked(draft(pay="시급 9,000원"), TODAY)] == ["wage"]


def test_the_gravest_comes_first() -> None:
    found = [one.level for one in check(draft(pay="시급 9,000원", hours="", workplace="", target="용모 단정"), TODAY)]
    assert found == sorted(found, key=["block", "warn", "note"].index)
    assert set(found) == {"block", "warn", "note"}


def test_a_posting_that_stands_is_read_as_the_draft_that_it_was() -> None:
    facts = {"pay": "시급 10,320원", "period": "2027-01-04 ~ 2027-06-30", "closing": "D-3"}
    posting = Posting(id=1, title="책 정리", organisation="도서관", kind="job", sector="public", facts=facts)
    below = pay_below(posting, TODAY)
    assert below is not None
    assert below.values["year"] == "2027"
    posting.facts = {**facts, "pay": "시급 10,700원"}
    assert pay_below(posting, TODAY) is None
    posting.facts = {**facts, "pay": "활동수당 시간당 9,000원"}  # perhaps no wage at all
    assert pay_below(posting, TODAY) is None
    posting.facts = {"pay": "시급 10,320원"}  # whether it lasts into the next year is not said
    posting.closes_at = datetime(2026, 12, 24, 15, tzinfo=UTC)
    assert pay_below(posting, TODAY) is None


SCRAPS = [
    *(
        "시급",
        "월",
        "10,320원",
        "0",
        "99999999999",
        "~",
        "세",
        "이하",
        "만 15세 이상",
        "22:00~06:00",
        "주 40시간",
        "2026-13-45",
    ),
    *(
        "여성만",
        "용모",
        "주민등록번호",
        "D-",
        "휴게",
        "격주",
        "협의",
        "무관",
        "…",
        "\u200b",
        "١٢",
        "<b>",
        "{words}",
        "%",
        "수습 90%",
    ),
]
CELL = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=12), max_size=8).map(" ".join)
NAMES = (
    "title",
    "organisation",
    "workplace",
    "pay",
    "hours",
    "period",
    "headcount",
    "target",
    "closing",
    "duties",
    "apply",
)


@given(
    st.fixed_dictionaries(dict.fromkeys(NAMES, CELL)),
    st.sampled_from(["job", "course", "programme"]),
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
)
def test_no_draft_is_too_odd(words: dict[str, str], kind: str, today: date) -> None:
    told = Draft("1", kind=kind, **words)  # type: ignore[arg-type]
    found = check(told, today)
    assert found == check(told, today)
    rules = [one.rule for one in found]
    assert len(rules) == len(set(rules))
    for one in found:
        assert str(one)
        if one.cure:
            assert one.cure.column in NAMES
            assert one.cure.words != getattr(told, one.cure.column)
