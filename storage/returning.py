"""Who lost their way in comes back in another chat: it becomes theirs, and each chat of before becomes a stranger's."""

from sqlmodel import col, delete, update

from . import becoming, codes, dialogs, moves, residents
from .move_tables import Move
from .tables import Chat, Resident
from .transaction import Transaction


async def come_back(tx: Transaction, resident_id: int, to: Chat) -> None:
    """Point the chat `to` to this person, and all their other chats to somebody new: an old device that is found is nobody's.

    What waits for them goes along, and moves can't be undone any more, since an undoing would bring an old chat back.
    """
    await moves.moving(tx)
    resident, other = await tx.get(Resident, id=resident_id), await tx.get(Resident, id=to.resident_id)
    assert resident is not None
    assert other is not None
    await codes.end(tx, resident_id)
    only = await moves.alone(tx, to)
    left = await tx.find(Chat, Chat.resident_id == resident_id, Chat.id != to.id, order=Chat.id)
    for chat in left:
        await moves.receive(tx, resident_id, chat.id, to.id)
    if only:
        await moves.take_helpers(tx, other.id, resident_id, to.id)
    await becoming.become(tx, resident, other, to.id, only=only, own=only and other.state == "active")
    for chat in left:
        fresh = await tx.add(Resident, language=resident.language, state="new", created_at=tx.now)
        await tx.execute(update(Chat).where(col(Chat.id) == chat.id).values(resident_id=fresh))
        await moves.follow(tx, chat.id, to.id)
    await dialogs.shut(tx, *[chat.id for chat in left])
    undoable = await tx.find(Move, Move.resident_id == resident_id)
    await tx.execute(delete(Move).where(col(Move.resident_id) == resident_id))
    unagreed = [other.id] if only and other.state != "active" else []
    await residents.erase_unreached(tx, [*unagreed, *(made.other_id for made in undoable)])
