"""One-time codes: whatever is typed for one is read, and a typo is told from a code that does not exist."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import typed_code as codes

seeds = st.integers(0, 2**64)


def made(seed: int) -> str:
    return codes.fresh(random.Random(seed).choice)


@given(seeds, st.sampled_from(["", " ", "-", "–", " - ", "\u200b"]), st.booleans())
def test_a_code_is_read_however_it_is_typed(seed: int, between: str, small: bool) -> None:
    code = made(seed)
    typed = f" {code[:4]}{between}{code[4:]} "
    assert codes.read(typed.lower() if small else typed) == code
    assert codes.read(codes.shown(code)) == code
    assert codes.whole(code)
    assert codes.looks(typed)


@given(seeds, st.integers(0, codes.LENGTH - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_wrong_character_is_a_typo_and_still_looks_like_a_code(seed: int, place: int, wrong: str) -> None:
    code = made(seed)
    typed = code[:place] + wrong + code[place + 1 :]
    assert codes.looks(typed)
    assert codes.whole(typed) == (typed == code)


@given(seeds, st.integers(0, codes.LENGTH - 1), st.integers(0, codes.LENGTH - 1))
def test_two_swapped_characters_are_a_typo(seed: int, one: int, other: int) -> None:
    code = made(seed)
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    typed = "".join(letters)
    assert codes.whole(typed) == (typed == code)


@given(st.text(max_size=80))
def test_anything_can_be_typed(text: str) -> None:
    assert codes.whole(codes.read(text)) in (True, False)
    assert codes.looks(text) in (True, False)


@pytest.mark.parametrize("words", ["cleaning", "hardware", "12345678", "010-1234-5678", "청소", "уборка", "월곡1동"])
def test_words_and_numbers_are_no_codes(words: str) -> None:
    assert not codes.looks(words)


def test_other_keyboards_are_as_good() -> None:
    code = next(c for seed in range(10**4) if set(c := made(seed)) <= set("ABEKMHPCTYX23456789"))
    cyrillic = code.translate(str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ"))
    assert codes.read(cyrillic.lower()) == code
    khmer = code.translate({ord("0") + n: chr(0x17E0 + n) for n in range(10)})
    assert codes.read(khmer) == code
    assert codes.read(code.translate({ord(c): ord(c) + 0xFEE0 for c in code})) == code


def test_no_two_codes_are_alike() -> None:
    assert len({codes.fresh() for _ in range(2000)}) == 2000
    assert len(codes.ALPHABET) == 31
