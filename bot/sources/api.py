"""Sites that are asked page by page with a key: what a key may spend a day, what is told, and what may be closed.

How a site is asked and read is in its own file (`Site`); everything else is here, once.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Protocol, TypeVar

from handlers.draft import Draft
from handlers.text import SEOUL

from .http import Fetcher
from .kept import Kept
from .memory import Memory, known_by
from .secrets import scrubbed, scrubbed_bytes
from .site import DetailedSite, Page, Row, Site
from .source import Fetched, Part, Probed, SourceError
from .tree import QuotaError, Tree

SHARE = 0.8  # of a key's quota that we spend
DETAILS = 200  # details asked for in one poll; the others follow in the next
PAGES = 200  # of one list, after the first
FAILED = 3  # details in a row without an answer, after which no more are asked for
EMPTY = 2  # times in a row that a list must be empty to be believed

T = TypeVar("T")


class Allowance(Protocol):
    """What is left of a key's requests today."""

    async def spend(self, name: str, most: int) -> bool:
        """Take one of `most`; False where none is left."""

    async def exhaust(self, name: str, most: int) -> None:
        """The site says that none is left."""


class Spent(SourceError):
    """No requests are left today."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "quota")


@dataclass
class _Swept:
    """What the lists told until now. `empty` says of each list how often in a row it told nothing; `faults` are for the
    operator; `broken`: a list could not be read to its end, and `why`. `several`: some list came in more than one answer.
    `pages` and `trail` are what came, as `Memory` keeps it, and `pending` the postings whose details are still to be had."""

    today: date
    before: Memory
    rows: dict[str, Row] = field(default_factory=dict)
    pages: dict[bytes, Page] = field(default_factory=dict)
    trail: list[bytes] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    complete: bool = True
    broken: bool = False
    why: str = ""
    several: bool = False
    empty: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, page: Page) -> None:
        for row in page.rows:
            if not row.elsewhere:
                self.rows.setdefault(row.draft.key, row)


class Api:
    """A site as a source. The cursor keeps which postings' details are known.

    What comes again word for word is not read again, until the next day or start.
    """

    here = False

    def __init__(
        self,
        name: str,
        site: Site,
        every: float,
        web: Fetcher,
        allow: Collection[str] = (),
        allowance: Allowance | None = None,
        quota: int | None = None,
        spread: float | None = None,
    ) -> None:
        self.name, self.site, self.every, self.spread = name, site, every, spread
        self.terms = site.terms
        self._web, self._allow, self._allowance = web, allow, allowance
        self.most = max(1, int((quota or site.quota) * SHARE))
        digest = hashlib.sha256((site.asking.key or name).encode()).hexdigest()[:12]
        self._memory = Memory()
        self.budget = f"{type(site).__name__.lower()} {digest}"  # quotas are counted by key and service

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        today = now.astimezone(SEOUL).date()
        before = self._memory if self._memory.counts(cursor, today) else Memory(kept=Kept.read(cursor, self._reading))
        swept, kept = await self._sweep(today, before), before.kept
        if before.again and before.trail == tuple(swept.trail) and not swept.broken:
            return before.again
        complete = swept.complete and self.site.closes
        same: set[str] = set()
        marks = dict(kept.marks) if swept.broken else {}
        drafts = [draft async for draft in self._detailed(swept, kept.marks, marks, same)]
        there = {key for key, row in swept.rows.items() if not row.over} if self.site.closes else set()
        keep = kept.after(marks, swept.empty, there, swept.rows.keys(), whole=complete, several=swept.several)
        part = Part(self.name, tuple(drafts), complete, frozenset(same | keep.missed if complete else same))
        faults = tuple(dict.fromkeys(swept.faults))
        told = keep.written(self._reading, (str(today).encode(), *swept.trail))
        fetched = Fetched((part,), faults, swept.broken, told, swept.why)
        left = swept.broken or swept.pending or keep.missed or any(times < EMPTY for times in swept.empty.values())
        self._memory = Memory.after(swept, keep, fetched, settled=not left)
        return fetched

    async def probe(self, now: datetime) -> Probed:
        """The first page of the first list."""
        today = now.astimezone(SEOUL).date()
        body, charset = await self._ask(self.site.url(self.site.sweeps(today)[0], 1))
        answer = scrubbed_bytes(body, [self.site.asking.key])
        try:
            page = await self._read(body, charset, lambda tree: self.site.page(tree, today).read())
        except SourceError as error:
            return Probed(answer, error=str(error))
        counts = f"{len(page.rows)} postings of {page.total}, {page.lost} lost"
        return Probed(answer, tuple(row.draft for row in page.rows), counts)

    async def _sweep(self, today: date, before: Memory) -> _Swept:
        """Walk all lists. What came beside a failure is told; with nothing to tell, the failure itself is.

        A list that is suddenly empty is believed only when it says so again.
        """
        swept, failure = _Swept(today, before, empty=dict(before.kept.empty)), None
        for number, sweep in enumerate(self.site.sweeps(today)):
            times = swept.empty.pop(str(number), 0)
            try:
                if await self._walk(sweep, swept):
                    continue
                swept.empty[str(number)] = min(times + 1, EMPTY)
                if times + 1 < EMPTY:
                    swept.complete = False
                    if before.kept.before:
                        swept.faults.append("a list is suddenly empty, which is believed when it says so again")
            except SourceError as error:
                failure, swept.complete, swept.broken, swept.why = error, False, True, error.why
                swept.empty |= {str(number): times} if times else {}
                swept.faults.append(str(error))
                if isinstance(error, Spent):
                    break
        if failure and not swept.rows:
            raise failure
        return swept

    async def _walk(self, sweep: Mapping[str, str], swept: _Swept) -> int:
        """One list; how many postings it told. It is whole when all pages tell the total of different postings that came.

        A list with old postings in it is walked from the end where the newer ones are, up to a page of old ones.
        """
        pages: list[Page] = []
        keys: set[str] = set()

        async def ask(number: int) -> Page:
            page = await self._page(self.site.url(sweep, number), swept)
            swept.add(page)
            pages.append(page)
            keys.update([row.draft.key for row in page.rows])
            return page

        first = await ask(1)
        if not first.told and first.total:
            raise SourceError(f"the site says that there are {first.total} postings, but tells none")
        last = -(-(first.total or 0) // (first.told or 1))  # some sites give smaller pages than they were asked for
        if first.total is None and first.told >= self.site.size:
            last = PAGES  # it does not say how many there are, but its first page is full
        elif first.told >= self.site.size:
            last = max(last, 2)  # a total of one full page may be how many stand on it: some sites mean that by it
        rest = range(2, last + 1)
        if self.site.oldest and last > 1 and (await ask(last)).fresh > first.fresh:
            rest = range(last - 1, 1, -1)
        for number in rest[:PAGES]:
            before = len(keys)
            page = await ask(number)
            if len(keys) == before or (self.site.oldest and not page.fresh):  # nothing more, or the same page again
                break
        swept.several = swept.several or len(pages) > 1
        lost = sum(page.lost for page in pages)
        whole = all(page.total == len(keys) for page in pages) and not lost
        if lost:
            swept.faults.append(f"{lost} rows could not be read")
        elif not whole and self.site.closes and not self.site.oldest:
            swept.faults.append(f"the list is not whole ({len(keys)} of {first.total}), so nothing is closed by it")
        swept.complete = swept.complete and whole
        return len(keys) + lost

    async def _page(self, url: str, swept: _Swept) -> Page:
        """A page, of which only that is read which did not come before."""
        body, charset = await self._ask(url)
        digest = known_by(body, charset)
        page = swept.before.pages.get(digest)
        if page is None:
            known = swept.before.rows
            page = await self._read(body, charset, lambda tree: self.site.page(tree, swept.today).read(known))
        swept.trail.append(digest)
        swept.pages[digest] = page
        return page

    async def _detailed(
        self, swept: _Swept, known: Mapping[str, str], marks: dict[str, str], same: set[str]
    ) -> AsyncIterator[Draft]:
        """The drafts, with their details where these are new; keys that say nothing new go into `same`.

        A new posting whose detail cannot be had now is told as the list tells it, and asked for again in the next poll.
        """
        site = self.site if isinstance(self.site, DetailedSite) else None
        asked = failed = 0
        for key, row in swept.rows.items():
            if row.again:
                same.add(key)
                if key in known and not row.over:
                    marks[key] = known[key]
                continue
            draft, mark = row.draft, row.mark
            if row.over or site is None:
                marks.pop(key, None)
                yield replace(draft, gone=row.over)
            elif known.get(key) == mark:
                same.add(key)
                marks[key] = mark
            elif asked < DETAILS and failed < FAILED and (detail := await self._detail(site, draft, swept.faults)):
                asked, failed, marks[key] = asked + 1, 0, mark
                yield detail
            else:
                asked, failed = asked + 1, failed + 1
                swept.pending.add(key)
                if key in known:  # as it was, rather than without its details
                    same.add(key)
                    marks[key] = known[key]
                else:
                    yield draft

    async def _detail(self, site: DetailedSite, draft: Draft, faults: list[str]) -> Draft | None:
        try:
            return await self._read(*await self._ask(site.detail_url(draft.key)), partial(site.detail, draft))
        except SourceError as error:
            faults.append(f"a detail could not be read: {error}")
            return None

    async def _ask(self, url: str) -> tuple[bytes, str | None]:
        if self._allowance and not await self._allowance.spend(self.budget, self.most):
            raise Spent(f"today's {self.most} requests are used up; there are new ones at midnight, Korean time")
        try:
            answer = await self._web.get(url, allow=self._allow, accept=self.site.accept, slow=self.site.slow)
        except SourceError as error:
            if str(error).endswith((" 401", " 403")):
                raise SourceError(f"{error}: is the key approved for this service?", "key") from None
            raise
        if answer is None:
            raise SourceError("the site says that nothing changed, which was not asked")
        return answer.body, answer.charset

    async def _read(self, body: bytes, charset: str | None, reading: Callable[[Tree], T]) -> T:
        """What a reader makes of an answer, away from the loop. A message of the site's own is told without the key."""
        try:
            return await asyncio.to_thread(lambda: reading(self.site.read(body, charset)))
        except QuotaError as error:
            if self._allowance:
                await self._allowance.exhaust(self.budget, self.most)
            raise Spent(self._scrubbed(str(error))) from None
        except SourceError as error:
            if (said := self._scrubbed(str(error))) == str(error):
                raise
            raise SourceError(said, error.why) from None

    def _scrubbed(self, text: str) -> str:
        return scrubbed(text, [self.site.asking.key])

    @property
    def _reading(self) -> str:
        """What a cursor must have been made under to count: the site and how it is asked, but not with which key."""
        asking = self.site.asking
        asked = (
            type(self.site).__name__,
            asking.base,
            asking.regions,
            asking.words,
            asking.days,
            asking.urls,
            sorted(asking.elements.items()),
        )
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
