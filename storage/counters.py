"""Counters of ids that leave the house in buttons and links: what they gave, and moving them beyond another copy's."""

from collections.abc import Mapping

from sqlalchemy import Connection, text
from sqlmodel import SQLModel, col, update

from .tables import Dialog
from .transaction import Transaction

AHEAD = 1_000_000  # more than any copy gives before another takes its place


def counted() -> list[str]:
    """Tables whose ids are never given twice."""
    tables = SQLModel.metadata.sorted_tables
    return [str(table.name) for table in tables if table.dialect_options["sqlite"]["autoincrement"]]


def given(connection: Connection) -> dict[str, int]:
    """By table, the highest id that was ever given, also where its row is gone."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
        return {row.name: row.seq for row in rows if row.name in counted()}
    found = {}
    for name in counted():
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": name}).scalar_one()
        row = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()
        found[name] = row.last_value if row.is_called else 0
    return found


async def move_ahead(tx: Transaction, before: Mapping[str, int] | None = None) -> None:
    """Ids given from now on are those of no button that people have of another copy; nor are the numbers of questions.

    `before` is what the copy's counters said; without it this database's own count.
    """
    await tx.connection.run_sync(_move, before)
    await tx.execute(update(Dialog).values(number=col(Dialog.number) + AHEAD))


def _move(connection: Connection, before: Mapping[str, int] | None) -> None:
    before = given(connection) if before is None else before
    for name in counted():
        highest = connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {name}").scalar_one()
        values = {"name": name, "seq": max(highest, before.get(name, 0)) + AHEAD}
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :seq)"), values)
        elif not connection.execute(text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name"), values).rowcount:
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), values)
