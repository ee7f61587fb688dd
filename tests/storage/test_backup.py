"""A backup from either engine restores to either: the same rows, nothing in doubt forgotten, no id given twice."""

import gzip
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import MetaData, select, text

from storage import backup, epoch, migrate
from storage.backup_form import BadBackup
from storage.deliveries import Owed, queue
from storage.outbox_tables import Alert, Delivery
from storage.restore import AHEAD, restore
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Chat, Dialog, Line, Posting, Resident
from tests.conftest import Clock
from tests.postgres import Server
from tests.storage.people import alert, person, posting

HERE = 1233000000
VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


@pytest.fixture(params=["to_sqlite", "to_postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database in which there is nothing, on each engine."""
    if request.param == "to_sqlite":
        yield f"sqlite:///{tmp_path}/restored.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url.render_as_string(hide_password=False)
    server.drop(url)


async def saved(store: Store, path: Path, clock: Clock) -> Path:
    await backup.write(url_of(store), path, store.keys, HERE, clock())
    return path


def url_of(store: Store) -> str:
    return store.url.render_as_string(hide_password=False)


async def everything(url: str, keys: Keys) -> dict[str, list[tuple[Any, ...]]]:
    store = Store(url, keys)
    async with store.reading() as tx:
        tables = await tx.connection.run_sync(lambda c: sorted(backup.known(c), key=lambda table: table.name))
        rows = {
            table.name: [tuple(row) for row in await tx.all(select(table).order_by(*table.primary_key.columns))]
            for table in tables
        }
    await store.close()
    return {name: [tuple(plain(value) for value in row) for row in rows] for name, rows in rows.items()}


def plain(value: Any) -> Any:
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) else value


async def town(store: Store) -> dict[str, int]:
    """A little of everything, rows that refer backwards and forwards, and ids whose rows are gone."""
    async with store.transaction() as tx:
        first, second = await posting(tx), await posting(tx, closes_at=tx.now + timedelta(microseconds=7))
        await tx.execute(text(f"UPDATE postings SET merged_into = {second} WHERE id = {first}"))
        resident, chat = await person(tx, "1")
        gone, _ = await person(tx, "2")
        await tx.execute(text(f"DELETE FROM residents WHERE id = {gone}"))
        await tx.add(Line, chat_id=chat, mine=True, body={"text": "저는 안나예요"}, at=tx.now)
        await tx.add(Dialog, chat_id=chat, number=41, answers={"a": None}, offered=[["x", "y"]], updated_at=tx.now)
        made = await queue(tx, [Owed("one", chat, "alert", 2, posting_id=first, body={"maybe": [1]})])
        await alert(tx, resident, first, state="carried", delivery_id=made["one"])
        await alert(tx, resident, second)
    return {"resident": resident, "chat": chat, "posting": second, "gone": gone}


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
    from storage.store import Store as Other
    from tests.postgres import apart

    async def work() -> None:
        other = Other(url, Keys.fresh())
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


def cut(content: bytes) -> bytes:
    return content[:-20]


def without_its_end(content: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-1]))


def altered(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b"telegram", b"kakao"))


def one_bit(content: bytes) -> bytes:
    return content[:200] + bytes([content[200] ^ 1]) + content[201:]


def forged(content: bytes) -> bytes:
    """The checksum is right, but whoever made it did not have the keys."""
    import hashlib

    lines = gzip.decompress(content).replace(b"telegram", b"kakao").splitlines(keepends=True)[:-1]
    total = hashlib.sha256(b"".join(lines)).hexdigest()
    seal = Keys.fresh().fernet.encrypt(total.encode()).decode()
    return gzip.compress(b"".join(lines) + orjson.dumps({"sum": total, "seal": seal}) + b"\n")


def borrowed(content: bytes) -> bytes:
    """The checksum is right, but its seal is another's."""
    import hashlib

    *lines, end = gzip.decompress(content).replace(b"telegram", b"kakao").splitlines(keepends=True)
    end_ = orjson.loads(end) | {"sum": hashlib.sha256(b"".join(lines)).hexdigest()}
    return gzip.compress(b"".join(lines) + orjson.dumps(end_) + b"\n")


