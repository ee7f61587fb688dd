"""What may be a key in an address, in every way that it may be written, so that it can be taken out of what is kept or told."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

LONG = 16  # letters from which on a value of an address may be a key, whatever it is called
_NAMED = re.compile(r"key|token|auth|secret|pass|sign?|sid", re.I)


def of_address(url: str) -> set[str]:
    """The passwords, and whatever may be a key, in an address that an operator wrote down."""
    parts = urlsplit(url)
    found = {parts.username or "", parts.password or ""}
    found |= {value for name, value in parse_qsl(parts.query) if len(value) >= LONG or _NAMED.search(name)}
    found |= {
        part for part in parts.path.split("/") if len(part) >= LONG and re.search(r"\d", part) and "." not in part
    }
    return {one for one in found if len(one) >= 4}  # a shorter one would blot out half the answer


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    for written in _written(secrets):
        text = text.replace(written, "***")
    return text


def scrubbed_bytes(body: bytes, secrets: Iterable[str]) -> bytes:
    for written in _written(secrets):
        body = body.replace(written.encode(), b"***")
    return body


def _written(secrets: Iterable[str]) -> list[str]:
    """The longest first."""
    ways = (str, quote, lambda one: quote(one, safe=""), quote_plus, unquote)
    return sorted({way(one) for one in secrets for way in ways} - {""}, key=len, reverse=True)
