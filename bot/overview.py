"""How the sources stand: a table for the operator, a raw answer of one to look at, and when each is due after a start."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from rich.table import Table
from rich.text import Text

from handlers.staff.troubles import english
from handlers.text import SEOUL
from storage import budgets, polls, troubles
from storage.store import Store

from .clock import Job
from .poller import Poller
from .sources.api import Api
from .sources.source import Probing, Source, SourceError

PROBES = Path("var/probes")
FIRST, FAULTS = 3, 20  # postings and faults of a probed answer that are said
COLUMNS = ("source", "last success", "last 24 hours: new / changed / closed", "requests today", "next", "last error")


async def table(store: Store, poller: Poller) -> Table:
    """One row a source, with Korean times."""
    told = Table(*COLUMNS)
    async with store.reading() as tx:
        stands, marks, now = await polls.stands(tx), await troubles.marks(tx), tx.now
        for name, source in poller.sources.items():
            stand = stands.get(name)
            spent = f"{await budgets.used(tx, source.budget)} of {source.most}" if isinstance(source, Api) else "-"
            counts = " / ".join(str(stand.counts[one]) for one in ("new", "changed", "gone")) if stand else "-"
            failed = f"{stand.fault or 'unknown'} ({stand.failures} in a row)" if stand and stand.failures else ""
            if failed and name in marks:
                failed = f"{failed}\n{english(marks[name].why, name)}"
            asked = stand.polled_at if stand else None
            cells = (name, _at(stand.good_at if stand else None), counts, spent, _next(source, asked, now), failed)
            told.add_row(*map(Text, cells))
    return told


async def probe(poller: Poller, name: str, now: datetime) -> tuple[list[str], bool]:
    """Ask a source once and keep its raw answer, without the key, for whoever looks into how it is told.

    Sentences for the operator, and whether it was understood.
    """
    source = poller.sources.get(name)
    if not isinstance(source, Probing):
        names = ", ".join(one.name for one in poller.sources.values() if isinstance(one, Probing)) or "none"
        return [f"There is no site {name} to probe. There are: {names}."], False
    try:
        probed = await source.probe(now)
    except SourceError as error:
        return [f"{name}: {error}"], False
    file = re.sub(r"[^\w-]", "_", name)
    path = PROBES / f"{file}-{now.astimezone(SEOUL):%Y%m%d-%H%M%S}.{_ending(probed.answer)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(probed.answer)
    except OSError as error:
        return [f"{path} can't be written ({type(error).__name__})."], False
    kept = f"{name}: {len(probed.answer)} bytes, kept in {path}"
    if probed.error:
        return [kept, f"  not understood: {probed.error}"], False
    lines = [kept, f"  {probed.counts}"]
    for draft in probed.drafts[:FIRST]:
        said = (draft.key, draft.title, draft.organisation, draft.workplace or draft.area, draft.pay, draft.closing)
        lines.append("  " + " | ".join(one or "?" for one in said))
    faults = [f"  fault: {fault}" for fault in probed.faults[:FAULTS]]
    more = len(probed.faults) - FAULTS
    return [*lines, *faults, *([f"  and {more} faults more"] if more > 0 else [])], True


def _ending(answer: bytes) -> str:
    """What the kept file is best called, by how the answer begins."""
    begin = answer.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if answer.startswith(b"PK"):
        return "xlsx"
    if begin in (b"{", b"["):
        return "json"
    if begin != b"<":
        return "csv"
    return "html" if b"<html" in answer[:1000].lower() else "xml"


async def jobs(store: Store, poller: Poller) -> list[Job]:
    """When each source is polled."""
    first = await waits(store, list(poller.sources.values()))
    return [
        Job(f"poll {name}", partial(poller.poll, name), one.every, first[name], getattr(one, "spread", None))
        for name, one in poller.sources.items()
    ]


async def waits(store: Store, sources: Sequence[Source]) -> Mapping[str, float]:
    """Seconds until each source is due: a restart does not ask a site again that was asked just before."""
    async with store.reading() as tx:
        stands, now = await polls.stands(tx), tx.now
    waits = dict.fromkeys((source.name for source in sources), 0.0)
    for source in sources:
        stand = stands.get(source.name)
        if isinstance(source, Api) and stand and stand.good_at and not stand.failures:
            waits[source.name] = max(0.0, source.every - (now - stand.good_at).total_seconds())
    return waits


def _at(moment: datetime | None) -> str:
    return f"{moment.astimezone(SEOUL):%m-%d %H:%M}" if moment else "never"


def _next(source: Source, asked: datetime | None, now: datetime) -> str:
    due = asked + timedelta(seconds=source.every) if asked else now
    return "now" if due <= now else _at(due)
