"""A Telegram update as an event of a chat. Only what the conversation understands comes through; the rest is None."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.chat.events import (
    Address,
    Blocked,
    CameBack,
    Contact,
    Event,
    Moved,
    Offered,
    Pinned,
    Said,
    Tapped,
    Unreadable,
    What,
)
from handlers.chat.file_names import safe
from handlers.chat.words import stops

Update = Mapping[str, Any]
KINDS = ("message", "callback_query", "my_chat_member")  # the update kinds that are asked for
LONGEST = 4096
UNREADABLE = (
    *("photo", "sticker", "voice", "audio", "document", "video", "video_note", "animation"),
    *("poll", "dice", "story", "game", "paid_media", "checklist"),
)
INSIDE = {"creator", "administrator", "member"}


def chat_of(update: Update) -> str:
    """The id of the chat that an update belongs to, or "" where it belongs to none: updates of a chat stay in order."""
    body = next((update[kind] for kind in KINDS if kind in update), None)
    try:
        return str((body["message"] if "callback_query" in update else body)["chat"]["id"])  # type: ignore[index]
    except (KeyError, TypeError):
        return ""


def read(update: Update, account: str, username: str) -> Event | None:
    """What happened, or None. `account` is our bot's id and `username` its name: groups get an answer only when named."""
    kind = next((kind for kind in KINDS if kind in update), None)
    if kind is None or not chat_of(update):
        return None
    body: Mapping[str, Any] = update[kind]
    chat = body["message"]["chat"] if kind == "callback_query" else body["chat"]
    group = chat.get("type") in ("group", "supergroup")
    if not group and chat.get("type") != "private":
        return None
    what: What | Offered | None
    if kind == "callback_query":
        what = _tapped(body)
    elif kind == "my_chat_member":
        what = _membership(body)
    elif group:
        what = _said_in_group(body, username)
    else:
        what = _message(body)
    if what is None:
        return None
    language = (body.get("from") or {}).get("language_code")
    private = f"https://t.me/{username}" if group and username else ""
    return Event(
        Address("telegram", account, str(chat["id"])), what, str(update["update_id"]), language, group, private
    )


def album_of(update: Update) -> str | None:
    """The album a picture is part of: an album of ten comes as ten messages and deserves one answer."""
    return (update.get("message") or {}).get("media_group_id")


def _tapped(query: Mapping[str, Any]) -> What | None:
    return Tapped(query["data"], str(query["message"]["message_id"])) if query.get("data") else None


def _message(message: Mapping[str, Any]) -> What | Offered | None:
    if text := message.get("text"):
        return Said(text[:LONGEST])
    if place := message.get("location"):
        return Pinned(float(place["latitude"]), float(place["longitude"]))
    if contact := message.get("contact"):
        sender = (message.get("from") or {}).get("id")
        return Contact(contact["phone_number"], own=sender is not None and contact.get("user_id") == sender)
    kind = next((kind for kind in UNREADABLE if kind in message), None)
    if kind == "document" and (ref := message["document"].get("file_id")):
        document = message["document"]
        return Offered(safe(document.get("file_name") or ""), ref, int(document.get("file_size") or 0))
    return Unreadable(kind) if kind else None


def _said_in_group(message: Mapping[str, Any], username: str) -> What | None:
    if moved := message.get("migrate_to_chat_id"):
        return Moved(str(moved))
    text = message.get("text") or ""
    name = re.escape(username)
    if re.match(rf"/\w+(@{name})?(\s|$)", text, re.I) or (name and re.search(rf"(?<!\w)@{name}(?!\w)", text, re.I)):
        return Said(text[:LONGEST])
    return None


def _membership(change: Mapping[str, Any]) -> What | None:
    before, after = _inside(change["old_chat_member"]), _inside(change["new_chat_member"])
    if before == after:
        return None
    return CameBack() if after else Blocked()


def _inside(member: Mapping[str, Any]) -> bool:
    return member["status"] in INSIDE or (member["status"] == "restricted" and bool(member.get("is_member")))


def in_group(address: Address) -> bool:
    """Telegram's groups have negative ids, people positive ones."""
    return address.id.startswith("-")


def waits(event: Event) -> bool:
    """Whether a turn waits for the slot of its reply. One that ends the alerts does not: it must win against those on
    their way; and nothing is replied to a block or a move, and mostly nothing in a group.
    """
    what = event.what
    return not event.group and not (
        isinstance(what, Blocked | CameBack | Moved) or (isinstance(what, Said) and stops(what.text))
    )
