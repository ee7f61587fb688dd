"""One unit of work: what happens in it is committed together or not at all. It carries the time it happens at."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, Row, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, select

from .sealing import Keys
from .whole import Step, whole

M = TypeVar("M", bound=SQLModel)


class Transaction:
    """A connection with an open transaction. Storage functions take it first and never commit."""

    def __init__(self, connection: AsyncConnection, now: datetime, keys: Keys, step: Step = whole) -> None:
        self.step = step
        self.connection = connection
        self.now = now
        self.keys = keys
        self.postgres = connection.dialect.name == "postgresql"

    async def execute(self, statement: Executable, rows: Any = None) -> CursorResult[Any]:
        return await self.step(self.connection.execute(statement, rows))

    async def all(self, statement: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
        return (await self.execute(statement)).all()

    async def first(self, statement: Executable) -> Row[Any] | None:
        return (await self.execute(statement)).first()

    async def scalar(self, statement: Executable) -> Any:
        return (await self.execute(statement)).scalar()

    @asynccontextmanager
    async def tried(self) -> AsyncIterator[None]:
        """What is done in here is seen by nobody else and taken back at the end: to look at what would be."""
        savepoint = await self.step(self.connection.begin_nested().start())
        try:
            yield
        finally:
            await self.step(savepoint.rollback())

    async def get(self, model: type[M], **key: Any) -> M | None:
        """The row with these column values, as a detached model."""
        row = await self.first(_where(model, key))
        return None if row is None else model(**row._mapping)

    async def find(self, model: type[M], *conditions: Any, order: Any = None, limit: int | None = None) -> list[M]:
        statement = select(*columns(model)).where(*conditions)
        if order is not None:
            statement = statement.order_by(*order) if isinstance(order, tuple) else statement.order_by(order)
        return [model(**row._mapping) for row in await self.all(statement.limit(limit) if limit else statement)]

    async def add(self, model: type[SQLModel], **values: Any) -> Any:
        """Insert one row; returns the value of its (first) primary key."""
        result = await self.execute(insert(model).values(**values))
        key: Any = result.inserted_primary_key
        return key[0]

    async def put(self, model: type[SQLModel], key: Sequence[str], **values: Any) -> None:
        """Insert one row, or change the row with the same key to these values."""
        statement = self.upsert(model).values(**values)
        changed = {name: value for name, value in values.items() if name not in key}
        if changed:
            await self.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))
        else:
            await self.execute(statement.on_conflict_do_nothing(index_elements=list(key)))

    def upsert(self, model: type[SQLModel]) -> Any:
        """An INSERT of this engine's dialect, which knows ON CONFLICT."""
        return postgresql.insert(model) if self.postgres else sqlite.insert(model)


def columns(model: type[SQLModel]) -> Sequence[Any]:
    table: Any = model.__table__  # type: ignore[attr-defined]
    return tuple(table.columns)


def _where(model: type[SQLModel], key: Mapping[str, Any]) -> Any:
    return select(*columns(model)).where(*(getattr(model, name) == value for name, value in key.items()))
