"""Staff and the one-time invitations by which they come in. Only a hash of an invitation is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import col, func, select, update

from .outbox_tables import Delivery, Source
from .tables import Chat, Invitation, Posting, Resident, Staff
from .transaction import Transaction

LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Owner:
    """Where an owner reads, and when their night is (minutes of the day, Korean time)."""

    chat_id: int
    platform: str
    quiet_from: int
    quiet_until: int


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def invite(tx: Transaction, token: str, role: str) -> None:
    """Let whoever brings `token` within a day become staff, once. Earlier unused invitations of the role end."""
    unused = (col(Invitation.role) == role, col(Invitation.used_at).is_(None), col(Invitation.expires_at) > tx.now)
    await tx.execute(update(Invitation).where(*unused).values(expires_at=tx.now))
    await tx.add(Invitation, token_hash=_hash(token), role=role, expires_at=tx.now + LIFE)


async def accept(tx: Transaction, token: str, resident_id: int) -> str | None:
    """The role that an invitation gives, or None where it is unknown, used or over. One winner when two come at once."""
    valid = (
        col(Invitation.token_hash) == _hash(token),
        col(Invitation.used_at).is_(None),
        col(Invitation.expires_at) > tx.now,
    )
    role: str | None = await tx.scalar(
        update(Invitation).where(*valid).values(used_at=tx.now).returning(col(Invitation.role))
    )
    if role is not None:
        await appoint(tx, resident_id, role)
    return role


async def appoint(tx: Transaction, resident_id: int, role: str) -> None:
    await tx.put(Staff, ["resident_id"], resident_id=resident_id, role=role, since=tx.now)


async def role(tx: Transaction, resident_id: int) -> str | None:
    found: str | None = await tx.scalar(select(Staff.role).where(col(Staff.resident_id) == resident_id))
    return found


async def owners(tx: Transaction, address: str, platforms: Sequence[str]) -> list[Owner]:
    """Whoever is the owner by an invitation, or by an `address` as telegram:12345: each in the newest chat on `platforms`."""
    platform, _, at = address.partition(":")
    here = and_(col(Chat.platform) == platform, col(Chat.address) == at, col(Chat.kind) == "private")
    appointed = col(Resident.id).in_(select(col(Staff.resident_id)).where(col(Staff.role) == "owner"))
    reached = (col(Chat.state) == "active", col(Chat.platform).in_(platforms), col(Resident.state) != "left")
    newest = (
        select(func.max(col(Chat.id)))
        .join(Resident, col(Resident.id) == col(Chat.resident_id))
        .where(or_(here, appointed), *reached)
        .group_by(col(Chat.resident_id))
    )
    told = (col(Chat.id), col(Chat.platform), col(Resident.quiet_from), col(Resident.quiet_until))
    statement = select(*told).join(Resident, col(Resident.id) == col(Chat.resident_id)).where(col(Chat.id).in_(newest))
    return [Owner(*row) for row in await tx.all(statement.order_by(col(Chat.id)))]


async def today(tx: Transaction) -> dict[str, int]:
    """Counts for the desk: open postings, residents with alerts, waiting and uncertain messages."""
    open_ = select(func.count()).select_from(Posting).where(col(Posting.state) == "open")
    active = select(func.count()).select_from(Resident).where(col(Resident.state) == "active")
    counts = {"open": await tx.scalar(open_), "active": await tx.scalar(active)}
    for state in ("queued", "uncertain"):
        rows = select(func.count()).select_from(Delivery).where(col(Delivery.state) == state)
        counts[state] = await tx.scalar(rows)
    return counts


async def sources(tx: Transaction) -> list[tuple[str, int, datetime | None]]:
    """Each source with its failures in a row and when it last answered well."""
    return [(row.name, row.failures, row.good_at) for row in await tx.find(Source, order=Source.name)]
