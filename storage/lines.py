"""What was said in the web chat, kept sealed for 30 days so that a closed page misses nothing."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, delete, select, update

from .tables import Chat, Line, Staff
from .transaction import Transaction, columns

KEPT_DAYS = 30
NUMBER = 9  # digits of the shortest telephone number


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


async def forget_naming(tx: Transaction, words: Sequence[str]) -> int:
    """Delete the lines in which one of these stands, out of the chats of staff. Returns how many.

    Lines are sealed, so each is opened; staff are few, and their lines are kept for 30 days at most.
    """
    theirs = select(col(Chat.id)).join(Staff, col(Staff.resident_id) == col(Chat.resident_id))
    found = await tx.find(Line, col(Line.chat_id).in_(theirs))
    naming = [line.id for line in found if any(_stands(word, line.body) for word in words)]
    for start in range(0, len(naming), 1000):
        await tx.execute(delete(Line).where(col(Line.id).in_(naming[start : start + 1000])))
    return len(naming)


def _stands(word: str, body: Mapping[str, Any]) -> bool:
    """Whether a name stands in a line by itself, or a number however it is written."""
    said = " ".join(" ".join(str(body.get(part, "")) for part in ("lead", "title", "text")).split())
    digits = re.sub(r"[^0-9]", "", word)
    if len(digits) >= NUMBER:
        return digits in re.sub(r"[^0-9]", "", said)
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) is not None


async def erase(tx: Transaction, chat_id: int) -> int:
    """Delete every line of a chat. Returns how many."""
    result = await tx.execute(delete(Line).where(col(Line.chat_id) == chat_id))
    return int(result.rowcount)