def newer(content: bytes) -> bytes:
    return content


WRONG = [
    (cut, "cut or was altered"),
    (without_its_end, "cut or was altered"),
    (altered, "cut or was altered"),
    (one_bit, "cut or was altered"),
    (borrowed, "cut or was altered"),
    (forged, "keys are not those"),
    (lambda content: b"a letter to the mayor\n", "cut or was altered"),
    (lambda content: gzip.compress(b'["x"]\n' + gzip.decompress(content)), "no backup"),
    (lambda content: b"", "cut or was altered"),
]


@pytest.mark.parametrize(("spoil", "said"), WRONG)
async def test_a_spoilt_file_is_refused_before_anything_is_written(
    sqlite_store: Store, clock: Clock, tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    await town(sqlite_store)
    file = await saved(sqlite_store, tmp_path / "a.backup", clock)
    file.write_bytes(spoil(file.read_bytes()))
    target = tmp_path / "new.db"
    with pytest.raises(BadBackup, match=said):
        await restore(f"sqlite:///{target}", file, sqlite_store.keys, HERE, clock())
    assert not target.exists()


async def test_only_the_right_keys_place_and_an_empty_database(
    sqlite_store: Store, clock: Clock, tmp_path: Path, empty: str
) -> None:
    store = sqlite_store
    await town(store)
    file = await saved(store, tmp_path / "a.backup", clock)
    with pytest.raises(BadBackup, match="keys are not those"):
        await restore(empty, file, Keys.fresh(), HERE, clock())
    with pytest.raises(BadBackup, match="is of 1233000000"):
        await restore(empty, file, store.keys, 1111000000, clock())
    await migrate.migrate(empty)
    other = Store(empty, store.keys, clock)
    async with other.transaction() as tx:
        await person(tx, "1")
    with pytest.raises(BadBackup, match="not empty"):
        await restore(empty, file, store.keys, HERE, clock())
    async with other.transaction() as tx:
        assert len(await tx.find(Chat)) == 1
        await tx.execute(text("DELETE FROM residents"))
    await other.close()
    await restore(empty, file, store.keys, HERE, clock())


async def test_an_older_backup_is_migrated_and_a_newer_one_refused(
    sqlite_store: Store, clock: Clock, tmp_path: Path, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = sqlite_store
    await town(store)
    file = await saved(store, tmp_path / "older.backup", clock)
    head = revision_of(tmp_path / "test.db")
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "r9999_later.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None\n\n\n'
        'def upgrade() -> None:\n    op.add_column("polls", sa.Column("later", sa.Text(), server_default="yes"))\n',
        encoding="utf-8",
    )
    ours = migrate._config

    def later(connection: Any) -> Any:
        config = ours(connection)
        config.set_main_option("version_locations", os.pathsep.join([str(VERSIONS), str(versions)]))
        return config

    with monkeypatch.context() as newer_version:
        newer_version.setattr(migrate, "_config", later)
        await migrate.migrate(url_of(store))
        newer_file = await saved(store, tmp_path / "newer.backup", clock)
        done = await restore(empty, file, store.keys, HERE, clock())
        assert (done.manifest.revision, done.revision) == (head, "9999")
    restored = Store(empty, store.keys, clock)
    async with restored.reading() as tx:
        columns = await tx.connection.run_sync(lambda c: [column.name for column in reflected(c).columns])
        assert "later" in columns
        assert len(await tx.find(Chat)) == 1
    await restored.close()
    with pytest.raises(BadBackup, match="newer version"):
        await restore(f"sqlite:///{tmp_path}/third.db", newer_file, store.keys, HERE, clock())
    with pytest.raises(BadBackup, match="revision 9999"):
        await saved(store, tmp_path / "fourth.backup", clock)


def reflected(connection: Any) -> Any:
    found = MetaData()
    found.reflect(connection, only=["polls"])
    return found.tables["polls"]


def revision_of(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
