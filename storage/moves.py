"""Moving a subscription to another chat: chats are re-pointed, what is owed follows, and for a day all can be put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_
from sqlmodel import col, delete, func, or_, select, update

from . import becoming, codes, copies, dialogs, residents
from .move_tables import Code, Copy, Move
from .outbox_tables import Alert, Delivery
from .settling import WAITING, end
from .tables import Chat, Consent, Manages, Mark, Resident, Staff, Wish
from .transaction import Transaction

UNDOABLE = timedelta(hours=24)
MOVING = 0x11A6C2  # the advisory lock of PostgreSQL: nobody plans for a chat while it is moved
UNSAID = ("cancelled", "suppressed", "expired", "failed")  # ends of a delivery that told nobody anything


@dataclass(frozen=True, slots=True)
class Comes:
    """What a code would bring over. `staff`: there are rights, or were; `role` is that of now; `active`: there are alerts."""

    language: str
    wishes: int
    saved: int
    staff: bool
    role: str | None
    active: bool


async def comes(tx: Transaction, resident_id: int) -> Comes | None:
    """None where there is nothing to bring: neither alerts nor a role."""
    resident, role = await tx.get(Resident, id=resident_id), await _role(tx, resident_id)
    active = resident is not None and resident.state == "active"
    if resident is None or not (active or role):
        return None
    wishes = await tx.scalar(select(func.count()).select_from(Wish).where(col(Wish.resident_id) == resident_id))
    saved = (col(Mark.resident_id) == resident_id, col(Mark.verb) == "saved")
    marks = await tx.scalar(select(func.count()).select_from(Mark).where(*saved))
    return Comes(resident.language, wishes, marks, await _staff(tx, resident_id), role, active)


async def alone(tx: Transaction, chat: Chat) -> bool:
    """Whether this is its resident's only chat."""
    others = (col(Chat.resident_id) == chat.resident_id, col(Chat.id) != chat.id)
    return await tx.first(select(col(Chat.id)).where(*others).limit(1)) is None


async def steady(tx: Transaction) -> None:
    """Planning sees each chat before a move or after it, never between."""
    if tx.postgres:
        await tx.execute(select(func.pg_advisory_xact_lock_shared(MOVING)))


async def move(tx: Transaction, code: Code, to: Chat, *, own: bool, both: bool) -> Move | None:
    """Bring the subscription of a claimed code to the chat `to`; None where it is not there any more.

    `own`: the wishes of who was in that chat stay instead of those that come. `both`: the old chat stays the
    resident's, and gets copies; else it is a stranger's from now on. Rights of staff go along only with `both`.
    """
    await moving(tx)
    resident, old = await tx.get(Resident, id=code.resident_id), await tx.get(Chat, id=code.chat_id)
    other = await tx.get(Resident, id=to.resident_id)
    if resident is None or old is None or other is None:
        return None
    role = await _role(tx, resident.id)
    if resident.state != "active" and not (role and both):
        return None
    if old.resident_id != resident.id or other.id == resident.id:
        return None
    await codes.end(tx, resident.id)
    staff, only = await _staff(tx, resident.id), await alone(tx, to)
    both = both and (role is not None or not staff)
    own = (own or resident.state != "active") and only and other.state == "active"
    came: dict[str, Any] = {"was": other.state if only else "", "own": own, "staff": staff, "before": resident.state}
    came["received"] = await receive(tx, resident.id, old.id, to.id)
    came["given"] = await take_helpers(tx, other.id, resident.id, to.id) if only else []
    came["agreed"] = await becoming.become(tx, resident, other, to.id, only=only, own=own)
    if not both:
        behind = await tx.add(Resident, language=resident.language, state="new", created_at=tx.now)
        left = and_(col(Chat.resident_id) == resident.id, col(Chat.id) != to.id) if staff else col(Chat.id) == old.id
        await tx.execute(update(Chat).where(left).values(resident_id=behind))
        await _rights(tx, resident.id, behind)
    else:
        came["copy"] = await copies.give(tx, resident.id, old.id, None)
    came["followed"] = await follow(tx, old.id, to.id)
    await dialogs.shut(tx, old.id)
    values = {"from_chat": old.id, "to_chat": to.id, "other_id": other.id, "came": came, "both": both}
    move_id = await tx.add(Move, resident_id=resident.id, at=tx.now, **values)
    return await tx.get(Move, id=move_id)


