"""What the operator does with whole copies: back up, restore, put the live one down, let another take over, change the keys."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import InvalidToken

from storage import backup, counters, epoch, resealing
from storage import restore as restoring
from storage.backup_form import Manifest
from storage.migrate import migrate
from storage.restore import Restored
from storage.sealing import Keys
from storage.store import ROUTINE, Store

from .app import build
from .live import Busy, Stamp, is_live
from .settings import Settings

BUSY = "The bot is running here. Stop it first."


class Refused(Exception):
    """It was not done. The message says why, and what to do, in sentences for the operator."""


async def back_up(settings: Settings, path: Path, progress: backup.Progress) -> Manifest:
    """Beside the running bot. BadBackup, Refused or OSError say why there is none."""
    keys = _keys(settings)
    return await backup.write(_url(settings), path, keys, settings.municipality, datetime.now(UTC), progress)


async def restore(settings: Settings, path: Path, progress: backup.Progress) -> Restored:
    """Into the empty database of the settings. BadBackup, Refused or OSError say why not; then nothing was written."""
    keys = _keys(settings)
    return await restoring.restore(_url(settings), path, keys, settings.municipality, datetime.now(UTC), progress)


async def take_over(settings: Settings, *, anyway: bool = False) -> list[str]:
    """Make this copy the live one. Sentences for the operator; Refused when a source does not answer, unless `anyway`.

    What the sources tell by now the copy before may have told already. So all of it is recorded and matched first, and what
    it makes is then as much in doubt as what was under way.
    """
    said: list[str] = []
    if not settings.sources.exists():
        raise Refused(
            f"There is no {settings.sources}. Bring that of the copy before: without it its postings would close."
        )
    with _alone(settings) as stamp:
        app = await build(settings)
        try:
            if app.live:
                raise Refused("This copy is live already.")
            async with app.store.reading() as tx:
                before = await epoch.current(tx)
            in_doubt = before != epoch.RETIRED
            if in_doubt and before != epoch.RESTORED:  # a copy made by hand: its counters stand where they stood
                async with app.store.transaction(ROUTINE) as tx:
                    await counters.move_ahead(tx)
            if in_doubt:
                said, good = await app.poller.poll_all()
                if not good and not anyway:
                    raise Refused(
                        "\n".join(said) + "\nWhat a source told since this copy was made would go out as new once it "
                        "answers. Try again when it does, or say --anyway."
                    )
                await app.catch_up()
            async with app.store.transaction(ROUTINE) as tx:
                doubted = await epoch.doubt_all(tx, repeats=False) if in_doubt else None
                stamp.write(await epoch.begin(tx))
        finally:
            await app.store.close()
    return [*said, *doubts(doubted), "This copy is live now. Start it: ilgam run"]


async def retire(settings: Settings) -> None:
    """Put the live copy down in good order: it speaks no more, and whoever takes over has nothing to doubt."""
    with _alone(settings) as stamp:
        await migrate(_url(settings))
        store = Store(_url(settings), _keys(settings))
        try:
            if not await is_live(store, stamp):
                raise Refused("This copy is not live, so it can't be put down.")
            async with store.transaction(ROUTINE) as tx:
                await epoch.put(tx, epoch.RETIRED)
            stamp.clear()
        finally:
            await store.close()


async def rotate(settings: Settings, progress: Callable[[int], None]) -> int:
    """Put a new key before the others and seal everything anew with it. Returns how many rows were."""
    _keys(settings)
    with _alone(settings):
        await migrate(_url(settings))
        Keys.add(settings.key_file)
        store = Store(_url(settings), Keys.from_file(settings.key_file))
        try:
            async with store.transaction(ROUTINE) as tx:
                return await resealing.reseal(tx, progress)
        except InvalidToken:
            raise Refused(
                "Some of what is sealed opens with none of the keys. Bring all keys that were in use."
            ) from None
        finally:
            await store.close()


def doubts(doubted: epoch.Doubted | None) -> list[str]:
    if doubted is None:
        return ["The copy before was put down in good order: nothing is in doubt."]
    return [
        f"In doubt: {doubted.deliveries} messages became uncertain and are not sent again; {doubted.alerts} alerts that"
        " waited ride as one line in the next message."
    ]


class _alone:
    """The stamp, held while something is done that the running bot would not bear."""

    def __init__(self, settings: Settings) -> None:
        self._stamp = Stamp(settings.stamp)
        self._held = self._stamp.held()

    def __enter__(self) -> Stamp:
        try:
            self._held.__enter__()
        except Busy:
            raise Refused(BUSY) from None
        return self._stamp

    def __exit__(self, *_: object) -> None:
        self._held.__exit__(None, None, None)


def _keys(settings: Settings) -> Keys:
    """Those that are there: new ones would open nothing."""
    if not settings.key_file.exists():
        raise Refused(f"There is no key file {settings.key_file}. Bring the one that the bot uses.")
    try:
        return Keys.from_file(settings.key_file)
    except ValueError:
        raise Refused(f"{settings.key_file} does not hold keys.") from None


def _url(settings: Settings) -> str:
    return settings.database_url.get_secret_value()
