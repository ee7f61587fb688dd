"""What became of a send: its row, the alerts it carried, and what it says about the chat."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Text, and_, bindparam, literal, or_
from sqlmodel import col, select, update

from . import sets
from .columns import Moment
from .outbox_tables import Alert, Delivery
from .tables import Chat
from .transaction import Transaction

STRIKES = 3  # days with a refusal of unknown cause until a chat is switched off
URGENT = 1
WAITING = ("queued", "leased")  # nothing has left the house
# What becomes of the alerts that a delivery carried when it comes to its end.
ENDS: dict[str, dict[str, Any]] = {
    "sent": {"to_state": "told", "to_reason": None},
    "accepted": {"to_state": "told", "to_reason": None},
    "failed": {"to_state": "dropped", "to_reason": "failed"},
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an outcome means. `after` is seconds until a queued row may go; `chat` is what happens to the chat."""

    state: Literal["sent", "accepted", "failed", "uncertain", "queued"]
    reason: str = ""
    ref: str = ""
    after: float = 0.0
    chat: Literal["", "off", "strike", "wait", "fine", "moved"] = ""  # moved: `ref` is its new address


@dataclass(frozen=True, slots=True)
class Settled:
    delivery_id: int
    chat_id: int
    lease: str
    verdict: Verdict


async def settle(tx: Transaction, outcomes: Sequence[Settled]) -> None:
    """Write what became of sends, all of them in one go. An outcome that comes after the reaper still counts."""
    alike: dict[tuple[Any, ...], list[Settled]] = defaultdict(list)  # all but their reference
    for one in outcomes:
        said = one.verdict
        alike[one.lease, said.state, said.reason, said.after, said.chat].append(one)
    for some in alike.values():
        lease, verdict = some[0].lease, some[0].verdict
        if verdict.state == "uncertain":
            of_these = and_(col(Delivery.id).in_([one.delivery_id for one in some]), col(Delivery.lease) == lease)
            await doubt(tx, and_(of_these, col(Delivery.state) == "sending"), verdict.reason)
            continue
        await _write(tx, lease, verdict, some)
        if verdict.state in ENDS:
            told = {"of_state": verdict.state, **ENDS[verdict.state]}
            await sets.run(tx, _alerts(tx.postgres), told | sets.some(tx, [one.delivery_id for one in some]))
    fine = [one.chat_id for one in outcomes if one.verdict.chat == "fine"]
    if fine:
        await sets.run(tx, _unstruck(tx.postgres), sets.some(tx, fine))
    for one in outcomes:
        if one.verdict.chat not in ("", "fine"):
            await _mark_chat(tx, one.chat_id, one.verdict)


async def conclude(tx: Transaction, task: str, *, sent: bool, reason: str = "") -> None:
    """What a platform that had accepted a message says of it later."""
    where = and_(col(Delivery.state) == "accepted", col(Delivery.message_ref) == task)
    values: dict[str, Any] = {"state": "sent" if sent else "failed", "reason": reason or None, "settled_at": tx.now}
    await tx.execute(update(Delivery).where(where).values(**values))


async def doubt(tx: Transaction, sending: ColumnElement[bool], reason: str) -> int:
    """These may or may not have arrived. They are not sent again; an urgent one is, once, marked as a possible repeat."""
    values = {"state": "uncertain", "reason": reason, "settled_at": tx.now, "lease_until": None}
    doubted = update(Delivery).where(sending).values(**values).returning(col(Delivery.id))
    ids = [row.id for row in await tx.all(doubted)]
    if not ids:
        return 0
    carried = (col(Alert.delivery_id).in_(ids), col(Alert.state) == "carried")
    await tx.execute(update(Alert).where(*carried).values(state="waiting", maybe_seen=True))
    first = (col(Delivery.id).in_(ids), col(Delivery.lane) == URGENT, ~col(Delivery.once).endswith(":again"))
    for urgent in await tx.find(Delivery, *first):
        same = urgent.model_dump(include={"chat_id", "kind", "lane", "posting_id", "revision", "expires_at"})
        again = tx.upsert(Delivery).values(
            **same,
            once=f"{urgent.once}:again",
            body={**urgent.body, "maybe_seen": True},
            created_at=tx.now,
            not_before=tx.now,
        )
        await tx.execute(again.on_conflict_do_nothing(index_elements=["once"]))
    return len(ids)


async def switch_off(tx: Transaction, chat_id: int) -> int:
    """Nothing more goes to a chat that blocked us or is gone, until it comes back; what waited for it ends here."""
    await tx.execute(update(Chat).where(col(Chat.id) == chat_id).values(state="blocked"))
    return await end(
        tx, and_(col(Delivery.chat_id) == chat_id, col(Delivery.state).in_(WAITING)), "suppressed", "blocked"
    )


async def requeue(tx: Transaction, where: ColumnElement[bool]) -> int:
    result = await tx.execute(update(Delivery).where(where).values(state="queued", lease=None, lease_until=None))
    return int(result.rowcount)


