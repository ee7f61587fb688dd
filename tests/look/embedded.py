"""The chat inside a municipality's own page: a strict site of another origin, and one that nobody allowed."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser, Page, expect

from .browser import page, picture
from .scene import SCRIPT, Scene, scene

LARGE = "(e) => { const b = e.getBoundingClientRect(); return b.width >= 44 && b.height >= 44; }"
ACTIVE = "document.activeElement?.shadowRoot?.activeElement?.className ?? document.activeElement?.id ?? ''"


@dataclass
class Host:
    """A site of another origin, with one script tag of ours and a policy that allows nothing else."""

    address: str
    chat: str = ""
    attributes: str = ""
    language: str = "ko"

    async def answer(self, _request: web.Request) -> web.Response:
        tag = f'<script src="{self.chat}/embed.js" async {self.attributes}></script>'
        body = f"""<!doctype html><html lang="{self.language}"><head><title>City</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">{tag}</head>
<body><main><h1>우리 구청</h1><p><a href="#a">새소식</a> <a href="#b">민원</a></p></main>{tag}</body></html>"""
        policy = f"default-src 'none'; script-src {self.chat}; frame-src {self.chat}; img-src data:"
        headers = {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
        return web.Response(text=body, content_type="text/html", headers=headers)


@asynccontextmanager
async def host(name: str = "127.0.0.1") -> AsyncIterator[Host]:
    """Another origin of the chat's own site, whose frames keep things; on localhost, another site, they may not."""
    app = web.Application()
    runner = web.AppRunner(app)
    made = Host("")
    app.router.add_get("/", made.answer)
    await runner.setup()
    await web.TCPSite(runner, name, 0).start()
    made.address = f"http://{name}:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


@asynccontextmanager
async def embedding(name: str = "127.0.0.1") -> AsyncIterator[tuple[Host, Scene]]:
    """A site that is allowed to show the chat, and the chat."""
    with tempfile.TemporaryDirectory() as folder:
        async with host(name) as site, scene(Path(folder), embedders=(site.address,)) as place:
            site.chat = place.address
            yield site, place


async def opened(at: Page, site: Host) -> None:
    await at.goto(site.address)
    await expect(at.locator("button.open")).to_have_count(1)
    await at.locator("button.open").focus()
    await at.keyboard.press("Enter")
    await expect(at.frame_locator("iframe").locator("#close")).to_be_visible()
    await expect(at.locator("button.shut")).to_be_hidden()


async def embedded_story(browser: Browser, _place: Scene) -> None:
    """In another site's page: a button opens the chat by key, Escape closes it, the focus returns, news is counted outside."""
    async with embedding() as (site, place):
        for phone in (False, True):
            async with page(browser, "ko", phone=phone) as at:
                await opened(at, site)
                name = "phone" if phone else "desk"
                assert await at.locator("button.open").evaluate(LARGE)
                frame = at.frame_locator("iframe")
                await expect(frame.locator("#main")).to_be_focused()
                await picture(at, f"embedded_{name}_landing")
                assert await frame.locator("#close").evaluate(LARGE)
                await frame.locator("[data-language=ko]").click()
                await expect(frame.locator(".ours .button").first).to_be_visible()
                await expect(frame.locator("#other")).to_be_hidden()
                await picture(at, f"embedded_{name}_chat")
                await frame.locator("#text").focus()
                await at.keyboard.press("Escape")
                await expect(at.locator("dialog")).to_be_hidden()
                assert await at.evaluate(ACTIVE) == "open"
                address = place.talk.heard[-1].address
                await place.chat.send([address], SCRIPT["ko"].card, f"{name} news")
                await expect(at.locator(".count")).to_have_text("1")
                await picture(at, f"embedded_{name}_news")
                await at.keyboard.press("Enter")
                await expect(frame.locator(".ours .main")).to_be_in_viewport()
                await expect(at.locator(".count")).to_be_hidden()
                await frame.locator("#close").click()
                await expect(at.locator("dialog")).to_be_hidden()
                assert await at.evaluate("document.cookie + location.href") == f"{site.address}/"
                token = await at.frames[1].evaluate("localStorage.getItem('ilgam.1.token')")
                assert len(token) > 40
                assert token not in at.frames[1].url + await at.content()
                assert await at.frames[1].evaluate("document.cookie") == ""


