"""Deliveries that are long over become anonymous daily counts."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, delete, select

from .outbox_tables import Count, Delivery
from .transaction import Transaction

KOREA = ZoneInfo("Asia/Seoul")
KEPT = timedelta(days=90)
_COUNTED = (("n", col(Delivery.id)), ("opened", col(Delivery.opened_at)), ("applied", col(Delivery.applied_at)))


async def fold(tx: Transaction, days: int = 7) -> int:
    """Turn at most `days` whole days of deliveries, over for 90 days, into counts; returns how many rows went."""
    last = (tx.now - KEPT).astimezone(KOREA).date()  # the first day that is still kept
    folded = 0
    for _ in range(days):
        oldest = await tx.scalar(select(func.min(col(Delivery.settled_at))))
        if oldest is None or oldest.astimezone(KOREA).date() >= last:
            break
        folded += await _fold_day(tx, oldest.astimezone(KOREA).date())
    return folded


async def _fold_day(tx: Transaction, day: date) -> int:
    begins = datetime.combine(day, time(), KOREA)
    within = (col(Delivery.settled_at) >= begins, col(Delivery.settled_at) < begins + timedelta(days=1))
    by = (col(Delivery.kind), col(Delivery.state))
    found = select(*by, *(func.count(at).label(name) for name, at in _COUNTED)).where(*within).group_by(*by)
    for row in await tx.all(found):
        await _count(tx, day, f"deliveries.{row.kind}.{row.state}", row.n)
        await _count(tx, day, f"deliveries.{row.kind}.opened", row.opened)
        await _count(tx, day, f"deliveries.{row.kind}.applied", row.applied)
    return int((await tx.execute(delete(Delivery).where(*within))).rowcount)


async def _count(tx: Transaction, day: date, name: str, n: int) -> None:
    if not n:
        return
    statement = tx.upsert(Count).values(day=day, name=name, n=n)
    more = {"n": col(Count.n) + statement.excluded.n}
    await tx.execute(statement.on_conflict_do_update(index_elements=["day", "name"], set_=more))
