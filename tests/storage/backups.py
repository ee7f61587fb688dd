"""A little town to back up, and what is in a database, row by row."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from storage import backup, codes, copies, neighbourhoods, wishes
from storage.deliveries import Owed, queue
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Consent, Dialog, Line
from tests.conftest import Clock
from tests.storage.people import alert, on_the_map, person, posting

HERE = 1233000000


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
        await on_the_map(tx, HERE + 1)
        await neighbourhoods.add(tx, resident, HERE + 1, 3)
        await wishes.make(
            tx, resident, name="새벽 일", words={"exclude": ["야간"]}, starts=date(2026, 12, 7), traits=-9
        )
        consent = await tx.add(
            Consent, resident_id=resident, item="copies", version="1", language="ko", basis="consent", at=tx.now
        )
        await copies.give(tx, resident, chat, consent)
        await codes.make(tx, "2345ABCD", "move", resident, chat)
    return {"resident": resident, "chat": chat, "posting": second, "gone": gone}
