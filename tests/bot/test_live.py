"""Which copy may speak: the one whose stamp on this machine names its database's epoch, and no copy of it."""

import shutil
from pathlib import Path

import pytest

from bot import live
from bot.live import Busy, Stamp, is_live, still_live
from storage import epoch
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Chat
from tests.conftest import Clock
from tests.storage.people import person


async def test_a_new_database_is_live_and_stays_so(store: Store, tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "var" / "live")
    assert await is_live(store, stamp)
    assert await is_live(store, stamp)
    assert await still_live(store, stamp)
    assert stamp.path.stat().st_mode & 0o777 == 0o600


async def test_a_database_from_before_there_were_stamps_is_live_where_there_is_none(
    store: Store, tmp_path: Path
) -> None:
    stamp = Stamp(tmp_path / "live")
    async with store.transaction() as tx:
        await person(tx, "1")
    assert await is_live(store, stamp)


async def test_a_database_with_people_is_silent_beside_anothers_stamp(store: Store, tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "live")
    stamp.write("of-another")
    async with store.transaction() as tx:
        await person(tx, "1")
    assert not await is_live(store, stamp)
    async with store.reading() as tx:
        assert await epoch.current(tx) is None
    async with store.transaction() as tx:
        await tx.execute(Chat.__table__.delete())  # type: ignore[attr-defined]
    assert await is_live(store, stamp), "an empty one has nothing to say, so it takes the place"


async def test_a_database_copied_by_hand_is_silent(sqlite_store: Store, clock: Clock, tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "live")
    assert await is_live(sqlite_store, stamp)
    await sqlite_store.close()
    staging = tmp_path / "staging"
    staging.mkdir()
    shutil.copy(tmp_path / "test.db", staging / "test.db")
    copied = Store(f"sqlite:///{staging}/test.db", Keys.fresh(), clock)
    assert not await is_live(copied, Stamp(staging / "live")), "without the stamp"
    shutil.copy(stamp.path, staging / "live")
    assert not await is_live(copied, Stamp(staging / "live")), "with the stamp, at another place"
    await copied.close()


async def test_a_folder_copied_to_another_machine_is_silent(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = tmp_path / "machine-id"
    monkeypatch.setattr(live, "MACHINE", machine)
    machine.write_text("a" * 32 + "\n", encoding="ascii")
    stamp = Stamp(tmp_path / "live")
    assert await is_live(store, stamp)
    machine.write_text("b" * 32 + "\n", encoding="ascii")
    assert not await is_live(store, stamp)
    machine.unlink()  # as in a container
    assert not await is_live(store, stamp)
    async with store.transaction() as tx:
        stamp.write(await epoch.begin(tx))
    assert await is_live(store, stamp)
    assert ("a" * 32) not in stamp.path.read_text(encoding="ascii")


async def test_whoever_begins_anew_ends_the_one_before(store: Store, tmp_path: Path) -> None:
    first, second = Stamp(tmp_path / "first" / "live"), Stamp(tmp_path / "second" / "live")
    assert await is_live(store, first)
    assert not await is_live(store, second)
    async with store.transaction() as tx:
        second.write(await epoch.begin(tx))
    assert await is_live(store, second)
    assert not await still_live(store, first)
    async with store.transaction() as tx:
        await epoch.put(tx, epoch.RETIRED)
    second.clear()
    assert not await still_live(store, second)
    assert not await is_live(store, second)


@pytest.mark.parametrize("content", ["", "one", "a b c", "epoch \u00e9", "\0"])
async def test_a_stamp_that_cannot_be_read_is_none(sqlite_store: Store, tmp_path: Path, content: str) -> None:
    stamp = Stamp(tmp_path / "live")
    assert await is_live(sqlite_store, stamp)
    stamp.path.write_text(content, encoding="utf-8")
    assert stamp.read() is None
    assert not await is_live(sqlite_store, stamp)


def test_one_program_at_a_time(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "live")
    with stamp.held():
        stamp.write("x")
        with pytest.raises(Busy), Stamp(stamp.path).held():
            raise AssertionError
        stamp.clear()
        with pytest.raises(Busy), stamp.held():
            raise AssertionError
    with stamp.held():
        assert stamp.read() is None
