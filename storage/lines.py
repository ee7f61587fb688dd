"""What was said in the web chat, kept sealed for 30 days so that a closed page misses nothing."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, delete, select, update

from .tables import Chat, Line
from .transaction import Transaction, columns

KEPT_DAYS = 30


async def add(tx: Transaction, chat_id: int, body: Any, *, mine: bool = False) -> int:
    """Keep one line (`mine` is the resident's own) and return its id. Ids of a chat rise in the order of commits,
    because whoever adds one holds the chat's row (see `residents.at`)."""
    return int(await tx.add(Line, chat_id=chat_id, mine=mine, body=body, at=tx.now))


async def get(tx: Transaction, chat_id: int, line_id: int) -> Line | None:
    """A line of this chat; another chat's is not found."""
    return await tx.get(Line, id=line_id, chat_id=chat_id)


async def part(tx: Transaction, line_id: int, name: str) -> Any:
    """What the picture or file of any chat's line was kept as; None where there is none. Who asks is to be checked by its key."""
    line = await tx.get(Line, id=line_id)
    return line.body.get(name) if line is not None else None


async def change(tx: Transaction, chat_id: int, line_id: int, body: Any) -> bool:
    """Replace what a line of this chat says. False where there is no such line."""
    where = (col(Line.id) == line_id, col(Line.chat_id) == chat_id, col(Line.mine).is_(False))
    result = await tx.execute(update(Line).where(*where).values(body=body))
    return bool(result.rowcount)


async def since(
    tx: Transaction, platform: str, account: str, address: str, after: int, limit: int = 100, before: int | None = None
) -> list[Line]:
    """The newest lines at an address with an id above `after` (and below `before`), oldest first."""
    where = [Chat.platform == platform, Chat.account == account, Chat.address == address, col(Line.id) > after]
    if before is not None:
        where.append(col(Line.id) < before)
    statement = select(*columns(Line)).join(Chat, col(Chat.id) == col(Line.chat_id)).where(*where)
    rows = await tx.all(statement.order_by(col(Line.id).desc()).limit(limit))
    return [Line(**row._mapping) for row in reversed(rows)]


async def forget_old(tx: Transaction, days: int = KEPT_DAYS) -> int:
    """Delete lines older than `days`. Returns how many."""
    result = await tx.execute(delete(Line).where(col(Line.at) < tx.now - timedelta(days=days)))
    return int(result.rowcount)


async def erase(tx: Transaction, chat_id: int) -> int:
    """Delete every line of a chat. Returns how many."""
    result = await tx.execute(delete(Line).where(col(Line.chat_id) == chat_id))
    return int(result.rowcount)
