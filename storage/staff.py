"""Staff: who acts for the municipality or a facility, in which role, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import col, delete, func, select, update

from . import dialogs, invitations
from .outbox_tables import Source
from .staff_tables import Manages, Staff
from .tables import Chat, Resident
from .transaction import Transaction, columns

IDLE = timedelta(minutes=30)  # without an act: names are hidden until the person says that they are there
REMEMBERED = timedelta(days=30)  # that somebody was dismissed
WITHIN = ("manager",)  # roles that act for facilities of their own only


@dataclass(frozen=True, slots=True)
class Who:
    """One of the staff. `facilities` are those they act for, None for all; `hidden`: names are not shown just now."""

    resident_id: int
    role: str
    name: str = ""
    facilities: frozenset[int] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """Where one of the staff reads, and when their night is (minutes of the day, Korean time)."""

    chat_id: int
    platform: str
    quiet_from: int
    quiet_until: int


async def appoint(tx: Transaction, resident_id: int, role: str, facilities: Sequence[int] = (), name: str = "") -> None:
    """Give a role from now on; who was dismissed comes back. A manager's `facilities` are added to those they have."""
    values: dict[str, Any] = {"role": role, "since": tx.now, "ended_at": None, "acted_at": tx.now, "hidden": False}
    await tx.put(Staff, ["resident_id"], resident_id=resident_id, **values, **({"name": name} if name else {}))
    for facility_id in facilities:
        await tx.put(
            Manages, ["resident_id", "facility_id"], resident_id=resident_id, facility_id=facility_id, since=tx.now
        )


async def dismiss(tx: Transaction, resident_id: int) -> None:
    """The role ends at once, with all facilities, open questions and invitations that this person made.

    That it was there is remembered for a while, so that old buttons are answered so; the name is not.
    """
    await tx.execute(update(Staff).where(col(Staff.resident_id) == resident_id).values(ended_at=tx.now, name=None))
    await tx.execute(delete(Manages).where(col(Manages.resident_id) == resident_id))
    await dialogs.shut(tx, *[chat.id for chat in await tx.find(Chat, Chat.resident_id == resident_id)])
    await invitations.end_of(tx, resident_id)


async def who(tx: Transaction, resident_id: int) -> Who | None:
    """The person's role at present; None for who is not, or no longer, of the staff."""
    found = await tx.get(Staff, resident_id=resident_id)
    if found is None or found.ended_at is not None:
        return None
    return await _who(tx, found)


async def everybody(tx: Transaction) -> list[Who]:
    """All who have a role now, the longest first."""
    found = await tx.find(Staff, col(Staff.ended_at).is_(None), order=(Staff.since, Staff.resident_id))
    return [await _who(tx, one) for one in found]


async def at(tx: Transaction, platform: str, account: str, address: str) -> Who | None:
    """Who of the staff reads at an address, without their facilities; `hidden` also where nobody acted for long by now."""
    where = (Chat.platform == platform, Chat.account == account, Chat.address == address, col(Staff.ended_at).is_(None))
    statement = select(*columns(Staff)).join(Chat, col(Chat.resident_id) == col(Staff.resident_id)).where(*where)
    row = await tx.first(statement)
    if row is None:
        return None
    one = Staff(**row._mapping)
    return Who(one.resident_id, one.role, one.name or "", None, one.hidden or _idle(tx, one))


def _idle(tx: Transaction, one: Staff) -> bool:
    return one.acted_at is not None and tx.now - one.acted_at >= IDLE


async def _who(tx: Transaction, found: Staff) -> Who:
    within = None
    if found.role in WITHIN:
        rows = await tx.all(select(col(Manages.facility_id)).where(col(Manages.resident_id) == found.resident_id))
        within = frozenset(row[0] for row in rows)
    return Who(found.resident_id, found.role, found.name or "", within, found.hidden)


