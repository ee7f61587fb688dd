"""Pay against the minimum wage: hourly, by the day, by the month, over New Year; more pay is never worse."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.checks import check
from handlers.checks.wages import minimum, month_hours, table
from handlers.draft import Draft

TODAY = date(2026, 11, 24)
IN_2026 = "2026-12-01 ~ 2026-12-31"
OVER = "2026-12-07 ~ 2027-03-31"
IN_2027 = "2027-01-04 ~ 2027-12-31"
YEAR = "2027-01-01 ~ 2027-12-31"


def found(pay: str, hours: str = "", period: str = IN_2027, today: date = TODAY, **words: str) -> dict[str, str]:
    """The level of each rule about pay."""
    told = Draft("1", words.pop("title", "책 정리"), "별빛도서관", pay=pay, hours=hours, period=period, **words)  # type: ignore[arg-type]
    rules = ("wage", "wage_later", "wage_unknown_year", "trial_cut")
    return {one.rule: one.level for one in check(told, today) if one.rule in rules}


@pytest.mark.parametrize(
    ("pay", "hours", "period", "levels"),
    [
        ("시급 10,320원", "", IN_2026, {}),
        ("시급 10,319원", "", IN_2026, {"wage": "block"}),
        ("시급 10,320원", "", IN_2027, {"wage": "block"}),
        ("시급 10,700원", "", OVER, {}),
        ("시급 10,320원", "", OVER, {"wage_later": "warn"}),
        ("시급 9,000원", "", OVER, {"wage": "block", "wage_later": "warn"}),
        ("시급 10,320원", "", "협의", {"wage_later": "note"}),
        ("시급 10,320원", "", "2026-12-05 하루", {}),
        ("시급 9,800원 ~ 12,000원", "", IN_2027, {"wage": "block"}),
        ("일급 85,600원", "09:00~18:00(휴게 1시간)", IN_2027, {}),
        ("일급 85,000원", "1일 8시간", IN_2027, {"wage": "block"}),
        ("일급 85,000원", "월~금 09:00~18:00", IN_2027, {"wage": "warn"}),  # the break is not stated
        ("일급 60,000원", "", IN_2027, {}),  # for how long is not stated
        ("1회 20,000원(1일 2시간)", "", IN_2027, {"wage": "block"}),
        ("1회 25,000원", "월·목 14:00~15:30", IN_2027, {}),
        ("월 2,236,300원", "주 40시간", IN_2027, {}),
        ("월 2,236,000원", "주 40시간", IN_2027, {"wage": "block"}),
        ("월 2,100,000원", "월~금 09:00~18:00", IN_2027, {"wage": "warn"}),
        ("월 1,115,860원", "월~금 09:00~13:00 (주 20시간)", IN_2027, {}),
        ("월 1,100,000원", "주 20시간", IN_2027, {"wage": "block"}),
        ("월 558,000원", "주 12시간", IN_2027, {}),  # under 15 hours the weekly holiday is not paid
        ("월 550,000원", "주 12시간", IN_2027, {"wage": "block"}),
        ("월급 223만원", "주 40시간", IN_2027, {"wage": "note"}),
        ("월급 222만원", "주 40시간", IN_2027, {"wage": "block"}),
        ("연봉 2,400만원", "주 40시간", IN_2027, {"wage": "warn"}),
        ("연봉 3,000만원", "주 40시간", IN_2027, {}),
        ("월 600,000원(월 60시간)", "", IN_2027, {"wage": "warn"}),
        ("월 2,100,000원", "교대 09:00~18:00 / 13:00~22:00", IN_2027, {}),
        ("월 2,100,000원", "협의", IN_2027, {}),
        ("건당 3,000원", "", IN_2027, {}),
        ("면접 후 결정", "주 40시간", IN_2027, {}),
        ("시급 12,000원", "", "2027-03-02 ~ 2028-02-29", {"wage_unknown_year": "note"}),
    ],
)
def test_pay_is_held_against_every_year_that_the_work_touches(
    pay: str, hours: str, period: str, levels: dict[str, str]
) -> None:
    assert found(pay, hours, period) == levels


@pytest.mark.parametrize(
    "words",
    [
        {"title": "노인일자리 공익활동 참여자 모집"},
        {"title": "자원봉사자 모집"},
        {"duties": "지역자활센터 자활근로 참여"},
        {"title": "청년 일경험 프로그램"},
    ],
)
def test_what_is_no_employment_has_no_minimum(words: dict[str, str]) -> None:
    assert found("월 290,000원", "주 10시간", **words) == {}


def test_an_allowance_may_be_no_wage_so_somebody_looks() -> None:
    assert found("활동수당 1일 40,000원(4시간)") == {"wage": "warn"}
    assert found("시급 8,000원", duties="최저임금 적용 제외 인가") == {"wage": "warn"}


def test_a_cut_on_trial_needs_a_year_and_no_simple_labour() -> None:
    trial = "수습 3개월 급여 90% 지급"
    assert found("시급 12,000원", duties=trial, period="2027-01-04 ~ 2027-06-30") == {"trial_cut": "warn"}
    assert found("시급 12,000원", duties=trial, title="건물 청소원") == {"trial_cut": "warn"}
    assert found("시급 12,000원", duties=trial, title="사서", period=YEAR) == {}
    assert found("시급 12,000원", duties="수습 3개월 후 정식 채용", title="건물 청소원", period=YEAR) == {}


def test_the_cure_reaches_the_highest_minimum() -> None:
    drafts = [("시급 10,320원", "", "시급 10,700원"), ("월 2,156,880원", "주 40시간", "월 2,236,300원")]
    drafts += [("일급 80,000원", "1일 8시간", "일급 85,600원"), ("연봉 2,400만원", "주 40시간", "연봉 26,835,600원")]
    for pay, hours, cured in drafts:
        told = Draft("1", "책 정리", "별빛도서관", pay=pay, hours=hours, period=OVER)
        cures = [one.cure for one in check(told, TODAY) if one.rule.startswith("wage")]
        assert cures
        assert {one.words for one in cures if one} == {cured}
        assert found(cured, hours, OVER) == {}


def test_only_work_that_begins_in_autumn_is_taken_to_reach_into_the_next_year() -> None:
    assert found("시급 10,320원", period="", today=date(2026, 9, 30)) == {}
    assert found("시급 10,320원", period="", today=date(2026, 10, 1)) == {"wage_later": "note"}


def test_years_that_are_over_do_not_count() -> None:
    assert found("시급 10,320원", period="2025-03-02 ~ 2026-12-31") == {}
    assert found("시급 10,100원", period="2025-03-02 ~ 2026-12-31") == {"wage": "block"}


def test_the_table_goes_up_and_its_months_are_those_of_the_notices() -> None:
    won = [table()[year] for year in sorted(table())]
    assert won == sorted(won)
    assert [minimum(year)[0] * 209 for year in (2025, 2026, 2027)] == [2_096_270, 2_156_880, 2_236_300]
    assert minimum(2031) == (10_700, 2027)
    assert minimum(1999) == (10_030, 2025)


def test_hours_of_a_month_count_the_weekly_holiday_from_15_hours() -> None:
    assert month_hours(40) == 209
    assert round(month_hours(20), 1) == 104.3
    assert round(month_hours(14.9), 1) == round(14.9 * 365 / 84, 1)
    assert month_hours(15) > month_hours(14.99) + 12


@given(st.floats(1, 80), st.floats(0, 20))
def test_more_hours_are_more_hours_to_pay(week: float, more: float) -> None:
    assert month_hours(week + more) >= month_hours(week) - 0.5  # 209 is 208.57 rounded up


WAYS = [
    ("시급 {}원", "", 1_000),
    ("일급 {}원", "1일 8시간", 8_000),
    ("일급 {}원", "월~금 09:00~18:00", 8_000),
    ("1회 {}원(1일 3시간)", "", 3_000),
    ("월 {}원", "주 40시간", 209_000),
    ("월 {}원", "월~금 09:00~13:00", 104_000),
    ("연봉 {}원", "주 40시간", 2_508_000),
    ("활동수당 시간당 {}원", "", 1_000),
]


@given(
    st.sampled_from(WAYS),
    st.floats(1.0, 25.0),
    st.floats(0.0, 10.0),
    st.sampled_from([IN_2026, IN_2027, OVER, "", "협의", "2027-03-02 ~ 2029-02-28"]),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
def test_raising_the_pay_never_adds_a_finding(
    way: tuple[str, str, int], pay: float, more: float, period: str, today: date
) -> None:
    words, hours, unit = way
    less, better = (
        found(words.format(f"{int(amount * unit):,}"), hours, period, today) for amount in (pay, pay + more)
    )
    assert better.keys() <= less.keys()
    grave = ["note", "warn", "block"]
    assert all(grave.index(better[rule]) <= grave.index(less[rule]) for rule in better)
