"""When a message may go, and what an outcome means: quiet hours, digests, back-off and the decision to try again. All pure."""

from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from storage.settling import Verdict

SEOUL = ZoneInfo("Asia/Seoul")
NIGHT = (21 * 60, 8 * 60)  # minutes of the day
BURST = 5  # more than these at once become one digest
LONGEST_WAIT = 300.0  # seconds between attempts that never left us
MOVED = "moved:"  # how the reason of a refusal begins that names the chat's new address
FORBIDDEN = "403"  # how the reason of a refusal begins that may say something about the chat


class Pace(Protocol):
    """A resident, or what of one decides when they may be written to."""

    @property
    def quiet_from(self) -> int: ...
    @property
    def quiet_until(self) -> int: ...
    @property
    def daily_at(self) -> int | None: ...
    @property
    def weekly_on(self) -> int | None: ...
    @property
    def paused_until(self) -> datetime | None: ...


def minute_of(now: datetime) -> int:
    """Minutes since midnight in Korea."""
    local = now.astimezone(SEOUL)
    return local.hour * 60 + local.minute


def quiet(minute: int, quiet_from: int, quiet_until: int) -> bool:
    """Is this minute within [from, until), which may cross midnight? Equal ends mean no quiet hours."""
    if quiet_from <= quiet_until:
        return quiet_from <= minute < quiet_until
    return minute >= quiet_from or minute < quiet_until


def due(now: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """The first moment from `now` on at which this person may be written to. Minutes of the day in Korea."""
    return next_at(now, quiet_until) if quiet(minute_of(now), quiet_from, quiet_until) else now


def covers_night(quiet_from: int, quiet_until: int) -> bool:
    """Whether nothing comes between 21:00 and 08:00: what does needs an agreement of its own (Network Act, art. 50 (3))."""
    return all(quiet(minute % 1440, quiet_from, quiet_until) for minute in range(NIGHT[0], NIGHT[1] + 1440))


def at_night(quiet_from: int, quiet_until: int, daily_at: int | None) -> bool:
    """Whether anything may come in the night: in hours that are not quiet, or at the hour that was chosen."""
    return not covers_night(quiet_from, quiet_until) or (daily_at is not None and quiet(daily_at, *NIGHT))


def may_go(now: datetime, since: datetime, pace: "Pace", *, rings: bool = True) -> datetime:
    """When a message that is due `since` may go to this person: not while they pause, at their hour, not in their quiet hours.

    `rings`: the message may wake somebody. Pausing and a chosen hour hold in any case.
    """
    since = max(since, pace.paused_until or since)
    if pace.daily_at is not None:
        return next_at(since, pace.daily_at, pace.weekly_on)
    at = max(now, since)
    return due(at, pace.quiet_from, pace.quiet_until) if rings else at


def next_at(now: datetime, minute: int, weekday: int | None = None) -> datetime:
    """The first moment from `now` on at which it is this minute of the day (and this weekday, Monday is 0) in Korea.

    In the zone of `now`.
    """
    local = now.astimezone(SEOUL)
    at = datetime.combine(local.date(), time(minute // 60, minute % 60), SEOUL)
    if local > at:
        at += timedelta(days=1)
    if weekday is not None:
        at += timedelta(days=(weekday - at.weekday()) % 7)
    return at.astimezone(now.tzinfo)


def back_off(attempts: int) -> float:
    """Seconds to wait after the nth attempt (1, 2, ..) that provably never left us."""
    return min(LONGEST_WAIT, 2.0 ** min(attempts, 20))


def verdict(kind: str, ref: str, after: float, reason: str, attempts: int, *, keyed: bool = False) -> Verdict:
    """What to do about an outcome (the words of bot.platforms.platform.Outcome) of the nth attempt.

    `keyed`: the platform drops a second copy with the same attempt key, so that doubt may be sent again.
    """
    match kind:
        case "sent":
            return Verdict("sent", ref=ref, chat="fine")
        case "accepted":
            return Verdict("accepted", ref=ref)
        case "gone":
            return Verdict("failed", reason or "gone", chat="off")
        case "refused" if reason.startswith(MOVED):
            return Verdict("queued", "moved", ref=reason.removeprefix(MOVED), after=1.0, chat="moved")
        case "refused":
            return Verdict("failed", reason or "refused", chat="strike" if reason.startswith(FORBIDDEN) else "")
        case "later":
            return Verdict("queued", reason or "too many requests", after=max(after, 1.0), chat="wait")
        case "not_sent":
            return Verdict("queued", reason or "not sent", after=back_off(attempts))
        case _ if keyed:
            return Verdict("queued", reason or "unknown", after=back_off(attempts))
        case _:
            return Verdict("uncertain", reason or "unknown")