async def managers(tx: Transaction, facility_id: int) -> list[int]:
    """The residents' ids of those who act for a facility as its managers now."""
    there = (col(Manages.facility_id) == facility_id, col(Staff.role) == "manager", col(Staff.ended_at).is_(None))
    joined = select(col(Staff.resident_id)).join(Manages, col(Manages.resident_id) == col(Staff.resident_id))
    return [row[0] for row in await tx.all(joined.where(*there).order_by(col(Staff.resident_id)))]


async def was(tx: Transaction, resident_id: int) -> bool:
    """Whether this person had a role that was taken from them."""
    found = await tx.get(Staff, resident_id=resident_id)
    return found is not None and found.ended_at is not None


async def acts(tx: Transaction, resident_id: int) -> bool:
    """This person acts now. True where names are hidden from now on, since nobody did for long."""
    found = await tx.get(Staff, resident_id=resident_id)
    if found is None:
        return False
    hidden = found.hidden or _idle(tx, found)
    await tx.execute(update(Staff).where(col(Staff.resident_id) == resident_id).values(acted_at=tx.now, hidden=hidden))
    return hidden


async def here(tx: Transaction, resident_id: int) -> None:
    """The person says that it is them: names are shown again."""
    await tx.execute(update(Staff).where(col(Staff.resident_id) == resident_id).values(acted_at=tx.now, hidden=False))


async def role(tx: Transaction, resident_id: int) -> str | None:
    """The role at present, or None."""
    where = (col(Staff.resident_id) == resident_id, col(Staff.ended_at).is_(None))
    found: str | None = await tx.scalar(select(Staff.role).where(*where))
    return found


async def owners(tx: Transaction, address: str, platforms: Sequence[str]) -> list[Owner]:
    """Whoever is the owner by an invitation, or by an `address` as telegram:12345: each in the newest chat on `platforms`."""
    return await reached(tx, platforms, ("owner",), address)


async def reached(
    tx: Transaction, platforms: Sequence[str], roles: Sequence[str], address: str = "", facility_id: int | None = None
) -> list[Owner]:
    """Whoever has one of these roles (for a facility), or the owner's `address`, each in the newest chat on `platforms`."""
    platform, _, at = address.partition(":")
    here = and_(col(Chat.platform) == platform, col(Chat.address) == at, col(Chat.kind) == "private")
    now = [col(Staff.role).in_(roles), col(Staff.ended_at).is_(None)]
    if facility_id is not None:
        acting = select(col(Manages.resident_id)).where(col(Manages.facility_id) == facility_id)
        now.append(col(Staff.resident_id).in_(acting))
    appointed = col(Resident.id).in_(select(col(Staff.resident_id)).where(*now))
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


async def sources(tx: Transaction) -> list[tuple[str, int, datetime | None]]:
    """Each source with its failures in a row and when it last answered well."""
    return [(row.name, row.failures, row.good_at) for row in await tx.find(Source, order=Source.name)]


async def called(tx: Transaction, resident_id: int, name: str) -> None:
    """What this person of the staff is called; kept sealed."""
    await tx.execute(update(Staff).where(col(Staff.resident_id) == resident_id).values(name=name))


async def row(tx: Transaction, resident_id: int) -> Staff | None:
    """What is kept about one who is or was of the staff."""
    return await tx.get(Staff, resident_id=resident_id)


async def chat_of(tx: Transaction, resident_id: int) -> int | None:
    """The newest chat in which this person reads."""
    where = (col(Chat.resident_id) == resident_id, col(Chat.state) == "active", col(Chat.kind) == "private")
    found: int | None = await tx.scalar(select(func.max(col(Chat.id))).where(*where))
    return found


async def forget(tx: Transaction) -> None:
    """Who was dismissed long ago is no longer told so: their row goes, and with it that they ever had a role."""
    await tx.execute(delete(Staff).where(col(Staff.ended_at) < tx.now - REMEMBERED))
