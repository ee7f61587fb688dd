"""Many rows in one value, so that a statement is built once and the same for any number of them.

SQLite's driver lets go of the interpreter at every row it binds or fetches, and may wait 5 ms to have it back from a busy
loop: there, rows travel as one JSON text. PostgreSQL takes arrays and gives rows.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import JSON, BigInteger, LargeBinary, Text, any_, bindparam, cast, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import ARRAY

from .transaction import Transaction


def among(postgres: bool, column: Any) -> Any:
    """The column is one of the numbers bound as `some`.

    On PostgreSQL as ANY: it looks each up by the index, where it would join an unnested array by reading the whole table.
    """
    if postgres:
        return column == any_(bindparam("some", type_=ARRAY(BigInteger)))
    return column.in_(select(func.json_each(bindparam("some", type_=Text)).table_valued("value").c.value))


def some(tx: Transaction, numbers: Sequence[int]) -> dict[str, Any]:
    """What `among` looks for."""
    return {"some": list(numbers) if tx.postgres else orjson.dumps(numbers).decode()}


def held(column: Any) -> Any:
    """A text column as a condition on rows that are named by id. By itself SQLite would look for them by that column."""
    return func.coalesce(column, "")


def pairs(postgres: bool, binary: bool = False) -> Any:
    """Numbers and texts (or bytes, of ASCII only) bound as `pairs`, as a table with the columns `id` and `value`."""
    kind = LargeBinary if binary else Text
    if postgres:
        whole = func.unnest(bindparam("keys", type_=ARRAY(BigInteger)), bindparam("values", type_=ARRAY(kind)))
        table = whole.table_valued("id", "value").render_derived()
        return select(table.c.id, table.c.value).subquery()
    row = func.json_each(bindparam("rows", type_=Text)).table_valued("value").c.value
    value = func.json_extract(row, "$[1]")
    return select(
        func.json_extract(row, "$[0]").label("id"), (cast(value, kind) if binary else value).label("value")
    ).subquery()


def paired(tx: Transaction, rows: Sequence[tuple[int, Any]]) -> dict[str, Any]:
    """What `pairs` stands for."""
    if tx.postgres:
        return {"keys": [key for key, _ in rows], "values": [value for _, value in rows]}
    texts = [(key, value.decode() if isinstance(value, bytes) else value) for key, value in rows]
    return {"rows": orjson.dumps(texts).decode()}


def packed(postgres: bool, statement: Any) -> Any:
    """The statement in the form that `rows` reads. Its columns are numbers, texts, truths and JSON."""
    if postgres:
        return statement
    inner = statement.subquery()
    columns = [func.json(column) if isinstance(column.type, JSON) else column for column in inner.c]
    return select(func.json_group_array(func.json_array(*columns), type_=Text))


async def rows(tx: Transaction, statement: Any, bound: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    """The rows of a `packed` statement, in its order."""
    found = await run(tx, statement, bound)
    return found if tx.postgres else orjson.loads(found[0][0])


async def run(tx: Transaction, statement: Any, bound: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement that is kept, as the driver gives them; none where it returns none.

    On SQLite it goes to the driver as it was compiled the first time, and to the driver's thread and back once, not four
    times: 0.05 ms instead of 0.25 ms of CPU.
    """
    if tx.postgres:
        result = await tx.execute(statement, bound)
        return result.all() if result.returns_rows else ()
    sql, order, known, into = _compiled(statement)
    values = {**known, **bound}
    raw = await tx.connection.get_raw_connection()
    driver: Any = raw.driver_connection
    ready = [values[name] if into[name] is None else into[name](values[name]) for name in order]
    found: Sequence[Any] = await tx.step(driver.execute_fetchall(sql, ready))
    return found


@lru_cache(maxsize=64)
def _compiled(statement: Any) -> tuple[str, Sequence[str], Mapping[str, Any], Mapping[str, Any]]:
    """SQL for SQLite, the names of its values in order, those that are known, and how each goes into the driver."""
    dialect = sqlite.dialect(paramstyle="qmark")
    compiled = statement.compile(dialect=dialect)  # an IN of several values would still be open: ORs instead
    order = list(compiled.positiontup)
    kinds = {name: bind.type for bind, name in compiled.bind_names.items()}
    into = {name: _binder(kinds.get(name), dialect) for name in order}
    return compiled.string, order, compiled.params, into


def _binder(kind: Any, dialect: Any) -> Any:
    return None if kind is None else kind.dialect_impl(dialect).bind_processor(dialect)
