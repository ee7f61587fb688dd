"""Copies of alerts: whose alerts go to which other chat too, and that nothing more goes there once either side ends it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, or_, select, update

from .move_tables import Copy
from .outbox_tables import Alert, Delivery
from .settling import WAITING, end
from .tables import Chat, Consent, Resident
from .transaction import Transaction

TOLD = ("waiting", "carried", "told")  # an alert in these states is shown to its resident sooner or later
STEP = 1000


@dataclass(frozen=True, slots=True)
class Helper:
    """A chat that gets copies; `helper_id` is who reads there, the resident themself where it is their own old chat."""

    id: int
    resident_id: int
    chat_id: int
    platform: str
    helper_id: int
    quiet_from: int
    quiet_until: int
    daily_at: int | None
    weekly_on: int | None
    paused_until: datetime | None


async def give(tx: Transaction, resident_id: int, chat_id: int, consent_id: int | None) -> int:
    """From now on each alert of the resident goes to this chat too; returns the relation's id."""
    key = ["resident_id", "chat_id"]
    await tx.put(Copy, key, resident_id=resident_id, chat_id=chat_id, consent_id=consent_id, since=tx.now)
    found: int = await tx.scalar(
        select(col(Copy.id)).where(col(Copy.resident_id) == resident_id, col(Copy.chat_id) == chat_id)
    )
    return found


async def get(tx: Transaction, copy_id: int) -> Copy | None:
    return await tx.get(Copy, id=copy_id)


async def given(tx: Transaction, resident_id: int) -> list[Copy]:
    """Copies of this resident's alerts, wherever they go."""
    return await tx.find(Copy, Copy.resident_id == resident_id, order=Copy.id)


async def received(tx: Transaction, resident_id: int) -> list[Copy]:
    """Copies that come to this resident's chats from others."""
    mine = select(col(Chat.id)).where(col(Chat.resident_id) == resident_id)
    return await tx.find(Copy, col(Copy.chat_id).in_(mine), col(Copy.resident_id) != resident_id, order=Copy.id)


async def stop(tx: Transaction, copy: Copy) -> None:
    """No more copies from this moment, queued ones neither; the consent counts as withdrawn."""
    await tx.execute(delete(Copy).where(col(Copy.id) == copy.id))
    if copy.consent_id is not None:
        agreed = (col(Consent.id) == copy.consent_id, col(Consent.withdrawn_at).is_(None))
        await tx.execute(update(Consent).where(*agreed).values(withdrawn_at=tx.now))
    waiting = (Delivery.chat_id == copy.chat_id, Delivery.kind == "copy", col(Delivery.state).in_(WAITING))
    ids = [row.id for row in await tx.find(Delivery, *waiting) if row.body.get("copy") == copy.id]
    await end(tx, col(Delivery.id).in_(ids), "cancelled", "withdrawn")
    for key in ids:  # its name is free again: the helper may be owed the same posting themself one day
        once = col(Delivery.once).op("||")(f":{key}")
        await tx.execute(update(Delivery).where(col(Delivery.id) == key).values(once=once))


async def helpers(tx: Transaction, residents: Sequence[int], platforms: Sequence[str]) -> dict[int, list[Helper]]:
    """By resident, the chats that get copies and can be written to now."""
    told: list[Any] = [
        *(Copy.id, Copy.resident_id, Copy.chat_id, Chat.platform, col(Chat.resident_id).label("helper_id")),
        *(Resident.quiet_from, Resident.quiet_until, Resident.daily_at, Resident.weekly_on, Resident.paused_until),
    ]
    found: dict[int, list[Helper]] = defaultdict(list)
    for some in _steps(residents):
        statement = (
            select(*told)
            .join(Chat, col(Chat.id) == col(Copy.chat_id))
            .join(Resident, col(Resident.id) == col(Chat.resident_id))
            .where(
                col(Copy.resident_id).in_(some),
                col(Chat.state) == "active",
                col(Chat.friend),
                col(Chat.platform).in_(platforms),
                col(Resident.state) == "active",
            )
            .order_by(col(Copy.id))
        )
        for row in await tx.all(statement):
            found[row.resident_id].append(Helper(**row._mapping))
    return found


async def alerted(tx: Transaction, residents: Sequence[int], postings: Sequence[int]) -> set[tuple[int, int]]:
    """(resident, posting) of those that are told, or were."""
    found: set[tuple[int, int]] = set()
    for some in _steps(postings) if residents else ():
        where = (col(Alert.resident_id).in_(residents), col(Alert.posting_id).in_(some), col(Alert.state).in_(TOLD))
        rows = await tx.all(select(col(Alert.resident_id), col(Alert.posting_id)).where(*where))
        found |= {(row.resident_id, row.posting_id) for row in rows}
    return found


async def helped(tx: Transaction, chats: Sequence[int]) -> dict[int, list[int]]:
    """By chat, the other residents whose alerts are copied there."""
    found: dict[int, list[int]] = defaultdict(list)
    for some in _steps(chats):
        statement = (
            select(col(Copy.chat_id), col(Copy.resident_id))
            .join(Chat, col(Chat.id) == col(Copy.chat_id))
            .where(col(Copy.chat_id).in_(some), col(Copy.resident_id) != col(Chat.resident_id))
        )
        for row in await tx.all(statement):
            found[row.chat_id].append(row.resident_id)
    return found


async def concerning(tx: Transaction, resident_id: int) -> list[Copy]:
    """Given and received."""
    mine = select(col(Chat.id)).where(col(Chat.resident_id) == resident_id)
    return await tx.find(Copy, or_(col(Copy.resident_id) == resident_id, col(Copy.chat_id).in_(mine)), order=Copy.id)


def _steps(numbers: Iterable[int]) -> list[list[int]]:
    """In parts: SQLite binds at most 32,766 values in one statement."""
    every = sorted(set(numbers))
    return [every[start : start + STEP] for start in range(0, len(every), STEP)]
