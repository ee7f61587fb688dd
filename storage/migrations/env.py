"""What alembic runs for every command: it works on the connection that storage.migrate hands in."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, BigInteger
from sqlmodel import SQLModel

from storage.migrate import differs


def named(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own types that differ by engine are said by their names in storage.columns."""
    if kind == "type" and isinstance(item, BigInteger) and item._variant_mapping:
        return "columns.Id"
    return "columns.Json" if kind == "type" and isinstance(item, JSON) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite cannot alter a column: the table is made anew
    compare_server_default=differs,
    user_module_prefix="columns.",
    render_item=named,
)
with context.begin_transaction():
    context.run_migrations()
