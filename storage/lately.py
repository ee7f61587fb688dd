"""What a resident was told lately, so that a change of their wishes can be held against it; and what changed since."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select, update

from .criteria import DISTRICT
from .outbox_tables import Alert, Delivery
from .tables import Posting
from .transaction import Transaction, columns

TOLD = ("carried", "told")


async def alerts(tx: Transaction, resident_id: int, since: datetime) -> list[tuple[Posting, int]]:
    """The postings that their wishes brought from that moment on, as they are now, each with its hops; newest first."""
    wished = col(Alert.hops) <= DISTRICT
    where = (col(Alert.resident_id) == resident_id, col(Alert.due_at) >= since, col(Alert.state).in_(TOLD), wished)
    read: list[Any] = [*columns(Posting), col(Alert.hops)]
    found = select(*read).join(Alert, col(Alert.posting_id) == col(Posting.id))
    rows = []
    for row in await tx.all(found.where(*where).order_by(col(Alert.id).desc())):
        values = dict(row._mapping)
        hops = values.pop("hops")
        rows.append((Posting(**values), hops))
    return rows


async def changed(tx: Transaction, resident_id: int, posting: Posting) -> bool:
    """Whether a posting changed after this resident was alerted to it. Said once: it counts as seen from then on."""
    alert = await tx.get(Alert, resident_id=resident_id, posting_id=posting.id)
    if alert is None or alert.revision >= posting.revision:
        return False
    sent = await tx.get(Delivery, id=alert.delivery_id) if alert.delivery_id else None
    await tx.execute(update(Alert).where(col(Alert.id) == alert.id).values(revision=posting.revision))
    return sent is not None and sent.settled_at is not None and posting.changed_at > sent.settled_at
