"""Every column that hangs on a person is declared: what for, on what basis, how long, who reads it."""

from sqlmodel import SQLModel

from storage import outbox_tables, tables  # noqa: F401
from storage.columns import Sealed
from storage.personal import PERSONAL, PLAIN


def hanging(roots: set[str]) -> set[str]:
    """Tables that refer to these, directly or through others."""
    found = set(roots)
    while True:
        more = {
            table.name
            for table in SQLModel.metadata.tables.values()
            if any(key.column.table.name in found for key in table.foreign_keys)
        }
        if more <= found:
            return found
        found |= more


def test_every_column_about_a_person_is_declared() -> None:
    metadata = SQLModel.metadata.tables
    columns = {f"{name}.{column.name}" for name in hanging({"residents", "chats"}) for column in metadata[name].columns}
    assert columns == set(PERSONAL) | PLAIN
    assert not set(PERSONAL) & PLAIN


def test_sealed_columns_are_personal() -> None:
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, Sealed):
                assert f"{table.name}.{column.name}" in PERSONAL


def test_what_hangs_on_a_person_goes_with_them() -> None:
    for name in hanging({"residents", "chats"}) - {"residents"}:
        assert any(key.ondelete == "CASCADE" for key in SQLModel.metadata.tables[name].foreign_keys), name
