"""A message with its picture: a photo with the words below, or before them where a caption has no room for them."""

import html
import re

from ..platform import Outcome
from .outbound import Once, Payload, units

CAPTION = 1024  # UTF-16 units after the markup is read: https://core.telegram.org/bots/api#sendphoto


def with_photo(payload: Payload, photo: bytes | None) -> list[Payload]:
    """The message's payload as one photo with a caption, or as a photo and the message. Without a photo: as it is."""
    if photo is None:
        return [payload]
    words = html.unescape(re.sub(r"</?b>", "", payload["text"]))
    if units(words) > CAPTION:
        return [{"photo": photo}, payload]
    beside: Payload = {name: payload[name] for name in ("parse_mode", "reply_markup") if name in payload}
    return [{"photo": photo, "caption": payload["text"], **beside}]


async def say(once: Once, payload: Payload) -> Outcome:
    """Send a payload with or without a photo. A photo that is refused leaves its words to be sent without it."""
    if "photo" not in payload:
        return await once("sendMessage", payload)
    outcome = await once("sendPhoto", payload)
    if outcome.kind == "refused" and "caption" in payload:
        words = {name: value for name, value in payload.items() if name not in ("photo", "caption")}
        return await once("sendMessage", {**words, "text": payload["caption"]})
    return outcome
