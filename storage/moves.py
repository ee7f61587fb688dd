"""Moving a subscription to another chat: chats are re-pointed, what is owed follows, and for a day all can be put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, case, insert, literal
from sqlmodel import col, delete, func, or_, select, update

from . import applications, codes, copies, dialogs, follows, neighbourhoods, residents
from .move_tables import Code, Copy, Move
from .outbox_tables import Alert, Delivery
from .settling import WAITING, end
from .tables import Chat, Consent, Mark, Neighbourhood, Resident, Staff, Wish, WishArea
from .transaction import Transaction

UNDOABLE = timedelta(hours=24)
MOVING = 0x11A6C2  # the advisory lock of PostgreSQL: nobody plans for a chat while it is moved
UNSAID = ("cancelled", "suppressed", "expired", "failed")  # ends of a delivery that told nobody anything


@dataclass(frozen=True, slots=True)
class Comes:
    """What a code would bring over."""

    language: str
    wishes: int
    saved: int
    staff: bool


async def comes(tx: Transaction, resident_id: int) -> Comes | None:
    """None where there is nothing to bring: the resident left."""
    resident = await tx.get(Resident, id=resident_id)
    if resident is None or resident.state != "active":
        return None
    wishes = await tx.scalar(select(func.count()).select_from(Wish).where(col(Wish.resident_id) == resident_id))
    saved = (col(Mark.resident_id) == resident_id, col(Mark.verb) == "saved")
    marks = await tx.scalar(select(func.count()).select_from(Mark).where(*saved))
    return Comes(resident.language, wishes, marks, await _staff(tx, resident_id))


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
    resident's, and gets copies; else it is a stranger's from now on. Rights of staff stay where they were.
    """
    await _moving(tx)
    resident, old = await tx.get(Resident, id=code.resident_id), await tx.get(Chat, id=code.chat_id)
    other = await tx.get(Resident, id=to.resident_id)
    if resident is None or old is None or other is None or resident.state != "active":
        return None
    if old.resident_id != resident.id or other.id == resident.id:
        return None
    await codes.end(tx, resident.id)
    staff, only = await _staff(tx, resident.id), await alone(tx, to)
    own = own and only and other.state == "active"
    came: dict[str, Any] = {"was": other.state if only else "", "own": own, "staff": staff}
    came["received"] = await _receive(tx, resident.id, old.id, to.id)
    came["given"] = await _take_helpers(tx, other.id, resident.id, to.id) if only else []
    await _bring_marks(tx, other.id, resident.id)
    if only:
        await applications.move(tx, other.id, resident.id)
    if only:
        await _bring_alerts(tx, other.id, resident.id, waiting=own)
    if own:
        await _swap_wishes(tx, resident.id, other.id)
    await _point(tx, to.id, resident.id, chosen=True)
    if staff or not both:
        behind = await tx.add(Resident, language=resident.language, state="new", created_at=tx.now)
        left = and_(col(Chat.resident_id) == resident.id, col(Chat.id) != to.id) if staff else col(Chat.id) == old.id
        await tx.execute(update(Chat).where(left).values(resident_id=behind))
        await _rights(tx, resident.id, behind)
    else:
        came["copy"] = await copies.give(tx, resident.id, old.id, None)
    if only and other.state == "active":
        await residents.change(tx, other, state="left", left_at=tx.now)
        await residents.change(tx, resident, state="active")
    came["followed"] = await _follow(tx, old.id, to.id)
    await dialogs.shut(tx, old.id)
    values = {"from_chat": old.id, "to_chat": to.id, "other_id": other.id, "came": came, "both": both and not staff}
    move_id = await tx.add(Move, resident_id=resident.id, at=tx.now, **values)
    return await tx.get(Move, id=move_id)


async def undo(tx: Transaction, move_id: int, chat_id: int) -> list[int] | None:
    """Put back what a move took from this chat, and what was moved on since. Returns the chats that lost it.

    None where it was not from here, is undone already, or is longer ago than a day.
    """
    await _moving(tx)
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
    await _follow(tx, made.to_chat, old.id, or_(followed, col(Delivery.id).in_(theirs), since))
    if came["own"]:
        await _swap_wishes(tx, resident.id, other.id)
    await _return_marks(tx, resident.id, other.id)
    await _hand(tx, came["given"], other.id)
    await tx.execute(update(Copy).where(col(Copy.id).in_(came["received"])).values(chat_id=old.id))
    await _point(tx, made.to_chat, other.id, chosen=False)
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
    await _point(tx, old.id, resident.id, chosen=True)
    if came["was"] == "active":
        await residents.change(tx, other, state="active", left_at=None)
    await residents.change(tx, resident, state=resident.state)  # matching hears of the wishes as they are now
    for chat_id in (old.id, made.to_chat):
        await dialogs.shut(tx, chat_id)
    await tx.execute(update(Move).where(col(Move.id) == made.id).values(undone_at=tx.now))


async def _moving(tx: Transaction) -> None:
    if tx.postgres:
        await tx.execute(select(func.pg_advisory_xact_lock(MOVING)))


async def _staff(tx: Transaction, resident_id: int) -> bool:
    return await tx.get(Staff, resident_id=resident_id) is not None


