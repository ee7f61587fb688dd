"""The chat in another site's frame: who may show it, what everybody else sees, and that the WebSocket stays our own page's."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from prometheus_client import generate_latest

from bot.metrics import Metrics
from bot.platforms.webchat import Site, WebChat
from bot.web import Web
from locales import Catalogs
from storage.store import Store
from tests.fakes.script import Script

CITY, OTHER = "https://www.city.example", "https://jobs.city.example:8443"
FRAME = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}


@dataclass
class Place:
    web: Web
    chat: WebChat
    session: ClientSession
    metrics: Metrics

    async def policy(self, path: str, status: int = 200, **headers: str) -> str:
        """Its frame-ancestors, as the browser gets them."""
        async with self.session.get(path, headers={**headers}) as answer:
            assert answer.status == status, await answer.text()
            found = re.findall(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])
            assert len(found) == 1
            assert ("X-Frame-Options" in answer.headers) == (path not in ("/embed",) and status == 200)
            return found[0]

    async def framed(self, path: str, site: str | None, status: int) -> str:
        headers = FRAME | ({"Referer": f"{site}/"} if site else {})
        async with self.session.get(path, headers=headers) as answer:
            assert answer.status == status
            assert "Set-Cookie" not in answer.headers
            return await answer.text()

    def refused(self, tried: str) -> float:
        return self.metrics.registry.get_sample_value("ilgam_foreign_total", {"tried": tried}) or 0.0


@pytest.fixture(params=[(CITY, OTHER)])
async def place(sqlite_store: Store, request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    metrics = Metrics()
    site = Site({"en": "Gwangsan-gu"}, embedders=request.param)
    chat = WebChat(sqlite_store, Catalogs.load(), site, refused=metrics.foreign)
    web = Web("127.0.0.1", 0, chat.routes(), registry=metrics.registry)
    await web.start()
    await chat.start(Script(sqlite_store, chat))
    async with ClientSession(web.address) as session:
        yield Place(web, chat, session, metrics)
    await chat.stop()
    await web.stop()


async def test_only_the_page_for_the_frame_may_be_framed_and_only_by_whom_we_named(place: Place) -> None:
    assert await place.policy("/embed") == f"{CITY} {OTHER}"
    for path in ("/", "/jobs", "/privacy", "/static/chat.js", "/embed.js", "/healthz"):
        assert await place.policy(path) == "'self'"


@pytest.mark.parametrize("place", [()], indirect=True)
async def test_where_nobody_is_named_only_our_own_pages_may_frame_it(place: Place) -> None:
    assert await place.policy("/embed") == "'self'"
    await place.framed("/embed", CITY, 403)
    assert (
        "hidden" in await (await place.session.get("/embed", headers=FRAME | {"Sec-Fetch-Site": "same-origin"})).text()
    )
    assert place.refused("frame") == 1


@pytest.mark.parametrize("site", [CITY, OTHER, None, "https://[bad"])
async def test_a_named_site_gets_the_chat_and_so_does_a_browser_that_names_none(place: Place, site: str | None) -> None:
    page = await place.framed("/embed?lang=en", site, 200)
    assert 'class="embedded"' in page
    assert 'id="close"' in page
    assert '<a class="brand" href' not in page, "a browser shows our other pages in no frame, so none may be led to"
    ui = re.search(r'id="ui">(.*?)</script>', page)
    assert ui is not None
    assert json.loads(ui[1])["embedders"] == [CITY, OTHER]
    assert place.refused("frame") == 0


@pytest.mark.parametrize(
    "site",
    [
        "https://evil.example",
        "https://city.example",  # another host of the same city has to be named, too
        "http://www.city.example",
        "https://www.city.example:444",
        "https://www.city.example.evil.example",
        "https://evil.example/https://www.city.example",
        "https://user@www.city.example",
    ],
)
async def test_a_foreign_frame_is_refused_in_words_and_counted(place: Place, site: str) -> None:
    page = await place.framed("/embed?lang=en", site, 403)
    assert "<h1>This site is not allowed to show the chat" in page
    assert "<script" not in page
    assert place.refused("frame") == 1
    assert await place.policy("/embed", 403, **FRAME, Referer=site) == "*", "the words have to be seen"


@pytest.mark.parametrize("path", ["/", "/jobs", "/privacy", "/p/1"])
async def test_other_pages_are_for_nobodys_frame(place: Place, path: str) -> None:
    assert "<h1>This site is not allowed" in await place.framed(f"{path}?lang=en", CITY, 403)
    async with place.session.get(path, headers=FRAME | {"Sec-Fetch-Dest": "document", "Referer": CITY}) as answer:
        assert answer.status in (200, 404), "a link from anywhere is welcome"


@pytest.mark.parametrize("origin", [CITY, OTHER, "https://evil.example", "null", "", None])
async def test_a_site_that_may_frame_the_chat_may_still_not_speak_for_a_resident(
    place: Place, origin: str | None
) -> None:
    with pytest.raises(WSServerHandshakeError, match="403"):
        await place.session.ws_connect("/ws", headers={} if origin is None else {"Origin": origin})
    assert place.refused("socket") == 1
    ws = await place.session.ws_connect("/ws", origin=place.web.address)
    await ws.close()
    assert place.refused("socket") == 1


async def test_the_script_is_kept_an_hour_asked_by_tag_and_open_to_every_site(place: Place) -> None:
    async with place.session.get("/embed.js") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/javascript"
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        tag, text = answer.headers["ETag"], await answer.text()
    async with place.session.get("/embed.js", headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304
        assert answer.headers["ETag"] == tag
        assert await answer.read() == b""
    async with place.session.get("/embed.js", headers={"If-None-Match": '"old"'}) as answer:
        assert answer.status == 200
    assert len(text.encode()) < 12_000
    for native in ("집 가까운 일자리", "Работа рядом с домом", "Jobs near home"):
        assert native in text


async def test_the_script_holds_to_a_strict_policy_and_to_known_origins(place: Place) -> None:
    text = await (await place.session.get("/embed.js")).text()
    assert not re.search(r"innerHTML|\.style\b|<style|setAttribute\(\"style|cssText|\beval\(|localStorage|cookie", text)
    assert '"*"' not in text, "a message goes to an origin, never to anybody"


def test_the_metrics_say_zero_before_anything_happened() -> None:
    said = generate_latest(Metrics().registry).decode()
    assert 'ilgam_foreign_total{tried="frame"} 0.0' in said
    assert 'ilgam_foreign_total{tried="socket"} 0.0' in said


@pytest.mark.parametrize(("trial", "language"), [(True, "ru"), (True, "ko"), (False, "ko")])
async def test_a_trial_says_so_in_korean_and_in_the_readers_language(
    sqlite_store: Store, trial: bool, language: str
) -> None:
    chat = WebChat(sqlite_store, Catalogs.load(), Site({"en": "Gwangsan-gu"}, trial=trial))
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()
    async with ClientSession(web.address) as session, session.get(f"/?lang={language}") as answer:
        bar = re.search(r'<aside class="trial".*?</aside>', await answer.text())
    await web.stop()
    assert (bar is not None) == trial
    if bar:
        assert "시험 화면" in bar[0]
        assert ("Пробный экран" in bar[0]) == (language == "ru")
