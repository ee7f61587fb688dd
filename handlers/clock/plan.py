"""One tick of planning: due alerts become messages, one by one or as a digest, never much more than can be sent in a minute."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from storage import concerns, deliveries, due, moves, unwanted
from storage.deliveries import Owed
from storage.due import ROUTINE, Due
from storage.transaction import Transaction

from .. import pace
from . import copying

AHEAD = 60  # seconds of sending queued ahead at most, so that pausing, leaving and closing always win
ALERTS = 500  # looked at in one tick, and what else is due to the same people


@dataclass(frozen=True, slots=True)
class Planned:
    """`more` is left that can be planned at once."""

    messages: int
    more: bool


async def plan(tx: Transaction, rate: float, platforms: Sequence[str], silent: Sequence[str] = ()) -> Planned:
    """Queue what is due. `rate` is messages a second that all platforms send; `platforms` those we may write to unasked.

    `silent` names platforms that wake nobody: quiet hours do not hold there.
    """
    await moves.steady(tx)
    await concerns.settle(tx)
    await _hold(tx, silent)
    room = int(AHEAD * rate) - await due.waiting(tx)
    if room <= 0:
        return Planned(0, False)
    limit = min(ALERTS, room)
    theirs: dict[int, list[Due]] = defaultdict(list)
    dropped: dict[int, str] = {}
    found = await due.due(tx, limit, platforms)
    # Matched while their wish was changed: another one may ask for them.
    if unasked := {alert.resident_id for alert in found if alert.over == "unwanted"}:
        for resident_id in sorted(unasked):
            await unwanted.let_go(tx, resident_id)
        found = await due.due(tx, limit, platforms)
    for alert in found:
        over = alert.over or ("no chat" if alert.chat_id is None else None)
        if over:
            dropped[alert.id] = over
        else:
            theirs[alert.resident_id].append(alert)
    awake = await due.silent(tx, [alerts[0].chat_id or 0 for alerts in theirs.values()], silent)
    deferred = {
        alert.id: at
        for alerts in theirs.values()
        for alert in alerts
        if (at := pace.may_go(tx.now, alert.due_at, alert, rings=alert.chat_id not in awake)) > tx.now
    }
    now = {key: [one for one in alerts if one.id not in deferred] for key, alerts in theirs.items()}
    messages = await _queue(tx, [alerts for alerts in now.values() if alerts], room, platforms, silent)
    await due.drop(tx, dropped)  # chats are held before alerts, as in a turn: else the two could wait for one another
    await due.defer(tx, deferred)
    return Planned(messages, len(found) >= limit and messages < room)


async def _hold(tx: Transaction, silent: Sequence[str]) -> None:
    """What could not be sent before its reader's night waits for the morning."""
    held = await due.hold_for_night(tx, pace.minute_of(tx.now), silent)
    await due.postpone(tx, {key: pace.next_at(tx.now, ends) for key, ends in held})


async def _queue(
    tx: Transaction, people: Sequence[Sequence[Due]], room: int, platforms: Sequence[str], silent: Sequence[str]
) -> int:
    """Queue up to `room` messages (a person's own and their copies are never torn apart); returns how many."""
    others = await copying.look(tx, people, platforms)
    seen = await due.riders(tx, [alerts[0].resident_id for alerts in people])
    owed: list[Owed] = []
    carried: dict[int, str] = {}
    for alerts in people:
        if len(owed) >= room:
            break
        bundled = alerts[0].daily_at is not None or len(alerts) > pace.BURST
        riding = seen.get(alerts[0].resident_id, [])
        body = {"maybe": [posting_id for _, posting_id in riding]} if riding else {}
        for bundle in [alerts] if bundled else [[alert] for alert in alerts]:
            also = others.also(bundle)
            message = _digest(bundle, body | also) if bundled else _alert(bundle[0], body | also)
            carried |= {alert.id: message.once for alert in bundle}
            if body:
                carried |= {alert_id: message.once for alert_id, _ in riding}
                body = {}
            owed += [message, *others.copies(tx.now, bundle, silent)]
    made = await deliveries.queue(tx, owed)
    await due.carry(tx, {alert_id: made[once] for alert_id, once in carried.items() if once in made})
    await due.drop(tx, {alert_id: "told before" for alert_id, once in carried.items() if once not in made})
    return len(made)


def _alert(alert: Due, body: dict[str, list[int]]) -> Owed:
    """Its name holds for ever: a posting alerts a chat once, whatever happens to the alert's row."""
    return Owed(
        f"alert:{alert.chat_id}:{alert.posting_id}",
        alert.chat_id or 0,
        "alert",
        ROUTINE,
        posting_id=alert.posting_id,
        revision=alert.revision,
        body=body,
        expires_at=alert.closes_at,
    )


def _digest(alerts: Sequence[Due], body: dict[str, list[int]]) -> Owed:
    """The nearest first."""
    near = [alert.posting_id for alert in sorted(alerts, key=lambda alert: (alert.hops, alert.id))]
    newest = max(alert.id for alert in alerts)
    chat_id = alerts[0].chat_id or 0
    return Owed(f"digest:{chat_id}:{newest}", chat_id, "digest", ROUTINE, body={"postings": near, **body})
