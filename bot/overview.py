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
from .sources.source import Source, SourceError

PROBES = Path("var/probes")
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
    """Ask a site once and keep its raw answer, without the key, for whoever looks into how it is told.

    Sentences for the operator, and whether it was understood.
    """
    source = poller.sources.get(name)
    if not isinstance(source, Api):
        sites = ", ".join(one.name for one in poller.sources.values() if isinstance(one, Api)) or "none"
        return [f"There is no site {name} to probe. There are: {sites}."], False
    try:
        answer, read = await source.probe(now)
    except SourceError as error:
        return [f"{name}: {error}"], False
    begin = answer.lstrip()[:1]
    ending = "json" if begin in (b"{", b"[") else "html" if b"<html" in answer[:1000].lower() else "xml"
    file = re.sub(r"[^\w-]", "_", name)
    path = PROBES / f"{file}-{now.astimezone(SEOUL):%Y%m%d-%H%M%S}.{ending}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer)
    except OSError as error:
        return [f"{path} can't be written ({type(error).__name__})."], False
    if isinstance(read, SourceError):
        return [f"{name}: {len(answer)} bytes, kept in {path}", f"  not understood: {read}"], False
    lines = [
        f"{name}: {len(answer)} bytes, kept in {path}",
        f"  {len(read.rows)} postings of {read.total}, {read.lost} lost",
    ]
    for row in read.rows[:3]:
        draft = row.draft
        said = (draft.key, draft.title, draft.organisation, draft.workplace or draft.area, draft.pay, draft.closing)
        lines.append("  " + " | ".join(one or "?" for one in said))
    return lines, True


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
