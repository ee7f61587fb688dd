"""Residents and the chats they are reached in: finding, making, leaving, erasing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import false, insert, literal
from sqlmodel import col, delete, select, update

from . import dialogs, invitations
from .application_tables import Application
from .columns import Moment
from .move_tables import Move
from .staff_tables import Follow, WalkIn
from .tables import Chat, Consent, Mark, Neighbourhood, Resident, Staff, WishArea
from .tables import Wish as WishRow
from .transaction import Transaction

# When somebody is written to who chose nothing: hours at night, for which one agrees apart, are quiet.
PACE: dict[str, Any] = {name: Resident.model_fields[name].default for name in ("quiet_from", "quiet_until", "shifts")}
PACE |= dict.fromkeys(("daily_at", "weekly_on", "paused_until", "shifts_from"))


async def at(tx: Transaction, platform: str, account: str, address: str) -> tuple[Chat, Resident] | None:
    """The chat at an address and its resident. On PostgreSQL the chat's row is locked: one turn at a time."""
    where = (Chat.platform == platform, Chat.account == account, Chat.address == address)
    statement = select(Chat.id).where(*where)
    if tx.postgres:
        statement = statement.with_for_update()
    chat_id = await tx.scalar(statement)
    if chat_id is None:
        return None
    chat = await tx.get(Chat, id=chat_id)
    assert chat is not None
    resident = await tx.get(Resident, id=chat.resident_id)
    assert resident is not None
    return chat, resident


async def meet(
    tx: Transaction, platform: str, account: str, address: str, kind: str, language: str
) -> tuple[Chat, Resident]:
    """A new person in a new chat. Nothing but the address and a language is kept, and that only for a day (see `tidy`)."""
    resident_id = await tx.add(Resident, language=language, state="new", created_at=tx.now)
    await tx.add(
        Chat,
        platform=platform,
        account=account,
        address=address,
        resident_id=resident_id,
        kind=kind,
        created_at=tx.now,
    )
    found = await at(tx, platform, account, address)
    assert found is not None
    return found


async def change(tx: Transaction, resident: Resident, **values: Any) -> None:
    """Set columns of a resident. With the state, what matching reads of their wishes changes too."""
    await tx.execute(update(Resident).where(col(Resident.id) == resident.id).values(**values))
    if "state" in values:
        running = select(col(WishRow.active)).where(col(WishRow.id) == col(WishArea.wish_id)).scalar_subquery()
        heard = running if values["state"] == "active" else false()
        await tx.execute(update(WishArea).where(col(WishArea.resident_id) == resident.id).values(active=heard))
    for name, value in values.items():
        setattr(resident, name, value)


async def asked(tx: Transaction, some: Sequence[int]) -> None:
    """These were asked whether to be written to less."""
    if some:
        await tx.execute(update(Resident).where(col(Resident.id).in_(some)).values(asked_at=tx.now))


async def confirmed(tx: Transaction, some: Sequence[int]) -> None:
    """These were told what they agreed to, as must be every two years; it stands among their agreements."""
    told: list[Any] = [
        *(col(Resident.id), literal("confirmed"), literal(""), col(Resident.language), literal("public duty")),
        literal(tx.now, Moment),
    ]
    said = select(*told).where(col(Resident.id).in_(some))
    if some:
        names = ["resident_id", "item", "version", "language", "basis", "at"]
        await tx.execute(insert(Consent).from_select(names, said, include_defaults=False))


async def change_chat(tx: Transaction, chat: Chat, **values: Any) -> None:
    await tx.execute(update(Chat).where(col(Chat.id) == chat.id).values(**values))
    for name, value in values.items():
        setattr(chat, name, value)


async def consent(tx: Transaction, resident: Resident, item: str, version: str, basis: str = "consent") -> int:
    """Write down that a person agreed; returns the row's id."""
    key: int = await tx.add(
        Consent,
        resident_id=resident.id,
        item=item,
        version=version,
        language=resident.language,
        basis=basis,
        at=tx.now,
    )
    return key


