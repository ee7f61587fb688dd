"""What a Bot API server refuses, in its own words, and the faults that a test can order."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from .botpeople import CannotParse, Chat, words


class Bad(Exception):
    """An answer with ok = false."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Fault:
    """What happens to a call. `reset` and `hang` take effect before the call is carried out, or after with `after`."""

    code: int = 0
    words: str = ""
    retry_after: int = 0
    reset: bool = False
    hang: bool = False
    html: bool = False  # a proxy's page instead of an answer
    after: bool = False


def answer(bad: Bad) -> web.Response:
    body = {"ok": False, "error_code": bad.code, "description": bad.description}
    return web.json_response({**body, **({"parameters": bad.parameters} if bad.parameters else {})}, status=bad.code)


def text_of(parameters: dict[str, Any], kind: str = "text", most: int = 4096) -> str:
    """A message's text, or a photo's caption, which may be empty."""
    text = str(parameters.get(kind, ""))
    if parameters.get("parse_mode") == "HTML":
        try:
            text = words(text)
        except CannotParse as error:
            raise Bad(400, f"Bad Request: can't parse entities: {error}") from None
    text = text.strip()
    if not text and kind == "text":
        raise Bad(400, "Bad Request: message text is empty")
    if len(text) > most:
        raise Bad(400, f"Bad Request: message {'' if kind == 'text' else 'caption '}is too long")
    return text


def markup_of(parameters: dict[str, Any], chat: Chat) -> dict[str, Any]:
    markup: dict[str, Any] = parameters.get("reply_markup") or {}
    for button in (button for row in markup.get("inline_keyboard", []) for button in row):
        if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
            raise Bad(400, "Bad Request: BUTTON_DATA_INVALID")
        if not button["text"] or len(button) != 2:
            raise Bad(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if not button.get("url", "tg://").startswith(("http://", "https://", "tg://")):
            raise Bad(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: wrong HTTP URL")
    for key in (key for row in markup.get("keyboard", []) for key in row):
        if chat.kind != "private" and ("request_location" in key or "request_contact" in key):
            raise Bad(400, "Bad Request: location can be requested in private chats only")
    return markup
