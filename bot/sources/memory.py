"""What is kept of a site's last answers, in its cursor and by the process: what comes again word for word is not read again."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from handlers.draft import Draft

from .site import Page, Row
from .source import Fetched


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cursor keeps: the mark of each posting whose detail is known, and how often in a row each list was empty."""

    marks: Mapping[str, str] = field(default_factory=dict)
    empty: Mapping[str, int] = field(default_factory=dict)

    def cursor(self, reading: str, came: Iterable[bytes]) -> str:
        """As text. What `came` goes in as a digest, so that the cursor tells one answer from another."""
        digest = hashlib.sha256(b"".join(came)).hexdigest()[:16]
        return orjson.dumps({"of": reading, "came": digest, "marks": self.marks, "empty": self.empty}).decode()

    @classmethod
    def read(cls, cursor: str | None, reading: str) -> "Kept":
        """Nothing where the cursor was made under another reading."""
        try:
            kept: Any = orjson.loads(cursor or "{}")
        except orjson.JSONDecodeError:
            kept = {}
        if not isinstance(kept, dict) or kept.get("of") != reading:
            return cls()
        marks, empty = (one if isinstance(one, dict) else {} for one in (kept.get("marks"), kept.get("empty")))
        return cls(marks, {name: times for name, times in empty.items() if isinstance(times, int)})


@dataclass(frozen=True, slots=True)
class Memory:
    """It counts on the day that it is of, since "over" is held against the day, and while `cursor` is what was recorded last.

    `kept` is what that cursor says. `pages` are those of which all is done, by the digest of their bytes; `rows` likewise,
    each by its own. `trail` are the digests of all pages in the order in which they came, and `again` is what to tell where
    the very same come again: None where something is left to do.
    """

    day: date = date.min
    cursor: str | None = None
    kept: Kept = field(default_factory=Kept)
    pages: Mapping[bytes, Page] = field(default_factory=dict)
    rows: Mapping[bytes, Row] = field(default_factory=dict)
    trail: tuple[bytes, ...] = ()
    again: Fetched | None = None

    def counts(self, cursor: str | None, day: date) -> bool:
        return self.cursor is not None and (self.cursor, self.day) == (cursor, day)


def known_by(body: bytes, charset: str | None) -> bytes:
    """What a page is known by: its bytes, and how they are said to be read."""
    digest = hashlib.sha256(body)
    digest.update(str(charset).encode())
    return digest.digest()[:16]


def remembered(
    pages: Mapping[bytes, Page], rows: Mapping[str, Row], pending: Collection[str]
) -> tuple[dict[bytes, Page], dict[bytes, Row]]:
    """Pages and rows of which all is done. `rows` are those that were used, by key: another row of the same key may be used the
    next time, and is read then. `pending` are the keys whose details are still to be had."""
    known: dict[bytes, Row] = {}
    for page in pages.values():
        for row in page.rows:
            key, digest = row.draft.key, row.digest
            used = row.elsewhere or (key not in pending and rows[key].digest == digest)
            if used and digest:
                known[digest] = row if row.again else Row(Draft(key, "", ""), row.over, row.elsewhere, "", digest, True)
    whole = {
        digest: Page(page.total, tuple(known[row.digest] for row in page.rows), page.lost)
        for digest, page in pages.items()
        if all(row.digest in known for row in page.rows)
    }
    return whole, known
