"""What lines of the chat carry and what is sent into it: pictures and files to be had, and a file that a person sends."""

import asyncio
import hmac
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import structlog
from aiohttp import web

from handlers.chat.events import Address, Event, Sent
from handlers.chat.file_names import safe
from handlers.chat.messages import File, Picture
from storage import lines

from ..platform import MOST_BYTES
from .connection import hashed

if TYPE_CHECKING:
    from .client import WebChat

log = structlog.get_logger()

TYPES = {
    "table": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "notice": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "qr": "image/png",
    "board": "application/pdf",
}
KEY = r"{line:\d{1,18}}/{key:[A-Za-z0-9_-]{22}}"
NAME = re.compile(r"[0-9a-f]{24}")  # of an update, as the page's script gives it
TOKEN = re.compile(r"Bearer ([A-Za-z0-9_-]{40,64})")
AT_ONCE = 16  # files that are being received, of all chats; of one chat one
IDLE_SECONDS, ALL_SECONDS = 20.0, 180.0  # between two pieces of a file, and for all of it: 10 MB over 0.5 Mbit/s


class Parts:
    """The routes. A page asks for a part by the key in its line; the answer is stored nowhere, for shared computers' sake."""

    def __init__(self, chat: "WebChat", idle: float = IDLE_SECONDS, whole: float = ALL_SECONDS) -> None:
        self.chat, self.idle, self.whole = chat, idle, whole
        self._receiving: set[str] = set()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get(f"/picture/{KEY}.png", self.picture),
            web.get(f"/chat/file/{KEY}", self.file),
            web.post("/chat/file/{name}", self.receive),
        ]

    async def picture(self, request: web.Request) -> web.Response:
        """The picture of a line, as long as the line is kept. Its key is known to the line alone, and so to its chat's pages."""
        drawn = await self.chat.content.draw(Picture.kept(await self._kept(request, "picture")))
        if drawn is None:
            raise web.HTTPServiceUnavailable
        return web.Response(body=drawn, content_type="image/png", headers={"Cache-Control": "no-store"})

    async def file(self, request: web.Request) -> web.Response:
        """The file of a line, made anew from what is kept of it."""
        file = File.kept(await self._kept(request, "file"))
        made = await self.chat.content.make(file)
        if made is None:
            raise web.HTTPServiceUnavailable
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.called, safe='')}",  # RFC 6266, RFC 8187
        }
        return web.Response(body=made, content_type=TYPES[file.kind], headers=headers)

    async def _kept(self, request: web.Request, part: str) -> Any:
        async with self.chat.store.reading() as tx:
            kept = await lines.part(tx, int(request.match_info["line"]), part)
        if kept is None or not hmac.compare_digest(kept["key"], request.match_info["key"]):
            raise web.HTTPNotFound
        return kept

    async def receive(self, request: web.Request) -> web.Response:
        """A file for the open question of the chat whose token comes along; 409 where it takes none, and nothing is read.

        The answer holds the frames for the page that sent it. X-Name is the file's name, percent-encoded in UTF-8; X-Size
        its length in bytes, so that what is too large need not be sent at all.
        """
        if not self.chat.ours(request) or self.chat.handle is None:
            raise web.HTTPForbidden
        said = TOKEN.fullmatch(request.headers.get("Authorization", ""))
        name = request.match_info["name"]
        if said is None or not NAME.fullmatch(name):
            raise web.HTTPBadRequest
        address = Address(self.chat.name, self.chat.account, hashed(said[1]))
        if not await self.chat.content.takes_files(address):
            raise web.HTTPConflict
        if address.id in self._receiving or len(self._receiving) >= AT_ONCE:
            raise web.HTTPTooManyRequests
        self._receiving.add(address.id)
        try:
            data = await self._body(request)
            what = Sent(safe(unquote(request.headers.get("X-Name", ""))), data)
            own = await self.chat.happened(Event(address, what, f"{address.id[:32]}:{name}"))
        finally:
            self._receiving.discard(address.id)
        return web.json_response({"frames": own}, headers={"Cache-Control": "no-store"})

    async def _body(self, request: web.Request) -> bytes | None:
        """What comes, unless it is too much, too slow, or breaks off."""
        size = request.headers.get("X-Size", "")
        announced = max(request.content_length or 0, int(size) if size.isdecimal() and len(size) < 19 else 0)
        if announced > MOST_BYTES:
            return None
        found = bytearray()
        with suppress(TimeoutError, ConnectionError, web.HTTPException):
            async with asyncio.timeout(self.whole):
                while chunk := await self._piece(request):
                    found += chunk
                    if len(found) > MOST_BYTES:
                        return None
            return bytes(found)
        log.info("file not received")
        return None

    async def _piece(self, request: web.Request) -> bytes:
        async with asyncio.timeout(self.idle):
            return await request.content.readany()
