"""Signs that hang at facilities: which names may be told to those who come by one."""

from sqlmodel import col, select

from .tables import Sign, Wish
from .transaction import Transaction


async def keep(tx: Transaction, code: str, name: str, area: int) -> None:
    """A sign was made; making it again changes nothing but the name."""
    await tx.put(Sign, ["code"], code=code, name=name, area=area, made_at=tx.now)


async def name(tx: Transaction, code: str | None) -> str | None:
    """Where a sign hangs; None for one that was not made here."""
    sign = await tx.get(Sign, code=code) if code else None
    return sign.name if sign else None


async def of(tx: Transaction, resident_id: int) -> str | None:
    """The code of the sign that a resident came by."""
    whose = (col(Wish.resident_id) == resident_id, col(Wish.sign).is_not(None))
    code: str | None = await tx.scalar(select(Wish.sign).where(*whose).order_by(col(Wish.id)).limit(1))
    return code
