"""Deliveries that are long over become anonymous daily counts."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, delete, select

from .outbox_tables import Count, Delivery
from .transaction import Transaction

KOREA = ZoneInfo("Asia/Seoul")
KEPT = timedelta(days=90)


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
    for row in await tx.all(select(*by, func.count().label("n")).where(*within).group_by(*by)):
        statement = tx.upsert(Count).values(day=day, name=f"deliveries.{row.kind}.{row.state}", n=row.n)
        await tx.execute(
            statement.on_conflict_do_update(
                index_elements=["day", "name"], set_={"n": col(Count.n) + statement.excluded.n}
            )
        )
    return int((await tx.execute(delete(Delivery).where(*within))).rowcount)
