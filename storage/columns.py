"""Column types shared by all tables: ids that are never reused, aware UTC moments, and sealed (encrypted) personal data."""

from datetime import UTC, datetime
from typing import Any

import orjson
from cryptography.fernet import MultiFernet
from sqlalchemy import JSON, BigInteger, Boolean, Column, DateTime, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

# SQLite reuses a deleted row's id unless the key is INTEGER with AUTOINCREMENT; an old button would then hit another row.
Id = BigInteger().with_variant(Integer, "sqlite")
KEPT: dict[str, Any] = {"sqlite_autoincrement": True}  # ids that leave the house are never given twice
Json = JSON().with_variant(JSONB, "postgresql")
MaybeJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite has no zones, so it is kept there as naive UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must carry its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[Any]):
    """Personal data as any JSON value, encrypted with the store's keys; unreadable and unsearchable in the database.

    The store hands its keys to the dialect of its own engine, so that nothing is global.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else keys_of(dialect).encrypt(orjson.dumps(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(keys_of(dialect).decrypt(value))


def keys_of(dialect: Dialect) -> MultiFernet:
    keys: MultiFernet = dialect.ilgam_keys  # type: ignore[attr-defined]
    return keys


def id_column() -> Column[int]:
    return Column(Id, primary_key=True, autoincrement=True)


def ref(target: str, *, nullable: bool = False, primary_key: bool = False, index: bool = False) -> Column[int]:
    """A foreign key; what hangs on a row goes with it."""
    return Column(
        Id, ForeignKey(target, ondelete="CASCADE"), nullable=nullable, primary_key=primary_key, index=index or None
    )


def moment(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    return Column(Moment, nullable=nullable, index=index or None)


def text(*, nullable: bool = False, default: str | None = None) -> Column[str]:
    return Column(Text, nullable=nullable, server_default=default)


def flag(default: bool = False) -> Column[bool]:
    return Column(Boolean, nullable=False, server_default=sql("true" if default else "false"))


def number(*, nullable: bool = False, default: int | None = None, big: bool = False) -> Column[int]:
    kind = BigInteger if big else Id
    return Column(kind, nullable=nullable, server_default=None if default is None else str(default))