async def agreed(tx: Transaction, resident: Resident, item: str) -> bool:
    """Whether they agreed to this and have not taken it back."""
    return any(one.item == item and one.withdrawn_at is None for one in await consents(tx, resident))


async def withdraw(tx: Transaction, resident: Resident, item: str | None = None) -> None:
    """Take back what they agreed to: one item, or everything, and with it all that they chose about when we write."""
    where = [col(Consent.resident_id) == resident.id, col(Consent.withdrawn_at).is_(None)]
    if item is not None:
        where.append(col(Consent.item) == item)
    await tx.execute(update(Consent).where(*where).values(withdrawn_at=tx.now))
    if item is None:
        await change(tx, resident, **PACE)


async def consents(tx: Transaction, resident: Resident) -> list[Consent]:
    return await tx.find(Consent, Consent.resident_id == resident.id, order=Consent.id)


async def leave(tx: Transaction, resident: Resident) -> None:
    """No more alerts from this moment, and no open question in any of their chats. `tidy` deletes the rest within 30 days.

    Who applied for a job goes on hearing of that: what they agreed to for it stands, and they stay within reach.
    """
    applied = await tx.scalar(select(col(Application.id)).where(col(Application.resident_id) == resident.id).limit(1))
    for item in {one.item for one in await consents(tx, resident) if not applied or not one.item.startswith("apply")}:
        await withdraw(tx, resident, item)
    await change(tx, resident, **PACE)
    await dialogs.shut(tx, *[chat.id for chat in await tx.find(Chat, Chat.resident_id == resident.id)])
    for model in (WishArea, WishRow, Neighbourhood, Follow):
        await tx.execute(delete(model).where(col(model.resident_id) == resident.id))
    if resident.state == "active":  # who never agreed is still forgotten within a day
        left: dict[str, Any] = {"state": "guest"} if applied else {"state": "left", "left_at": tx.now}
        await change(tx, resident, **left)


async def erase(tx: Transaction, resident_id: int) -> None:
    """Everything about a person, at once; what hangs on the row goes with it, and who they were before they moved here."""
    moved = await tx.all(select(col(Move.other_id)).where(col(Move.resident_id) == resident_id))
    await invitations.end_of(tx, resident_id)
    await tx.execute(delete(Resident).where(col(Resident.id) == resident_id))
    await erase_unreached(tx, [row.other_id for row in moved])


async def erase_unreached(tx: Transaction, some: Sequence[int]) -> None:
    """Those of these residents who have no chat any more: what was theirs was kept in case they come back. Who was entered
    at the counter never had one.
    """
    there = select(col(Chat.resident_id)).where(col(Chat.resident_id).in_(some))
    entered = select(col(WalkIn.resident_id))
    gone = (col(Resident.id).not_in(there), col(Resident.id).not_in(entered))
    await tx.execute(delete(Resident).where(col(Resident.id).in_(some), *gone))


async def tidy(tx: Transaction) -> int:
    """Erase who left 30 days ago, and who looked without agreeing a day ago; but staff and who applied. Returns how many."""
    serving = col(Resident.id).in_(select(col(Staff.resident_id)).where(col(Staff.ended_at).is_(None)))
    gone = ~serving & (col(Resident.state) == "left") & (col(Resident.left_at) < tx.now - timedelta(days=30))
    appointed = col(Resident.id).in_(select(col(Staff.resident_id)))
    day_ago = col(Resident.created_at) < tx.now - timedelta(hours=24)
    waiting = col(Resident.id).in_(select(col(Application.resident_id)))  # for an answer; alerts they did not want
    passing = col(Resident.state).in_(["new", "guest"]) & day_ago & ~appointed & ~waiting
    result = await tx.execute(delete(Resident).where(gone | passing))
    return int(result.rowcount)


async def kept(tx: Transaction, resident: Resident) -> dict[str, int]:
    """How many rows of each kind are kept about a person."""
    counts = {}
    for name, model in (("consents", Consent), ("marks", Mark), ("chats", Chat)):
        rows = await tx.find(model, model.resident_id == resident.id)
        counts[name] = len(rows)
    return counts