async def undo(tx: Transaction, move_id: int, chat_id: int) -> list[int] | None:
    """Put back what a move took from this chat, and what was moved on since. Returns the chats that lost it.

    None where it was not from here, is undone already, or is longer ago than a day.
    """
    await moving(tx)
    made = await tx.get(Move, id=move_id)
    if made is None or made.from_chat != chat_id or made.undone_at or made.at < tx.now - UNDOABLE:
        return None
    if await tx.get(Resident, id=made.resident_id) is None:
        return None
    since = (Move.resident_id == made.resident_id, col(Move.id) >= made.id, col(Move.undone_at).is_(None))
    every = await tx.find(Move, *since, order=col(Move.id).desc())
    await codes.end(tx, made.resident_id)
    for one in every:
        await _undo(tx, one)
    return [one.to_chat for one in every]


async def latest(tx: Transaction, resident_id: int) -> Move | None:
    """The last move of a resident that can still be undone."""
    theirs = (Move.resident_id == resident_id, col(Move.undone_at).is_(None), Move.at >= tx.now - UNDOABLE)
    found = await tx.find(Move, *theirs, order=col(Move.id).desc(), limit=1)
    return found[0] if found else None


async def forget(tx: Transaction) -> None:
    """Moves that can't be undone any more, and whoever was kept only for that."""
    for made in await tx.find(Move, Move.at < tx.now - UNDOABLE):
        await residents.erase_unreached(tx, [made.other_id])
    await tx.execute(delete(Move).where(col(Move.at) < tx.now - UNDOABLE))


async def _undo(tx: Transaction, made: Move) -> None:
    came = made.came
    resident = await tx.get(Resident, id=made.resident_id)
    old = await tx.get(Chat, id=made.from_chat)
    assert resident is not None
    assert old is not None
    other = await tx.get(Resident, id=made.other_id)
    if other is None:  # they had not agreed to anything and were forgotten
        fresh = await tx.add(Resident, language=resident.language, state="new", created_at=tx.now)
        other = await tx.get(Resident, id=fresh)
        assert other is not None
    if (copy := await copies.get(tx, came.get("copy", 0))) is not None:
        await copies.stop(tx, copy)
    theirs = select(col(Alert.delivery_id)).where(
        col(Alert.resident_id) == resident.id, col(Alert.delivery_id).is_not(None)
    )
    since = and_(col(Delivery.kind).not_in(("alert", "digest")), col(Delivery.created_at) >= made.at)
    followed = col(Delivery.id).in_(came["followed"])
    await follow(tx, made.to_chat, old.id, or_(followed, col(Delivery.id).in_(theirs), since))
    if came["own"]:
        await becoming.swap_wishes(tx, resident.id, other.id)
    await becoming.return_marks(tx, resident.id, other.id)
    if came.get("agreed"):  # what one had agreed to in the new chat alone
        await becoming.agree(tx, came["agreed"], other.id)
        await residents.change(tx, resident, state=came["before"])
    await _hand(tx, came["given"], other.id)
    await tx.execute(update(Copy).where(col(Copy.id).in_(came["received"])).values(chat_id=old.id))
    await becoming.point(tx, made.to_chat, other.id, chosen=False)
    if not made.both:  # rights that were given in the new chat since stay there
        await _rights(tx, resident.id, other.id)
    if old.resident_id != resident.id:
        behind = await tx.get(Resident, id=old.resident_id)
        assert behind is not None
        await tx.execute(update(Chat).where(col(Chat.resident_id) == behind.id).values(resident_id=resident.id))
        if came["staff"]:
            await _rights(tx, behind.id, resident.id)
        if behind.state == "active":  # they began anew in the old chat
            await residents.change(tx, behind, state="left", left_at=tx.now)
    await becoming.point(tx, old.id, resident.id, chosen=True)
    if came["was"] == "active":
        await residents.change(tx, other, state="active", left_at=None)
    await residents.change(tx, resident, state=resident.state)  # matching hears of the wishes as they are now
    for chat_id in (old.id, made.to_chat):
        await dialogs.shut(tx, chat_id)
    await tx.execute(update(Move).where(col(Move.id) == made.id).values(undone_at=tx.now))


