"""A backup from either engine restores to either: the same rows, nothing in doubt forgotten, no id given twice."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select, text

from storage import backup, epoch
from storage.backup_form import BadBackup
from storage.counters import AHEAD
from storage.deliveries import Owed, queue
from storage.outbox_tables import Alert, Delivery
from storage.restore import restore
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Chat, Dialog, Line, Posting, Resident
from tests.conftest import Clock
from tests.postgres import apart
from tests.storage.backups import HERE, everything, saved, town, url_of
from tests.storage.people import person, posting


async def test_every_row_comes_back_as_it_was(store: Store, clock: Clock, tmp_path: Path, empty: str) -> None:
    await town(store)
    async with store.transaction() as tx:
        await epoch.put(tx, epoch.RETIRED)  # so that nothing is in doubt, and all is as it was
        await tx.execute(text("UPDATE dialogs SET number = 0"))
    before = await everything(url_of(store), store.keys)
    seen: list[tuple[int, int]] = []
    file = await saved(store, tmp_path / "a.backup", clock)
    done = await restore(empty, file, store.keys, HERE, clock(), lambda n, total: seen.append((n, total)))
    after = await everything(empty, store.keys)
    assert after.pop("dialogs")[0][1] == before.pop("dialogs")[0][1] + AHEAD
    assert after == before
    assert (done.doubted, done.manifest.total) == (None, sum(map(len, before.values())) + 1)
    assert seen[-1] == (done.manifest.total, done.manifest.total)
    restored = Store(empty, store.keys, clock)
    async with restored.reading() as tx:
        assert [line.body for line in await tx.find(Line)] == [{"text": "저는 안나예요"}]
        assert await tx.scalar(select(Posting.merged_into).where(Posting.id == 1)) == 2
    await restored.close()


async def test_what_may_have_gone_out_since_is_in_doubt(store: Store, clock: Clock, tmp_path: Path, empty: str) -> None:
    await town(store)
    async with store.transaction() as tx:
        states = ("queued", "leased", "sending", "sent", "accepted", "failed", "cancelled")
        for state in states:
            _, chat = await person(tx, state)
            await queue(tx, [Owed(state, chat, "digest", 2), Owed(f"urgent {state}", chat, "broadcast", 1)])
            await tx.execute(text(f"UPDATE deliveries SET state = '{state}' WHERE once LIKE '%{state}'"))
    file = await saved(store, tmp_path / "a.backup", clock)
    await restore(empty, file, store.keys, HERE, clock())
    restored = Store(empty, store.keys, clock)
    async with restored.transaction() as tx:
        now = {row.once: row.state for row in await tx.find(Delivery)}
        assert {once for once, state in now.items() if state == "uncertain"} == {
            *("one", "queued", "leased", "sending", "urgent queued", "urgent leased", "urgent sending")
        }
        again = {once for once, state in now.items() if state == "queued"}
        assert again == {f"urgent {state}:again" for state in ("queued", "leased", "sending")}, "once, as a repeat"
        assert {(one.state, one.maybe_seen) for one in await tx.find(Alert)} == {("waiting", True)}
        assert await epoch.current(tx) == epoch.RESTORED
        assert await epoch.doubt_all(tx, repeats=False) == epoch.Doubted(0, 0)
    await restored.close()


async def test_no_id_is_given_twice(store: Store, clock: Clock, tmp_path: Path, empty: str) -> None:
    ids = await town(store)
    file = await saved(store, tmp_path / "a.backup", clock)
    await restore(empty, file, store.keys, HERE, clock())
    restored = Store(empty, store.keys, clock)
    async with restored.transaction() as tx:
        assert await tx.add(Resident, language="ko", created_at=tx.now) == ids["gone"] + AHEAD + 1
        assert await posting(tx) == ids["posting"] + AHEAD + 1
        assert await tx.add(Line, chat_id=ids["chat"], mine=True, body="", at=tx.now) == 1 + AHEAD + 1
        key = await tx.execute(
            text("INSERT INTO invitations (token_hash, role, expires_at) VALUES ('x', 'y', :at)"),
            {"at": tx.now.replace(tzinfo=None) if not tx.postgres else tx.now},
        )
        assert key.rowcount == 1
        assert await tx.scalar(text("SELECT id FROM invitations")) == AHEAD + 1
        assert await tx.scalar(select(Dialog.number)) == 41 + AHEAD
    await restored.close()


async def test_a_backup_is_of_one_moment(store: Store, clock: Clock, tmp_path: Path, empty: str) -> None:
    """Writing goes on beside it and is not held up; nothing of what comes after the first row is in it."""
    async with store.transaction() as tx:
        for n in range(backup.STEP + 500):
            await person(tx, str(n))
    path = tmp_path / "a.backup"
    writer = Store(url_of(store), store.keys, clock)
    beside: list[int] = []

    def wrote(done: int, total: int) -> None:
        if not beside:
            beside.append(done)
            insert(url_of(store))

    made = await backup.write(url_of(store), path, store.keys, HERE, clock(), wrote)
    assert beside[0] < made.total
    async with writer.reading() as tx:
        assert await tx.scalar(text("SELECT count(*) FROM chats WHERE address = 'late'")) == 1
    await writer.close()
    await restore(empty, path, store.keys, HERE, clock())
    restored = Store(empty, store.keys, clock)
    async with restored.reading() as tx:
        assert await tx.get(Chat, address="late") is None
        assert await tx.scalar(text("SELECT count(*) FROM chats")) == backup.STEP + 500
    await restored.close()


def insert(url: str) -> None:
    """A new row by another connection, and its commit."""

    async def work() -> None:
        other = Store(url, Keys.fresh())
        async with other.transaction() as tx:
            await person(tx, "late")
        await other.close()

    apart(work())


async def test_the_file_is_its_owners_alone_and_takes_nobodys_place(store: Store, clock: Clock, tmp_path: Path) -> None:
    file = await saved(store, tmp_path / "a.backup", clock)
    assert os.stat(file).st_mode & 0o777 == 0o600
    content = file.read_bytes()
    with pytest.raises(BadBackup, match="exists already"):
        await saved(store, file, clock)
    assert file.read_bytes() == content
    with pytest.raises(OSError, match="nowhere"):
        await saved(store, tmp_path / "nowhere" / "a.backup", clock)
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == ["a.backup"]
    await store.close()
    with pytest.raises(BadBackup, match="no database"):
        await backup.write(f"sqlite:///{tmp_path}/none.db", tmp_path / "b.backup", store.keys, HERE, clock())
    assert not (tmp_path / "none.db").exists()
