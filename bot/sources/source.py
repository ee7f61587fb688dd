"""What every posting source is: it has a name and a rhythm, and answers a fetch with drafts, or says why it can't."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from handlers.draft import Draft

# What 고용24 wants to be shown with whatever its interfaces tell.
DUTY = "본 자료는 고용노동부 고용24에서 제공된 정보이며, 무단복제 및 배포를 금지합니다."


class SourceError(Exception):
    """The source did not answer usefully. Nothing of it may be closed. The message is for the operator.

    `why` is the kind of trouble, for which handlers/staff/troubles.py has plain words in every language.
    """

    def __init__(self, message: str, why: str = "answer") -> None:
        super().__init__(message)
        self.why = why


class Refused(SourceError):
    """We would not take what the site did. `rule` is which of ours: private, redirect, size or doctype."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message, "refused")
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Terms:
    """What is settled about a source beside how it is asked.

    After so many failures in a row (`after`) its owner is told. `shown` are the words of a draft that may be shown beside
    title, organisation and link, None for all. `label` is what readers know it as, `notice` the words it wants beside.
    All its postings are of the `facility` of this name, where there is one.
    """

    after: int = 3
    shown: frozenset[str] | None = None
    label: str = ""
    notice: str = ""
    facility: str = ""


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
    why: str = "answer"  # the kind of trouble, where it is broken


@dataclass(frozen=True, slots=True)
class Probed:
    """One raw answer without its key, and what is understood of it: how much in words, the drafts, and what is wrong.

    `error` is why nothing was understood.
    """

    answer: bytes
    drafts: tuple[Draft, ...] = ()
    counts: str = ""
    faults: tuple[str, ...] = ()
    error: str = ""


@runtime_checkable
class Probing(Protocol):
    """A source that can be looked into."""

    name: str

    async def probe(self, now: datetime) -> Probed:
        """Ask once, whatever was seen before. SourceError where there is no answer at all."""


class Source(Protocol):
    """`every` is seconds between polls; `here`: it is read on this machine, so that no site can fail."""

    name: str
    every: float
    here: bool
    terms: Terms

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        """Ask the source. SourceError where it does not answer."""
