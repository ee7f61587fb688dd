"""The owner's one-time link, served to this machine only: the page brings its token to the chat and drops it from its address."""

from aiohttp import web

from .web import loopback


def routes() -> list[web.AbstractRouteDef]:
    return [web.get("/owner/{token:[A-Za-z0-9_-]+}", _owner)]


async def _owner(request: web.Request) -> web.StreamResponse:
    if not loopback(request):
        raise web.HTTPNotFound
    raise web.HTTPFound(f"/#owner={request.match_info['token']}")
