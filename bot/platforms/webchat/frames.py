"""What travels over the WebSocket: a message as a frame, and a frame as what a resident did."""

import secrets
from dataclasses import asdict, replace
from datetime import datetime
from math import isfinite
from typing import Any

from handlers.chat.events import Address, Event, Pinned, Said, Tapped, What
from handlers.chat.messages import File, Message
from storage.tables import Line

LONGEST = 4000  # characters in what a person writes
Frame = dict[str, Any]


class BadFrame(ValueError):
    """A frame that our page would not send."""


def body(message: Message) -> Frame:
    """A message as it is kept. Its picture and its file have keys, by which alone they can be asked for."""
    buttons = [[{k: v for k, v in asdict(button).items() if v} for button in row] for row in message.buttons if row]
    kept: Frame = {"lead": message.lead, "title": message.title, "text": message.text, "buttons": buttons}
    if message.picture:
        kept["picture"] = {**asdict(message.picture), "key": secrets.token_urlsafe(16)}
    if message.table:
        kept["table"] = asdict(message.table)
    if message.file:
        kept["file"] = {**asdict(message.file), "key": secrets.token_urlsafe(16)}
    return {**{k: v for k, v in kept.items() if v}, "lang": message.language, "rtl": message.rtl}


def shown(line: Line) -> Frame:
    """A kept line as a frame: its id, whose it is, when (UTC, ISO 8601), and its body."""
    at: datetime = line.at
    return {"line": line.id, "mine": line.mine, "at": at.isoformat(), **_seen(line.id, line.body)}


def edited(line: int, kept: Frame) -> Frame:
    """What stands in the place of a line from now on."""
    return {"line": line, "mine": False, **_seen(line, kept)}


def passing(message: Message) -> Frame:
    """A message that is shown and not kept: without its picture and file, which are made from what is kept."""
    return {"line": None, "mine": False, **body(replace(message, picture=None, file=None))}


def _seen(line: int, kept: Frame) -> Frame:
    """A body as its page gets it: of a picture where it lies, and what it shows in words; of a file where it lies."""
    seen = dict(kept)
    if picture := kept.get("picture"):
        seen["picture"] = {"src": f"/picture/{line}/{picture['key']}.png", "alt": picture["alt"]}
    if file := kept.get("file"):
        seen["file"] = {"src": f"/chat/file/{line}/{file['key']}", "name": File.kept(file).called}
    return seen


def event(address: Address, frame: Frame, language: str | None) -> Event:
    """What a frame says happened. BadFrame for anything our page does not send.

    The client's id names the update together with the address, so that nobody's ids meet another's.
    """
    name = frame.get("id")
    if not isinstance(name, str) or not 0 < len(name) <= 64:
        raise BadFrame("id")
    return Event(address, _what(frame), f"{address.id[:32]}:{name}", language)


def _what(frame: Frame) -> What:
    match frame:
        case {"say": str(text)} if text.strip() and len(text) <= LONGEST:
            return Said(text.strip())
        case {"tap": str(payload), "message": int() | None as line} if len(payload) <= 64:
            return Tapped(payload, None if line is None else str(line))
        case {"pin": [int() | float() as lat, int() | float() as lon]} if _on_earth(lat, lon):
            return Pinned(float(lat), float(lon))
    raise BadFrame("unknown")


def _on_earth(lat: float, lon: float) -> bool:
    return isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180


def label(line: Line | None, payload: str) -> str:
    """What stands on the button of a line that carries this payload; empty where there is none."""
    rows = line.body.get("buttons", []) if line is not None and not line.mine else []
    return next((b["label"] for row in rows for b in row if b.get("payload") == payload), "")
