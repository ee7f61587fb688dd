"""The demo desk: a resident's chat and the staff's side by side under a bar that moves the clock. For this machine alone."""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from locales import N_, Translator

from ...web import local
from . import html, pages
from .preview import json

if TYPE_CHECKING:
    from .client import WebChat

SAYS = N_("Demo · left a resident, right the staff · all jobs are examples")
WORDS = {
    "resident": N_("A resident's chat"),
    "resident2": N_("Another resident's chat"),
    "staff": N_("The staff's chat"),
    "other": N_("Open another resident"),
    "other_close": N_("Close the other resident"),
    "posting": N_("Add a new job"),
    "hour": N_("One hour later"),
    "morning": N_("To 9 tomorrow morning"),
    "week": N_("One week later"),
    "clock": N_("The demo's clock"),
    "night": N_("night: alerts wait until 8"),
    "added": N_("A new job was added: {title}"),
    "now": N_("The clock was moved. Now: {time}"),
    "failed": N_("That did not work. Please load the page again."),
}
TABS = {"1": N_("Resident"), "2": N_("Resident 2"), "staff": N_("Staff")}


class Desk(Protocol):
    """What the bar can do."""

    @property
    def clock(self) -> Callable[[], datetime]: ...

    async def owner(self) -> str:
        """A one-time token for the staff's side."""

    async def posting(self) -> str:
        """Add a posting; its title."""

    async def move(self, to: str) -> datetime:
        """Move the clock. KeyError for an unknown step, OverflowError for one that leads too far."""


def routes(chat: "WebChat", desk: Desk) -> list[web.AbstractRouteDef]:
    """The desk's page and what its buttons do. Whoever is not at this machine finds nothing here."""
    secret = secrets.token_urlsafe(32)

    async def show(request: web.Request) -> web.Response:
        if not local(request):
            raise web.HTTPNotFound
        reader = pages.reader_of(chat, request)
        text = document(reader, secret, desk.clock())
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    def act(
        work: Callable[[web.Request], Awaitable[dict[str, object]]],
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            if not local(request):
                raise web.HTTPNotFound
            said = request.headers.get("X-Demo", "")
            if request.headers.get("Origin") != f"http://{request.host}" or not hmac.compare_digest(
                said.encode(), secret.encode()
            ):
                chat.refused("demo")
                raise web.HTTPForbidden
            return web.json_response(await work(request), headers={"Cache-Control": "no-store"})

        return answer

    async def owner(_request: web.Request) -> dict[str, object]:
        return {"token": await desk.owner()}

    async def posting(_request: web.Request) -> dict[str, object]:
        return {"title": await desk.posting()}

    async def move(request: web.Request) -> dict[str, object]:
        try:
            now = await desk.move(request.match_info["to"])
        except (KeyError, OverflowError):
            raise web.HTTPConflict from None
        chat.wake_staff()  # half an hour may have gone by in which nobody did anything
        return {"now": _milliseconds(now)}

    return [
        web.get("/demo", show),
        web.post("/demo/owner", act(owner)),
        web.post("/demo/posting", act(posting)),
        web.post("/demo/clock/{to}", act(move)),
    ]


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def document(reader: html.Reader, secret: str, now: datetime) -> str:
    """The page: a bar in Korean and in the reader's language (English for a Korean one), and a frame for each side."""
    t, w = reader.t, {name: escape(reader.t.t(said)) for name, said in WORDS.items()}
    korean = reader.catalogs.translator("ko")
    other = t if t.code != "ko" else reader.catalogs.translator("en")
    told = {**{name: t.t(said) for name, said in WORDS.items()}, "tag": html.tag(t.code), "code": t.code}
    state = {"secret": secret, "now": _milliseconds(now), "words": told}
    tabs = "".join(
        f'<button type="button" class="tab" data-tab="{name}"{" hidden" if name == "2" else ""}>{escape(t.t(said))}</button>'
        for name, said in TABS.items()
    )
    moves = "".join(f'<button type="button" data-move="{to}">{w[to]}</button>' for to in ("hour", "morning", "week"))
    return f"""<!doctype html>
<html lang="{html.tag(t.code)}" dir="{"rtl" if t.rtl else "ltr"}" data-tab="1">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<title>{_says(t)}</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
<link rel="stylesheet" href="/static/demo.css">
<script type="application/json" id="demo">{json(state)}</script>
<script type="module" src="/static/demo.js"></script>
</head>
<body>
<header class="desk">
<h1><span lang="ko">{_says(korean)}</span> <span lang="{html.tag(other.code)}">{_says(other)}</span></h1>
<div class="acts">
<button type="button" id="other" aria-pressed="false">{w["other"]}</button>
<button type="button" id="posting">{w["posting"]}</button>
</div>
<div class="acts" role="group" aria-label="{w["clock"]}">
<p class="clock"><time id="now"></time> <span id="night" hidden>{w["night"]}</span></p>
{moves}
</div>
<p id="said" role="status"></p>
</header>
<nav class="tabs" aria-label="{_says(t)}">{tabs}</nav>
<main id="panes">
<noscript><p class="note">{escape(reader.w["no_script"])}</p></noscript>
<iframe name="demo-1" title="{w["resident"]}" src="{reader.link("/")}" allow="geolocation"></iframe>
</main>
</body>
</html>
"""


def _says(t: Translator) -> str:
    return escape(t.t(SAYS))
