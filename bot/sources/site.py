"""What a posting site with an interface is: where its pages are, and how they and its details are read."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import urlencode

import orjson

from handlers.draft import Draft

from .source import Terms
from .tree import Tree, read


@dataclass(frozen=True, slots=True)
class Asking:
    """What sources.toml says of a site. `regions` and `words` are as the site writes them; `base` is where it is."""

    base: str
    key: str = field(default="", repr=False)
    regions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    days: int = 30
    urls: tuple[str, ...] = ()
    elements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One posting of a list. `over`: its last day is past, or it is said to be closed. `elsewhere`: not in our regions.

    `version` is when the site changed it, which may be told by nothing else in the list. `digest` is of the row as it came,
    empty where that can't be told. `again`: it came word for word as before, so of its draft only the key is there.
    """

    draft: Draft
    over: bool = False
    elsewhere: bool = False
    version: str = ""
    digest: bytes = b""
    again: bool = False

    @property
    def mark(self) -> str:
        """Changes when what the list says does, and so perhaps the detail."""
        return f"{self.draft.fingerprint[:8]} {self.version[:20]}".strip()


@dataclass(frozen=True, slots=True)
class Page:
    """`total` is how many postings the whole list has, None where the site does not say. `lost` rows could not be read.

    `unread` are rows as they came, which `read` makes into rows with `read_row`.
    """

    total: int | None
    rows: tuple[Row, ...] = ()
    lost: int = 0
    unread: Sequence[Tree] = ()
    read_row: Callable[[Tree], Row | None] = lambda row: None

    def read(self, known: Mapping[bytes, Row] = MappingProxyType({})) -> "Page":
        """The page with all its rows read, but for those that are `known` by their digest."""
        made: list[Row | None] = []
        for tree in self.unread:
            digest = _digest(tree)
            row = known.get(digest)
            if row is None and not _damaged(tree) and (row := self.read_row(tree)) is not None:
                row = replace(row, digest=digest)
            made.append(row)
        kept = tuple(row for row in made if row is not None)
        return Page(self.total, (*self.rows, *kept), self.lost + len(made) - len(kept))

    @property
    def told(self) -> int:
        return len(self.rows) + self.lost

    @property
    def fresh(self) -> int:
        return sum(not row.over for row in self.rows)


class Site(ABC):
    """How one kind of site is asked and read. Its methods raise nothing but SourceError, whatever came."""

    base: ClassVar[str] = ""
    every: ClassVar[float] = 3600.0  # seconds between polls
    quota: ClassVar[int] = 1000  # requests a day of a key, where the operator does not say
    size: ClassVar[int] = 100  # rows of a page
    slow: ClassVar[float] = 0.0  # seconds that it is known to think
    accept: ClassVar[str] = "*/*"
    options: ClassVar[Collection[str]] = ("regions",)  # what it takes beside the key and the like
    needs: ClassVar[Collection[str]] = ("key",)
    closes: ClassVar[bool] = True  # the whole list is told, so what is missing in it is gone
    terms: ClassVar[Terms] = Terms()
    oldest: ClassVar[bool] = False  # the list has old rows: it is walked from its newer end up to a page of them

    def __init__(self, asking: Asking) -> None:
        self.asking = asking

    def sweeps(self, today: date) -> Sequence[Mapping[str, str]]:
        """The lists that make up the site, each as the parameters that choose it."""
        return [{}]

    @abstractmethod
    def url(self, sweep: Mapping[str, str], page: int) -> str:
        """Where page 1, 2, … of a list is."""

    @abstractmethod
    def page(self, tree: Tree, today: date) -> Page:
        """A page, its rows unread. What a row says is all in it, but for what `today` makes of it.

        SourceError where the site says that something is wrong.
        """

    def read(self, body: bytes, charset: str | None) -> Tree:
        return read(body, charset)

    def elsewhere(self, code: str) -> bool:
        """Whether a code that a row states lies in none of the regions, for sites that can't be asked for them."""
        regions = self.asking.regions
        return bool(code and regions) and not any(code.startswith(one) or one.startswith(code) for one in regions)


class DetailedSite(Site):
    """A site whose postings are told in full one by one."""

    @abstractmethod
    def detail_url(self, key: str) -> str:
        """Where a posting is told in full."""

    @abstractmethod
    def detail(self, draft: Draft, tree: Tree) -> Draft:
        """The draft with what its detail tells beside; `gone` where there is no such posting any more."""


def address(base: str, **params: str | int) -> str:
    """An address with its parameters, each encoded once; those that are empty are left out."""
    return f"{base}{'&' if '?' in base else '?'}{urlencode({name: value for name, value in params.items() if value != ''})}"


def _damaged(value: Any, depth: int = 5) -> bool:
    """Whether a name of a field is: what it says would seem to be missing."""
    if not depth or not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    named = isinstance(value, dict) and any("\ufffd" in name for name in value)
    return named or any(_damaged(one, depth - 1) for one in inner)


def collected(rows: Sequence[Tree], read_row: Callable[[Tree], Row | None], total: int | None) -> Page:
    """A page of rows that are yet to be read; those that make no posting will be counted."""
    return Page(total, unread=rows, read_row=read_row)


def _digest(tree: Tree) -> bytes:
    try:
        return hashlib.sha256(orjson.dumps(tree)).digest()[:16]
    except TypeError:  # deeper than it writes
        return b""
