"""The fake server holds whatever the bot asks, and whatever it tells the bot itself, against the Bot API's description."""

import io
from typing import Any

import pytest
from PIL import Image

from bot.commands import Introduction
from bot.platforms.telegram.client import Telegram
from bot.web import Web
from handlers.chat.events import Event, Said, Tapped
from handlers.chat.messages import Button, Message, Picture, Replies, Spot
from tests.fakes import botspec
from tests.fakes.botapi import BotApi

pytestmark = pytest.mark.skipif(
    botspec.described() is None, reason="no description of the Bot API beside the repository"
)
OURS = {
    *("getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"),
    *("sendMessage", "sendPhoto", "editMessageText", "deleteMessage", "answerCallbackQuery"),
    *("getMyName", "getMyDescription", "getMyShortDescription", "getMyCommands"),
    *("setMyName", "setMyDescription", "setMyShortDescription", "setMyCommands"),
}


def png(wide: int = 20, tall: int = 20) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (wide, tall)).save(file, "PNG")
    return file.getvalue()


def markup(**fields: Any) -> dict[str, Any]:
    return {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", **fields}]]}}


@pytest.mark.parametrize(
    ("method", "parameters", "fault"),
    [
        ("sendMesage", {}, "sendMesage is not a method"),
        ("sendMessage", {"chat_id": "@x"}, "sendMessage.text is missing"),
        ("sendMessage", {"chat_id": 1, "text": 2}, "sendMessage.text is not of type String"),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": 2}, "sendMessage.txt does not exist"),
        ("sendMessage", {"chat_id": 1, "text": ""}, "sendMessage.text has not 1-4096 characters"),
        ("sendMessage", {"chat_id": 1, "text": "x" * 4097}, "sendMessage.text has not 1-4096 characters"),
        ("sendMessage", markup(callback_data=""), "callback_data has not 1-64 bytes"),
        ("sendMessage", markup(callback_data="가" * 22), "callback_data has not 1-64 bytes"),
        ("sendMessage", markup(callback_data="x", url="https://x.kr"), "[0][0] is not of exactly one kind"),
        ("sendMessage", markup(), "[0][0] is not of exactly one kind"),
        ("sendMessage", markup(callback_data="x", style="red"), "style is none of those that there are"),
        ("sendPhoto", {"chat_id": 1}, "sendPhoto.photo is missing"),
        ("sendPhoto", {"chat_id": 1, "photo": 7}, "sendPhoto.photo is not a file"),
        ("sendPhoto", {"chat_id": 1, "photo": b"no picture"}, "sendPhoto.photo is not a picture"),
        ("sendPhoto", {"chat_id": 1, "photo": png(9000, 1001)}, "sendPhoto.photo is too large"),
        ("sendPhoto", {"chat_id": 1, "photo": png(210, 10)}, "sendPhoto.photo is too large"),
        ("sendPhoto", {"chat_id": 1, "photo": png(), "caption": "x" * 1025}, "caption has not 0-1024 characters"),
        ("sendPhoto", {"chat_id": 1, "photo": png(), "text": "x"}, "sendPhoto.text does not exist"),
        ("getUpdates", {"limit": 101}, "getUpdates.limit is not 1-100"),
        ("setWebhook", {"url": "http://x.kr"}, "setWebhook.url is not as: HTTPS URL to send updates to"),
        ("setWebhook", {"url": "https://x.kr", "max_connections": 0}, "max_connections is not 1-100"),
        ("setWebhook", {"url": "https://x.kr", "secret_token": "a b"}, "secret_token is not as: Only characters"),
        ("setWebhook", {"url": "https://x.kr", "secret_token": "a" * 257}, "secret_token has not 1-256 characters"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "text has not 0-200 characters"),
        ("setMyName", {"name": "x" * 65}, "setMyName.name has not 0-64 characters"),
        ("setMyName", {"language_code": "fil"}, "setMyName.language_code is not as: two-letter"),
        ("setMyDescription", {"description": "x" * 513}, "setMyDescription.description has not 0-512 characters"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "short_description has not 0-120 characters"),
        ("setMyCommands", {"commands": [{"command": "Jobs", "description": "x"}]}, "command is not as: lowercase"),
        ("setMyCommands", {"commands": [{"command": "jobs", "description": ""}]}, "description has not 1-256"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "commands has more than 100"),
        ("setMyCommands", {"commands": [], "scope": {"type": "everybody"}}, "scope.type is not"),
    ],
)
def test_what_is_against_the_contract_is_found(method: str, parameters: dict[str, Any], fault: str) -> None:
    assert any(fault in found for found in botspec.faults(method, parameters)), botspec.faults(method, parameters)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x" * 4096}),
        ("sendMessage", {"chat_id": 1, "text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"}),
        ("sendMessage", markup(callback_data="x" * 64, style="primary")),
        ("sendPhoto", {"chat_id": 1, "photo": png(), "caption": "<b>" + "x" * 1024 + "</b>", "parse_mode": "HTML"}),
        ("getUpdates", {"limit": 100}),
        ("setMyName", {"name": "", "language_code": ""}),
        ("setMyCommands", {"commands": [], "scope": {"type": "all_private_chats"}, "language_code": "tl"}),
    ],
)
def test_what_keeps_the_contract_passes(method: str, parameters: dict[str, Any]) -> None:
    assert not botspec.faults(method, parameters)


@pytest.mark.parametrize("webhook", ["", "https://ilgam.example"])
async def test_all_that_we_ask_is_in_the_contract(botapi: BotApi, webhook: str) -> None:
    """One conversation in which the bot makes every kind of request that it can make; those of each way together are all."""
    menu = Message("menu", buttons=((Button("One", payload="~1.1"), Button("Web", url="https://work.go.kr")),))
    where = Message("where?", buttons=((Button("Here", ask="location"),), (Button("Type it", payload="~1.2"),)))

    async def answer(event: Event) -> Replies:
        if isinstance(event.what, Tapped):
            return Replies((Message("chosen", edit=True),), notice="noted", tapped=event.what.message)
        if event.what == Said("map"):
            return Replies((Message("map", picture=Picture("a map", (Spot(1, ("월곡동",)),))),))
        return Replies((menu if event.what == Said("menu") else where,))

    async def draw(_picture: Picture) -> bytes:
        return png()

    said = Introduction("name", "short", "description", [("start", "Begin")])
    telegram = Telegram(
        botapi.token, botapi.url, {"ko": said, "": said}, wait=5, webhook=webhook, patience=1, draw=draw
    )
    if webhook:
        server = Web("127.0.0.1", 0, telegram.routes())
        await server.start()
        botapi.proxied[webhook] = server.address
    await telegram.start(answer)
    anna = botapi.person()
    await anna.says("/start")
    await anna.sees("where?")
    await anna.says("menu")
    await anna.taps("One")
    await anna.sees("chosen")
    await anna.says("map")
    await anna.sees("map")
    await botapi.until(lambda: len(botapi.profile) == 8 and anna.notices)
    await telegram.stop()
    if webhook:
        await server.stop()
    ways = ({"setWebhook", "getWebhookInfo"}, {"getUpdates", "deleteWebhook"})
    assert {method for method, _ in botapi.calls} == OURS - ways[0 if not webhook else 1]
    botapi.check()
