"""What is asked again: to be reminded of one posting, whether one still agrees after two years, whether to hear less."""

from datetime import datetime, time, timedelta

from storage import browse, deliveries, residents
from storage.deliveries import Owed
from storage.due import ROUTINE

from .. import cards, pace
from ..chat.turn import Turn
from .notice import VERSION
from .posting import agree_first, closed
from .start import start

MORNING = time(9)  # of the next day


async def later(turn: Turn, posting_id: int) -> None:
    """Remind me tomorrow: once, in the morning, if it is still open then."""
    t, posting = turn.t, await browse.posting(turn.tx, posting_id)
    if posting is None or closed(posting, turn):
        turn.say(t.t("This job is closed."), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])
        return
    who = turn.resident
    if who.state != "active":
        return agree_first(turn)
    tomorrow = turn.tx.now.astimezone(pace.SEOUL).date() + timedelta(days=1)
    at = datetime.combine(tomorrow, MORNING, pace.SEOUL).astimezone(turn.tx.now.tzinfo)
    if turn.capabilities.rings:
        at = pace.due(at, who.quiet_from, who.quiet_until)
    if posting.closes_at is not None and posting.closes_at <= at:
        turn.say(t.t("It closes before then: {closing}", closing=cards.closing(t, posting, turn.tx.now)))
        return
    once = f"later:{turn.chat.id}:{posting.id}:{at.astimezone(pace.SEOUL).date()}"
    owed = Owed(
        *(once, turn.chat.id, "reminder", ROUTINE),
        posting_id=posting.id,
        body={"asked": True},
        not_before=at,
        expires_at=posting.closes_at,
    )
    await deliveries.queue(turn.tx, [owed])
    local = at.astimezone(pace.SEOUL)
    turn.say(t.t("We will remind you on {date} at {time}.", date=t.date(local.date()), time=f"{local:%H:%M}"))


async def did_you(turn: Turn, posting_id: int) -> None:
    """Asked once, three days after somebody was told how to apply elsewhere."""
    posting = await browse.posting(turn.tx, posting_id)
    if posting is None:
        return
    t = turn.t
    rows = [
        [turn.press(t.t("Yes, I applied"), "ia", posting.id), turn.press(t.t("Not yet"), "fi")],
        [turn.press(t.t("I won’t apply"), "no", posting.id)],
    ]
    turn.say(t.t("Did you apply for this job?"), rows, title=cards.headline(t, posting))


def agreed(turn: Turn) -> None:
    """Two years have passed since they agreed (Network Act, art. 50 (8)); silence changes nothing."""
    t = turn.t
    lines = [
        t.t("Two years ago you agreed to get job alerts here."),
        t.t("If that is still right, you need do nothing. You can stop at any time."),
    ]
    turn.say("\n".join(lines), [[turn.press(t.t("Yes, go on"), "ag"), turn.press(t.t("Stop"), "sp")]])


async def go_on(turn: Turn) -> None:
    """They agree anew."""
    if turn.resident.state != "active":
        return await start(turn)
    await residents.consent(turn.tx, turn.resident, "alerts", VERSION)
    turn.say(turn.t.t("Thank you. We go on writing to you."), edit=True)


def slower(turn: Turn) -> None:
    """Asked once of those who never react."""
    t = turn.t
    rows = [
        [turn.press(t.t("Once a day only"), "da", 1), turn.press(t.t("Change what comes"), "al")],
        [turn.press(t.t("It is fine"), "fi"), turn.press(t.t("Stop"), "sp")],
    ]
    turn.say(t.t("We wrote to you often lately. Shall we write less?"), rows)


async def fine(turn: Turn) -> None:
    turn.say(turn.t.t("Good. Nothing changes."), edit=True)
