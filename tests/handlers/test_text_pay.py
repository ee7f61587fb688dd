"""Pay cells and headcounts: what is stated, what an hour makes of it, and what stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text import hourly, parse_headcount, parse_hours, parse_pay, states_nothing


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("시급 10,030 원 이상", ("hour", 10_030, None)),
        ("시급 / 10030원 ", ("hour", 10_030, None)),
        ("시급 10,320", ("hour", 10_320, None)),
        ("시급 １２，０００원", ("hour", 12_000, None)),
        ("시간당 12,000원~15,000원", ("hour", 12_000, 15_000)),
        ("활동수당 시간당 12,000원(1일 3시간, 월 최대 52시간)", ("hour", 12_000, None)),
        ("활동수당 시간당 12,000원, 월 상한 620,000원", ("hour", 12_000, None)),
        ("시급 10,700원(2027년 최저임금), 주휴·연차수당 별도, 부대비 1일 5,000원", ("hour", 10_700, None)),
        ("일급 82,560원(8시간, 시급 10,320원)", ("day", 82_560, None)),
        ("1일 85,600원(시급 10,700원)", ("day", 85_600, None)),
        ("일당 15만원", ("day", 150_000, None)),
        ("월 2,236,300원(2027년 최저임금 월 환산액)", ("month", 2_236_300, None)),
        ("월급 209 만원 ~ 350 만원", ("month", 2_090_000, 3_500_000)),
        ("월급 209~350만원", ("month", 2_090_000, 3_500_000)),
        ("월급 218만원 ~ 218만원 이하", ("month", 2_180_000, 2_180_000)),
        ("월급 340 만원 이상 상여별도 50%", ("month", 3_400_000, None)),
        ("월 209만5천원", ("month", 2_095_000, None)),
        ("연봉 2,760 만원", ("year", 27_600_000, None)),
        ("연봉 4,400 만원 ~ 4,400 만원 상여별도 200%", ("year", 44_000_000, 44_000_000)),
        ("연봉 2천5백만원", ("year", 25_000_000, None)),
        ("10,320원(시급)", ("hour", 10_320, None)),
        ("12,000원~13,000원/시간", ("hour", 12_000, 13_000)),
        ("연봉 1억 2천만원", ("year", 120_000_000, None)),
        ("활동수당 1회 24,000원(1일 2시간)", ("session", 24_000, None)),
        ("건당 3,000원", ("piece", 3_000, None)),
    ],
)
def test_pay_is_read_as_stated(text: str, pay: tuple[str, int, int | None]) -> None:
    read = parse_pay(text)
    assert read
    assert (read.kind, read.low, read.high) == pay


@pytest.mark.parametrize(
    "text",
    [
        "",
        "면접 후 결정",
        "협의",
        "월 12 원",  # a slip of unit is not repaired
        "월급 250",
        "2,236,300원",  # for which time?
        "주급 30만원",
        "월 250만원 이하",  # the low end is not stated
        "월 250~200만원",
        "월 최대 52시간",
        "1월 10,000원",
        "2027년 1월 2,236,300원",
    ],
)
def test_what_is_no_pay_is_unknown(text: str) -> None:
    assert parse_pay(text) is None


@pytest.mark.parametrize(
    "text", ["", "-", "면접 후 결정", "협의", "기타", "회사내규에 따름", "시급 협의", "급여: 면접후결정", "추후 공지"]
)
def test_a_cell_can_state_nothing(text: str) -> None:
    assert states_nothing(text)


@pytest.mark.parametrize("text", ["월 12 원", "주5일", "시급 최저임금", "서울"])
def test_a_cell_that_states_something_does_not_state_nothing(text: str) -> None:
    assert not states_nothing(text)


@pytest.mark.parametrize(
    ("pay", "hours", "won"),
    [
        ("시급 12,600원", "", 12_600),
        ("일급 82,560원(8시간, 시급 10,320원)", "", 10_320),
        ("1일 60,000원(1일 5시간)", "평일 08:00~13:00", 12_000),
        ("1회 24,000원(1일 2시간)", "", 12_000),
        ("1회 50,000원(4시간)", "주 2회(협의)", 12_500),
        ("1일 100,000원(1일 5시간, 65세 이상 1일 3시간)", "", None),
        ("일급 30,000원", "월~금 09:00~12:00", 10_000),  # under 4 h no break can hide
        ("일급 85,600원", "월~금 09:00~18:00", None),  # 8 h or 9?
        ("일급 85,600원", "월~금 09:00~18:00(휴게 1시간)", 10_700),
        ("월 2,236,300원", "월~금 09:00~18:00 (주 40시간)", 10_700),
        ("월 2,236,300원", "화~토 09:00~18:00(휴게 1시간)", 10_700),
        ("월 2,236,300원", "월~금 09:00~18:00", None),
        ("월 1,150,000원", "월~금 09:00~13:00 (주 20시간)", None),
        ("연봉 3,000만원", "주5일 주 40시간 근로", None),
        ("1회 25,000원", "월·목 14:00~15:30", None),
        ("건당 3,000원", "월~금 09:00~12:00", None),
    ],
)
def test_an_hour_is_derived_only_where_the_notice_leads_there(pay: str, hours: str, won: int | None) -> None:
    read = parse_pay(pay)
    assert read
    assert hourly(read, parse_hours(hours)) == won


KINDS = st.sampled_from(
    [
        ("시급", "hour", 10_000, 90_000),
        ("일급", "day", 50_000, 900_000),
        ("월급", "month", 500_000, 9_000_000),
        ("연봉", "year", 10**7, 10**8),
    ]
)


@given(KINDS, st.data(), st.sampled_from(["{:,}원", "{:,} 원", "{}원"]), st.sampled_from([" ~ ", "~", "-", " ∼ "]))
def test_written_pay_reads_back(kind: tuple[str, str, int, int], data: st.DataObject, form: str, dash: str) -> None:
    word, name, least, most = kind
    low = data.draw(st.integers(least, most))
    high = data.draw(st.none() | st.integers(low, most))
    read = parse_pay(f"{word} {form.format(low)}" + (f"{dash}{form.format(high)}" if high else " 이상"))
    assert read
    assert (read.kind, read.low, read.high) == (name, low, high)


@given(
    st.text(st.sampled_from("시급일월연봉회건당 0123456789,.~-만천억원()/이상하%협의\n") | st.characters(), max_size=60)
)
def test_no_text_makes_pay_raise_and_low_is_never_above_high(text: str) -> None:
    read = parse_pay(text)
    if read:
        assert 0 < read.low <= (read.high or read.low)
        hourly(read, parse_hours(text))
    states_nothing(text)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("2명", 2),
        ("40명", 40),
        ("100명", 100),
        ("1인", 1),
        ("3", 3),
        ("네팔어 1명, 캄보디아어 1명, 몽골어 1명", 3),
        ("3명(주간 2명, 야간 1명)", 3),
        ("총 3명(남1, 여2)", 3),
        ("1명 (장애인만 채용)", 1),
        ("0명", None),
        ("00명", None),
        ("○○명", None),
        ("약간 명", None),
        ("2~3명", None),
        ("1명 이상", None),
        ("주간·야간 각 1명", None),
        ("", None),
    ],
)
def test_headcounts(text: str, people: int | None) -> None:
    assert parse_headcount(text) == people


@given(st.text(st.sampled_from("0123456789명인약간총각(), ~-이상○") | st.characters(), max_size=40))
def test_no_text_makes_a_headcount_raise(text: str) -> None:
    read = parse_headcount(text)
    assert read is None or read > 0
