"""How much memory a source takes at worst: `python -m tests.bot.appetite KIND ADDRESS PATH...` fetches each and prints its MB.

A process of its own, since the high-water mark of memory never falls.
"""

import asyncio
import resource
import sys
from datetime import UTC, datetime

from bot.sources.feed import Feed
from bot.sources.http import Fetcher, Limits
from bot.sources.sheet import WebSheet
from bot.sources.sites import source
from bot.sources.source import Source, SourceError
from tests.bot.kinds import KINDS

LIMITS = Limits(again=(), between=0.0)


def made(kind: str, url: str) -> Source:
    web, allow = Fetcher(LIMITS), ("private",)
    if kind in ("feed", "sheet"):
        return (Feed if kind == "feed" else WebSheet)(kind, url, 60, web, allow)
    own = {"urls": [url]} if kind == "jobposting" else {"base_url": url, "key": "env:KEY"}
    entry = {"name": kind, "kind": kind, "allow": list(allow), **KINDS[kind].options, **own}
    return source(entry, {"KEY": "SECRET"}, web, None)


def highest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(kind: str, address: str, paths: list[str]) -> None:
    """The first path is a good answer, which loads all that is loaded late; its memory is the base."""
    base = 0.0
    for number, path in enumerate(paths):
        try:
            told = await made(kind, f"{address}/{path}").fetch(None, datetime.now(UTC))
            said = f"{sum(len(part.drafts) for part in told.parts)} postings"
        except SourceError as error:
            said = str(error)
        base = highest() if number == 0 else base
        print(f"{path}\t{highest() - base:.0f}\t{said}")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(measure(sys.argv[1], sys.argv[2], sys.argv[3:]))
