"""The routes of the public pages: the landing page with the chat in it, all jobs, one job, the privacy notice."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from handlers import ways

from . import embed, html

if TYPE_CHECKING:
    from .client import WebChat

ON_LANDING = 4  # jobs
ON_PAGE = 20
COOKIELESS = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}

with as_file(files(__package__).joinpath("static")) as folder:
    STATIC = Path(folder)


def routes(chat: "WebChat") -> list[web.AbstractRouteDef]:
    return [
        web.get("/", _page(chat, landing)),
        web.get("/jobs", _page(chat, jobs)),
        web.get(r"/p/{posting:\d{1,18}}", _page(chat, posting)),
        web.get("/privacy", _page(chat, privacy)),
        web.get("/embed", _page(chat, embedded)),
        embed.route(chat.catalogs, (STATIC / "embed.js").read_text(encoding="utf-8")),
        web.get("/ui/{language}.json", partial(ui, chat)),
        web.static("/static", STATIC),
    ]


Body = Callable[["WebChat", html.Reader, web.Request], Awaitable[html.Page]]


def _page(chat: "WebChat", body: Body) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        reader = reader_of(chat, request)
        site = embed.framed_by(request)
        if site is not None and (body is not embedded or (site and site not in chat.site.embedders)):
            return embed.refusal(chat, reader, site)
        page = await body(chat, reader, request)
        text = html.document(reader, page)
        headers = COOKIELESS | (embed.headers(chat) if body is embedded else {})
        return web.Response(text=text, content_type="text/html", status=page.status, headers=headers)

    return answer


def reader_of(chat: "WebChat", request: web.Request) -> html.Reader:
    """The chosen language (?lang=), else that of the start link, else the browser's first one that we have, else Korean."""
    way = ways.read(request.query.get("start", ""))
    asked = [request.query.get("lang", ""), way.language or "", *accepted(request.headers.get("Accept-Language", ""))]
    code = next((c for hint in asked if (c := chat.catalogs.resolve(hint[:35]))), chat.catalogs.released[0])
    return html.Reader(chat.site, chat.catalogs, code)


def accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, best first."""
    found = []
    for i, part in enumerate(header[:500].split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            found.append((-float(weight or 1), i, name))
        except ValueError:
            continue
    return [name for _, _, name in sorted(found) if name and name != "*"]


async def landing(chat: "WebChat", reader: html.Reader, request: web.Request) -> html.Page:
    total, shown = await chat.content.jobs(reader.code, 0, ON_LANDING)
    return html.landing(reader, total, shown)


async def embedded(chat: "WebChat", reader: html.Reader, request: web.Request) -> html.Page:
    """The landing page with the chat, for a frame in another site's page."""
    return replace(await landing(chat, reader, request), embedded=True)


async def jobs(chat: "WebChat", reader: html.Reader, request: web.Request) -> html.Page:
    asked = request.query.get("from", "0")
    offset = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    total, shown = await chat.content.jobs(reader.code, offset, ON_PAGE)
    return html.jobs(reader, total, shown, offset, ON_PAGE)


async def posting(chat: "WebChat", reader: html.Reader, request: web.Request) -> html.Page:
    number = int(request.match_info["posting"])
    found = await chat.content.posting(reader.code, number)
    return html.missing(reader) if found is None else html.posting(reader, found)


async def privacy(chat: "WebChat", reader: html.Reader, request: web.Request) -> html.Page:
    return html.privacy(reader, chat.content.privacy(reader.code))


async def ui(chat: "WebChat", request: web.Request) -> web.Response:
    """The page's texts in another language."""
    code = chat.catalogs.resolve(request.match_info["language"][:35])
    if code is None:
        raise web.HTTPNotFound
    return web.json_response(html.Reader(chat.site, chat.catalogs, code).ui(), headers={"Cache-Control": "no-cache"})
