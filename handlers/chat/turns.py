"""Takes one turn from event to replies: loads the open question, lets the engine hear, keeps what was offered, fits."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from locales import Catalogs, Translator
from storage import dialogs, residents, settling
from storage.tables import Chat, Resident
from storage.transaction import Transaction

from ..deployment import Deployment
from .capabilities import Capabilities
from .engine import Routes, hear
from .events import Blocked, CameBack, Moved, Tapped, What
from .fit import choices, fit
from .messages import Button, File, Message, Picture, Replies, Table
from .turn import Turn


class Taken(Turn):
    """A turn that was taken, with what is to be answered."""

    replies: Replies = Replies()


async def take(
    tx: Transaction,
    chat: Chat,
    resident: Resident,
    what: What,
    routes: Routes,
    catalogs: Catalogs,
    deployment: Deployment,
    capabilities: Capabilities,
) -> Taken:
    """Everything is committed by the caller's transaction, the replies are for after it."""
    dialog = await dialogs.load(tx, chat.id)
    turn = Taken(tx, chat, resident, catalogs, capabilities, deployment, routes.flows, dialog)
    match what:
        case Blocked():
            await residents.change_chat(tx, chat, state="blocked")
        case CameBack():
            await residents.change_chat(tx, chat, state="active")
        case Moved(address):
            await settling.move(tx, chat.platform, chat.account, chat.address, address)
        case _:
            if chat.state != "active":
                await residents.change_chat(tx, chat, state="active", strikes=0)
            misses = chat.misses
            await hear(turn, what, routes)
            if not turn.erased:
                if misses and chat.misses == misses:
                    await residents.change_chat(tx, chat, misses=0)
                turn.replies = _answer(turn, what)
                await dialogs.save(tx, chat.id, dialog)
            else:
                turn.replies = Replies(tuple(turn.messages))
    return turn


def _answer(turn: Turn, what: What) -> Replies:
    messages = [_message(kept) for kept in turn.dialog.kept] + turn.messages
    if turn.messages:
        turn.dialog.offered = choices(turn.messages)
    now, later = fit(messages, turn.capabilities)
    turn.dialog.kept = [asdict(message) for message in later] if turn.capabilities.synchronous else []
    if not turn.capabilities.synchronous:
        now += later
    return Replies(tuple(now), turn.notice, what.message if isinstance(what, Tapped) else None, turn.takes_files)


def _message(kept: dict[str, Any]) -> Message:
    rows: Sequence[Sequence[dict[str, Any]]] = kept["buttons"]
    buttons = tuple(tuple(Button(**button) for button in row) for row in rows)
    picture = Picture.kept(kept["picture"]) if kept.get("picture") else None
    table = Table.kept(kept["table"]) if kept.get("table") else None
    file = File.kept(kept["file"]) if kept.get("file") else None
    return Message(**{**kept, "buttons": buttons, "picture": picture, "table": table, "file": file})


def sorry(t: Translator) -> Replies:
    return Replies((Message(t.t("Something went wrong on our side. Please try again."), language=t.code, rtl=t.rtl),))
