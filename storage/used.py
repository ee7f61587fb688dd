"""What residents did with what was sent to them: when they opened it, and when they say that they applied."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select, update

from .outbox_tables import Alert, Delivery
from .tables import Chat
from .transaction import Transaction


async def opened(tx: Transaction, resident_id: int, posting_id: int) -> None:
    """A posting was looked at: note it on the messages that told this resident of it, the first time."""
    where = (_told(resident_id, posting_id), col(Delivery.opened_at).is_(None))
    await tx.execute(update(Delivery).where(*where).values(opened_at=tx.now))


async def applied(tx: Transaction, resident_id: int, posting_id: int) -> None:
    """A resident says that they applied for a posting; who applied has looked at it."""
    await opened(tx, resident_id, posting_id)
    where = (_told(resident_id, posting_id), col(Delivery.applied_at).is_(None))
    await tx.execute(update(Delivery).where(*where).values(applied_at=tx.now))


async def told_otherwise(tx: Transaction, resident_id: int, posting_id: int, delivery_id: int) -> bool:
    """Whether another message tells, or told, this resident of a posting: after a merge the one at hand need not."""
    where = (col(Alert.resident_id) == resident_id, col(Alert.posting_id) == posting_id)
    by_another = (col(Alert.delivery_id) != delivery_id, col(Alert.state).in_(("carried", "told")))
    return await tx.first(select(col(Alert.id)).where(*where, *by_another)) is not None


def _told(resident_id: int, posting_id: int) -> ColumnElement[bool]:
    """A message of the posting alone, or the digest that carried its alert."""
    chats = select(col(Chat.id)).where(col(Chat.resident_id) == resident_id)
    alerts = (col(Alert.resident_id) == resident_id, col(Alert.posting_id) == posting_id)
    carried = select(col(Alert.delivery_id)).where(*alerts, col(Alert.delivery_id).is_not(None))
    mine = col(Delivery.chat_id).in_(chats)
    return mine & or_(col(Delivery.posting_id) == posting_id, col(Delivery.id).in_(carried))
