"""Which copy of the bot may speak: the one whose stamp, a file on this machine, names the epoch that its database says.

A restored backup, a database copied by hand, a folder copied to another place or machine: each meets a stamp that does not
fit, or none, and stays silent until `ilgam takeover`. A new database is live at once.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage import epoch, resealing
from storage.store import INTERACTIVE, Store

from .settings import BadSettings

MACHINE = Path("/etc/machine-id")  # systemd's; containers mostly have none


class Busy(Exception):
    """Another program of ours runs with this stamp."""


class Stamp:
    """The file: an epoch, and the place it was written at, so that a copy of the file elsewhere is none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> str | None:
        """The epoch this machine is live in. None where there is none, or where the file was written elsewhere."""
        with suppress(FileNotFoundError, ValueError):
            named, place = self.path.read_text(encoding="ascii").split()
            return named if place == self._place() else None
        return None

    @property
    def written(self) -> bool:
        """Whether there ever was one, of here or elsewhere."""
        with suppress(FileNotFoundError):
            return self.path.stat().st_size > 0
        return False

    def write(self, named: str) -> None:
        """In place, since whoever holds the file holds it by its inode."""
        with self._open() as handle:
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{named} {self._place()}\n".encode(), 0)
            os.fsync(handle)

    def clear(self) -> None:
        with self._open() as handle:
            os.ftruncate(handle, 0)
            os.fsync(handle)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Only one program at a time, until it ends in whatever way. Busy when another holds it."""
        with self._open() as handle:
            try:
                import fcntl
            except ImportError:  # a system without such locks
                yield
                return
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy from None
            yield

    @contextmanager
    def _open(self) -> Iterator[int]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield handle
        finally:
            os.close(handle)

    def _place(self) -> str:
        """This folder on this machine, told by a digest: machine-id(5) is not to be shown around."""
        machine = MACHINE.read_text(encoding="ascii").strip() if MACHINE.exists() else ""
        return hashlib.sha256(f"ilgam {machine} {self.path.resolve()}".encode()).hexdigest()[:16]


async def is_live(store: Store, stamp: Stamp) -> bool:
    """The rule. A database that has no epoch yet is given one, unless it is one with people in it that came to a stamp."""
    async with store.transaction(INTERACTIVE) as tx:
        named = await epoch.current(tx)
        if named is not None:
            return stamp.read() == named
        if stamp.written and await epoch.in_use(tx):
            return False
        stamp.write(await epoch.begin(tx))
    return True


async def still_live(store: Store, stamp: Stamp) -> bool:
    """Whether nobody else took over this very database meanwhile."""
    async with store.reading() as tx:
        return await epoch.current(tx) == stamp.read()


async def opened(store: Store, stamp: Stamp) -> bool:
    """Whether this copy is live. BadSettings when its keys or its stamp can't be used."""
    try:
        async with store.reading() as tx:
            if not await resealing.opens(tx):
                raise BadSettings(
                    ["ILGAM_KEY_FILE: these keys do not open what the database holds. Bring the file that was in use."]
                )
        return await is_live(store, stamp)
    except BaseException as error:
        await store.close()
        if isinstance(error, OSError):
            raise BadSettings([f"ILGAM_LIVE_FILE: the stamp can't be written ({type(error).__name__})."]) from error
        raise
