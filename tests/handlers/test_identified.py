"""Numbers that name a person must not be kept: found however they are typed, and what only looks like one is left alone."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.staff.counter_steps import phone_of
from handlers.text import identifies, unidentified
from handlers.typed_code import fresh, shown

NUMBERS = (
    "500101-2345678",
    "5001012345678",
    "５００１０１－２３４５６７８",
    "M12345678",
    "m123a4567",
    "AB1234567",
    "N0123456",
)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("around", ["{}", "여권 {} 이에요", "Kim {}.", "({})"])
def test_numbers_of_registration_and_passport_are_found_and_blotted_out(number: str, around: str) -> None:
    said = around.format(number)
    assert identifies(said)
    assert number not in unidentified(said)
    assert not identifies(unidentified(said))


@pytest.mark.parametrize(
    "said",
    ["010-1234-5678", "+82 10 1234 5678", "김복순", "월곡2동", "시급 12,000원", "2026-11-24", "K150112506040012", "A4"],
)
def test_other_numbers_are_left_as_they_are(said: str) -> None:
    assert not identifies(said)
    assert unidentified(said) == said


@given(st.integers())
def test_a_one_time_code_is_never_taken_for_a_passport(seed: int) -> None:
    code = fresh(Random(seed).choice)
    assert not identifies(code)
    assert not identifies(shown(code))


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("01012345678", "010-1234-5678"),
        ("010 1234 5678", "010-1234-5678"),
        ("+82 10-1234-5678", "010-1234-5678"),
        ("０１０－１２３４－５６７８", "010-1234-5678"),
        ("02)123-4567", "02-123-4567"),
        ("062-960-1234", "062-960-1234"),
        ("1234", None),
        ("없음", None),
        ("1234567890123", None),
    ],
)
def test_a_telephone_number_is_read_however_it_is_written(said: str, phone: str | None) -> None:
    assert phone_of(said) == phone


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_the_reading_of_numbers(said: str) -> None:
    phone = phone_of(said)
    assert phone is None or phone_of(phone) == phone
