"""New keys: everything is sealed anew, what was sealed before still opens, and keys that do not fit are noticed."""

from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import text

from storage import backup, resealing
from storage.backup_form import BadBackup
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Dialog, Line, Wish
from tests.conftest import Clock
from tests.storage.backups import HERE, town
from tests.storage.people import person


async def test_everything_is_sealed_with_the_first_key(
    database: str, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "STEP", 2)
    path = tmp_path / "keys"
    store = Store(database, Keys.from_file(path), clock)
    ids = await town(store)
    async with store.transaction() as tx:
        for n in range(4):
            await tx.add(Line, chat_id=ids["chat"], mine=False, body=[n], at=tx.now)
            _, chat = await person(tx, f"p{n}")
            await tx.add(Dialog, chat_id=chat, number=n, answers={"n": n}, offered=[], updated_at=tx.now)
    await store.close()
    Keys.add(path)
    new, old = path.read_text().split()
    assert path.stat().st_mode & 0o777 == 0o600
    both, steps = Store(database, Keys.from_file(path), clock), []
    async with both.transaction() as tx:
        assert await resealing.reseal(tx, steps.append) == 11
    await both.close()
    assert steps == [1, 3, 5, 6, 8, 10, 11]
    only = Store(database, Keys([new]), clock)
    async with only.reading() as tx:
        assert await resealing.opens(tx)
        assert [line.body for line in await tx.find(Line, order=Line.id)] == [
            {"text": "저는 안나예요"},
            *([n] for n in range(4)),
        ]
        assert [wish.name for wish in await tx.find(Wish)] == ["새벽 일"]
        assert {dialog.number: dialog.answers for dialog in await tx.find(Dialog)}[3] == {"n": 3}
    await only.close()
    before = Store(database, Keys([old]), clock)
    async with before.reading() as tx:
        assert not await resealing.opens(tx)
    await before.close()


async def test_keys_that_do_not_fit_change_nothing(store: Store, database: str, clock: Clock, tmp_path: Path) -> None:
    await town(store)
    other = Store(database, Keys.fresh(), clock)
    with pytest.raises(InvalidToken):
        async with other.transaction() as tx:
            await resealing.reseal(tx, lambda done: None)
    with pytest.raises(BadBackup, match="keys do not open"):
        await backup.write(database, tmp_path / "a.backup", other.keys, HERE, clock())
    assert not (tmp_path / "a.backup").exists()
    await other.close()
    async with store.reading() as tx:
        assert await resealing.opens(tx)
        assert await tx.scalar(text("SELECT count(*) FROM lines")) == 1
