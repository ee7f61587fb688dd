"""The command line: it only reads settings and calls others. What keeps the data stands in bot/keeping.py."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from storage.backup_form import BadBackup

from . import checks, logs
from .audit_cli import audit_app
from .export_cli import export_app
from .live import Busy
from .postings_cli import postings_app
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
keys_app = typer.Typer(no_args_is_help=True, help="The keys that seal personal data.")
app.add_typer(keys_app, name="keys")
app.add_typer(areas_app, name="areas")
app.add_typer(sheet_app, name="sheet")
app.add_typer(postings_app, name="postings")
app.add_typer(export_app, name="export")
app.add_typer(audit_app, name="audit")
out = Console(highlight=False, soft_wrap=True)
OVERTAKEN = 3  # the exit code of a copy that ended since another took over: do not start it again


def main() -> None:
    try:
        app()
    except (BadSettings, BadSources) as bad:
        complain(bad.faults)
    except BadBackup as bad:
        refuse(str(bad))
    except Busy:
        refuse("The bot is running here already.")
    except OSError as error:  # a database, a port or a file; the message may hold a password
        complain([f"It could not be done ({type(error).__name__}). Say `ilgam check` to hear what is wrong."])


def complain(faults: list[str]) -> None:
    """Say what is wrong, one sentence a line, and leave with exit code 2."""
    err = Console(stderr=True, highlight=False, soft_wrap=True)
    err.print("Some settings cannot be used:" if len(faults) > 1 else "A setting cannot be used:", style="bold")
    for fault in faults:
        err.print(f"  - {fault}", markup=False)
    sys.exit(2)


def refuse(why: str) -> NoReturn:
    """Say why something was not done, and leave with exit code 2."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(why, markup=False)
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
    if not _run(serve(settings)):
        sys.exit(OVERTAKEN)


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
    _tell("Polling", poll_once(settings, source))


@app.command()
def probe(
    source: Annotated[str, typer.Argument(help="The name of a site, a feed, or a sheet with an address.")],
) -> None:
    """Ask a source once, keep its raw answer under var/probes without the key, and say what is read in it."""
    from .run import probe_once

    settings = _settings()
    logs.set_up()
    _tell("Probing", probe_once(settings, source))


def _tell(doing: str, work: Coroutine[Any, Any, tuple[Sequence[str], bool]]) -> None:
    """Print what the work says, and end with 1 where not all was good."""
    with out.status(doing):
        lines, good = _run(work)
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


@app.command()
def poster(
    path: Annotated[Path, typer.Argument(help="Where to write the PDF.")],
    area: Annotated[str, typer.Option(help="The neighbourhood, by name or code.")],
    place: Annotated[str, typer.Option(help="Where it will hang, as people there call it.")],
    languages: Annotated[tuple[str, str], typer.Option(help="Two languages by code; the same twice for one.")] = (
        "ko",
        "en",
    ),
) -> None:
    """Make an A4 poster whose QR codes lead into each messenger and the web chat."""
    from .signs import poster as made  # brings fonts and a PDF writer, which nothing else needs

    settings = _settings()
    with out.status("Drawing"):
        pdf, faults = _run(made(settings, area, place, languages))
    if faults:
        complain(faults)
    try:
        path.write_bytes(pdf)
    except OSError as error:
        complain([f"{path} can't be written ({type(error).__name__})."])
    out.print(f"Written: {path}", markup=False)


# Keeping ------------------------------------------------------------------------------------------------------------


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Write everything into one file, while the bot runs. The keys are not in it."""
    from . import keeping

    settings = _settings()
    with _progress("Backing up") as step:
        made = _kept(keeping.back_up(settings, file, step))
    out.print(f"Written: {file} ({made.total} rows, revision {made.revision}, {made.at})", markup=False)
    out.print(
        f"The keys are not in it. Without them it can't be restored, so keep a copy of {settings.key_file} apart from it.",
        markup=False,
    )


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="What `ilgam backup` wrote.")]) -> None:
    """Read a backup into the empty database that the settings name. The copy stays silent until `ilgam takeover`."""
    from . import keeping

    with _progress("Restoring") as step:
        done = _kept(keeping.restore(_settings(), file, step))
    out.print(f"Restored: {done.manifest.total} rows as of {done.manifest.at}, now at revision {done.revision}.")
    for line in keeping.doubts(done.doubted):
        out.print(line)
    out.print("Bring sources.toml and the folder of postings too, before you go on.")
    out.print("This copy is silent. When the one before is stopped for good, say: ilgam takeover")


@app.command()
def takeover(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also when a source does not answer.")] = False,
) -> None:
    """Make this copy the live one, after a restore or a move."""
    from . import keeping

    if not yes:
        typer.confirm("Is the copy that was live until now stopped for good? This one takes its place.", abort=True)
    logs.set_up()
    for line in _kept(keeping.take_over(_settings(), anyway=anyway)):
        out.print(line, markup=False)


@app.command()
def retire(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Put the live copy down before a move, so that the one that takes over has nothing to doubt."""
    from . import keeping

    if not yes:
        typer.confirm("This copy will be silent from now on. Go on?", abort=True)
    _kept(keeping.retire(_settings()))
    out.print("This copy is silent now. Back it up, restore it elsewhere, and say `ilgam takeover` there.")


@keys_app.command("rotate")
def keys_rotate() -> None:
    """Put a new key before the others and seal everything anew with it. The bot must be stopped."""
    from . import keeping

    settings = _settings()
    with out.status("Sealing anew"):
        rows = _kept(keeping.rotate(settings, lambda done: None))
    out.print(f"{rows} rows are sealed with the new key. The older keys stay in {settings.key_file}", markup=False)
    out.print("for backups made before; take one out only when no such backup is kept any more. Back the file up anew.")


def _kept(work: Coroutine[Any, Any, Any]) -> Any:
    from .keeping import Refused

    try:
        return _run(work)
    except Refused as refused:
        refuse(str(refused))


@contextmanager
def _progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that its steps (rows done, rows in all) move; nothing where there is no terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        bar = shown.add_task(words, total=None)
        yield lambda done, total: shown.update(bar, completed=done, total=total)
