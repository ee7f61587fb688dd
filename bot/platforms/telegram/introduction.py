"""Tells Telegram the bot's name, descriptions and command menu in each language: only what is not so yet, and slowly."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import NetworkError

from ...commands import Introduction
from . import outcomes
from .outbound import Payload
from .transport import Transport

log = structlog.get_logger()

PACE = 0.25  # seconds between two calls of a kind; there is no hurry, and people's replies share the server
LONGEST_PAUSE = 60.0  # seconds between two tries
PRIVATE: Payload = {"scope": {"type": "all_private_chats"}}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One text of one language: it is read by getMy... and changed by setMy... with `thing`, and should be `value`."""

    thing: str
    at: Payload
    field: str
    value: Any


async def introduce(transport: Transport, introductions: Mapping[str, Introduction], pace: float = PACE) -> None:
    """Until all stands as wanted. A kind that Telegram holds back (a new name may wait a day) holds back no other."""
    wanted = [_wanted({"language_code": code}, introduction) for code, introduction in introductions.items()]
    await asyncio.gather(*(_put_all(transport, kind, pace) for kind in zip(*wanted, strict=True)))


def _wanted(language: Payload, said: Introduction) -> tuple[Wanted, ...]:
    menu = [{"command": command, "description": description} for command, description in said.commands]
    return (
        Wanted("Commands", {**language, **PRIVATE}, "commands", menu),
        Wanted("ShortDescription", language, "short_description", said.short),
        Wanted("Description", language, "description", said.description),
        Wanted("Name", language, "name", said.name),
    )


async def _put_all(transport: Transport, texts: Sequence[Wanted], pace: float) -> None:
    for text in texts:
        await _put(transport, text)
        await asyncio.sleep(pace)


async def _put(transport: Transport, text: Wanted) -> None:
    now = await _call(transport, f"getMy{text.thing}", text.at)
    if now is None or (now if isinstance(now, list) else now.get(text.field)) == text.value:
        return
    if await _call(transport, f"setMy{text.thing}", {**text.at, text.field: text.value}):
        log.info("introduced", what=text.thing, language=text.at["language_code"])


async def _call(transport: Transport, method: str, payload: Payload) -> Any:
    """The result, however long it takes; None when the server will not do it."""
    pause = 1.0
    while True:
        after = 0.0
        with suppress(NetworkError):
            answer = await transport.call(method, payload)
            if answer["ok"]:
                return answer["result"]
            outcome = outcomes.answered(answer)
            if outcome.kind not in ("later", "unknown"):
                log.warning("not introduced", method=method, language=payload["language_code"], reason=outcome.reason)
                return None
            after = outcome.after
        await asyncio.sleep(after or pause)
        pause = min(pause * 2, LONGEST_PAUSE)
