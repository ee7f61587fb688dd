"""One tick of matching: new open postings become alerts, a bounded chunk at a time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import alerts
from storage.transaction import Transaction

SEOUL = ZoneInfo("Asia/Seoul")
DIGEST = time(9)  # when what is no news at once is told, Korean time
POSTINGS = 500  # looked at in one tick


@dataclass(frozen=True, slots=True)
class Matched:
    alerts: int
    more: bool


async def match_new(tx: Transaction, chunk: int = alerts.CHUNK) -> Matched:
    """Write at most `chunk` alerts; while `more` is left the loop comes again with a transaction of its own."""
    waiting = await alerts.pending(tx, POSTINGS)
    if not waiting:
        return Matched(0, False)
    written = await alerts.match(tx, waiting, next_digest(tx.now), chunk)
    return Matched(written, bool(await alerts.pending(tx, 1)))


def next_digest(now: datetime) -> datetime:
    local = now.astimezone(SEOUL)
    today = datetime.combine(local.date(), DIGEST, SEOUL)
    return today if local < today else today + timedelta(days=1)