async def _rights(tx: Transaction, one: int, other: int) -> None:
    """Rights of staff stay with the chat, whoever it is pointed to."""
    if await _staff(tx, other):
        await tx.execute(delete(Staff).where(col(Staff.resident_id) == one))
    else:
        await tx.execute(update(Staff).where(col(Staff.resident_id) == one).values(resident_id=other))


async def _point(tx: Transaction, chat_id: int, resident_id: int, *, chosen: bool) -> None:
    values = {"resident_id": resident_id, **({"chosen_at": tx.now} if chosen else {})}
    await tx.execute(update(Chat).where(col(Chat.id) == chat_id).values(**values))


async def _follow(tx: Transaction, here: int, there: int, which: Any = None) -> list[int]:
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


async def _swap_wishes(tx: Transaction, one: int, other: int) -> None:
    """Each has the other's neighbourhoods, wishes and followed facilities."""
    await follows.swap(tx, one, other)
    where = {key: await neighbourhoods.of(tx, key) for key in (one, other)}
    for now, before in ((one, other), (other, one)):
        await tx.execute(delete(Neighbourhood).where(col(Neighbourhood.resident_id) == now))
        for chosen in where[before]:
            await tx.add(Neighbourhood, **chosen.model_dump(exclude={"resident_id"}), resident_id=now)
    kept = {key: [w.id for w in await tx.find(Wish, Wish.resident_id == key)] for key in (one, other)}
    for now, before in ((one, other), (other, one)):
        for model, key in ((Wish, col(Wish.id)), (WishArea, col(WishArea.wish_id))):
            await tx.execute(update(model).where(key.in_(kept[before])).values(resident_id=now))


async def _bring_marks(tx: Transaction, other: int, resident: int) -> None:
    names = ["resident_id", "posting_id", "verb", "at"]
    rows = select(literal(resident), col(Mark.posting_id), col(Mark.verb), col(Mark.at))
    statement = tx.upsert(Mark).from_select(names, rows.where(col(Mark.resident_id) == other))
    await tx.execute(statement.on_conflict_do_nothing(index_elements=names[:3]))


async def _return_marks(tx: Transaction, resident: int, other: int) -> None:
    """What came from the other's marks goes again; what both had marked at different times stays."""
    for mark in await tx.find(Mark, Mark.resident_id == other):
        same = (col(Mark.posting_id) == mark.posting_id, col(Mark.verb) == mark.verb, col(Mark.at) == mark.at)
        await tx.execute(delete(Mark).where(col(Mark.resident_id) == resident, *same))


async def _bring_alerts(tx: Transaction, other: int, resident: int, *, waiting: bool) -> None:
    """What the other was told counts as told to the resident too, who reads in the same chat from now on."""
    states = ("carried", "told", *(("waiting",) if waiting else ()))
    told = select(col(Alert.posting_id)).where(col(Alert.resident_id) == other, col(Alert.state).in_(states[:2]))
    due = (col(Alert.resident_id) == resident, col(Alert.state) == "waiting", col(Alert.posting_id).in_(told))
    await tx.execute(update(Alert).where(*due).values(state="dropped", reason="told before"))
    known = select(col(Alert.posting_id)).where(col(Alert.resident_id) == resident)
    names = ["posting_id", "revision", "wish_id", "hops", "due_at", "maybe_seen"]
    state = case((col(Alert.state) == "waiting", "waiting"), else_="told").label("state")
    mine = (col(Alert.resident_id) == other, col(Alert.state).in_(states), col(Alert.posting_id).not_in(known))
    rows = select(literal(resident), state, *(col(getattr(Alert, name)) for name in names))
    await tx.execute(insert(Alert).from_select(["resident_id", "state", *names], rows.where(*mine)))


async def _receive(tx: Transaction, resident: int, old: int, to: int) -> list[int]:
    """Copies that came to the old chat come to the new one; who has alerts here needs no copy of their own."""
    await tx.execute(delete(Copy).where(col(Copy.resident_id) == resident, col(Copy.chat_id).in_((old, to))))
    there = {copy.resident_id for copy in await tx.find(Copy, Copy.chat_id == to)}
    moved = [c.id for c in await tx.find(Copy, Copy.chat_id == old) if c.resident_id not in there]
    await tx.execute(update(Copy).where(col(Copy.id).in_(moved)).values(chat_id=to))
    return moved


async def _take_helpers(tx: Transaction, other: int, resident: int, to: int) -> list[int]:
    """Who helps the person in the new chat goes on helping them; the consent goes along."""
    helping = {copy.chat_id for copy in await copies.given(tx, resident)} | {to}
    taken = [copy.id for copy in await copies.given(tx, other) if copy.chat_id not in helping]
    await _hand(tx, taken, resident)
    return taken


async def _hand(tx: Transaction, ids: Sequence[int], resident_id: int) -> None:
    agreed = [copy.consent_id for copy in await tx.find(Copy, col(Copy.id).in_(ids)) if copy.consent_id is not None]
    await tx.execute(update(Copy).where(col(Copy.id).in_(ids)).values(resident_id=resident_id))
    await tx.execute(update(Consent).where(col(Consent.id).in_(agreed)).values(resident_id=resident_id))
