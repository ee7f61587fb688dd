"""Which copy of the database is the live one, and what is in doubt once another takes its place.

A copy that speaks with the same bot beside another would tell everything twice. So every live copy has an epoch, kept in the
database and on its machine; the memo "epoch" is what the database says.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select, update

from .outbox_tables import Alert, Delivery, Memo
from .settling import WAITING, doubt
from .tables import Chat
from .transaction import Transaction

NAME = "epoch"
RETIRED = "retired"  # the live copy was put down in good order: nothing went out after this
RESTORED = "restored"  # from a backup that was made while the live copy went on
REASON = "may have been sent by the copy before"


@dataclass(frozen=True, slots=True)
class Doubted:
    """How many deliveries became uncertain, and how many alerts now only ride along."""

    deliveries: int
    alerts: int


async def current(tx: Transaction) -> str | None:
    """The database's epoch; None where none was ever given."""
    memo = await tx.get(Memo, name=NAME)
    return None if memo is None else memo.value


async def put(tx: Transaction, value: str) -> None:
    await tx.put(Memo, ["name"], name=NAME, value=value)


async def begin(tx: Transaction) -> str:
    """A new epoch; whoever ran under the old one is no longer live."""
    epoch = secrets.token_hex(8)
    await put(tx, epoch)
    return epoch


async def in_use(tx: Transaction) -> bool:
    """Whether anybody was ever met here, so that something could go out."""
    return bool(await tx.scalar(select(func.count()).select_from(Chat).limit(1)))


async def doubt_all(tx: Transaction, *, repeats: bool = True) -> Doubted:
    """Whatever the copy before may have sent since this one was made is not sent again as if it were new.

    Deliveries under way become `uncertain`, and alerts that wait ride as one line in the next message. `repeats` False
    leaves alone what says of itself that it may be a repeat.
    """
    open_: ColumnElement[bool] = col(Delivery.state).in_((*WAITING, "sending"))
    if not repeats:
        open_ = and_(open_, ~col(Delivery.once).endswith(":again"))
    deliveries = await doubt(tx, open_, REASON)
    waiting = (col(Alert.state) == "waiting", ~col(Alert.maybe_seen))
    alerts = await tx.execute(update(Alert).where(*waiting).values(maybe_seen=True))
    return Doubted(deliveries, int(alerts.rowcount))
