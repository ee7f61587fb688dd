"""A message with its picture or file: sent with the words below it, or before them where a caption has no room for them."""

import html
import re
from dataclasses import dataclass

from handlers.chat.messages import Message

from ...files import Make
from ...pictures import Draw
from ..platform import Outcome
from .outbound import Once, Payload, units
from .transport import Upload

CAPTION = 1024  # UTF-16 units after the markup is read: https://core.telegram.org/bots/api#sendphoto, #senddocument
METHODS = {"photo": "sendPhoto", "document": "sendDocument"}


@dataclass(frozen=True, slots=True)
class Attach:
    """Draws and makes what messages carry."""

    draw: Draw
    make: Make

    async def __call__(self, message: Message) -> tuple[Upload | None, Upload | None]:
        """The message's photo and document, as far as it has them and they could be made."""
        photo = await self.draw(message.picture) if message.picture else None
        document = await self.make(message.file) if message.file else None
        return (
            Upload("photo.png", photo, "image/png") if photo else None,
            Upload(message.file.called, document) if message.file and document else None,
        )


def parts(payload: Payload, photo: Upload | None, document: Upload | None) -> list[Payload]:
    """The message's payload as what is sent one after the other: the words with the last of its attachments where they fit."""
    found: list[Payload] = [{"photo": photo}] if photo else []
    found += [{"document": document}] if document else []
    if found and units(html.unescape(re.sub(r"</?b>", "", payload["text"]))) <= CAPTION:
        beside: Payload = {name: payload[name] for name in ("parse_mode", "reply_markup") if name in payload}
        caption = {"caption": payload["text"], **beside} if payload["text"] else beside
        found[-1] |= caption
        return found
    return [*found, payload]


def carries(payload: Payload) -> str:
    """What a payload carries: photo | document, or nothing."""
    return next((kind for kind in METHODS if kind in payload), "")


async def say(once: Once, payload: Payload) -> Outcome:
    """Send a payload with or without an attachment. One that is refused leaves its words to be sent without it."""
    kind = carries(payload)
    if not kind:
        return await once("sendMessage", payload)
    outcome = await once(METHODS[kind], payload)
    if outcome.kind == "refused" and "caption" in payload:
        words = {name: value for name, value in payload.items() if name not in (kind, "caption")}
        return await once("sendMessage", {**words, "text": payload["caption"]})
    return outcome
