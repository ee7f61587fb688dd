"""`ilgam export`: what is kept about a posting's applicants, as a sheet for its facility."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from handlers.staff.applied import HEADS, rows
from storage import applications, audit, browse
from storage.store import ROUTINE

from . import settings
from .files.sheet import make

export_app = typer.Typer(no_args_is_help=True, help="What is taken out, which is written down.")
COMMAND = 0  # who acts at the command line, in the log


@export_app.callback()
def export() -> None:
    """What is taken out, which is written down."""


@export_app.command("applications")
def applied(
    out: Annotated[Path, typer.Argument(help="The XLSX to write.")],
    posting: Annotated[int, typer.Option(help="A posting's number, as in the address of its page.")],
) -> None:
    """Write everybody who applied for a posting into a sheet."""
    console = Console(highlight=False, soft_wrap=True)
    said, good = asyncio.run(write(settings.read(os.environ), posting, out))
    console.print(said, markup=False)
    raise typer.Exit(0 if good else 1)


async def write(given: settings.Settings, posting_id: int, out: Path) -> tuple[str, bool]:
    """One sentence for the operator, and whether the sheet was written. The file is for its owner only (0600)."""
    from .app import build

    app = await build(given, platforms=[], sources=[])
    try:
        async with app.store.transaction(ROUTINE) as tx:
            posting = await browse.posting(tx, posting_id)
            found = await applications.for_posting(tx, posting_id)
            if posting is None or not found:
                return f"Nobody applied for posting {posting_id}.", False
            sheet = [list(HEADS), *await rows(tx, app.catalogs.translator("ko"), found)]
            out.touch(mode=0o600)
            out.write_bytes(make({"heads": sheet[0], "rows": sheet[1:]}))
            await audit.write(tx, COMMAND, "export", "posting", posting_id, posting.facility_id)
    except OSError as error:
        return f"{out} can't be written ({type(error).__name__}).", False
    finally:
        await app.store.close()
    return f"{len(found)} applications are in {out}. Delete the file when they are decided.", True
