"""Which of a platform's updates were worked on already: each is, once, whatever is delivered twice."""

from datetime import timedelta

from sqlmodel import col, delete

from .tables import Update
from .transaction import Transaction


async def first_time(tx: Transaction, platform: str, account: str, update: str) -> bool:
    """True, and remembered, when this update is new."""
    statement = tx.upsert(Update).values(platform=platform, account=account, update=update, at=tx.now)
    result = await tx.execute(statement.on_conflict_do_nothing())
    return bool(result.rowcount)


async def forget(tx: Transaction, days: int = 2) -> None:
    """Platforms redeliver within a day (Telegram: 24 hours)."""
    await tx.execute(delete(Update).where(col(Update.at) < tx.now - timedelta(days=days)))
