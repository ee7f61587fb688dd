"""Polite fetching: bounded in time and size, one request at a time per host, nothing twice, public addresses only."""

import asyncio
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import aiohttp

from . import body
from .addresses import guarded, shown
from .source import Refused, SourceError

AGENT = "dongne-ilgam (municipal job alerts)"
REDIRECTS = (301, 302, 303, 307, 308)
HOPS = 5
LONGEST_REST = 3600.0  # seconds that a site may make us stay away with one Retry-After
REDIRECT, PRIVATE = "redirect", "private"
ALLOWANCES = (REDIRECT, PRIVATE)  # what a source may allow


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and bytes of an answer as it comes and as it unpacks. `total` is for one request with its whole answer."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    biggest: int = 5 * 1024 * 1024
    again: tuple[float, ...] = (2.0, 8.0)  # how long to wait before each further try after a 5xx or a time-out
    patience: float = 30.0  # the longest Retry-After that is waited for at once
    between: float = 1.0  # from the end of one request to a host to the begin of the next


@dataclass(frozen=True, slots=True)
class Answer:
    """`url` is where it came from in the end; `charset` what its header claims; `cursor` goes with the next request.

    `whole`: it said where it ends. Another one ends with the connection, for whatever reason.
    """

    body: bytes
    url: str
    content_type: str
    charset: str | None
    cursor: str
    whole: bool


@dataclass(slots=True)
class _Host:
    """When a host may be asked again, on the event loop's clock: after a short pause, or after the rest that it asked for."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready: float = 0.0
    shut: float = 0.0


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes
    charset: str | None


class Fetcher:
    """Shared by all sources of a process, so that two of one host wait for each other."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    async def get(
        self,
        url: str,
        seen: str | None = None,
        allow: Collection[str] = (),
        reading: str = "",
        accept: str = "*/*",
        slow: float = 0.0,
    ) -> Answer | None:
        """The answer at an address, or None where nothing changed since `seen`, the cursor of the answer before.

        `reading` says how the source reads answers: a cursor kept under another reading or for another address is not used.
        `slow` is how many seconds a site is known to think, if that is longer than usual.
        SourceError says what went wrong without naming more of the address than its host.
        """
        of = hashlib.sha256(f"{url}\n{reading}".encode()).hexdigest()[:16]
        asked = _conditions(seen, of)
        headers = {"Accept": accept, **asked}
        for _ in range(HOPS + 1):
            reply = await self._ask(url, headers, allow, slow)
            if reply.status == 304 and asked:
                return None
            if reply.status in REDIRECTS:
                url = followed(url, reply.headers.get("Location", ""), allow)
                continue
            if reply.status != 200:
                raise SourceError(f"the site answered {reply.status}", _status(reply.status))
            kind = reply.headers.get("Content-Type", "")
            return Answer(reply.body, url, kind, reply.charset, _cursor(reply.headers, of), _ends(reply.headers))
        raise Refused(REDIRECT, "the site redirects without end")

    async def _ask(self, url: str, asked: dict[str, str], allow: Collection[str], slow: float) -> _Reply:
        """One request in the host's turn, and some more after a 5xx or a time-out, each later than the one before."""
        host, pauses = self._hosts[_host(url)], iter(self.limits.again)
        clock = asyncio.get_running_loop().time
        async with host.turn:
            while True:
                if host.shut > clock():
                    raise SourceError(
                        f"the site asked to be left alone for {host.shut - clock():.0f} seconds more", "busy"
                    )
                await asyncio.sleep(host.ready - clock())
                try:
                    reply = await self._once(url, asked, allow, slow)
                except TimeoutError:
                    reply = None
                finally:
                    host.ready = clock() + self.limits.between
                if reply and reply.status < 500 and reply.status != 429:
                    return reply
                pause, rest = next(pauses, None), _retry_after(reply.headers) if reply else 0.0
                if pause is None or rest > self.limits.patience or (reply and reply.status == 429):
                    host.shut = clock() + min(rest, LONGEST_REST)
                    said = f"the site answered {reply.status}" if reply else "the site is too slow"
                    raise SourceError(said, _status(reply.status) if reply else "silent")
                await asyncio.sleep(max(pause, rest))

    async def _once(self, url: str, asked: dict[str, str], allow: Collection[str], slow: float) -> _Reply:
        limits, refused = self.limits, list[str]()
        connector = aiohttp.TCPConnector(
            socket_factory=None if PRIVATE in allow else guarded(refused), force_close=True, use_dns_cache=False
        )
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **asked}
        timeout = aiohttp.ClientTimeout(
            connect=limits.connect, sock_connect=limits.connect, sock_read=max(limits.read, slow)
        )
        session = aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            headers=headers,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            middlewares=(_asking_once(),),
        )
        try:
            async with (
                asyncio.timeout(max(limits.total, slow)),
                session,
                session.get(url, allow_redirects=False) as response,
            ):
                whole = await body.read(response, limits.biggest) if response.status == 200 else b""
                return _Reply(response.status, response.headers, whole, response.charset)
        except TimeoutError:
            raise
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if refused:
                raise Refused(PRIVATE, f"{shown(url)} leads to an inside address; {_hint(PRIVATE)}") from None
            raise SourceError(_why(error), "silent") from None


