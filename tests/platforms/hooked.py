"""A bot with a webhook, on a server that the fake Telegram reaches through a proxy; and posts of anybody's making."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp

from bot.platforms.telegram.client import Telegram
from bot.web import Web
from handlers.chat.events import Event, Said
from handlers.chat.messages import Message, Replies
from tests.fakes.botapi import BotApi
from tests.fakes.botwebhook import HEADER

PUBLIC = "https://ilgam.example"
Answer = Callable[[Event], Awaitable[Replies]]


class Hooked:
    """`answer` is what the bot says, `counts` what became of the requests."""

    def __init__(self, botapi: BotApi, **options: Any) -> None:
        self.botapi, self.counts = botapi, Counter[str]()
        self.telegram = Telegram(
            *(botapi.token, botapi.url),
            **{"pauses": (0.01, 0.01), "patience": 1.0, "webhook": PUBLIC, "counted": self.count, **options},
        )
        self.server = Web("127.0.0.1", 0, self.telegram.routes())
        self.answer: Answer = echo

    def count(self, outcome: str) -> None:
        self.counts[outcome] += 1

    async def listen(self) -> None:
        await self.server.start()
        self.botapi.proxied[PUBLIC] = self.server.address

    async def start(self) -> None:
        await self.telegram.start(lambda event: self.answer(event))

    async def stop(self) -> None:
        await self.telegram.stop()
        await self.server.stop()

    async def post(
        self, body: bytes | AsyncIterator[bytes] | dict[str, Any], secret: str | None = None
    ) -> tuple[int, str]:
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        headers = {HEADER: self.botapi.secret if secret is None else secret}
        address = f"{self.server.address}/telegram/{self.telegram.account}"
        async with aiohttp.ClientSession() as session, session.post(address, data=data, headers=headers) as answer:
            return answer.status, await answer.text()

    async def raw(self, head: str, body: bytes = b"", secret: str | None = None) -> tuple[bytes, bytes]:
        """The answer to the head of a request and part of its body, and all that came until the connection ended.

        Nothing where the server ended it over what it had not read: a reset may overtake the answer.
        """
        host, port = "127.0.0.1", self.server.port
        reader, writer = await asyncio.open_connection(host, port)
        given = self.botapi.secret if secret is None else secret
        path = f"/telegram/{self.telegram.account}"
        writer.write(f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{HEADER}: {given}\r\n{head}\r\n\r\n".encode() + body)
        try:
            first = await asyncio.wait_for(reader.readline(), 5)
            return first, first + await asyncio.wait_for(reader.read(), 5)
        except ConnectionResetError:
            return b"", b""
        finally:
            writer.close()


async def echo(event: Event) -> Replies:
    return Replies((Message(f"you said {event.what.text}"),) if isinstance(event.what, Said) else ())
