"""What is not restored: spoilt files, other keys, another place, a database in use, a newer schema; an older one is migrated."""

import gzip
import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import MetaData, text

from storage import migrate
from storage.backup_form import BadBackup
from storage.restore import restore
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Chat
from tests.conftest import Clock
from tests.storage.backups import HERE, saved, town, url_of
from tests.storage.people import person

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


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
    lines = gzip.decompress(content).replace(b"telegram", b"kakao").splitlines(keepends=True)[:-1]
    total = hashlib.sha256(b"".join(lines)).hexdigest()
    seal = Keys.fresh().fernet.encrypt(total.encode()).decode()
    return gzip.compress(b"".join(lines) + orjson.dumps({"sum": total, "seal": seal}) + b"\n")


def borrowed(content: bytes) -> bytes:
    """The checksum is right, but its seal is another's."""
    *lines, end = gzip.decompress(content).replace(b"telegram", b"kakao").splitlines(keepends=True)
    end_ = orjson.loads(end) | {"sum": hashlib.sha256(b"".join(lines)).hexdigest()}
    return gzip.compress(b"".join(lines) + orjson.dumps(end_) + b"\n")


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

    def later(connection: Any = None) -> Any:
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
    assert not (tmp_path / "third.db").exists()
    with pytest.raises(BadBackup, match="revision 9999"):
        await saved(store, tmp_path / "fourth.backup", clock)


def reflected(connection: Any) -> Any:
    found = MetaData()
    found.reflect(connection, only=["polls"])
    return found.tables["polls"]


def revision_of(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
