"""The troubles of sources: since when one does not work and why, and which notices told its owner so.

A mark is a memo, written with the poll that it is about, so that a restart neither forgets a trouble nor tells it twice.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import col, delete, func, select, update

from .outbox_tables import Delivery, Memo
from .transaction import Transaction

KIND = "notice"
NUMBER = "last notice"  # the memo with the number of the newest one
PREFIX = "trouble "
TELLING = 0x11A6C2  # the advisory lock on PostgreSQL: two polls at once must not begin a notice each


@dataclass(frozen=True, slots=True)
class Trouble:
    """`since` is the first failure in a row, `why` the kind of the newest one, `until` when the source worked again.

    `told` is the number of the notice that says it does not work, `back` of the one that says it works again; 0: none.
    """

    source: str
    since: datetime
    why: str
    told: int = 0
    until: datetime | None = None
    back: int = 0


async def lock(tx: Transaction) -> None:
    """From here to the commit nobody else decides what is told. SQLite has one writer anyway."""
    if tx.postgres:
        await tx.execute(select(func.pg_advisory_xact_lock(TELLING)))


async def marks(tx: Transaction) -> dict[str, Trouble]:
    """By source."""
    rows = await tx.find(Memo, col(Memo.name).startswith(PREFIX), order=Memo.name)
    return {row.name.removeprefix(PREFIX): _read(row) for row in rows}


async def mark(tx: Transaction, source: str) -> Trouble | None:
    row = await tx.get(Memo, name=PREFIX + source)
    return _read(row) if row else None


async def put(tx: Transaction, trouble: Trouble) -> None:
    said = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(trouble).items()
        if name != "source"
    }
    await tx.put(Memo, ["name"], name=PREFIX + trouble.source, value=json.dumps(said))


async def forget(tx: Transaction, source: str) -> None:
    await tx.execute(delete(Memo).where(col(Memo.name) == PREFIX + source))


async def retire(tx: Transaction, sources: Collection[str]) -> None:
    """A source that is no longer configured is no trouble."""
    for name in await marks(tx):
        if name not in sources:
            await forget(tx, name)


async def number(tx: Transaction) -> int:
    """Of the newest notice; 0 where there was none."""
    row = await tx.get(Memo, name=NUMBER)
    return int(row.value) if row else 0


async def begin(tx: Transaction, number: int) -> None:
    await tx.put(Memo, ["name"], name=NUMBER, value=str(number))


def once(number: int, chat_id: int) -> str:
    return f"{KIND}:{number}:{chat_id}"


async def waits(tx: Transaction, number: int) -> bool:
    """Whether nobody has got this notice yet, so that it can still say something else. No sender takes it meanwhile."""
    statement = select(col(Delivery.state)).where(col(Delivery.once).startswith(f"{KIND}:{number}:"))
    rows = await tx.all(statement.with_for_update() if tx.postgres else statement)
    return bool(rows) and all(row.state == "queued" for row in rows)


async def left_at(tx: Transaction, number: int) -> datetime | None:
    """When this notice went to the last of those whom it told."""
    where = (col(Delivery.once).startswith(f"{KIND}:{number}:"), col(Delivery.state).in_(("sent", "accepted")))
    found: datetime | None = await tx.scalar(select(func.max(col(Delivery.settled_at))).where(*where))
    return found


async def hasten(tx: Transaction, number: int, until: datetime) -> None:
    """What waits of this notice goes at that moment, if not before."""
    waiting = (col(Delivery.once).startswith(f"{KIND}:{number}:"), col(Delivery.state) == "queued")
    later = col(Delivery.not_before) > until
    await tx.execute(update(Delivery).where(*waiting, later).values(not_before=until))


def _read(row: Memo) -> Trouble:
    said = json.loads(row.value)
    until = datetime.fromisoformat(said["until"]) if said["until"] else None
    since = datetime.fromisoformat(said["since"])
    return Trouble(row.name.removeprefix(PREFIX), since, said["why"], said["told"], until, said["back"])
