"""How text finds its place in a box, whatever draws it: as large as there is room for, in lines of about one length."""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

UNSPACED = (
    "zh_Hans",
    "zh_Hant",
    "ja",
)  # a line may end anywhere; Khmer, Thai and their like have spaces between phrases
CLOSING = "、。，．！？：；」』）》,.!?:;)”"  # never at the beginning of a line
LEADING = 1.3  # from line to line, in sizes of the letters
STEPS = 64  # sizes that are tried between the largest and the smallest
ELLIPSIS = "…"


class Pen(ABC):
    """Knows how wide its letters are, in ems."""

    @abstractmethod
    def width(self, line: str) -> float:
        """How wide a line is."""

    def lines(self, parts: Sequence[str], wide: float) -> list[str]:
        """As many parts on each line as it has room for."""
        found, used = [""], 0.0
        for part in parts:
            if found[-1] and used + self.width(part.rstrip()) > wide:
                found.append("")
                used = 0.0
            found[-1] += part
            used += self.width(part)
        return [line.strip() for line in found]

    def even(self, parts: Sequence[str], wide: float) -> list[str]:
        """No more lines than needed, about as long as each other."""
        found, narrow = self.lines(parts, wide), wide
        while len(found) > 1:
            narrow -= wide / 100
            closer = self.lines(parts, narrow)
            if len(closer) > len(found) or max(map(self.width, closer)) > narrow:
                break
            found = closer
        return found


@dataclass(frozen=True, slots=True)
class Fitted:
    """Texts as lines, the size of their letters, and how high they stand together."""

    size: float
    texts: list[list[str]]
    tall: float


def fit(
    pen: Pen,
    texts: Sequence[str],
    language: str,
    wide: float,
    tall: float,
    sizes: tuple[float, float],
    apart: float = 0.0,
) -> Fitted:
    """Paragraphs in a box, in letters of the largest of `sizes` (most, least) that has room; `apart` is in lines.

    What has no room even in the least is broken within words, and ends in an ellipsis where the box does.
    """
    most, least = sizes
    parts = [pieces(text, whole=language not in UNSPACED) for text in texts]
    for step in range(STEPS + 1):
        size = most - (most - least) * step / STEPS
        broken = [pen.lines(part, wide / size) for part in parts]
        total = size * LEADING * (sum(map(len, broken)) + apart * (len(texts) - 1))
        if total <= tall and max(pen.width(line) for text in broken for line in text) * size <= wide:
            return Fitted(size, [pen.even(part, wide / size) for part in parts], total)
    return _cramped(pen, parts, wide, tall, least, apart)


def _cramped(pen: Pen, parts: Sequence[Sequence[str]], wide: float, tall: float, size: float, apart: float) -> Fitted:
    room, texts, used = int(tall / (size * LEADING)), list[list[str]](), 0.0
    for part in parts:
        small = [bit for one in part for bit in _narrow(pen, one, wide / size)]
        found = pen.lines(small, wide / size)
        left = max(int(room - used), 0)
        if len(found) > left:
            found = found[:left]
            if found:
                found[-1] = _ended(pen, found[-1], wide / size)
        if found:
            texts.append(found)
            used += len(found) + apart
    return Fitted(size, texts, size * LEADING * max(used - apart, 0.0))


def _narrow(pen: Pen, part: str, wide: float) -> list[str]:
    return [part] if pen.width(part.rstrip()) <= wide else pieces(part, whole=False)


def _ended(pen: Pen, line: str, wide: float) -> str:
    letters = pieces(line, whole=False)
    while letters and pen.width("".join(letters) + ELLIPSIS) > wide:
        letters.pop()
    return "".join(letters).rstrip() + ELLIPSIS


def pieces(text: str, *, whole: bool) -> list[str]:
    """What a line break may stand between: words with the space after them, or letters with what belongs to them."""
    if whole:
        return re.findall(r"\S+\s*", text)
    found: list[str] = []
    for letter in text:
        if found and (unicodedata.category(letter).startswith("M") or letter in CLOSING):
            found[-1] += letter
        else:
            found.append(letter)
    return found
