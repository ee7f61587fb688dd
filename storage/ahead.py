"""How far ahead of the machine's own time this database was brought by a demo whose clock was moved."""

from datetime import timedelta

from .outbox_tables import Memo
from .transaction import Transaction

NAME = "demo_ahead"


async def get(tx: Transaction) -> timedelta | None:
    """None where no clock was ever moved: what is in the database happened when it says."""
    memo = await tx.get(Memo, name=NAME)
    return None if memo is None else timedelta(seconds=float(memo.value))


async def put(tx: Transaction, ahead: timedelta) -> None:
    await tx.put(Memo, ["name"], name=NAME, value=str(ahead.total_seconds()))
