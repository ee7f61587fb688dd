"""The text of a notice to columns: labels as offices write them, and nothing that is not clearly stated."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.notice import LABELS, stated

TODAY = date(2026, 11, 24)

BULLETS = """채용 개요
 ○ 접수기간 : 11. 24.(화) ~ 12. 4.(금) 18:00까지
 ○ 근 무 지 : 광주 광산구 월곡2동
 □ 시급: 10,320원
 1. 모집인원
   - 3명
 가. 근무요일: 월~금
 나. 근무시간: 09:00 ~ 13:00
 [접수방법] 방문 또는 우편
 ※ 문의처: 062-000-1234"""


def test_bullets_numbers_and_spaced_letters() -> None:
    assert stated(BULLETS, TODAY) == {
        "closing": "2026-12-04 18:00",
        "workplace": "광주 광산구 월곡2동",
        "pay": "시급 10,320원",
        "headcount": "3명",
        "hours": "월~금 09:00 ~ 13:00",
        "phone": "062-000-1234",
    }


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        (
            "근무시간: 09:00~13:00 / 급여: 시급 12,000원, 근무장소: 광산구 월곡동",
            {"hours": "09:00~13:00", "pay": "시급 12,000원", "workplace": "광산구 월곡동"},
        ),
        ("급여: 월급 209만원 근무시간: 주 40시간", {"pay": "월급 209만원", "hours": "주 40시간"}),
        ("급여 | 일급 90,000원\n접수기간 | ~12.10.", {"pay": "일급 90,000원", "closing": "2026-12-10"}),
        ("[급여] 월급 209만원\n【근무시간】 주 5일", {"pay": "월급 209만원", "hours": "주 5일"}),
        ("접수기간\n2026. 11. 24. ~ 2026. 12. 4.", {"closing": "2026-12-04"}),
        ("모집기간: 채용시까지", {"closing": "채용시까지"}),
        ("마감일: 2026-12-10 (채용시까지)", {"closing": "2026-12-10 (채용시까지)"}),
        ("지원자격: 18세 이상 누구나\n외국인: 가능", {"target": "18세 이상 누구나", "foreigners": "가능"}),
        ("안내합니다. 접수기간 2026.11.24.~2026.12.04.", {"closing": "2026-12-04"}),
    ],
)
def test_what_is_stated(body: str, columns: dict[str, str]) -> None:
    assert stated(body, TODAY) == columns


@pytest.mark.parametrize(
    "body",
    [
        "",
        "급여는 협의합니다",
        "급여: 면접 후 결정",
        "근무시간: 협의",
        "인원 감축 안내",
        "마감 임박! 서두르세요",
        "연봉 협상 가능",
        "접수장소와 주소: 광산구 월곡동 1",
        "2026년 최저임금 시급 10,320원 안내",
        "1. 사서 급여: 시급 12,000원\n2. 조리 급여: 시급 13,000원\n급여: 시급 14,000원",
        "접수기간: 2026. 2. 31.",
        "자격 없음",
    ],
)
def test_what_is_not_clearly_stated_stays_unknown(body: str) -> None:
    assert stated(body, TODAY) == {}


@given(
    st.lists(
        st.sampled_from([*"|".join(LABELS.values()).split("|"), *" \n:|-/○[]().", "12,000원", "09:00~13:00", "12.10."])
    )
)
def test_any_words_are_read_to_known_columns(words: list[str]) -> None:
    found = stated("".join(words), TODAY)
    assert set(found) <= set(LABELS)
    assert all(found.values())
