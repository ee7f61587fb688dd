"""Polls sources: fetch with no transaction open, then record what came, and how it went."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import structlog

from handlers.checks.tally import tally
from handlers.clock.record import Recorder
from handlers.clock.watch import Watch
from handlers.draft import Draft, kept
from handlers.text import SEOUL
from storage import facilities, postings, troubles, writings
from storage.store import ROUTINE, Store

from .sources.source import Fetched, Refused, Source, SourceError, Terms

log = structlog.get_logger()
BATCH = 100  # drafts a commit: each is seen from about a hundred areas, and a tap waits no longer than one commit
FAULTS_LOGGED = 20  # `ilgam poll` says them all
ONLY = "only "  # how a cursor begins that was kept under terms that keep something back
LOUD = 3  # failures in a row after which the log says it as an error


@dataclass(frozen=True, slots=True)
class Polled:
    """How one poll went, for whoever asked. `findings` are what the checks say of new and changed postings."""

    source: str
    outcome: str  # good | partial | failed
    counts: Counter[str]
    faults: tuple[str, ...]
    findings: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        counts = ", ".join(f"{n} {name}" for name, n in sorted(self.counts.items()) if n) or "nothing new"
        return [f"{self.source}: {self.outcome}, {counts}", *(f"  {fault}" for fault in (*self.faults, *self.findings))]


class Poller:
    """`recorded` is called when something new, changed or gone was committed, `refused` with a source and the rule it broke."""

    def __init__(
        self,
        store: Store,
        sources: Sequence[Source],
        recorder: Recorder,
        recorded: Callable[[], None] = lambda: None,
        refused: Callable[[str, str], None] = lambda source, rule: None,
        watch: Watch | None = None,
    ) -> None:
        self.sources = {source.name: source for source in sources}
        self._store, self._recorder, self._recorded, self._refused = store, recorder, recorded, refused
        after = {name: source.terms.after for name, source in self.sources.items()}
        self._watch = replace(
            watch or Watch(),
            after={name: n for name, n in after.items() if not self.sources[name].here},
            here={name: n for name, n in after.items() if self.sources[name].here},
        )
        self._alone = {name: asyncio.Lock() for name in self.sources}

    async def poll(self, name: str) -> Polled:
        """One poll of one source. SourceError and the like are counted; nothing is closed then."""
        source = self.sources[name]
        async with self._alone[name]:
            async with self._store.reading() as tx:
                cursor, now = _opened(await postings.cursor(tx, name), source.terms), tx.now
            try:
                fetched = await source.fetch(cursor, now)
            except SourceError as error:
                if isinstance(error, Refused):
                    self._refused(name, error.rule)
                fetched = Fetched((), (str(error),), broken=True, why=error.why)
            except Exception as error:
                log.exception("source failed", source=name)
                fetched = Fetched((), (type(error).__name__,), broken=True, why="program")
            fetched = replace(fetched, faults=tuple(map(kept, fetched.faults)))  # they may quote what came
            polled, failures = await self._record(name, fetched)
        if polled.faults:
            told = log.error if failures >= LOUD else log.warning
            some = polled.faults[:FAULTS_LOGGED]
            more = len(polled.faults) - len(some)
            told("source has faults", source=name, outcome=polled.outcome, in_a_row=failures, faults=some, more=more)
        if polled.counts["new"] or polled.counts["changed"] or polled.counts["gone"]:
            log.info("source recorded", source=name, findings=len(polled.findings), **polled.counts)
            self._recorded()
        return polled

    async def _record(self, name: str, fetched: Fetched) -> tuple[Polled, int]:
        """One commit for what came, unless it is much: then residents' taps go between the commits.

        What is no longer told and the cursor come with the last, so that a process that dies on the way loses nothing.
        """
        counts: Counter[str] = Counter()
        outcome = ("partial" if fetched.parts else "failed") if fetched.broken else "good"
        batches: list[tuple[str, list[Draft]]] = []
        for part in fetched.parts:
            async with self._store.reading() as tx:
                news = await self._recorder.news(tx, part.name, part.drafts, self.sources[name].terms.shown)
            counts += Counter(same=len(part.drafts) - len(news) + len(part.same))
            batches += [(part.name, news[at : at + BATCH]) for at in range(0, len(news), BATCH)]
        findings = await self._checked([draft for _, drafts in batches for draft in drafts])
        for source, drafts in batches[:-1]:
            told = await self._prepared(name, drafts)
            async with self._store.transaction(ROUTINE) as tx:
                counts += await self._recorder.record(tx, source, drafts, told)
        last = [(source, drafts, await self._prepared(name, drafts)) for source, drafts in batches[-1:]]
        async with self._store.transaction(ROUTINE) as tx:
            for source, drafts, told in last:
                counts += await self._recorder.record(tx, source, drafts, told)
            for part in fetched.parts:
                if part.complete:
                    counts += Counter(gone=await self._recorder.sweep(tx, part.name, part.keys))
            faults = [*fetched.faults, *findings]
            cursor = _closed(fetched.cursor, self.sources[name].terms)
            failures = await postings.polled(tx, name, outcome, counts, faults, cursor)
            await self._watch.polled(tx, name, failures, fetched.why)
        return Polled(name, outcome, counts, fetched.faults, tuple(findings)), failures

    async def _checked(self, drafts: Sequence[Draft]) -> list[str]:
        """What is doubtful in what is told anew. It is shown all the same, since a notice is its publisher's."""
        async with self._store.reading() as tx:
            today = tx.now.astimezone(SEOUL).date()
        return await asyncio.to_thread(tally, drafts, today)

    async def _prepared(self, name: str, drafts: Sequence[Draft]) -> list[postings.Told]:
        async with self._store.reading() as tx:
            terms = self.sources[name].terms
            facility = await facilities.named(tx, terms.facility) if terms.facility else None
            return await self._recorder.prepare(tx, drafts, terms.shown, facility.id if facility else None)

    async def retire(self) -> None:
        """Close what sources told that are no longer configured: whoever took them out of the file took it away.

        What the others told belongs to the facility that the file names.
        """
        async with self._store.transaction(ROUTINE) as tx:
            for name, source in self.sources.items():
                if source.terms.facility:
                    await facilities.bind(tx, name, source.terms.facility)
            closed = await postings.retire(tx, [writings.DESK, *self.sources])
            await troubles.retire(tx, self.sources)
        if closed:
            log.info("retired what is no longer configured", closed=closed)
            self._recorded()

    async def poll_all(self, name: str | None = None) -> tuple[list[str], bool]:
        """Poll all sources and retire all others, or poll one. Sentences for the operator, and whether all went well."""
        if name is not None and name not in self.sources:
            return [f"There is no source {name}. There are: {', '.join(self.sources)}."], False
        if name is None:
            await self.retire()
        polls = [await self.poll(one) for one in ([name] if name else self.sources)]
        return [line for polled in polls for line in polled.lines()], all(p.outcome == "good" for p in polls)


def _closed(cursor: str | None, terms: Terms) -> str | None:
    """A cursor to keep: with what could be shown, since other terms mean that all is told anew."""
    return cursor if cursor is None or terms.shown is None else f"{_only(terms)}{cursor}"


def _opened(kept: str | None, terms: Terms) -> str | None:
    begin = _only(terms)
    if kept is None or not kept.startswith(begin) or (not begin and kept.startswith(ONLY)):
        return None
    return kept.removeprefix(begin)


def _only(terms: Terms) -> str:
    return "" if terms.shown is None else f"{ONLY}{' '.join(sorted(terms.shown))}\n"
