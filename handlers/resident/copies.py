"""Copies of alerts for a helper: agreed to by the one who is helped, shown to both, and stopped by either in one tap."""

from storage import copies, readers, residents
from storage.move_tables import Copy
from storage.tables import Chat

from .. import receipts
from ..chat.messages import Button
from ..chat.turn import Turn
from . import notice


async def agree(turn: Turn, helper: int) -> None:
    """The resident said yes to copies in the chat `helper`: that is written down, and the helper is told."""
    consent = await residents.consent(turn.tx, turn.resident, "copies", notice.VERSION)
    copy_id = await copies.give(turn.tx, turn.resident.id, helper, consent)
    await receipts.owe(turn.tx, helper, "copies", consent, copy=copy_id)


async def stop(turn: Turn, copy_id: int) -> None:
    """Either side's one tap."""
    t, copy = turn.t, await copies.get(turn.tx, copy_id)
    theirs = {one.id for one in await copies.concerning(turn.tx, turn.resident.id)}
    if copy is None or copy.id not in theirs:
        turn.say(t.t("There are no copies any more."), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])
        return
    await _end(turn, copy)
    turn.say(t.t("Stopped. From now on no copies are sent."), [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])


async def leave(turn: Turn) -> None:
    """Who leaves gives no copies and gets none."""
    for copy in await copies.concerning(turn.tx, turn.resident.id):
        await _end(turn, copy)


async def _end(turn: Turn, copy: Copy) -> None:
    """Stop it, and tell the other side, if there is another."""
    chat = await turn.tx.get(Chat, id=copy.chat_id)
    await copies.stop(turn.tx, copy)
    mine = chat is not None and chat.resident_id == turn.resident.id
    other = await readers.chat_of(turn.tx, copy.resident_id) if mine else copy.chat_id
    if other is not None and not (mine and copy.resident_id == turn.resident.id):
        await receipts.owe(turn.tx, other, "stopped", copy.id)


async def kept(turn: Turn) -> tuple[list[str], list[list[Button]]]:
    """Lines and buttons of /mydata: where copies go and come from."""
    t, lines, rows = turn.t, list[str](), list[list[Button]]()

    def add(line: str, label: str, copy: Copy) -> None:
        lines.append(line)
        rows.append([turn.press(label, "cs", copy.id)])

    for copy in await copies.given(turn.tx, turn.resident.id):
        chat = await turn.tx.get(Chat, id=copy.chat_id)
        if chat is not None and chat.resident_id == turn.resident.id:
            add(t.t("Your alerts also go to your old chat."), t.t("Stop the old chat"), copy)
        else:
            day = notice.day(t, copy.since)
            add(t.t("A helper gets copies of your alerts since {date}.", date=day), t.t("Stop copies"), copy)
    for copy in await copies.received(turn.tx, turn.resident.id):
        day = notice.day(t, copy.since)
        add(t.t("You get copies of alerts of a person you help since {date}.", date=day), t.t("Stop copies"), copy)
    return lines, rows
