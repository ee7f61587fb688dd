"""The command line: run, check, migrate, poll, probe, sources, areas, sheet. It only reads settings and calls others."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from . import checks, logs
from .settings import BadSettings, Settings, read
from .sources.config import BadSources

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print local variables, and those may be secret
    help="Dongne Ilgam (동네일감): neighbourhood jobs in chat.",
)
areas_app = typer.Typer(no_args_is_help=True, help="Korea's areas.")
sheet_app = typer.Typer(no_args_is_help=True, help="Sheets of postings that facilities fill in.")
app.add_typer(areas_app, name="areas")
app.add_typer(sheet_app, name="sheet")
out = Console(highlight=False, soft_wrap=True)


def main() -> None:
    try:
        app()
    except (BadSettings, BadSources) as bad:
        complain(bad.faults)
    except OSError as error:  # a database, a port or a file; the message may hold a password
        complain([f"It could not be done ({type(error).__name__}). Say `ilgam check` to hear what is wrong."])


def complain(faults: list[str]) -> None:
    """Say what is wrong, one sentence a line, and leave with exit code 2."""
    err = Console(stderr=True, highlight=False, soft_wrap=True)
    err.print("Some settings cannot be used:" if len(faults) > 1 else "A setting cannot be used:", style="bold")
    for fault in faults:
        err.print(f"  - {fault}", markup=False)
    sys.exit(2)


def _settings() -> Settings:
    return read(os.environ)


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        import uvloop
    except ImportError:  # not built for every system
        return asyncio.run(work)
    return uvloop.run(work)


@app.command()
def run() -> None:
    """Start the bot: the web chat always, Telegram when its token is set."""
    from .run import serve

    settings = _settings()
    logs.set_up()
    _run(serve(settings))


@app.command()
def check() -> None:
    """Test the configuration and say in plain words what is wrong."""
    faults = _run(checks.faults(_settings()))
    if faults:
        complain(faults)
    out.print("Everything is in order.")


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from storage.migrate import migrate as bring

    with out.status("Migrating"):
        revision = _run(bring(_settings().database_url.get_secret_value()))
    out.print(f"The database is at revision {revision}.")


@app.command()
def poll(source: Annotated[str | None, typer.Argument(help="A source's name; all when left out.")] = None) -> None:
    """Ask one source, or all, for postings now, and say what came."""
    from .run import poll_once

    settings = _settings()
    logs.set_up()
    with out.status("Polling"):
        lines, good = _run(poll_once(settings, source))
    for line in lines:
        out.print(line, markup=False)
    if not good:
        sys.exit(1)


@app.command()
def probe(
    source: Annotated[str, typer.Argument(help="The name of a site that is asked with a key, or by pages.")],
) -> None:
    """Ask a site once, keep its raw answer under var/probes without the key, and say what is read in it."""
    from .run import probe_once

    settings = _settings()
    logs.set_up()
    with out.status("Probing"):
        lines, good = _run(probe_once(settings, source))
    for line in lines:
        out.print(line, markup=False)
    if not good:
        sys.exit(1)


@app.command()
def sources() -> None:
    """Say how each source stands: last success, what came, requests spent, when it is asked next, what went wrong."""
    from .run import sources_table

    settings = _settings()
    logs.set_up()
    out.print(_run(sources_table(settings)))


@areas_app.command("search")
def areas_search(
    text: Annotated[str, typer.Argument(help="A name in any alphabet, initial consonants, or a code.")],
) -> None:
    """Find areas by name or code."""
    from storage.area_search import AreaNames

    hits = AreaNames.packaged().search(text, home=_settings().municipality, limit=10)
    if not hits:
        out.print("There is no such area.")
        sys.exit(1)
    for hit in hits:
        out.print(f"{hit.code}  {hit.full_ko}  {hit.full_en}", markup=False)


@sheet_app.command("template")
def sheet_template(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("postings.xlsx"),
) -> None:
    """Write an empty sheet that a facility can fill in."""
    from handlers.sheet import template

    try:
        path.write_bytes(template())
    except OSError as error:
        complain([f"{path} can't be written ({type(error).__name__})."])
    out.print(f"Written: {path}")
