"""Whose a chat becomes, and what comes along: wishes and agreements, marks, and what was told or waits."""

from collections.abc import Sequence

from sqlalchemy import case, insert, literal
from sqlmodel import col, delete, select, update

from . import applications, follows, neighbourhoods, residents
from .outbox_tables import Alert
from .tables import Chat, Consent, Mark, Neighbourhood, Resident, Wish, WishArea
from .transaction import Transaction


async def become(
    tx: Transaction, resident: Resident, other: Resident, chat_id: int, *, only: bool, own: bool
) -> list[int]:
    """Point a chat to the resident, with what the other had there. Returns the agreements that came along.

    `only`: it was the other's only chat. `own`: their wishes go on, with their agreement where the resident gave none.
    """
    agreed: list[int] = []
    await _bring_marks(tx, other.id, resident.id)
    if only:
        await applications.move(tx, other.id, resident.id)
        await _bring_alerts(tx, other.id, resident.id, waiting=own)
    if own:
        await swap_wishes(tx, resident.id, other.id)
        if resident.state != "active":
            agreed = [one.id for one in await residents.consents(tx, other)]
            await agree(tx, agreed, resident.id)
    await point(tx, chat_id, resident.id, chosen=True)
    if only and other.state == "active":
        await residents.change(tx, other, state="left", left_at=tx.now)
        await residents.change(tx, resident, state="active", left_at=None)
    return agreed


async def agree(tx: Transaction, ids: Sequence[int], resident_id: int) -> None:
    await tx.execute(update(Consent).where(col(Consent.id).in_(ids)).values(resident_id=resident_id))


async def point(tx: Transaction, chat_id: int, resident_id: int, *, chosen: bool) -> None:
    values = {"resident_id": resident_id, **({"chosen_at": tx.now} if chosen else {})}
    await tx.execute(update(Chat).where(col(Chat.id) == chat_id).values(**values))


async def swap_wishes(tx: Transaction, one: int, other: int) -> None:
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


async def return_marks(tx: Transaction, resident: int, other: int) -> None:
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