async def end(tx: Transaction, where: ColumnElement[bool], state: str, reason: str) -> int:
    """These rows never go out, nor do the alerts they carried."""
    values = {"state": state, "reason": reason, "settled_at": tx.now, "lease": None, "lease_until": None}
    ended = update(Delivery).where(where).values(**values).returning(col(Delivery.id))
    ids = [row.id for row in await tx.all(ended)]
    if ids:
        carried = (col(Alert.delivery_id).in_(ids), col(Alert.state) == "carried")
        await tx.execute(update(Alert).where(*carried).values(state="dropped", reason=reason))
    return len(ids)


async def maybe_seen(tx: Transaction, resident_id: int) -> list[int]:
    """Postings whose alert may have arrived: they ride as one line in this person's next message, never alone."""
    where = (col(Alert.resident_id) == resident_id, col(Alert.state) == "waiting", col(Alert.maybe_seen))
    rows = await tx.all(select(col(Alert.posting_id)).where(*where).order_by(col(Alert.id)))
    return [row.posting_id for row in rows]


async def move(tx: Transaction, platform: str, account: str, old: str, new: str) -> None:
    """A platform gave a chat another address. What is owed to it moves along; a chat already there takes it over."""
    here = (col(Chat.platform) == platform, col(Chat.account) == account)
    there = await tx.scalar(select(col(Chat.id)).where(*here, col(Chat.address) == new))
    if there is None:
        await tx.execute(update(Chat).where(*here, col(Chat.address) == old).values(address=new))
        return
    moved = select(col(Chat.id)).where(*here, col(Chat.address) == old)
    await tx.execute(update(Delivery).where(col(Delivery.chat_id).in_(moved)).values(chat_id=there))
    await tx.execute(update(Chat).where(*here, col(Chat.address) == old).values(state="gone"))


async def _write(tx: Transaction, lease: str, verdict: Verdict, some: Sequence[Settled]) -> None:
    """The same end (or the same wait) for all of these; what differs is the platform's id of the message."""
    known = verdict.chat != "moved"  # then the reference is the chat's new address
    bound: dict[str, Any] = {
        "of_lease": lease,
        "or_state": "uncertain" if verdict.state in ENDS else "sending",
        "to_state": verdict.state,
        "to_reason": verdict.reason or None,
        "to_before": tx.now + timedelta(seconds=verdict.after),
        "to_at": tx.now if verdict.state in ENDS else None,
    }
    refs = [(one.delivery_id, one.verdict.ref if known and one.verdict.ref else None) for one in some]
    await sets.run(tx, _outcome(tx.postgres), bound | sets.paired(tx, refs))


@cache
def _outcome(postgres: bool) -> Any:
    told = sets.pairs(postgres)
    state = sets.held(col(Delivery.state))
    sent = or_(state == "sending", state == bindparam("or_state"))
    return (
        update(Delivery)
        .where(col(Delivery.id) == told.c.id, col(Delivery.lease) == bindparam("of_lease"), sent)
        .values(
            state=bindparam("to_state"),
            reason=bindparam("to_reason", type_=Text),
            message_ref=told.c.value,
            not_before=bindparam("to_before", type_=Moment),
            settled_at=bindparam("to_at", type_=Moment),
            lease=None,
            lease_until=None,
        )
    )


@cache
def _alerts(postgres: bool) -> Any:
    """The alerts that these deliveries carried, where they came to that end."""
    of = (col(Delivery.id) == col(Alert.delivery_id), sets.held(col(Delivery.state)) == bindparam("of_state"))
    owed = or_(col(Alert.state) == "carried", and_(col(Alert.state) == "waiting", col(Alert.maybe_seen)))
    ended = (sets.among(postgres, col(Alert.delivery_id)), select(literal(1)).where(*of).exists(), owed)
    values = {"state": bindparam("to_state"), "reason": bindparam("to_reason", type_=Text)}
    return update(Alert).where(*ended).values(values)


@cache
def _unstruck(postgres: bool) -> Any:
    struck = (sets.among(postgres, col(Chat.id)), col(Chat.strikes) > 0)
    return update(Chat).where(*struck).values(strikes=0, struck_on=None)


async def _mark_chat(tx: Transaction, chat_id: int, verdict: Verdict) -> None:
    if verdict.chat == "off":
        await switch_off(tx, chat_id)
    elif verdict.chat == "moved":
        chat = await tx.get(Chat, id=chat_id)
        if chat is not None and verdict.ref:
            await move(tx, chat.platform, chat.account, chat.address, verdict.ref)
    elif verdict.chat == "strike":
        await _strike(tx, chat_id, tx.now.date())
    elif verdict.chat == "wait":
        until = tx.now + timedelta(seconds=verdict.after)
        waiting = (col(Delivery.chat_id) == chat_id, col(Delivery.state) == "queued", col(Delivery.not_before) < until)
        await tx.execute(update(Delivery).where(*waiting).values(not_before=until))


async def _strike(tx: Transaction, chat_id: int, today: date) -> None:
    """One refusal a day counts; the third day switches the chat off."""
    fresh = or_(col(Chat.struck_on).is_(None), col(Chat.struck_on) < today)
    struck = update(Chat).where(col(Chat.id) == chat_id, fresh).values(strikes=col(Chat.strikes) + 1, struck_on=today)
    strikes = await tx.scalar(struck.returning(col(Chat.strikes)))
    if strikes is not None and strikes >= STRIKES:
        await switch_off(tx, chat_id)
