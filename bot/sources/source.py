"""What every posting source is: it has a name and a rhythm, and answers a fetch with drafts, or says why it can't."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from handlers.draft import Draft


class SourceError(Exception):
    """The source did not answer usefully. Nothing of it may be closed. The message is for the operator."""


class Refused(SourceError):
    """We would not take what the site did. `rule` is which of ours: private, redirect, size or doctype."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Part:
    """What one file or page of a source told. `name` is the source of its listings; `complete`: nothing was left out.

    `same` are keys that are still told and say nothing new, for sources that do not ask for their details again.
    """

    name: str
    drafts: tuple[Draft, ...]
    complete: bool
    same: frozenset[str] = frozenset()

    @property
    def keys(self) -> set[str]:
        return {draft.key for draft in self.drafts} | self.same


@dataclass(frozen=True, slots=True)
class Fetched:
    """`faults` are sentences for the operator; `cursor` is given to the next fetch once this one is recorded."""

    parts: tuple[Part, ...]
    faults: tuple[str, ...] = ()
    broken: bool = False  # some part could not be read at all
    cursor: str | None = field(default=None)


class Source(Protocol):
    """`every` is seconds between polls."""

    name: str
    every: float

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        """Ask the source. SourceError where it does not answer."""
