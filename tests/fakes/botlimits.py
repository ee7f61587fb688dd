"""The limits that the Bot API's description states in words: lengths, ranges, letters, how many."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from PIL import Image

from .botpeople import CannotParse, words

LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)( after (?:entities|entity) parsing)?")
RANGE = re.compile(r"(?:between |connections to the webhook for update delivery, )(\d+)-(\d+)")
MOST = re.compile(r"[Aa]t most (\d+) \w+ can be specified")
MUST = re.compile(r"must be ([a-z_]+)$")
ONE_OF = re.compile(r'[Mm]ust be one of ((?:"\w+"[^".]*)+)')
LETTERS = {
    "lowercase English letters, digits and underscores": re.compile(r"[a-z0-9_]*"),
    "Only characters A-Z, a-z, 0-9, _ and - are allowed": re.compile(r"[A-Za-z0-9_-]*"),
    "two-letter ISO 639-1 language code": re.compile(r"([a-z]{2})?"),
    "HTTPS URL to send updates to": re.compile(r"(https://\S+)?"),
}


PHOTO = re.compile(r"at most (\d+) MB in size.*must not exceed (\d+) in total.*ratio must be at most (\d+)")


def beyond(at: str, description: str, value: Any, beside: dict[str, Any]) -> Iterator[str]:
    """What of the value is beyond what its field's description allows. `beside` is the object that the field is part of."""
    if isinstance(value, bytes):
        yield from _photo(at, description, value)
    elif isinstance(value, str):
        yield from _text(at, description, value, beside)
    elif isinstance(value, int) and (found := RANGE.search(description)):
        if not int(found[1]) <= value <= int(found[2]):
            yield f"{at} is not {found[1]}-{found[2]}"
    elif isinstance(value, list) and (found := MOST.search(description)) and len(value) > int(found[1]):
        yield f"{at} has more than {found[1]}"


def _text(at: str, description: str, value: str, beside: dict[str, Any]) -> Iterator[str]:
    if found := LENGTH.search(description):
        least, most, unit, read = int(found[1]), int(found[2]), found[3], found[4]
        shown = _read(value, beside) if read else value
        if not least <= _SIZES[unit](shown) <= most:
            yield f"{at} has not {least}-{most} {unit}"
    if (found := MUST.search(description)) and value != found[1]:
        yield f"{at} is not {found[1]}"
    if (found := ONE_OF.search(description)) and f'"{value}"' not in found[1]:
        yield f"{at} is none of those that there are"
    for phrase, letters in LETTERS.items():
        if phrase in description and not letters.fullmatch(value):
            yield f"{at} is not as: {phrase}"


def _photo(at: str, description: str, value: bytes) -> Iterator[str]:
    """A photo must be a picture that can be read, within the sizes that its description names."""
    if not (found := PHOTO.search(description)):
        return
    megabytes, both, ratio = map(int, found.groups())
    try:
        with Image.open(io.BytesIO(value)) as image:
            image.load()
            wide, tall = image.size
    except (OSError, SyntaxError):
        yield f"{at} is not a picture"
        return
    if len(value) > megabytes * 2**20 or wide + tall > both or max(wide, tall) > ratio * min(wide, tall):
        yield f"{at} is too large"


def _read(text: str, beside: dict[str, Any]) -> str:
    """As the reader sees it. What cannot be parsed is refused elsewhere."""
    if beside.get("parse_mode") != "HTML":
        return text
    try:
        return words(text)
    except CannotParse:
        return text


_SIZES: dict[str, Callable[[str], int]] = {"characters": len, "bytes": lambda text: len(text.encode())}
