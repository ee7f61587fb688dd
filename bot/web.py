"""The HTTP server: the rooms' routes behind one set of security headers, and what operators ask (/healthz, /readyz, /metrics)."""

import asyncio
import errno
import hmac
import re
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

import structlog
from aiohttp import HttpVersion11, web
from aiohttp.typedefs import Handler
from prometheus_client import CollectorRegistry, generate_latest

log = structlog.get_logger()

NEXT_PORTS = 20  # how many ports are tried above a busy one
READY_SECONDS = 3.0


def policy(ancestors: str = "'self'", script: str = "'self'") -> str:
    """The Content-Security-Policy of a page that `ancestors` (a CSP source list) may show in a frame."""
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
        f"frame-ancestors {ancestors}; base-uri 'none'; form-action 'self'"
    )


HEADERS = {
    "Cache-Control": "no-cache",  # asked again each time, and mostly answered "not modified": no page meets an old script
    "Content-Security-Policy": policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class NotReady(Exception):
    """Raised by `alive` to say in its own words why the program is not ready."""


Ask = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    """Nothing to ask."""


class Web:
    """Serves `routes` on host and port; a busy port gives way to the next free one, which `moved` then says.

    `alive` raises when the program cannot work (no database); `refresh` brings the metrics of `registry` up to date. Who
    asks for metrics from another machine, or through a proxy, must bring `metrics_token`; without one nobody can.
    """

    def __init__(
        self,
        host: str,
        port: int,
        routes: Iterable[web.AbstractRouteDef] = (),
        *,
        registry: CollectorRegistry | None = None,
        metrics_token: str = "",
        refresh: Ask = _nothing,
        alive: Ask = _nothing,
    ) -> None:
        self.host, self.port = host, port
        self.ready = False
        self.moved = False
        self._registry, self._refresh, self._alive = registry, refresh, alive
        self._metrics_token = metrics_token
        self._routes = list(routes)
        self._runner: web.AppRunner | None = None

    def add(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """More routes, before the start."""
        self._routes += routes

    @property
    def address(self) -> str:
        """Where a browser on this machine finds it."""
        host = "localhost" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    async def start(self) -> None:
        """OSError when no port can be had."""
        app = web.Application(middlewares=[_secured], client_max_size=2**20)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        app.router.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=5, handle_signals=False)
        await self._runner.setup()
        wanted = self.port
        for port in [wanted] if wanted == 0 else range(wanted, min(wanted + NEXT_PORTS, 65535) + 1):
            site = web.TCPSite(self._runner, self.host, port)
            try:
                await site.start()
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                continue
            self.port = self._runner.addresses[0][1]
            self.moved = wanted not in (0, self.port)
            log.info("web server started", host=self.host, port=self.port, moved=self.moved)
            return
        await self._runner.cleanup()
        raise OSError(errno.EADDRINUSE, f"ports {wanted} to {wanted + NEXT_PORTS} are all busy")

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _request: web.Request) -> web.Response:
        """200 once started and while the program can work, else 503 and why."""
        if not self.ready:
            return web.Response(text="starting\n", status=503)
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._alive()
        except NotReady as reason:
            return web.Response(text=f"{reason}\n", status=503)
        except Exception:
            log.exception("not ready")
            return web.Response(text="the store does not answer, or takes no writes\n", status=503)
        return web.Response(text="ready\n")

    async def _metrics(self, request: web.Request) -> web.Response:
        """For this machine, and for whoever brings the token."""
        if self._registry is None or not (loopback(request) or self._knows(request)):
            raise web.HTTPNotFound
        try:
            await self._refresh()
        except Exception:  # the counters are still worth reading while the store is down
            log.exception("metrics not refreshed")
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": "text/plain; version=0.0.4"})

    def _knows(self, request: web.Request) -> bool:
        said, wanted = request.headers.get("Authorization", ""), f"Bearer {self._metrics_token}"
        return bool(self._metrics_token) and hmac.compare_digest(said.encode(), wanted.encode())


@web.middleware
async def _secured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Security headers on every answer, the refusals too."""
    try:
        response = await handler(request)
    except web.HTTPException as refusal:
        refusal.headers.update(HEADERS)
        raise
    if not response.prepared:
        framed = "Content-Security-Policy" in response.headers  # such a page says itself who may frame it
        for name, value in HEADERS.items():
            if not (framed and name == "X-Frame-Options"):
                response.headers.setdefault(name, value)
    return response


def loopback(request: web.Request) -> bool:
    """True for a request from this machine that came through no proxy."""
    with suppress(AttributeError, TypeError):
        peer = request.transport.get_extra_info("peername")[0]  # type: ignore[union-attr]
        return peer in ("127.0.0.1", "::1", "::ffff:127.0.0.1") and "X-Forwarded-For" not in request.headers
    return False


def local(request: web.Request) -> bool:
    """True for a browser on this machine that asked for this machine by its own name, through no proxy.

    The name matters: a page of another site whose name was made to lead here (DNS rebinding) still asks by that name.
    """
    through = ("Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto")
    asked = request.host.rpartition(":")[0] if re.search(r":\d+$", request.host) else request.host
    return (
        loopback(request)
        and asked in ("localhost", "127.0.0.1", "[::1]")
        and not any(name in request.headers for name in through)
        and request.version >= HttpVersion11  # what proxies speak that add no word of their own
    )
