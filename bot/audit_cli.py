"""`ilgam audit`: whether the log of what staff did is as it was written, and its newest lines."""

import asyncio
import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from storage import audit
from storage.staff_tables import Audit

from . import settings

audit_app = typer.Typer(no_args_is_help=True, help="What staff did.")
Facility = Annotated[int | None, typer.Option("--facility", help="A facility's number; all when left out.")]
Lines = Annotated[int, typer.Option("--lines", min=1, help="How many of the newest.")]


@audit_app.command("verify")
def verify() -> None:
    """Look whether a line was changed, taken out or put in since it was written."""
    _tell(*asyncio.run(verified(settings.read(os.environ))))


@audit_app.command("list")
def list_(facility: Facility = None, lines: Lines = 50) -> None:
    """Say what was done, the newest first: when, by whom, what, about what. Numbers only, no names."""
    _tell(asyncio.run(listed(settings.read(os.environ), facility, lines)), good=True)


async def verified(given: settings.Settings) -> tuple[list[str], bool]:
    """Sentences about the log, and whether it is whole."""
    from .app import build

    app = await build(given)
    try:
        async with app.store.reading() as tx:
            good, wrong = await audit.verify(tx)
            seal = await audit.seal(tx)
    finally:
        await app.store.close()
    if wrong is None:
        kept = f"Its seal is {seal}: kept elsewhere, it shows later that all was not written anew."
        return [f"{good} lines, each as it was written.", kept], True
    if wrong == 0:
        return [
            f"The first {good} lines are as they were written, but at the end lines were taken out or put in."
        ], False
    return [f"Line {wrong} does not follow the {good} before it: one was changed, taken out or put in there."], False


async def listed(given: settings.Settings, facility: int | None, limit: int) -> list[str]:
    """A sentence for each of the newest lines."""
    from .app import build

    app = await build(given)
    try:
        async with app.store.reading() as tx:
            found = await audit.lines(tx, facility, limit)
    finally:
        await app.store.close()
    return [told(line) for line in found] or ["Nothing was done yet."]


def told(line: Audit) -> str:
    """As `17  2026-11-24 03:00:00 UTC  by 4  publish  posting 12  facility 3`."""
    subject = line.subject if line.subject_id is None else f"{line.subject} {line.subject_id}"
    where = "" if line.facility_id is None else f"facility {line.facility_id}"
    parts = (str(line.id), f"{line.at:%Y-%m-%d %H:%M:%S} UTC", f"by {line.by}", line.act, subject, where)
    return "  ".join(part for part in parts if part)


def _tell(said: list[str], good: bool) -> None:
    out = Console(highlight=False, soft_wrap=True)
    for line in said:
        out.print(line, markup=False)
    if not good:
        sys.exit(1)
