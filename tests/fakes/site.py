"""A source's site on a real socket: what it answers is scripted, and how it was asked is kept.

async with Site() as site: site.answers("/feed", body, ETag='"1"'); fetch f"{site.url}/feed"; look at site.asked.
"""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """`most` is how many requests were answered at one time. `host` is one of this machine's own, 127.0.0.0/8; `otherwise`
    answers where nothing else was said."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.asked: list[web.Request] = []
        self.times: list[float] = []
        self.most = 0
        self.port = 0
        self.otherwise: Answering | None = None
        self._now = 0
        self._answers: dict[str, list[Answering]] = {}
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def does(self, path: str, *answering: Answering) -> None:
        """What happens at a path, request by request; the last goes on."""
        self._answers[path] = list(answering)

    def answers(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """The same each time, or 304 to who already has the tag or the date. Underscores in header names are hyphens."""
        self.does(path, answer(body, status, **headers))

    async def __aenter__(self) -> "Site":
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        self.times.append(asyncio.get_running_loop().time())
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            answering = self._answers.get(request.path)
            if answering is None:
                return await self.otherwise(request) if self.otherwise else web.Response(status=404)
            return await (answering.pop(0) if len(answering) > 1 else answering[0])(request)
        finally:
            self._now -= 1


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Answering:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answering(request: web.Request) -> web.Response:
        for known, told in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            if named.get(told) and request.headers.get(known) == named[told]:
                return web.Response(status=304)
        return web.Response(body=body, status=status, headers=named)

    return answering


def drip(seconds: float, every: bytes = b"x") -> Answering:
    """An answer without end: one piece each time."""

    async def answering(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(every)
            await asyncio.sleep(seconds)

    return answering
