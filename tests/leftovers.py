"""English left over in what a reader of another language is shown: msgids of the catalogs that should have been translated."""

import re
from collections.abc import Iterator
from functools import cache

from locales.catalogs import read
from locales.translator import FIELD, forms

ENOUGH = (
    2  # English words that mean a text wherever they stand; fewer may be a word of another language, as Pay in Uzbek
)
PARTS = re.compile(r"\n| · |: | \(|\)")


def left_over(code: str, text: str) -> list[str]:
    """The msgids of the language's catalog that stand in the text though their translation differs. Always none for English."""
    parts = {part.strip(" .0123456789") for part in [*text.split("\n"), *PARTS.split(text)]}
    return [
        msgid
        for msgid, anywhere, whole in _english(code)
        if (anywhere and anywhere.search(text)) or any(map(whole.fullmatch, parts))
    ]


def texts(code: str) -> frozenset[str]:
    """Every text of the language's catalog without its {fields} filled in, as those on buttons."""
    return frozenset(text for _, translated in _messages(code) for text in translated)


@cache
def _english(code: str) -> list[tuple[str, re.Pattern[str] | None, re.Pattern[str]]]:
    """Msgid, how it is found within a text (if it can be), and how it is found as a whole part of one."""
    known = []
    for english, translated in _messages(code):
        for text in english:
            fixed = [re.escape(piece) for piece in FIELD.split(text)[::2]]
            words = re.findall(r"[A-Za-z]{2,}", FIELD.sub(" ", text))
            if text in translated or not words:
                continue
            inner = r"[^\n]{1,200}?".join(fixed).strip()
            anywhere = re.compile(rf"(?<!\w){inner}(?!\w)") if len(words) >= ENOUGH else None
            known.append((text, anywhere, re.compile(".*".join(fixed).strip())))
    return known


def _messages(code: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for message in read(code):
        if message.id:
            english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            yield english, english if code == "en" else forms(message)