async def moving(tx: Transaction) -> None:
    if tx.postgres:
        await tx.execute(select(func.pg_advisory_xact_lock(MOVING)))


async def _role(tx: Transaction, resident_id: int) -> str | None:
    where = (col(Staff.resident_id) == resident_id, col(Staff.ended_at).is_(None))
    found: str | None = await tx.scalar(select(Staff.role).where(*where))
    return found


async def _staff(tx: Transaction, resident_id: int) -> bool:
    return await tx.get(Staff, resident_id=resident_id) is not None


async def _rights(tx: Transaction, one: int, other: int) -> None:
    """Rights of staff stay with the chat, whoever it is pointed to."""
    gone = await _staff(tx, other)
    for model in (Staff, Manages):
        theirs = col(model.resident_id) == one
        await tx.execute(delete(model).where(theirs) if gone else update(model).where(theirs).values(resident_id=other))


async def follow(tx: Transaction, here: int, there: int, which: Any = None) -> list[int]:
    """What waits to go to one chat goes to the other, unless that had the same. A row in a sender's hand is taken back.

    Returns the deliveries that went.
    """
    followed = []
    on_the_way = (*WAITING, "sending")  # one that is being sent counts as the other chat's if it has to be sent again
    where = [Delivery.chat_id == here, col(Delivery.state).in_(on_the_way), Delivery.kind != "receipt"]
    for row in await tx.find(Delivery, *where, *([] if which is None else [which]), order=Delivery.id):
        kind, _, rest = row.once.partition(f":{here}:")
        once = f"{kind}:{there}:{rest}" if rest else row.once
        same = await tx.get(Delivery, once=once)
        if same is not None and same.id != row.id:
            if same.state not in UNSAID:
                again = and_(col(Delivery.id) == row.id, col(Delivery.state).in_(WAITING))
                await end(tx, again, "cancelled", "told before")
                continue
            once = f"{once}:{row.id}"
        await tx.execute(update(Delivery).where(col(Delivery.id) == row.id).values(chat_id=there, once=once))
        still = (col(Delivery.id) == row.id, col(Delivery.state) == "leased")
        await tx.execute(update(Delivery).where(*still).values(state="queued", lease=None, lease_until=None))
        followed.append(row.id)
    return followed


async def receive(tx: Transaction, resident: int, old: int, to: int) -> list[int]:
    """Copies that came to the old chat come to the new one; who has alerts here needs no copy of their own."""
    await tx.execute(delete(Copy).where(col(Copy.resident_id) == resident, col(Copy.chat_id).in_((old, to))))
    there = {copy.resident_id for copy in await tx.find(Copy, Copy.chat_id == to)}
    moved = [c.id for c in await tx.find(Copy, Copy.chat_id == old) if c.resident_id not in there]
    await tx.execute(update(Copy).where(col(Copy.id).in_(moved)).values(chat_id=to))
    return moved


async def take_helpers(tx: Transaction, other: int, resident: int, to: int) -> list[int]:
    """Who helps the person in the new chat goes on helping them; the consent goes along."""
    helping = {copy.chat_id for copy in await copies.given(tx, resident)} | {to}
    taken = [copy.id for copy in await copies.given(tx, other) if copy.chat_id not in helping]
    await _hand(tx, taken, resident)
    return taken


async def _hand(tx: Transaction, ids: Sequence[int], resident_id: int) -> None:
    agreed = [copy.consent_id for copy in await tx.find(Copy, col(Copy.id).in_(ids)) if copy.consent_id is not None]
    await tx.execute(update(Copy).where(col(Copy.id).in_(ids)).values(resident_id=resident_id))
    await tx.execute(update(Consent).where(col(Consent.id).in_(agreed)).values(resident_id=resident_id))
