"""What `ilgam run` and `ilgam poll` do: serve until told to stop, and greet a newcomer with what they need."""

import asyncio
import gc
import signal
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table

from handlers.staff import join
from storage.store import INTERACTIVE

from . import overview
from .app import App, build
from .live import Stamp
from .settings import Settings

log = structlog.get_logger()
SILENT = (
    "This copy is not live, so it is silent: it reads no sources and neither receives nor sends a message.\n"
    "Stop the copy that is live, then say here: ilgam takeover"
)


async def serve(settings: Settings) -> bool:
    """Build, start, greet, and stop in order on SIGINT or SIGTERM. False when it ended because another copy took over.

    Busy when the bot runs here already.
    """
    with Stamp(settings.stamp).held():
        app = await build(settings)
        gc.collect()
        gc.freeze()  # what was built stays: looking through it for garbage again and again costs a tenth of the time
        for signal_ in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signal_, app.ended.set)
        await app.start()
        try:
            await greet(app)
            await app.ended.wait()
        finally:
            await app.stop()
    return not app.overtaken


async def greet(app: App) -> None:
    """Print what a newcomer needs, to the terminal only: the owner link is a secret and never logged."""
    settings, page = app.settings, app.web.address
    async with app.store.transaction(INTERACTIVE) as tx:
        owner = await join.invite_owner(tx)
    lines = [f"Dongne Ilgam is running for {app.deployment.area.full_ko}.", f"Web chat:      {page}"]
    if settings.demo:
        lines.append(f"Demo:          {page}/demo   (a resident and the staff side by side, and a clock you can move)")
    if app.web.moved:
        lines.append(f"               (port {settings.http_port} was busy, so the next free one was taken)")
    lines.append(f"Owner, once:   {page}/owner/{owner}   (from this machine only)")
    lines.append(f"Data:          {Path('var').absolute()}   (make fresh forgets it)")
    lines.append("Add a posting: put a CSV or XLSX file into var/postings/   (ilgam sheet template makes one)")
    if not app.live:
        log.warning("this copy is not live and stays silent: ilgam takeover makes it the live one")
        Console(highlight=False, soft_wrap=True).print("\n".join([*lines[:2], SILENT]), markup=False)
        return
    telegram = next((p for p in app.platforms if p.name == "telegram"), None)
    if telegram is not None:
        lines.append("Telegram:      on")
    else:
        lines.append(
            "Telegram:      off. Set ILGAM_TELEGRAM_TOKEN to the token that @BotFather gives you, and run again"
        )
    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


async def sources_table(settings: Settings) -> Table:
    """How each source stands."""
    app = await build(settings)
    try:
        return await overview.table(app.store, app.poller)
    finally:
        await app.store.close()


async def probe_once(settings: Settings, name: str) -> tuple[list[str], bool]:
    """Keep one raw answer of a source. Returns what to say, and whether it was understood."""
    app = await build(settings)
    try:
        async with app.store.reading() as tx:
            now = tx.now
        return await overview.probe(app.poller, name, now)
    finally:
        await app.store.close()


async def poll_once(settings: Settings, name: str | None) -> tuple[list[str], bool]:
    """Poll one source, or all. Returns what to say, and whether all went well."""
    app = await build(settings)
    try:
        if not app.live:
            return [SILENT], False
        return await app.poller.poll_all(name)
    finally:
        await app.store.close()