def _asking_once() -> aiohttp.ClientMiddlewareType:
    """aiohttp asks again by itself where a connection ends without an answer; that would be a request that nobody counted."""
    asked = False

    async def once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
        nonlocal asked
        if asked:
            raise aiohttp.ServerDisconnectedError
        asked = True
        return await handler(request)

    return once


def followed(url: str, location: str, allow: Collection[str]) -> str:
    """Where a redirect leads, if the source allows it; never to anything but the web, and never from https to http."""
    try:
        there = urljoin(url, location)
        before, after = urlsplit(url), urlsplit(there)
        usable = location and after.scheme in ("http", "https") and after.hostname and after.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Refused(REDIRECT, "the site redirects to no web address")
    if (before.scheme, after.scheme) == ("https", "http"):
        raise Refused(REDIRECT, f"the site redirects from https to {shown(there)}")
    if REDIRECT not in allow:
        raise Refused(REDIRECT, f"the site redirects to {shown(there)}: name that address, or {_hint(REDIRECT)}")
    return there


def _status(status: int) -> str:
    """The kind of trouble that a status tells of."""
    if status in (401, 403):
        return "denied"
    return "busy" if status == 429 else "silent" if status >= 500 else "address"


def _why(error: Exception) -> str:
    """Words for the operator. The error's own are left out, since they hold the address."""
    words: dict[type[Exception], str] = {
        aiohttp.ClientConnectorDNSError: "the site's name is not known",
        aiohttp.ClientConnectorCertificateError: "the site's certificate can't be trusted",
        aiohttp.ClientSSLError: "the site speaks no TLS that we understand",
        aiohttp.ClientConnectorError: "the site can't be reached",
        aiohttp.ClientPayloadError: "the answer breaks off",
        ValueError: "the address can't be used",
    }
    return next(
        (said for kind, said in words.items() if isinstance(error, kind)), f"no answer ({type(error).__name__})"
    )


def _hint(allowance: str) -> str:
    return f'allow = ["{allowance}"] lets it, where you trust the site'


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _conditions(seen: str | None, of: str) -> dict[str, str]:
    """The headers that ask only for something new."""
    try:
        kept = json.loads(seen or "{}")
    except json.JSONDecodeError:
        return {}
    if not isinstance(kept, dict) or kept.get("of") != of:
        return {}
    names = {"If-None-Match": "etag", "If-Modified-Since": "modified"}
    return {header: kept[name] for header, name in names.items() if isinstance(kept.get(name), str)}


def _cursor(headers: Mapping[str, str], of: str) -> str:
    """What the site said to know its answer by; the address itself, which may hold a key, is kept as a digest."""
    kept = {"etag": headers.get("ETag"), "modified": headers.get("Last-Modified"), "of": of}
    return json.dumps({name: value for name, value in kept.items() if value})


def _ends(headers: Mapping[str, str]) -> bool:
    """Whether an end that is missing shows, as it does in what is counted, in chunks or packed."""
    packed = headers.get("Content-Encoding", "identity").strip().lower() != "identity"
    return packed or "Content-Length" in headers or "Transfer-Encoding" in headers


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that a site asks us to wait; a date counts from the site's own clock."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("Date", ""))).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0
