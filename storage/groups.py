"""Groups that the bot was added to: when it last said there where it works. Nothing else is kept of them."""

from datetime import datetime

from sqlmodel import col, delete

from .outbox_tables import Memo
from .transaction import Transaction


async def told(tx: Transaction, platform: str, account: str, id: str) -> datetime | None:
    """None where it never did."""
    memo = await tx.get(Memo, name=_name(platform, account, id))
    return datetime.fromisoformat(memo.value) if memo else None


async def tell(tx: Transaction, platform: str, account: str, id: str, at: datetime | None = None) -> None:
    """Now, or at that moment."""
    await tx.put(Memo, ["name"], name=_name(platform, account, id), value=(at or tx.now).isoformat())


async def move(tx: Transaction, platform: str, account: str, id: str, to: str) -> None:
    """The platform gave the group another id."""
    if at := await told(tx, platform, account, id):
        await tell(tx, platform, account, to, at)
    await forget(tx, platform, account, id)


async def forget(tx: Transaction, platform: str, account: str, id: str) -> None:
    await tx.execute(delete(Memo).where(col(Memo.name) == _name(platform, account, id)))


def _name(platform: str, account: str, id: str) -> str:
    return f"group {platform} {account} {id}"