async def embedded_again(browser: Browser, _place: Scene) -> None:
    """Whoever comes back to the site's page finds the conversation where the browser kept it, begun once by its start link."""
    async with embedding() as (site, place):
        site.attributes = 'data-language="ru" data-label="Работа" data-start="ru"'
        site.language = "en"
        async with page(browser, "ko") as at:
            await opened(at, site)
            await expect(at.locator("button.open")).to_have_text("Работа")
            frame = at.frame_locator("iframe")
            await expect(frame.locator("html")).to_have_attribute("lang", "ru")
            await expect(frame.locator(".ours")).to_have_count(1)
            assert at.frames[1].url == f"{place.address}/embed?lang=ru"
            await opened(at, site)
            await expect(at.frame_locator("iframe").locator(".ours")).to_have_count(1)
            assert [getattr(event.what, "text", "") for event in place.talk.heard] == ["/start ru"]


FRAME = "document.querySelector('[data-ilgam]').shadowRoot.querySelector('iframe').contentWindow"
ODD = (
    "null",
    "7",
    "'ilgam'",
    "[]",
    "{}",
    "{ilgam: 7}",
    "{ilgam: 'unread', unread: '<b>'}",
    "{ilgam: 'unread', unread: -1}",
)


async def embedded_messages(browser: Browser, _place: Scene) -> None:
    """Only the frame and the page around it hear each other; what comes from elsewhere or is oddly shaped does nothing."""
    async with embedding() as (site, _), page(browser, "ko") as at:
        await opened(at, site)
        frame = at.frames[1]
        for odd in ODD:
            await frame.evaluate(f"parent.postMessage({odd}, '*')")
            await at.evaluate(f"{FRAME}.postMessage({odd}, '*')")
        await at.evaluate("postMessage({ilgam: 'close'}, '*')")  # the site's own page is not the frame
        await frame.evaluate("postMessage({ilgam: 'hello'}, '*')")  # nor is the frame the page around it
        await expect(at.locator("dialog")).to_be_visible()
        await expect(at.locator(".count")).to_be_hidden()
        await frame.evaluate("parent.postMessage({ilgam: 'close'}, '*')")
        await expect(at.locator("dialog")).to_be_hidden()
        listen = "addEventListener('message', (e) => r(e.origin), { once: true })"
        await at.evaluate(f"() => {{ window.heard = new Promise((r) => {listen}); }}")
        await at.evaluate(f"{FRAME}.postMessage({{ilgam: 'hello'}}, '*')")
        assert await at.evaluate("window.heard") == frame.url.rpartition("/")[0], "the answer names its sender's origin"


async def embedded_keeping_nothing(browser: Browser, _place: Scene) -> None:
    """Where the browser refuses storage in frames, the chat works, says that it ends with the page, and is forgotten."""
    async with embedding("localhost") as (site, place), page(browser, "ko") as at:
        place.chat.linger = 0.1
        await opened(at, site)
        frame = at.frame_locator("iframe")
        await frame.locator("[data-language=ko]").click()
        await expect(frame.locator("#passing")).to_be_visible()
        await expect(frame.locator(".ours")).to_have_count(1)
        await picture(at, "embedded_keeping_nothing")
        await at.reload()
        await at.locator("button.open").click()
        await expect(at.frame_locator("iframe").locator(".landing h1")).to_be_visible()


BY_HAND = """(address) => { const frame = document.createElement("iframe");
  Object.assign(frame, { src: address, referrerPolicy: "no-referrer" }); document.body.append(frame); }"""


async def embedded_refused(browser: Browser, _place: Scene) -> None:
    """A site that nobody allowed shows words and a way out; one that hides its name, nothing at all."""
    refused: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        async with host("localhost") as site, scene(Path(folder), embedders=("https://www.city.example",)) as place:
            site.chat, place.chat.refused = place.address, refused.append
            async with page(browser, "en", complain=("403", "frame-ancestors")) as at:
                await at.goto(site.address)
                await at.locator("button.open").click()
                await expect(at.frame_locator("iframe").locator("h1")).to_contain_text("not allowed to show the chat")
                assert await at.frame_locator("iframe").locator("script").count() == 0
                await picture(at, "embedded_refused")
                await at.locator("button.shut").click()
                await expect(at.locator("dialog")).to_be_hidden()
                assert await at.evaluate(ACTIVE) == "open"
                await at.evaluate(BY_HAND, f"{place.address}/embed")
                await expect(at.locator("body > iframe")).to_have_count(1)
                async with asyncio.timeout(5):
                    while not at.frames[-1].url.startswith("chrome-error:"):  # noqa: ASYNC110
                        await asyncio.sleep(0.05)
    assert refused == ["frame"], "the second was held by the browser itself"


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (
    embedded_story,
    embedded_again,
    embedded_messages,
    embedded_keeping_nothing,
    embedded_refused,
)
