"""HTTP to a Bot API server over one aiohttp session: PTB's calls and our own raw ones, telling "never left us" from "who knows".

The bot token is part of every address, so no address, and no exception that may quote one, leaves this module.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

JSON = {"Content-Type": "application/json"}  # told once to the session, which is cheaper than to each call
CHUNK = 64 * 1024
Answer = dict[str, Any]  # {"ok": true, "result": ...} or {"ok": false, "error_code": ..., "description": ...}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be sent, and its name."""

    name: str
    data: bytes
    kind: str = "application/octet-stream"  # Telegram finds out by itself


class NotSent(NetworkError):
    """The request provably never reached the server: name, connection, TLS or a place in the pool was not to be had."""


class Transport(BaseRequest):
    """Waits `connect` seconds for a connection and `read` for each part of an answer.

    At most `connections` calls are under way. A file is fetched within `fetch` seconds in all.
    """

    def __init__(
        self, api: str, token: str, connect: float = 5, read: float = 20, connections: int = 256, fetch: float = 60
    ) -> None:
        self._base, self._files = f"{api}/bot{token}/", f"{api}/file/bot{token}/"
        self._connect, self._read, self._fetch = connect, read, fetch
        self._places = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}
        self._timeouts: dict[float, aiohttp.ClientTimeout] = {}
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def read_timeout(self) -> float:
        return self._read

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, ttl_dns_cache=300)
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=jar, headers=JSON)

    async def shutdown(self, patience: float = 10) -> None:
        """Refuse new calls, wait `patience` seconds for those under way (their messages may already be out), close."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), patience)
            await session.close()

    async def call(self, method: str, payload: dict[str, Any] | bytes, read: float | None = None) -> Answer:
        """The server's answer, good or bad, to a method with a payload, as JSON or to become it; a form if an Upload is in it.

        NotSent when the request never left; any other NetworkError when nobody can tell whether it was carried out.
        """
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._base + method)
        if isinstance(payload, dict) and any(isinstance(value, Upload) for value in payload.values()):
            form = _form(payload)()
            status, content = await self._post(
                url, read or self._read, form, {"Content-Type": form.headers["Content-Type"]}
            )
        else:
            body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
            status, content = await self._post(url, read or self._read, body)
        try:
            answer = orjson.loads(content)
        except orjson.JSONDecodeError:
            answer = None
        if not isinstance(answer, dict) or "ok" not in answer:
            raise NetworkError(f"HTTP {status} without an answer of the Bot API")
        return answer

    async def download(self, path: str, most: int) -> bytes | None:
        """A file by its `file_path`; None where it has more than `most` bytes. NetworkError where it does not come in time.

        https://core.telegram.org/bots/api#getfile
        """
        session = self._session
        if session is None:
            raise NotSent("not connected")
        limits = aiohttp.ClientTimeout(total=self._fetch, connect=self._connect, sock_read=self._read)
        found = bytearray()
        try:
            async with session.get(
                URL(self._files + quote(path), encoded=True), timeout=limits, allow_redirects=False
            ) as answer:
                if answer.status != 200:
                    raise NetworkError(f"HTTP {answer.status} for a file")
                if (answer.content_length or 0) > most:
                    return None
                async for chunk in answer.content.iter_chunked(CHUNK):
                    found += chunk
                    if len(found) > most:
                        return None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        return bytes(found)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """PTB's way in. It sends no files here, and its own timeouts are left at ours."""
        address = self._urls.get(url)
        if address is None:
            address = self._urls[url] = URL(url)
        body = orjson.dumps(request_data.parameters if request_data else {})
        return await self._post(address, self._read, body)

    @staticmethod
    def parse_json_payload(payload: bytes) -> Answer:
        """Unlike PTB's own, logs nothing of an answer that cannot be read."""
        try:
            answer: Answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise TelegramError("not an answer of the Bot API") from None
        return answer

    async def _post(
        self, url: str | URL, read: float, body: bytes | aiohttp.Payload, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        session = self._session
        if session is None:
            raise NotSent("not connected")
        if read not in self._timeouts:
            # A limit on the whole call would cost a timer and a context for each, as much as all of ours.
            self._timeouts[read] = aiohttp.ClientTimeout(total=None, connect=self._connect, sock_read=read)
        self._under_way += 1
        self._idle.clear()
        placed = False
        try:
            await self._place()
            placed = True
            # Read to its end, an answer gives its connection back; a context manager would see to it again.
            response = await session.post(
                url, data=body, headers=headers, timeout=self._timeouts[read], allow_redirects=False
            )
            return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        finally:
            if placed:
                self._places.release()
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _place(self) -> None:
        """Wait for one of the places, which is cheaper than aiohttp's own waiting for a connection."""
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(self._connect):
                await self._places.acquire()
        except TimeoutError:
            raise NotSent("no place") from None


def _form(payload: dict[str, Any]) -> aiohttp.FormData:
    """Files go as multipart/form-data, and what is no text beside them as JSON: core.telegram.org/bots/api#sending-files.

    Names of files go as they are, in UTF-8, as RFC 7578 says (4.2); a `filename*` would be refused by it.
    """
    form = aiohttp.FormData(quote_fields=False)
    for name, value in payload.items():
        if isinstance(value, Upload):
            form.add_field(name, value.data, filename=value.name, content_type=value.kind)
        else:
            form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    return form
