"""One tick of reminding: the day before a saved posting closes, and what is asked again after a long time. Nothing twice:
each is named by what it is about.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from storage import deliveries, reminders, residents
from storage.deliveries import Owed
from storage.due import ROUTINE
from storage.reminders import Reminder
from storage.transaction import Transaction

from .. import cards, pace

HOUR = time(10)  # of the day before the last one


async def remind(tx: Transaction, platforms: Sequence[str], silent: Sequence[str] = ()) -> int:
    """Queue what is due; returns how many. `silent` names platforms that wake nobody."""
    owed = [
        Owed(
            f"reminder:{one.chat_id}:{one.posting_id}:{cards.last_day(one.closes_at)[0]}",
            one.chat_id,
            "reminder",
            ROUTINE,
            posting_id=one.posting_id,
            not_before=_may_go(tx, one, silent),
            expires_at=one.closes_at,
        )
        for one in await reminders.closing(tx, platforms)
        if one.closes_at is not None and one.at < day_before(one.closes_at) <= tx.now
    ]
    for one in await reminders.went_to_apply(tx, platforms):
        once = f"did:{one.chat_id}:{one.posting_id}"
        at = _may_go(tx, one, silent)
        owed.append(Owed(once, one.chat_id, "did you", ROUTINE, posting_id=one.posting_id, not_before=at))
    long_ago = await reminders.agreed_long_ago(tx, platforms)
    for one in long_ago:
        once = f"agreed:{one.chat_id}:{one.at.date()}"
        owed.append(Owed(once, one.chat_id, "agreed", ROUTINE, not_before=_may_go(tx, one, silent)))
    idle = await reminders.never_reacting(tx, platforms)
    for one in idle:
        owed.append(Owed(f"slower:{one.chat_id}", one.chat_id, "slower", ROUTINE, not_before=_may_go(tx, one, silent)))
    await residents.asked(tx, [one.resident_id for one in idle])
    await residents.confirmed(tx, [one.resident_id for one in long_ago])
    return len(await deliveries.queue(tx, owed))


def day_before(closes_at: datetime) -> datetime:
    """When a saved posting is reminded of."""
    day, _ = cards.last_day(closes_at)
    return datetime.combine(day - timedelta(days=1), HOUR, pace.SEOUL)


def _may_go(tx: Transaction, one: Reminder, silent: Sequence[str]) -> datetime:
    """In no quiet hours and no pause; a chosen hour of the day does not hold, since tomorrow may be too late."""
    at = max(tx.now, one.paused_until or tx.now)
    return at if one.platform in silent else pace.due(at, one.quiet_from, one.quiet_until)
