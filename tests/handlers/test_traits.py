"""What notices say of themselves, in the words in which they say it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import text
from handlers.draft import Draft
from handlers.traits import traits
from storage.criteria import GROUPS, TRAITS


def said(**words: Any) -> dict[str, str]:
    """The groups of which one value is set, but for kind and sector, which always are."""
    draft = Draft(**{"key": "1", "title": "도우미", "organisation": "구청", **words})
    bits = traits(
        draft, text.parse_period(draft.period), text.parse_hours(draft.hours), words.get("foreigners") or "unknown"
    )
    found = {
        group: [name for name, bit in values.items() if bits & bit]
        for group, values in TRAITS.items()
        if bits & GROUPS[group]
    }
    assert all(len(names) == 1 for names in found.values())
    return {group: names[0] for group, names in found.items() if group not in ("kind", "sector")}


@pytest.mark.parametrize(
    ("words", "group", "value"),
    [
        ({"period": "2026. 12. 5. 하루"}, "length", "day"),
        ({"title": "행사 일일알바"}, "length", "day"),
        ({"period": "2026. 12. 1. ~ 12. 20."}, "length", "month"),
        ({"period": "2027. 1. 4. ~ 2027. 6. 30."}, "length", "long"),
        ({"hours": "월~금 09:00~12:00 (주 14시간)"}, "week", "to_15"),
        ({"hours": "월~금 09:00~12:00"}, "week", "to_30"),
        ({"hours": "주 40시간"}, "week", "to_40"),
        ({"hours": "주 52시간"}, "week", "more"),
        ({"duties": "한국어 몰라도 괜찮아요"}, "korean", "none"),
        ({"target": "한국어 능력 무관"}, "korean", "none"),
        ({"target": "간단한 한국어 가능하신 분"}, "korean", "some"),
        ({"target": "TOPIK 2급 이상"}, "korean", "some"),
        ({"target": "한국어 의사소통에 지장이 없는 사람"}, "korean", "some"),
        ({"target": "한국어 능통자"}, "korean", "good"),
        ({"target": "토픽 4급 이상"}, "korean", "good"),
        ({"foreigners": "listed"}, "foreigners", "listed"),
        ({"target": "만 15세 이상 청소년 가능"}, "people", "youth"),
        ({"target": "관내 대학(원)생"}, "people", "students"),
        ({"title": "대학생 방학 알바"}, "people", "students"),
        ({"target": "만 19~39세 청년"}, "people", "young"),
        ({"target": "만 60세 이상"}, "people", "seniors"),
        ({"title": "시니어 경비원"}, "people", "seniors"),
        ({"target": "만 18세 이상 구민"}, "people", "adults"),
        ({"target": "연령 제한 없음"}, "people", "adults"),
        ({"target": "청년, 만 60세 이상 어르신"}, "people", "adults"),
    ],
)
def test_what_a_notice_says(words: dict[str, Any], group: str, value: str) -> None:
    assert said(**words).get(group) == value


@pytest.mark.parametrize(
    "words",
    [
        {"title": "청년회의소 사무 보조"},
        {"title": "청소년수련관 청소"},
        {"title": "노인복지관 조리원"},
        {"duties": "한국어 교실 보조"},
        {"duties": "외국인에게 한국어를 가르칩니다"},
        {"hours": "주 15시간 이내"},
        {"period": "협의"},
        {"duties": "1일 3시간 근무"},
    ],
)
def test_what_only_sounds_like_it_says_nothing(words: dict[str, Any]) -> None:
    assert said(**words) == {}


@given(st.text(), st.text(), st.text())
def test_whatever_is_written_sets_at_most_one_of_each(title: str, target: str, duties: str) -> None:
    said(title=title, target=target, duties=duties)
