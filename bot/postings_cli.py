"""`ilgam postings`: what a posting was merged from and why, and splitting it again."""

import asyncio
import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from storage import merging
from storage.merging import Shown
from storage.store import ROUTINE

from . import settings

postings_app = typer.Typer(no_args_is_help=True, help="Postings that several sources tell.")
Id = Annotated[int, typer.Argument(help="A posting's number, as in the address of its page.")]


@postings_app.command("show")
def show(posting: Id) -> None:
    """Say who tells a posting, what was merged into it and why, and from whom each field is."""
    _tell(*asyncio.run(shown(settings.read(os.environ), posting)))


@postings_app.command("split")
def split(posting: Id) -> None:
    """Let a merged posting, or all that were merged into one, stand by itself again, for good."""
    _tell(*asyncio.run(parted(settings.read(os.environ), posting)))


async def shown(given: settings.Settings, posting_id: int) -> tuple[list[str], bool]:
    """Sentences about a posting, and whether there is one."""
    from .app import build

    app = await build(given)
    try:
        async with app.store.reading() as tx:
            found = await merging.show(tx, posting_id)
    finally:
        await app.store.close()
    return (lines(found), True) if found else ([f"There is no posting {posting_id}."], False)


async def parted(given: settings.Settings, posting_id: int) -> tuple[list[str], bool]:
    """Split and say what stands by itself now. The running bot tells those whom it concerns."""
    from .app import build

    app = await build(given)
    try:
        async with app.store.transaction(ROUTINE) as tx:
            known = await merging.show(tx, posting_id)
            left = await merging.split(tx, posting_id, list(app.poller.sources))
    finally:
        await app.store.close()
    if known is None:
        return [f"There is no posting {posting_id}."], False
    if not left:
        return [f"Nothing is merged with posting {posting_id}."], False
    numbers = ", ".join(str(one) for one in left)
    return [f"By itself again: {numbers}. It stays so; posting {known.posting.id} says its own again."], True


def lines(found: Shown) -> list[str]:
    posting = found.posting
    told = [f"{posting.id} ({posting.state}): {posting.title} | {posting.organisation}"]
    for one in found.members:
        told.append(f"  {one.id}: {one.title}" + (f" - merged: {one.because}" if one.because else ""))
        told += [f"    {source} {key}{' (no longer told)' if gone else ''}" for source, key, gone in one.listings]
    by: dict[str, list[str]] = {}
    for name, source in found.told_by.items():
        by.setdefault(source, []).append(name)
    return told + [f"  from {source}: {', '.join(sorted(names))}" for source, names in sorted(by.items())]


def _tell(said: list[str], good: bool) -> None:
    out = Console(highlight=False, soft_wrap=True)
    for line in said:
        out.print(line, markup=False)
    if not good:
        sys.exit(1)
