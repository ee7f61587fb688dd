"""The interview from the person's side: choosing among the times that were offered, another time, coming or not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from locales import Translator
from storage import applications, browse, deliveries, readers, slots
from storage.application_tables import Application, Slot
from storage.deliveries import Owed
from storage.transaction import Transaction

from .. import cards
from ..chat.messages import Button
from ..chat.turn import Rows, Turn
from ..tracks import TRACKS
from . import hears

KIND = "meeting"  # of the delivery that reminds of it
INTERACTIVE = 0
MAP = "https://map.naver.com/p/search/{place}"
EVENING = 18  # o'clock of the day before
SHORTLY = timedelta(hours=2)


def when(t: Translator, at: datetime) -> str:
    """Day and time in Korea."""
    local = at.astimezone(cards.SEOUL)
    return f"{t.date(local.date())} {local:%H:%M}"


def offered(turn: Turn, one: Application, free: list[Slot]) -> Rows:
    """A button for each time, and that none of them suits."""
    t = turn.t
    times = [[turn.press(when(t, slot.starts), "mt", one.id, slot.id)] for slot in free[:5]]
    return [*times, [turn.press(t.t("None of these"), "mn", one.id), turn.press(t.t("Withdraw"), "mw", one.id)]]


async def pick(turn: Turn, number: int, slot_id: int) -> None:
    """Take a time; where somebody was quicker, the others are shown."""
    one = await _own(turn, number, "invited", "interview")
    if one is None:
        return
    slot = await slots.get(turn.tx, slot_id)
    if slot is None or not await slots.take(turn.tx, one, slot_id):
        return await _others(turn, one, turn.t.t("This time is taken. Choose another one:"))
    now = await applications.get(turn.tx, one.id)
    if now is not None and now.stage == "invited":
        await applications.step(turn.tx, now, "interview", "resident", turn.resident.id)
    await hears.facility(turn.tx, one, "interview")
    t = turn.t
    lines = [when(t, slot.starts), t.isolate(slot.place), t.t("We remind you the day before and two hours before.")]
    turn.say("\n".join(lines), _rows(turn, one, slot), title=t.t("You have a time."))


def _rows(turn: Turn, one: Application, slot: Slot) -> list[list[Button]]:
    t = turn.t
    return [
        [turn.press(t.t("Another time"), "ma", one.id), turn.press(t.t("I can't come"), "mg", one.id)],
        [turn.link(t.t("Map"), MAP.format(place=quote(slot.place, safe="")))],
    ]


async def another(turn: Turn, number: int) -> None:
    one = await _own(turn, number, "invited", "interview")
    if one is not None:
        await _others(turn, one, turn.t.t("Choose a time:"))


async def _others(turn: Turn, one: Application, text: str) -> None:
    free = [slot for slot in await slots.free(turn.tx, one.posting_id) if slot.id != one.slot_id]
    if not free:
        text = turn.t.t("There is no other time just now. They know, and write to you.")
        await hears.facility(turn.tx, one, "no time")
        return turn.say(text, [[turn.press(turn.t.t("My applications"), "ms")]])
    turn.say(text, offered(turn, one, free))


async def none(turn: Turn, number: int) -> None:
    """None of the times suits: the facility is asked for others."""
    one = await _own(turn, number, "invited")
    if one is None:
        return
    await applications.step(turn.tx, one, "seen", "resident", turn.resident.id)
    await hears.facility(turn.tx, one, "no time")
    turn.say(
        turn.t.t("We told them. They write to you with other times."), [[turn.press(turn.t.t("My applications"), "ms")]]
    )


async def absent(turn: Turn, number: int) -> None:
    """Somebody can't come: the seat is free for another at once, and they may choose again or take all back."""
    one = await _own(turn, number, "interview")
    if one is None:
        return
    await slots.give_back(turn.tx, one)
    await applications.step(turn.tx, one, "invited", "resident", turn.resident.id)
    await hears.facility(turn.tx, one, "can't come")
    row = [turn.press(turn.t.t("Another time"), "ma", one.id), turn.press(turn.t.t("Withdraw"), "mw", one.id)]
    turn.say(turn.t.t("We told them. Do you want another time?"), [row])


async def coming(turn: Turn, number: int) -> None:
    one = await _own(turn, number, "interview")
    if one is not None:
        await hears.facility(turn.tx, one, "coming")
        turn.say(turn.t.t("Good. See you there."), [[turn.press(turn.t.t("My applications"), "ms")]])


async def _own(turn: Turn, number: int, *stages: str) -> Application | None:
    """The person's own application at one of these stages; of others' nothing is said."""
    one = await applications.get(turn.tx, number)
    row = [[turn.press(turn.t.t("My applications"), "ms")]]
    if one is None or one.resident_id != turn.resident.id:
        turn.say(turn.t.t("There is no such application of yours."), row)
        return None
    if one.stage not in stages:
        stage = turn.t.t(TRACKS[one.track].stage(one.stage).name)
        turn.say(turn.t.t("Your application stands at: {stage}", stage=stage), row)
        return None
    return one


async def remind(tx: Transaction) -> int:
    """Remind of what is tomorrow, on the evening before, and of what is in two hours; each once. How many were queued."""
    owed = []
    for one, slot in await slots.soon(tx, tx.now + timedelta(days=2)):
        chat_id = await readers.chat_of(tx, one.resident_id)
        local = slot.starts.astimezone(cards.SEOUL)
        evening = local.replace(hour=EVENING, minute=0, second=0, microsecond=0) - timedelta(days=1)
        for word, at in (("tomorrow", evening), ("soon", slot.starts - SHORTLY)):
            if chat_id is not None and at <= tx.now:
                body = {"application": one.id, "slot": slot.id, "word": word}
                until = slot.starts if word == "soon" else min(slot.starts - SHORTLY, evening + timedelta(hours=6))
                if until > tx.now:
                    once = f"{KIND}:{one.id}:{slot.id}:{word}"
                    owed.append(Owed(once, chat_id, KIND, INTERACTIVE, body=body, expires_at=until))
    return len(await deliveries.queue(tx, owed))


async def tell(turn: Turn, body: Mapping[str, Any]) -> None:
    """The reminder, where the time is still theirs."""
    one, slot = await applications.get(turn.tx, body["application"]), await slots.get(turn.tx, body["slot"])
    if one is None or slot is None or one.resident_id != turn.resident.id:
        return
    if one.stage != "interview" or one.slot_id != slot.id:
        return
    t, posting = turn.t, await browse.posting(turn.tx, one.posting_id)
    lead = t.t("Tomorrow") if body["word"] == "tomorrow" else t.t("In two hours")
    rows = [[turn.press(t.t("I am coming"), "mk", one.id)], *_rows(turn, one, slot)]
    title = f"{when(t, slot.starts)} · {t.isolate(slot.place)}"
    turn.say(cards.headline(t, posting) if posting else "", rows, lead=lead, title=title)
