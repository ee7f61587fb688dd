"""A messenger with the smallest possible API, on a real socket: it notes every message, and fails when told to."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.platforms.platform import Handle, Outcome
from handlers.chat.capabilities import TELEGRAM, Capabilities
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Answer:
    """`delivered` says whether the message arrived all the same. No status at all: the connection breaks."""

    status: int | None = 200
    body: dict[str, Any] = field(default_factory=dict)
    delivered: bool = True


Received = tuple[str, str, str]  # chat, text, attempt key
BROKEN = Answer(None)
LOST = Answer(None, delivered=False)


class Server:
    """`answer` decides about each message; `received` is what people see."""

    def __init__(self, answer: Callable[[str, str], Answer] = lambda chat, text: Answer(), seconds: float = 0) -> None:
        self.answer, self.seconds = answer, seconds
        self.received: list[Received] = []
        self.now: Counter[str] = Counter()  # requests being answered, by chat
        self.most = self.most_of_one = 0  # how many there were at once, and for one chat
        self._runner = web.AppRunner(self._app(), shutdown_timeout=1)
        self.url = ""

    async def start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    def texts(self) -> list[str]:
        return [text for _, text, _ in self.received]

    def _app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.post("/send", self._take)])
        return app

    async def _take(self, request: web.Request) -> web.StreamResponse:
        said = await request.json()
        self.now[said["chat"]] += 1
        self.most = max(self.most, self.now.total())
        self.most_of_one = max(self.most_of_one, self.now[said["chat"]])
        try:
            answer = self.answer(said["chat"], said["text"])
            if answer.delivered and answer.status in (200, None):
                self.received.append((said["chat"], said["text"], said["key"]))
            await asyncio.sleep(self.seconds)
        finally:
            self.now[said["chat"]] -= 1
        if answer.status is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.json_response({"ref": str(len(self.received)), **answer.body}, status=answer.status)


class Wire:
    """The platform that speaks to the server."""

    name, account = "wire", "1"

    def __init__(self, url: str, rate: float | None = None, capabilities: Capabilities = TELEGRAM) -> None:
        self.url, self.rate, self.capabilities = url, rate, capabilities
        self._session: aiohttp.ClientSession | None = None

    async def start(self, handle: Handle) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True), timeout=aiohttp.ClientTimeout(total=5)
        )

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        return [await self._send(address, message, attempt_key) for address in to]

    async def fetch(self, ref: str, most: int) -> bytes | None:
        return None

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Nothing is kept."""

    async def _send(self, address: Address, message: Message, key: str) -> Outcome:
        assert self._session is not None
        said = {"chat": address.id, "text": message.text, "key": key}
        try:
            async with self._session.post(f"{self.url}/send", json=said) as response:
                body = await response.json()
        except aiohttp.ClientConnectorError:
            return Outcome("not_sent", reason="no connection")
        except (aiohttp.ClientError, TimeoutError) as error:
            return Outcome("unknown", reason=type(error).__name__)
        match response.status:
            case 200:
                return Outcome("sent", ref=body["ref"])
            case 429:
                return Outcome("later", after=body["after"])
            case 403:
                return Outcome("gone", reason="403 blocked")
            case 400:
                return Outcome("refused", reason=body.get("reason", "400 bad request"))
            case status:
                return Outcome("unknown", reason=str(status))


async def unheard(event: Event) -> Replies:
    """Nobody speaks on this messenger."""
    return Replies()
