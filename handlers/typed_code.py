"""One-time codes that people read from one screen and type on another: made, read however they are typed, checked."""

import secrets
import unicodedata
from collections.abc import Callable, Sequence

# Nothing that looks like something else: no 0, 1, I, L, O. Their number is a prime, which the check rests on.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
# Cyrillic letters that look like Latin ones: whoever reads a code types it on the keyboard that is open.
LOOKALIKE = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")


def fresh(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A new code: seven characters by chance and one that checks them.

    It has two letters and two digits at least, so that no word and no number is taken for one, even with one character
    wrong. That leaves 1.8e10 codes (65 % of 31**7). Guessing: with 100 codes open at once (each lives 15 minutes) and the
    200 wrong tries an hour that are heard from everybody together (storage.codes), somebody hits one once in
    1.8e10 / (100 * 200) = 900,000 hours, about 100 years; one chat with its 5 tries an hour once in 4,000 years.
    """
    while True:
        seven = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
        code = seven + _check(seven)
        if 2 <= sum(c.isdigit() for c in code) <= LENGTH - 2:
            return code


def shown(code: str) -> str:
    """As it is read aloud and typed: 7KQ4-M2XD."""
    return f"{code[:4]}-{code[4:]}"


def read(text: str) -> str:
    """What was typed, as codes are written: in capitals, without spaces and dashes, on whatever keyboard."""
    letters = []
    for c in unicodedata.normalize("NFKC", text[:64]).upper():
        if c.isdecimal():
            letters.append(str(unicodedata.decimal(c)))  # Khmer digits too
        elif not c.isspace() and unicodedata.category(c) not in ("Pd", "Cf"):
            letters.append(c)
    return "".join(letters).translate(LOOKALIKE)


def looks(text: str) -> bool:
    """Whether words that came by themselves look like a code: as long, of Latin letters and digits, some of both."""
    code = read(text)
    digits = sum(c.isdigit() for c in code)
    return len(code) == LENGTH and code.isascii() and code.isalnum() and 0 < digits < LENGTH


def whole(code: str) -> bool:
    """Whether a code that was `read` can be one of ours. One character wrong, or any two swapped, never are."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET) and _sum(code) == 0


def _sum(code: str) -> int:
    """Each place counts differently (1 to 8, modulo 31), so each wrong character and each swap changes the sum."""
    return sum(place * ALPHABET.index(c) for place, c in enumerate(code, 1)) % len(ALPHABET)


def _check(seven: str) -> str:
    """The last character, with which the sum is nothing."""
    return next(c for c in ALPHABET if _sum(seven + c) == 0)
