"""Updates that Telegram posts to us. 200 says that the turn is committed; an update whose turn failed comes again."""

import asyncio
import hmac
import math
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import aiohttp
import orjson
import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from ...web import HEADERS
from .chats import Chats, Rest
from .inbound import KINDS, Update, chat_of
from .updates import Handle

log = structlog.get_logger()

SECRET = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 2**20  # bytes of a body; an update has a few thousand
SLOWEST = 10.0  # seconds in which a body must have come
CONNECTIONS = 100  # at once: the most that Telegram allows. As many turns wait for their replies' slots
MOST_FAILURES = 1000  # updates whose failures are counted
BROKEN = (OSError, aiohttp.ClientError, HttpProcessingError, web.RequestPayloadError)


Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]  # a method and its payload -> the result


def uncounted(outcome: str) -> None:
    """Who counts requests where nobody asked."""


class Webhook:
    """The route of bot `account` below `base`, the https address under which the world finds our server.

    An update that fails is asked for again after each of `pauses` (seconds, rounded up), then given up with a line in
    the log, as in polling. `counted` hears of each request: taken, unasked, failed, given_up, forbidden, not_ready,
    too_large, too_slow, broken, not_json or not_an_update. A body must come within `slowest` seconds; `every` so many it
    is seen whether Telegram reaches us.
    """

    def __init__(
        self,
        base: str,
        token: str,
        handle: Handle,
        chats: Chats,
        pauses: Sequence[float],
        counted: Callable[[str], None] = uncounted,
        slowest: float = SLOWEST,
        every: float = 60.0,
    ) -> None:
        self.ready = False  # whether updates are taken; until then Telegram keeps them
        self.path = f"/telegram/{token.partition(':')[0]}"
        self.url = base + self.path
        # Derived, so that there is nothing to configure or to store; who reads it cannot tell the token from it.
        self._secret = hmac.new(token.encode(), b"ilgam telegram webhook", "sha256").hexdigest()
        self._handle, self._chats, self._pauses, self._counted = handle, chats, pauses, counted
        self._slowest, self._every = slowest, every
        self._missed = 0  # when Telegram last did not reach us, in Unix time
        self._failures: dict[int, int] = {}

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.post(self.path, self._post)]

    async def begin(self, ask: Ask) -> None:
        """Take updates, and tell Telegram to post them here. What waits there already comes too."""
        self.ready = True
        wish = {
            "url": self.url,
            "secret_token": self._secret,
            "allowed_updates": list(KINDS),
            "max_connections": CONNECTIONS,
            "drop_pending_updates": False,
        }
        await ask("setWebhook", wish)
        self._missed = (await ask("getWebhookInfo", {})).get("last_error_date", 0)

    async def look(self, ask: Ask) -> None:
        """Wait a while, then see whether Telegram reaches us: it tells nobody else.

        A webhook that somebody took away stays away: two programs that take it from each other would both miss much.
        """
        await asyncio.sleep(self._every)
        info = await ask("getWebhookInfo", {})
        if info.get("url") != self.url:
            log.error(
                "the webhook was taken away: another program receives with the same bot token, stop one of the two"
            )
        elif (missed := info.get("last_error_date", 0)) > self._missed:
            self._missed = missed
            waiting = info.get("pending_update_count")
            log.error("telegram did not reach the webhook", reason=info.get("last_error_message"), waiting=waiting)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        given = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return await self._refuse(request, 403, "forbidden", "This address is for Telegram alone.")
        if not self.ready:
            return await self._not_ready(request)
        if (request.content_length or 0) > LARGEST:
            return await self._refuse(request, 413, "too_large", f"At most {LARGEST} bytes.")
        try:
            async with asyncio.timeout(self._slowest):
                body = await _body(request.content)
        except TimeoutError:
            return await self._refuse(request, 408, "too_slow", f"The whole body within {self._slowest:g} seconds.")
        except BROKEN:
            return await self._refuse(request, 400, "broken", "The body did not come whole.")
        if body is None:
            return await self._refuse(request, 413, "too_large", f"At most {LARGEST} bytes.")
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError:
            return await self._refuse(request, 400, "not_json", "This is not JSON.")
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return await self._refuse(request, 400, "not_an_update", "This is not an update of the Bot API.")
        if not any(kind in update for kind in KINDS):  # as in polling: a refusal would only bring it again
            return self._answer(200, "unasked", "Not asked for.")
        return await self._take(request, update)

    async def _take(self, request: web.Request, update: Update) -> web.StreamResponse:
        handled = asyncio.get_running_loop().create_future()
        await self._chats.room()
        if not self.ready:  # stopped meanwhile, so that nobody could be answered
            return await self._not_ready(request)
        self._chats.put(chat_of(update), partial(self._work, update, handled))
        error: Exception | None = await handled
        number = update["update_id"]
        if error is None:
            self._failures.pop(number, None)
            return self._answer(200, "taken", "Taken.")
        failures = self._failures.pop(number, 0) + 1
        if failures > len(self._pauses):
            log.error("update given up", update=number, tries=failures, exc_info=error)
            return self._answer(200, "given_up", "Given up.")
        self._failures[number] = failures
        if len(self._failures) > MOST_FAILURES:
            self._failures.pop(next(iter(self._failures)))
        pause = self._pauses[failures - 1]
        log.warning("update failed", update=number, error=type(error).__name__, again_in=pause)
        return await self._refuse(request, 503, "failed", "Not taken. Send it again.", pause)

    async def _work(self, update: Update, handled: asyncio.Future[Exception | None]) -> Rest | None:
        rest, failure = None, None
        try:
            rest = await self._handle(update)
        except Exception as error:
            failure = error
        if not handled.done():  # whoever asked may be gone; what was done stays done
            handled.set_result(failure)
        return rest

    async def _not_ready(self, request: web.Request) -> web.StreamResponse:
        return await self._refuse(request, 503, "not_ready", "Not ready. Send it again.", 1)

    def _answer(self, status: int, outcome: str, words: str) -> web.Response:
        self._counted(outcome)
        return web.Response(status=status, text=f"{words}\n")

    async def _refuse(
        self, request: web.Request, status: int, outcome: str, words: str, again: float | None = None
    ) -> web.StreamResponse:
        """Answer at once. A body that was not read is not waited for either: the connection ends with the answer."""
        response = self._answer(status, outcome, words)
        if again is not None:
            response.headers["Retry-After"] = str(math.ceil(again))
        if not request.content.is_eof():
            response.headers.update(HEADERS)
            response.force_close()
            await response.prepare(request)
            await response.write_eof()
            request.protocol.force_close()
        return response


async def _body(content: aiohttp.StreamReader) -> bytes | None:
    """All of it, or None as soon as it is too large."""
    body = bytearray()
    while chunk := await content.readany():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
