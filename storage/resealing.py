"""Sealing everything anew with the first key, once another was put before it; and whether the keys fit the database at all."""

from collections.abc import Callable

from cryptography.fernet import InvalidToken
from sqlalchemy import Column, LargeBinary, Table, bindparam, select, tuple_, type_coerce, update
from sqlmodel import SQLModel

from .columns import Sealed
from .transaction import Transaction

STEP = 500  # rows at a time


async def opens(tx: Transaction) -> bool:
    """Whether the store's keys open what is sealed in this database: one value of each column is tried."""
    for table, columns in sealed():
        for column in columns:
            try:
                await tx.first(select(column).select_from(table).where(column.is_not(None)).limit(1))
            except InvalidToken:
                return False
    return True


async def reseal(tx: Transaction, progress: Callable[[int], None]) -> int:
    """Seal every value anew with the first key, in the caller's one transaction. Returns how many rows were.

    Raises InvalidToken where a key that is needed is not there any more.
    """
    done = 0
    for table, columns in sealed():
        key = list(table.primary_key.columns)
        raw = [type_coerce(column, LargeBinary).label(column.name) for column in columns]
        after: tuple[object, ...] | None = None
        change = (
            update(table)
            .where(*(column == bindparam(f"of_{column.name}") for column in key))
            .values({column.name: bindparam(f"to_{column.name}", type_=LargeBinary) for column in columns})
        )
        while True:
            page = select(*key, *raw).order_by(*key).limit(STEP)
            rows = await tx.all(page if after is None else page.where(tuple_(*key) > after))
            if not rows:
                break
            values = []
            for row in rows:
                old = row._mapping
                new = {
                    f"to_{c.name}": None if old[c.name] is None else tx.keys.fernet.rotate(old[c.name]) for c in columns
                }
                values.append({f"of_{c.name}": old[c.name] for c in key} | new)
            await tx.execute(change, values)
            after = tuple(rows[-1][: len(key)])
            done += len(rows)
            progress(done)
    return done


def sealed() -> list[tuple[Table, list[Column[object]]]]:
    """The tables that hold sealed columns, with those."""
    found = [(t, [c for c in t.columns if isinstance(c.type, Sealed)]) for t in SQLModel.metadata.sorted_tables]
    return [(table, columns) for table, columns in found if columns]
