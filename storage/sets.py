"""Many rows in one value, so that a statement is built once and the same for any number of them.

SQLite's driver lets go of the interpreter at every row it binds or fetches, and may wait 5 ms to have it back from a busy
loop: there, rows travel as one JSON text. PostgreSQL takes arrays and gives rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import JSON, BigInteger, LargeBinary, Select, Text, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from .transaction import Transaction


def ids(postgres: bool) -> Select[Any]:
    """The numbers bound as `some`, for an IN."""
    if postgres:
        return select(func.unnest(bindparam("some", type_=ARRAY(BigInteger))).column_valued("one"))
    return select(func.json_each(bindparam("some", type_=Text)).table_valued("value").c.value)


def some(tx: Transaction, numbers: Sequence[int]) -> dict[str, Any]:
    """What `ids` stands for."""
    return {"some": list(numbers) if tx.postgres else orjson.dumps(numbers).decode()}


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
    result = await tx.execute(statement, bound)
    if tx.postgres:
        return result.all()
    found: list[list[Any]] = orjson.loads(result.scalar_one())
    return found
