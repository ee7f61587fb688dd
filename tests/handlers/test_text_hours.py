"""Working hours: days, spans and weeks as stated; 28 bits only where days and times are known."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.text import Hours, hour_bits, parse_hours

DAYS = "월화수목금토일"
WORKDAYS = "월화수목금"


def days(names: str) -> int:
    return sum(1 << DAYS.index(name) for name in names)


def span(text: str) -> tuple[int, int]:
    """Minutes of "0900-1800"."""
    start, end = (int(hhmm[:2]) * 60 + int(hhmm[2:]) for hhmm in text.split("-"))
    return start, end


@pytest.mark.parametrize(
    ("text", "names", "spans", "week"),
    [
        ("월·수·금 14:00~17:00 (주 9시간)", "월수금", ["1400-1700"], 9.0),
        ("월ㆍ수ㆍ금 14:00～17:00", "월수금", ["1400-1700"], 9.0),
        ("월수금 오전 9시~오후 1시", "월수금", ["0900-1300"], 12.0),
        ("월,수,금 9시-12시", "월수금", ["0900-1200"], 9.0),
        ("화~토 09:00~18:00(휴게 1시간)", "화수목금토", ["0900-1800"], 40.0),
        ("09:00 ~ 18:00 (휴게시간 12:00~13:00) 월-금", WORKDAYS, ["0900-1800"], 40.0),
        ("월~금 09:00~14:00(휴게 30분)", WORKDAYS, ["0900-1400"], 22.5),
        ("학기 중 월~금 08:00~09:00, 14:00~15:00 (주 10시간)", WORKDAYS, ["0800-0900", "1400-1500"], 10.0),
        ("월~금 08:00~09:00, 14:00~15:00", WORKDAYS, ["0800-0900", "1400-1500"], 10.0),
        ("월~금 10:30~13:00 (주 12.5시간)", WORKDAYS, ["1030-1300"], 12.5),
        ("평일 09:00~18:00, 토 09:00~13:00", WORKDAYS + "토", ["0900-1800", "0900-1300"], None),
        ("일~목 09:00~18:00", "일월화수목", ["0900-1800"], None),  # 40 or 45: the break is not stated
        ("월~금 08:00~12:00, 13:00~17:00", WORKDAYS, ["0800-1200", "1300-1700"], 40.0),
        ("화요일부터 토요일까지 13시부터 18시까지", "화수목금토", ["1300-1800"], 25.0),
        ("월요일~금요일 9:00~18:00 (토·일 휴무)", WORKDAYS, ["0900-1800"], None),
        ("월~금 22:00~06:00", WORKDAYS, ["2200-3000"], None),
        ("월~금 오후 1시~5시", WORKDAYS, ["1300-1700"], 20.0),
        ("토·일", "토일", [], None),
        ("주말", "토일", [], None),
        ("평일", WORKDAYS, [], None),
        ("주5일 주 40시간 근로 09:00 ~ 18:00", "", ["0900-1800"], 40.0),
        ("주 소정근로시간 : 40시간 상세 근무시간 9~18", "", ["0900-1800"], 40.0),
        ("주 21시간 근로", "", [], 21.0),
        ("(근무시간) (오전) 9시 00분 ~ (정오) 12시 00분 근무시간 협의가능", "", ["0900-1200"], None),
        ("(근무시간) (오전) 10시 30분 ~ (오후) 1시 30분", "", ["1030-1330"], None),
        ("07:30 ~ 06:00", "", ["0730-3000"], None),
        ("08:00 ~ 08:00", "", ["0800-3200"], None),
        ("AM 9:00 ~ PM 1:00", "", ["0900-1300"], None),
        ("18:00~24:00", "", ["1800-2400"], None),
        ("교대 09:00~18:00 / 13:00~22:00", "", ["0900-1800", "1300-2200"], None),
        ("격주 목 13:00~17:00", "목", ["1300-1700"], None),
        ("2026-11-28(토) 09:00~18:00", "토", ["0900-1800"], None),
        ("2026.12.1.(화)~12.18.(금) 09:00~13:00", "", ["0900-1300"], None),
        ("화~토 중 3일, 13:00~17:00", "화수목금토", ["1300-1700"], 12.0),
        ("월~금 중 3일, 1일 4시간(협의)", WORKDAYS, [], 12.0),
        ("주 5일 1일 5시간(65세 이상 1일 3시간)", "", [], None),
        ("일 8시간, 월 20일", "", [], None),
        ("2교대", "", [], None),
        ("주 2회(협의)", "", [], None),
        ("주 12시간 이내(자율)", "", [], None),
    ],
)
def test_hours_are_read_as_stated(text: str, names: str, spans: list[str], week: float | None) -> None:
    read = parse_hours(text)
    assert read
    assert read.days == days(names)
    assert read.spans == tuple(span(s) for s in spans)
    assert read.week_minutes == (week and week * 60)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "협의",
        "기타",
        "월 최대 52시간",
        "주 15~20시간",
        "주 4~5일",
        "오전 9시 ~ 6시",
        "9:00~6:00",
        "월급 200만원",
        "25:00~26:00",
    ],
)
def test_what_is_not_stated_or_could_mean_two_things_is_unknown(text: str) -> None:
    assert parse_hours(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("주3일", {"days_per_week": 3}),
        ("주 2회(협의)", {"days_per_week": 2, "negotiable": True}),
        ("격주 목", {"every_other_week": True, "days": 8}),
        ("2교대", {"rota": True}),
        ("24시간 격일제", {"rota": True}),
        ("화~토 중 3일, 13:00~17:00 (주 12시간)", {"days_per_week": 3, "computed": False}),
        ("월~금 13:00~16:00", {"days_per_week": 5, "computed": True}),
        ("화~토 09:00~18:00(휴게 1시간)", {"rest": 60}),
        ("월·수 09:00~12:00, 금 13:00~17:00", {"start": 540, "end": 1020, "shifts": ((5, 540, 720), (16, 780, 1020))}),
    ],
)
def test_the_finer_points(text: str, expected: dict[str, object]) -> None:
    read = parse_hours(text)
    assert read
    assert {name: getattr(read, name) for name in expected} == expected


def bands(read: Hours | None) -> str | None:
    """hour_bits in letters: a weekday, then (m)orning, (a)fternoon, (e)vening, (n)ight."""
    bits = hour_bits(read) if read else None
    if bits is None:
        return None
    return " ".join(
        DAYS[day] + "".join(letter for band, letter in enumerate("maen") if bits >> (day * 4 + band) & 1)
        for day in range(7)
        if bits >> (day * 4) & 15
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("토 09:00~12:00", "토m"),
        ("토 09:00~13:00", "토ma"),
        ("화 18:00~22:00", "화e"),
        ("금 22:00~06:00", "금n"),
        ("일 20:00~08:00", "월m 일en"),
        ("월 02:00~11:00", "월mn"),
        ("월·수 09:00~12:00, 금 13:00~17:00", "월m 수m 금a"),
        ("격주 목 13:00~17:00", "목a"),
        ("주5일 09:00~18:00", None),  # Monday to Friday would be a guess
        ("월~금 중 3일 09:00~12:00", None),
        ("월~금 09:00~12:00 협의", None),
        ("월~금 9시~18시 중 4시간", None),
        ("2교대 월~금 09:00~21:00", None),  # the other shift is not named
        ("월~금", None),
    ],
)
def test_the_bands_of_a_week(text: str, expected: str | None) -> None:
    assert bands(parse_hours(text)) == expected


@given(
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.lists(st.integers(0, 47), min_size=2, max_size=4, unique=True).filter(lambda ends: len(ends) % 2 == 0),
    st.sampled_from(["·", ",", ", ", "", "/"]),
    st.sampled_from(["~", " ~ ", "∼", "-"]),
)
def test_written_hours_read_back(names: set[str], ends: list[int], between: str, dash: str) -> None:
    week = [name for name in DAYS if name in names]
    ends = sorted(half * 30 for half in ends)
    spans = tuple(zip(ends[::2], ends[1::2], strict=True))
    assume(between or "".join(week) not in ("월일", "금일"))  # which are words of their own
    text = (
        between.join(week)
        + " "
        + ", ".join(f"{a // 60:02}:{a % 60:02}{dash}{b // 60:02}:{b % 60:02}" for a, b in spans)
    )
    read = parse_hours(text)
    assert read
    assert (read.days, read.spans) == (days("".join(week)), spans)
    lengths = [b - a for a, b in spans]
    assert read.week_minutes == (None if max(lengths) >= 8 * 60 else len(week) * sum(lengths))
    assert 0 < (hour_bits(read) or 0) < 1 << 28


@given(
    st.text(
        st.sampled_from("월화수목금토일주평말격교대중 0123456789:~-./·,()시분간오전후협의휴게\n") | st.characters(),
        max_size=80,
    )
)
def test_no_text_makes_hours_raise_and_spans_run_forward(text: str) -> None:
    read = parse_hours(text)
    if read:
        assert all(0 <= start < end <= 2 * 1440 for start, end in read.spans)
        assert 0 <= read.days < 128
        assert read.week_minutes is None or 0 < read.week_minutes <= 7 * 1440
        assert 0 <= (hour_bits(read) or 0) < 1 << 28


def test_a_long_list_takes_no_time() -> None:
    assert parse_hours("월 " * 900 + "가") is not None
