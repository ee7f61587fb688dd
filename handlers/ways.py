"""Ways in: what a start link says. `a<area>-<language>-<sign>` leads to the jobs around a place, `p<posting>` to one job,
`m<code>` carries a one-time code, `j<token>` an invitation for staff.

Anybody can write such a link, so each part is read by itself, and what is wrong or unknown is dropped.
"""

import hashlib
import re
from dataclasses import dataclass

from .chat.presses import BadPress, base36, from_base36

LIMIT = 64  # characters of [A-Za-z0-9_-]: Telegram's deep links, core.telegram.org/bots/features#deep-linking
SIGN = re.compile(r"[0-9a-z_]{1,16}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(_[A-Za-z]{2,4})?")
AREA = re.compile(r"a(\d{10}|[0-9a-z]{6,7})")  # a ten-digit code, or the same in base 36
POSTING = re.compile(r"p0*([0-9a-z]{1,13})")
CODE = re.compile(r"m([0-9A-Za-z]{8})")
TOKEN = re.compile(r"j([\w-]{32})", re.ASCII)
SHORTEST = 3  # digits of a posting: two letters after a "p" may be a language


@dataclass(frozen=True, slots=True)
class Way:
    """A language, an area and the sign with the link, or a posting, a code or a token; None for each part that was not said."""

    area: int | None = None
    language: str | None = None
    sign: str | None = None
    posting: int | None = None
    code: str | None = None
    token: str | None = None

    def pack(self) -> str:
        """The payload. ValueError for what `read` would not give back."""
        parts = [self.language or "", *([self.sign] if self.sign else [])]
        if self.token is not None:
            head = f"j{self.token}"
        elif self.code is not None:
            head = f"m{self.code}"
        elif self.posting is not None:
            head = f"p{base36(self.posting).rjust(SHORTEST, '0')}"
        elif self.area is not None:
            head = f"a{base36(self.area)}"
        else:
            head = parts.pop(0)
        payload = "-".join([head, *parts]).rstrip("-") if self.token is None else head
        if read(payload) != self:
            raise ValueError(f"not a way in: {self}")
        return payload


def read(payload: str) -> Way:
    """What a payload says. Never raises: an empty Way for what is not ours."""
    if len(payload) > LIMIT or not payload.isascii():
        return Way()
    if found := TOKEN.fullmatch(payload):
        return Way(token=found[1])
    head, _, rest = payload.partition("-")
    language, _, sign = rest.partition("-")
    spoken = language if LANGUAGE.fullmatch(language) else None
    if len(head) > SHORTEST and (found := POSTING.fullmatch(head)):
        return Way(posting=_number(found[1]), language=spoken)
    if found := CODE.fullmatch(payload):
        return Way(code=found[1])
    if found := AREA.fullmatch(head):
        area = int(found[1]) if len(found[1]) == 10 else _number(found[1])
        return Way(area, spoken, sign if SIGN.fullmatch(sign) else None)
    named = head if not rest else f"{head}_{rest}"  # "zh-Hans" is as good as "zh_Hans"
    return Way(language=named if LANGUAGE.fullmatch(named) else None)


def link(address: str, way: Way) -> str:
    """A messenger's or the web chat's address with the payload: both take it as `?start=`."""
    return f"{address}?start={way.pack()}"


def sign_code(name: str, area: int) -> str:
    """The code of a sign at a place: the same for the same name and area, and short, so that the QR code stays coarse."""
    digest = hashlib.sha256(f"{area} {' '.join(name.split())}".encode()).digest()
    return base36(int.from_bytes(digest[:5], "big")).rjust(8, "0")


def _number(digits: str) -> int | None:
    try:
        return from_base36(digits)
    except BadPress:
        return None
