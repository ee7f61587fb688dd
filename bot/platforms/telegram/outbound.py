"""A message as a Bot API payload: HTML escaped here and nowhere else, buttons under the message or as a reply keyboard."""

import html
import re
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

import orjson

from handlers.chat.messages import Button, Message
from handlers.chat.presses import LIMIT

from ..platform import Outcome

Payload = dict[str, Any]  # bytes in it are a file
Once = Callable[[str, Payload], Awaitable[Outcome]]  # a method and its payload, tried once
LONGEST = 4096  # UTF-16 units after the markup is read; Telegram counts characters, so this is never too much
LINK = re.compile(r"https?://[^/\s]+\.[^/\s]+|tg://")  # what a link button may hold; a tel: link fails the message
ASKS = {"location": "request_location", "contact": "request_contact"}


def render(message: Message, private: bool = True) -> Payload:
    """All of sendMessage but the chat. A location or contact can only be asked from a reply keyboard in a private chat."""
    keyboard = asks(message) and private
    text = "\n".join([message.text, *_spoken_links(message, keyboard)])
    payload: Payload = {
        "text": _markup(message.lead, message.title, text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if keyboard:
        payload["reply_markup"] = {
            "keyboard": _rows(message, _key),
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
    elif rows := _rows(message, _inline):
        payload["reply_markup"] = {"inline_keyboard": rows}
    return payload


def addressed(chat: int, message: Message) -> bytes:
    """All of sendMessage, as JSON."""
    return b'{"chat_id":%d,%b' % (chat, _shown(message))


@lru_cache(maxsize=500)  # of about 1 kB; an alert goes to many
def _shown(message: Message) -> bytes:
    return orjson.dumps(render(message))[1:]


def asks(message: Message) -> bool:
    """Whether a button asks for a location or contact, which takes a reply keyboard."""
    return any(button.ask for button in message.flat())


def without_keyboard(payload: Payload) -> Payload:
    """The payload of a message without buttons, taking the reply keyboard away as well."""
    return {**payload, "reply_markup": {"remove_keyboard": True}}


def _markup(lead: str, title: str, text: str) -> str:
    parts, room = [], LONGEST
    for part, tag in ((lead, ""), (title, "b"), (text, "")):
        part = _cut(part, room)
        room -= units(part) + 1
        if part:
            escaped = html.escape(part, quote=False)
            parts.append(f"<{tag}>{escaped}</{tag}>" if tag else escaped)
    return "\n".join(parts)


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, room: int) -> str:
    """The text, or its beginning and an ellipsis, in so many UTF-16 units. Messages are fitted before; this is a guard."""
    if units(text) <= room:
        return text
    return text.encode("utf-16-le")[: 2 * max(room - 1, 0)].decode("utf-16-le", "ignore") + "…" if room > 0 else ""


def _spoken_links(message: Message, keyboard: bool) -> list[str]:
    """Links that cannot be buttons here stand as lines; the client makes them (and phone numbers) tappable."""
    return [
        f"{button.label}: {button.url.removeprefix('tel:')}"
        for button in message.flat()
        if button.url and (keyboard or not LINK.match(button.url))
    ]


def _rows(message: Message, shown: Any) -> list[list[Payload]]:
    rows = [[key for button in row if (key := shown(button))] for row in message.buttons]
    return [row for row in rows if row]


def _key(button: Button) -> Payload | None:
    if button.url:
        return None
    return {"text": button.label, **({ASKS[button.ask]: True} if button.ask else {})}


def _inline(button: Button) -> Payload | None:
    if button.payload:
        assert len(button.payload.encode()) <= LIMIT, "a press has at most 64 bytes"
        return {"text": button.label, "callback_data": button.payload}
    return {"text": button.label, "url": button.url} if LINK.match(button.url) else None
