"""How many requests of a day were spent, by the name of a key's budget. The day begins at Korean midnight, as quotas do."""

from .folding import KOREA
from .outbox_tables import Memo
from .transaction import Transaction


async def used(tx: Transaction, name: str) -> int:
    """Requests spent today."""
    memo = await tx.get(Memo, name=_name(name))
    day, _, spent = memo.value.partition(" ") if memo else ("", "", "")
    return int(spent) if day == _today(tx) and spent.isdigit() else 0


async def spend(tx: Transaction, name: str, most: int) -> bool:
    """Take one request of today's `most`, if one is left."""
    spent = await used(tx, name)
    if spent >= most:
        return False
    await _keep(tx, name, spent + 1)
    return True


async def exhaust(tx: Transaction, name: str, most: int) -> None:
    """The site says that nothing is left today."""
    await _keep(tx, name, max(most, await used(tx, name)))


async def _keep(tx: Transaction, name: str, spent: int) -> None:
    await tx.put(Memo, ["name"], name=_name(name), value=f"{_today(tx)} {spent}")


def _today(tx: Transaction) -> str:
    return tx.now.astimezone(KOREA).date().isoformat()


def _name(name: str) -> str:
    return f"budget {name}"
