"""Telegram's error words as outcomes: what became of a message, from what the server answered or how the network failed."""

import re

from telegram.error import NetworkError

from ..platform import Outcome
from .transport import Answer, NotSent

QUOTED = re.compile("[\"'«`<0-9]")
GONE = ("bot was blocked by the user", "user is deactivated", "chat not found")


def answered(answer: Answer) -> Outcome:
    """The outcome that an answer of the Bot API tells. Reasons carry no text of the message and no id of a person."""
    if answer.get("ok"):
        result = answer.get("result")
        return Outcome("sent", ref=str(result["message_id"]) if isinstance(result, dict) else "")
    code, words = int(answer.get("error_code", 0)), str(answer.get("description", ""))
    parameters = answer.get("parameters") or {}
    if moved := parameters.get("migrate_to_chat_id"):
        return Outcome("refused", reason=f"moved:{moved}")
    if "message is not modified" in words:  # it already says what we wanted
        return Outcome("sent")
    if code == 429:
        return Outcome("later", after=float(parameters.get("retry_after", 1)))
    if code in (400, 403) and any(gone in words for gone in GONE):
        return Outcome("gone", reason=_reason(code, words))
    if code in (401, 404):  # our token is refused, whoever the message was for
        return Outcome("not_sent", reason=_reason(code, words))
    if code >= 500:
        return Outcome("unknown", reason=_reason(code, words))
    return Outcome("refused", reason=_reason(code, words))


def failed(error: NetworkError) -> Outcome:
    return Outcome("not_sent" if isinstance(error, NotSent) else "unknown", reason=str(error))


def _reason(code: int, words: str) -> str:
    """Telegram quotes what it refuses, so all from a first quotation mark or figure is left out."""
    return f"{code} {QUOTED.split(words, maxsplit=1)[0].strip()[:100]}"
