"""What the process remembers of a site's last answers: what comes again word for word is not read again."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from handlers.draft import Draft

from .kept import Kept
from .site import Page, Row
from .source import Fetched, Part


class Sweep(Protocol):
    """What came of the lists in one poll, as it is remembered."""

    today: date
    rows: dict[str, Row]
    pages: dict[bytes, Page]
    trail: list[bytes]
    pending: set[str]


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

    @staticmethod
    def after(swept: "Sweep", kept: Kept, fetched: Fetched, *, settled: bool) -> "Memory":
        """What counts once `fetched` is recorded. `settled`: nothing is left to do about it."""
        pages, rows = remembered(swept.pages, swept.rows, swept.pending)
        told = (
            Part(part.name, (), False, frozenset(swept.rows)) for part in fetched.parts
        )  # what is gone was taken away
        again = replace(fetched, parts=tuple(told), cursor=None) if settled else None
        return Memory(swept.today, fetched.cursor, kept, pages, rows, tuple(swept.trail), again)

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
