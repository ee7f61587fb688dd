"""The letter under which a facility's name stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.staff.writing import initial


@pytest.mark.parametrize(
    ("name", "letter"), [("별빛도서관", "ㅂ"), ("까치마을", "ㄱ"), ("YMCA", "Y"), ("1동", "1"), ("", "?")]
)
def test_the_first_letter(name: str, letter: str) -> None:
    assert initial(name) == letter


@given(st.text(max_size=20))
def test_every_name_has_one(name: str) -> None:
    assert initial(name)
