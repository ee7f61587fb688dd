"""How the fake Bot API server posts updates: in order for a chat and kind, again until they are taken, as Telegram does."""

import asyncio
import re
from collections import deque
from contextlib import suppress
from typing import Any

import aiohttp

from .botrules import Bad

HEADER = "X-Telegram-Bot-Api-Secret-Token"
AGAIN = 0.2  # seconds after which a post is tried again that was not told when


class Posts:
    """`webhook` is the public address. `proxied` says where behind it our server listens, as a TLS proxy knows."""

    updates: deque[dict[str, Any]]

    def __init__(self) -> None:
        self.webhook = ""
        self.secret = ""
        self.proxied: dict[str, str] = {}
        self.posts: list[tuple[int, int]] = []  # number of the update and status; 0 where nobody answered
        self._wish: dict[str, Any] = {}
        self._missed: dict[str, Any] = {}
        self._poster: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    async def _setWebhook(self, parameters: dict[str, Any]) -> bool:
        if not re.match(r"https://[^/:]+(:(443|80|88|8443))?/", parameters["url"]):
            raise Bad(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        await self._cease()
        self.webhook, self.secret, self._wish = parameters["url"], parameters.get("secret_token", ""), parameters
        if parameters.get("drop_pending_updates"):
            self.updates.clear()
        self._begin()
        return True

    async def _deleteWebhook(self, parameters: dict[str, Any]) -> bool:
        await self._cease()
        self.webhook, self._wish = "", {}
        if parameters.get("drop_pending_updates"):
            self.updates.clear()
        return True

    async def _getWebhookInfo(self, _: dict[str, Any]) -> dict[str, Any]:
        counted = {"has_custom_certificate": False, "pending_update_count": len(self.updates)}
        return {"url": self.webhook, **counted, **self._missed}

    def _begin(self) -> None:
        if self._wish:
            self._poster = asyncio.create_task(self._run())

    async def _cease(self) -> None:
        if self._poster is not None:
            self._poster.cancel()
            with suppress(asyncio.CancelledError):
                await self._poster
            self._poster = None

    async def _run(self) -> None:
        under_way: dict[tuple[Any, str], asyncio.Task[None]] = {}
        try:
            async with aiohttp.ClientSession() as session:
                while True:
                    self._news.clear()
                    for queue in [queue for queue, post in under_way.items() if post.done()]:
                        under_way.pop(queue).result()
                    for update in self.updates:
                        queue = _queue(update)
                        wanted = queue[1] in self._wish["allowed_updates"]
                        if wanted and queue not in under_way and len(under_way) < self._wish["max_connections"]:
                            under_way[queue] = asyncio.create_task(self._until_taken(session, update))
                    await self._news.wait()
        finally:
            for post in under_way.values():
                post.cancel()
            await asyncio.gather(*under_way.values(), return_exceptions=True)

    async def _until_taken(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        while True:
            status, again = await self.post(session, update)
            if 200 <= status < 300:
                break
            self._missed = {
                "last_error_date": 1_800_000_000 + len(self.posts),
                "last_error_message": f"status {status}",
            }
            await asyncio.sleep(again)
        self.updates.remove(update)
        asyncio.get_running_loop().call_soon(self._news.set)  # once this task is done

    async def post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> tuple[int, float]:
        """The status, and after how many seconds to send it again."""
        base = next((base for base in self.proxied if self.webhook.startswith(base)), None)
        status, again = 0, AGAIN
        if base is not None:
            address = self.webhook.replace(base, self.proxied[base], 1)
            with suppress(aiohttp.ClientError, OSError):
                async with session.post(address, json=update, headers={HEADER: self.secret}) as answer:
                    status, again = answer.status, float(answer.headers.get("Retry-After", AGAIN))
        self.posts.append((update["update_id"], status))
        return status, again


def _queue(update: dict[str, Any]) -> tuple[Any, str]:
    """Telegram keeps the order of a chat's updates of one kind: a tap can overtake a message."""
    kind = next(name for name in update if name != "update_id")
    body = update[kind]
    return (body["message"] if kind == "callback_query" else body).get("chat", {}).get("id"), kind
