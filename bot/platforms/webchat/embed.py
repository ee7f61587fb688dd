"""The chat inside a municipality's own site: which sites may frame it, and the script that makes the button there."""

import hashlib
from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import orjson
import structlog
from aiohttp import ETag, web

from locales import Catalogs

from ...web import policy
from . import html
from .words import words

if TYPE_CHECKING:
    from .client import WebChat

log = structlog.get_logger()

FRAMES = ("iframe", "frame", "embed", "object", "fencedframe")  # Sec-Fetch-Dest, W3C Fetch Metadata
SCRIPT_KEPT = "public, max-age=3600"  # an hour: its address never changes, so a mended script must arrive by itself


def framed_by(request: web.Request) -> str | None:
    """The origin of another site that wants this page in a frame; "" where the browser does not name it, None for no frame.

    Browsers say where a page goes in Sec-Fetch-Dest; those that do not are held by frame-ancestors alone.
    """
    if request.headers.get("Sec-Fetch-Dest") not in FRAMES or request.headers.get("Sec-Fetch-Site") == "same-origin":
        return None
    try:
        parts = urlsplit(request.headers.get("Referer", "")[:500])
        return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.hostname else ""
    except ValueError:
        return ""


def refusal(chat: "WebChat", reader: html.Reader, origin: str) -> web.Response:
    """What a foreign frame shows: a sentence and a way out. It has no script, so that any site may show it."""
    chat.refused("frame")
    log.info("frame refused", origin=origin[:100])
    w = {name: escape(text) for name, text in reader.w.items()}
    text = f"""<!doctype html>
<html lang="{html.tag(reader.code)}" dir="{"rtl" if reader.t.rtl else "ltr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{w["name"]}</title><link rel="stylesheet" href="/static/style.css"></head>
<body><main class="article"><h1>{w["foreign"]}</h1>
<a class="button main" href="{reader.link("/")}" target="_blank" rel="noopener">{w["own_window"]}</a></main></body>
</html>
"""
    headers = {"Content-Security-Policy": policy("*", script="'none'"), "Vary": VARY}
    return web.Response(text=text, content_type="text/html", status=403, headers=headers)


VARY = "Accept-Language, Sec-Fetch-Dest, Sec-Fetch-Site, Referer"


def headers(chat: "WebChat") -> dict[str, str]:
    """The page in the frame may be shown by the allowed sites and nobody else; by our own pages where none is allowed."""
    return {
        "Content-Security-Policy": policy(" ".join(chat.site.embedders) or "'self'"),
        "Cross-Origin-Resource-Policy": "cross-origin",  # a site that isolates itself asks this of its frames
        "Vary": VARY,
    }


def script(catalogs: Catalogs, source: str) -> str:
    """embed.js: its source is a function, called here with what the button says in every language."""
    said = {}
    for code in catalogs.released:
        w = words(catalogs.translator(code))
        said[html.tag(code)] = {
            "open": w["embed_open"],
            "close": w["embed_close"],
            "title": w["name"],
            "unread": w["new"],
        }
    return f"({source.rstrip().removesuffix(';')})({orjson.dumps(said).decode()});\n"


async def serve_script(text: str, tag: str, request: web.Request) -> web.Response:
    headers = {"Cache-Control": SCRIPT_KEPT, "Cross-Origin-Resource-Policy": "cross-origin"}
    if any(known.value == tag for known in request.if_none_match or ()):
        answer = web.Response(status=304, headers=headers)
    else:
        answer = web.Response(text=text, content_type="text/javascript", headers=headers)
    answer.etag = ETag(tag)
    return answer


def route(catalogs: Catalogs, source: str) -> web.RouteDef:
    text = script(catalogs, source)
    return web.get("/embed.js", partial(serve_script, text, hashlib.sha256(text.encode()).hexdigest()[:32]))
