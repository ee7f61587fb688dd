"""One open page: who it is, what it does (within limits), and the lines it has not seen yet."""

import asyncio
import hashlib
import secrets
import time
from collections import deque
from typing import TYPE_CHECKING, Any

import orjson
import structlog
from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from handlers.chat.events import Address
from storage import lines

from . import frames

if TYPE_CHECKING:
    from .client import WebChat

log = structlog.get_logger()

FRAME = 16 * 1024  # bytes
RATE, BURST = 10.0, 20.0  # events a second, and at once
HELLO_SECONDS = 10.0
SEND_SECONDS = 30.0  # a page that takes longer to read is closed; it comes back for what it missed
POLL_SECONDS = 2.0  # how often to look for lines that another process wrote
PAGE = 100  # lines of history at a time
UNREAD = 500  # frames waiting for one page


def hashed(token: str) -> str:
    """A chat's address: the token itself is never kept."""
    return hashlib.sha256(token.encode()).hexdigest()


class Connection:
    """Reads events one after the other; writes from a task of its own, so that no slow page holds up anybody."""

    def __init__(self, chat: "WebChat") -> None:
        self.chat = chat
        self.address = Address(chat.name, chat.account, "")
        self.keep = True
        self.language: str | None = None
        self._new = ""  # the token of a newcomer
        self._last = 0
        self._files = False  # the page knows that the open question takes one
        self._own: deque[frames.Frame] = deque()
        self._news = asyncio.Event()
        self._tokens, self._at = BURST, time.monotonic()
        # A page answers pings; one that is gone without a word is noticed within a minute.
        self._ws = web.WebSocketResponse(heartbeat=30, timeout=2, max_msg_size=FRAME, compress=False)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        ws = self._ws
        await ws.prepare(request)
        try:
            greeting = await ws.receive(timeout=HELLO_SECONDS)
        except TimeoutError:  # a slow network is no fault of the page, which forgets a token that is refused
            await ws.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"slow")
            return ws
        if not self._greeted(greeting):
            await ws.close(code=WSCloseCode.POLICY_VIOLATION, message=b"hello")
            return ws
        if not self.chat.entered(self):
            await ws.close(code=4429, message=b"too many pages")
            return ws
        writer = asyncio.create_task(self._write())
        try:
            await self._read()
        finally:
            self.chat.left(self)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return ws

    async def close(self) -> None:
        await self._ws.close(code=WSCloseCode.GOING_AWAY, message=b"restart")

    def wake(self) -> None:
        """There may be new lines."""
        self._news.set()

    def tell(self, *own: frames.Frame) -> None:
        """Frames that are not lines of the history."""
        self._own.extend(own)
        self._news.set()

    def asks(self, files: bool) -> list[frames.Frame]:
        """What the page is to be told where the open question takes files now and did not before, or the other way round."""
        if files == self._files:
            return []
        self._files = files
        return [{"files": files}]

    def _greeted(self, message: WSMessage) -> bool:
        """The first frame: {"hello": token or null, "language": hint, "since": last line seen, "keep": bool}."""
        try:
            hello = orjson.loads(message.data) if message.type is WSMsgType.TEXT else None
        except orjson.JSONDecodeError:
            return False
        if not isinstance(hello, dict) or "hello" not in hello:
            return False
        token, since = hello["hello"], hello.get("since")
        if token is None:
            token = secrets.token_urlsafe(32)
            self._new = token
        elif not isinstance(token, str) or not 40 <= len(token) <= 64:
            return False
        self.address = Address(self.chat.name, self.chat.account, hashed(token))
        self.keep = hello.get("keep") is not False
        self._hint(hello.get("language"))
        self._last = since if isinstance(since, int) and 0 <= since < 2**62 else 0
        return True

    def _hint(self, language: Any) -> None:
        if isinstance(language, str) and 0 < len(language) <= 35:
            self.language = language

    async def _read(self) -> None:
        async for message in self._ws:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                frame = orjson.loads(message.data)
                if not isinstance(frame, dict):
                    raise frames.BadFrame("not an object")
                await self._heard(frame)
            except (frames.BadFrame, orjson.JSONDecodeError) as bad:
                log.info("frame refused", reason=str(bad)[:40])
                await self._ws.close(code=WSCloseCode.POLICY_VIOLATION, message=b"frame")
                return

    async def _heard(self, frame: frames.Frame) -> None:
        wait = self._spend()
        if wait and "id" in frame:
            return self.tell({"slow": frame["id"], "after": wait})
        if wait:
            return
        if isinstance(before := frame.get("before"), int):
            return await self._older(min(before, 2**62))
        if "language" in frame:
            self._hint(frame["language"])
        event = frames.event(self.address, frame, self.language)
        if self.chat.handle is None:
            return  # stopping: the page keeps what was not acknowledged
        own = await self.chat.happened(event)
        self.tell(*own, {"ok": frame["id"]})

    def _spend(self) -> float:
        """Take one event from the allowance; the seconds to wait when there is none."""
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._at) * RATE)
        self._at = now
        if self._tokens < 1:
            return round((1 - self._tokens) / RATE, 2)
        self._tokens -= 1
        return 0.0

    async def _older(self, before: int) -> None:
        found = await self._lines(0, before)
        self.tell({"older": [frames.shown(line) for line in found], "more": len(found) == PAGE})

    async def _lines(self, after: int, before: int | None = None) -> list[Any]:
        a = self.address
        async with self.chat.store.reading() as tx:
            return await lines.since(tx, a.platform, a.account, a.id, after, PAGE, before)

    async def _write(self) -> None:
        """Lines first, then the frames that were waiting when they were read: an answer stands before its receipt."""
        poll = POLL_SECONDS if self.chat.store.postgres else None
        try:
            if self._new:
                await self._put({"token": self._new})
            found = await self._lines(self._last)
            if self._last and len(found) == PAGE:
                await self._put({"fresh": True})  # too much was missed to close the gap: the page begins anew
            await self._put(*(frames.shown(line) for line in found))
            self._last = found[-1].id if found else self._last
            self._files = await self.chat.content.takes_files(self.address)
            await self._put({"ready": True, "more": len(found) == PAGE, "files": self._files})
            while True:
                waiting = len(self._own)
                for line in await self._lines(self._last):
                    await self._put(frames.shown(line))
                    self._last = line.id
                await self._put(*(self._own.popleft() for _ in range(waiting)))
                if len(self._own) > UNREAD:
                    raise TimeoutError
                if not self._own:
                    await self._until_news(poll)
        except (ConnectionError, TimeoutError):
            await self._ws.close(code=WSCloseCode.TRY_AGAIN_LATER)
        except Exception:
            log.exception("page not written to")
            await self._ws.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _until_news(self, poll: float | None) -> None:
        try:
            async with asyncio.timeout(poll):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def _put(self, *sent: frames.Frame) -> None:
        for frame in sent:
            async with asyncio.timeout(SEND_SECONDS):
                await self._ws.send_str(orjson.dumps(frame).decode())
