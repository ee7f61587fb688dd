"""What a button carries: a verb and row ids, at most 64 bytes. Durable ones work weeks later; dialog ones name the question.

Payloads are forgeable, so whoever acts on one checks again that this person may.
"""

from dataclasses import dataclass

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LIMIT = 64  # bytes: Telegram's callback_data
BIGGEST = 2**63 - 1


class BadPress(ValueError):
    """A payload that is not ours, or no longer whole."""


@dataclass(frozen=True, slots=True)
class Press:
    """A durable press: `verb` and ids, as "ap.2n9c"."""

    verb: str
    ids: tuple[int, ...] = ()

    def pack(self) -> str:
        if not self.verb.isascii() or not self.verb.isalpha():
            raise BadPress(f"a verb is ascii letters, not {self.verb!r}")
        payload = ".".join([self.verb, *(base36(n) for n in self.ids)])
        if len(payload.encode()) > LIMIT:
            raise BadPress("a press has at most 64 bytes")
        return payload


@dataclass(frozen=True, slots=True)
class Choice:
    """A dialog press: option `index` of question `number`, as "~1f.2"."""

    number: int
    index: int

    def pack(self) -> str:
        return f"~{base36(self.number)}.{base36(self.index)}"


def unpack(payload: str) -> Press | Choice:
    """BadPress for anything that we could not have packed."""
    if not payload or len(payload.encode()) > LIMIT:
        raise BadPress(payload[:LIMIT])
    head, *rest = payload.removeprefix("~").split(".")
    if payload.startswith("~"):
        if len(rest) != 1:
            raise BadPress(payload)
        return Choice(from_base36(head), from_base36(rest[0]))
    if not (head.isascii() and head.isalpha()):
        raise BadPress(payload)
    return Press(head, tuple(from_base36(part) for part in rest))


def base36(n: int) -> str:
    """A row id as text. BadPress for what is no id."""
    if n < 0 or n > BIGGEST:
        raise BadPress(f"not an id: {n}")
    digits = ""
    while True:
        n, rest = divmod(n, 36)
        digits = DIGITS[rest] + digits
        if not n:
            return digits


def from_base36(digits: str) -> int:
    """BadPress for anything that `base36` does not write."""
    if not digits or not set(digits) <= set(DIGITS) or (len(digits) > 1 and digits[0] == "0"):
        raise BadPress(digits)
    n = int(digits, 36)
    if n > BIGGEST:
        raise BadPress(digits)
    return n
