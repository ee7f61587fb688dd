"""Days as residents type them, in seven languages: what our formats and Babel's write is read back as the same day."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed_dates import day
from locales.formats import Formats

TODAY = date(2026, 11, 24)
CODES = ("ko", "en", "ru", "vi", "zh_Hans", "uz", "km")
COMING = st.integers(0, 360).map(lambda ahead: TODAY + timedelta(days=ahead))
# English is read day first here, which Babel's "en" is not.
NUMBERS = {"ko": "M/d", "zh_Hans": "M/d", "en": "d/M", "ru": "dd.MM", "vi": "d/M", "uz": "dd/MM", "km": "d/M"}


@pytest.mark.parametrize("code", CODES)
@given(on=COMING)
def test_what_we_write_ourselves_can_be_typed(code: str, on: date) -> None:
    formats = Formats(code)
    for said in (formats.date(on), formats.date_short(on), formats.date_short(on, year=True)):
        assert day(said, code, TODAY) == on, said


@pytest.mark.parametrize("code", CODES)
@given(on=COMING)
def test_what_babel_writes_can_be_typed(code: str, on: date) -> None:
    for pattern in ("full", "long", "medium", "short"):
        said = format_date(on, pattern, locale="en_GB" if code == "en" else code)
        assert day(said, code, TODAY) == on, said
    assert day(format_date(on, NUMBERS[code], locale=code), code, TODAY) == on
    assert day(on.isoformat(), code, TODAY) == on


@given(on=COMING, reader=st.sampled_from(CODES), writer=st.sampled_from(CODES))
def test_names_of_months_are_understood_whoever_reads(on: date, reader: str, writer: str) -> None:
    assert day(Formats(writer).date_short(on, year=True), reader, TODAY) == on


@given(text=st.text(max_size=80), code=st.sampled_from(CODES))
def test_anything_may_be_typed(text: str, code: str) -> None:
    found = day(text, code, TODAY)
    assert found is None or found.year >= 2000


DECEMBER, JULY = date(2026, 12, 7), date(2027, 7, 12)


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        ("ko", "7/12", JULY),
        ("zh_Hans", "7/12", JULY),
        ("zh_Hans", "7.12", JULY),
        *((code, "7/12", DECEMBER) for code in ("en", "ru", "vi", "uz", "km")),
        ("en", "12/25", date(2026, 12, 25)),  # no 25th month
        ("ko", "25/12", date(2026, 12, 25)),
        ("en", "7th of December", DECEMBER),
        ("en", "from dec 7 please", DECEMBER),
        ("en", "Mon 7 Dec, 9:00", DECEMBER),
        ("en", "December 7th, 2027", date(2027, 12, 7)),
        ("ko", "12월 7일", DECEMBER),
        ("ko", "12월7일부터", DECEMBER),
        ("ko", "２０２６년 12월 7일", DECEMBER),
        ("ko", "26.12.07", DECEMBER),
        ("ko", "20261207", DECEMBER),
        ("zh_Hans", "12月7号", DECEMBER),
        ("zh_Hans", "十二月7日", DECEMBER),
        ("ru", "с 7 декабря", DECEMBER),
        ("ru", "7.12.", DECEMBER),
        ("ru", "07.12.26", DECEMBER),
        ("vi", "ngày 7 tháng 12 năm 2026", DECEMBER),
        ("vi", "thứ 2, 7/12", DECEMBER),
        ("vi", "7 thang 12", DECEMBER),
        ("uz", "7-dekabr", DECEMBER),
        ("uz", "7 декабрь", DECEMBER),
        ("uz", "2026-yil 7-dekabrdan", DECEMBER),
        ("km", "ថ្ងៃទី7 ខែធ្នូ ឆ្នាំ2026", DECEMBER),
        ("km", "ថ្ងៃទី៧ ខែ១២", DECEMBER),
        ("km", "ខែធ្នូ 7", DECEMBER),
        ("en", "24 November", TODAY),
        ("en", "23 November", date(2027, 11, 23)),
        ("en", "29 Feb", date(2028, 2, 29)),
        ("ru", "1.12.2020", date(2020, 12, 1)),
    ],
)
def test_the_next_such_day_in_the_reader_s_order(code: str, said: str, expected: date) -> None:
    assert day(said, code, TODAY) == expected


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "said",
    [
        *("", "soon", "31/2", "0/7", "7", "12월", "13:12", "99/99", "2026-13-01", "7 или 8"),
        *(
            "7/12~9/12",
            "7/12-9/12",
            "7.12 - 9.12",
            "7 Dec - 9 Dec",
            "12월 7일~9일 12월 8일",
            "7 hoặc 8 tháng 12, 9 tháng 12",
        ),
    ],
)
def test_what_is_no_day_or_could_be_two_is_asked_again(code: str, said: str) -> None:
    assert day(said, code, TODAY) is None
