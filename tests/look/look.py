"""Opens the web chat in a real browser, checks what only a browser knows, and leaves pictures in var/look."""

import asyncio
import sys
from collections.abc import Sequence
from typing import Literal

from playwright.async_api import Browser, Page, expect

from handlers.chat.events import Address
from handlers.chat.messages import Button, Message

from . import accessible, alerts, browsing, carried, demo, embedded, letters, maps, people, staff, tables, trying, ways
from .browser import CARD_HEIGHT, DESK, PICTURES, SMALL, page, picture
from .languages import every_language
from .neighbours import neighbours
from .people import PUT, SIZES
from .program import newcomer
from .running import Check, one_after_another, side_by_side
from .scene import SCRIPT, Scene

TYPED = {"ko": "월곡동", "en": "wolgok", "ru": "Вольгок"}
WIDTH = "document.documentElement.scrollWidth"


async def enter(at: Page, place: Scene, language: str) -> None:
    await at.goto(place.address)
    await at.click(f"[data-language={language}]")
    await expect(at.locator(".ours .button").first).to_be_visible()


async def converse(at: Page, place: Scene, language: str) -> Address:
    """As far as the first list of jobs."""
    await enter(at, place, language)
    await at.click(".ours .button >> nth=0")
    await expect(at.locator(".ours")).to_have_count(2)
    await at.fill("#text", TYPED[language])
    await at.press("#text", "Enter")
    await expect(at.locator(".ours")).to_have_count(3)
    await expect(at.locator(".pending")).to_have_count(0)
    return place.talk.heard[-1].address


async def fits(at: Page) -> None:
    """Nothing sticks out sideways, and whatever can be pressed is at least 44 px high."""
    viewport = at.viewport_size
    assert viewport is not None
    assert await at.evaluate(WIDTH) <= viewport["width"]
    inner = "(() => { const s = document.getElementById('scroll'); return s ? s.scrollWidth - s.clientWidth : 0; })()"
    assert await at.evaluate(inner) == 0
    assert await at.evaluate(SMALL) == []


async def every_size(browser: Browser, place: Scene) -> None:
    """Landing, list and alert: phone and desk, light and dark, three sizes, three languages."""
    for language in SCRIPT:
        for phone in (True, False):
            async with page(browser, language, phone=phone) as at:
                await at.goto(place.address)
                await _at_every_size(at, language, phone, "landing")
                address = await converse(at, place, language)
                await _at_every_size(at, language, phone, "list")
                await place.chat.send([address], SCRIPT[language].card, f"{language} {phone}")
                await expect(at.locator(".ours").last.locator(".main")).to_be_visible()
                await _at_every_size(at, language, phone, "alert")


async def _at_every_size(at: Page, language: str, phone: bool, moment: str) -> None:
    for size in SIZES:
        scheme: Literal["dark", "light"] = "dark" if phone == (size == "130") else "light"
        await at.emulate_media(color_scheme=scheme)
        await at.evaluate(PUT, size)
        await fits(at)
        name = f"{'phone' if phone else 'desk'}_{language}_{size}_{scheme}_{moment}"
        await picture(at, name, whole=moment == "landing")
        if moment == "alert" and phone and size in CARD_HEIGHT:
            box = await at.locator(".ours").last.bounding_box()
            assert box is not None
            assert box["height"] <= CARD_HEIGHT[size], (name, box)


async def without_script(browser: Browser, place: Scene) -> None:
    """Jobs, languages and phone are read without script; a language is a link."""
    async with page(browser, "ru", script=False) as at:
        await at.goto(place.address)
        await expect(at.locator(".job").first).to_contain_text("Помощник в библиотеке")
        await at.click("[data-language=ko]")
        await expect(at.locator(".job").first).to_contain_text("작은도서관")
        await picture(at, "no_script", whole=True)
        await at.click(".job >> nth=0")
        await expect(at.locator("h1")).to_contain_text("작은도서관")
        await picture(at, "posting")


async def keyboard(browser: Browser, place: Scene) -> None:
    """Who uses keys goes from answer to answer without looking for the buttons; who writes stays in the text."""
    async with page(browser, "ko", phone=False) as at:
        await at.goto(place.address)
        await at.keyboard.press("Tab")
        await expect(at.locator(".skip")).to_be_focused()
        await at.focus("[data-language=ko]")
        await at.keyboard.press("Enter")
        await expect(at.locator(".ours .button").first).to_be_focused()
        await picture(at, "keyboard")
        await at.keyboard.press("Enter")
        await expect(at.locator(".ours").nth(1).locator(".button").first).to_be_focused()
        await at.focus("#text")
        await at.keyboard.type("월곡동")
        await at.keyboard.press("Enter")
        await expect(at.locator(".ours")).to_have_count(3)
        await expect(at.locator("#text")).to_be_focused()
        await at.go_back()
        await expect(at.locator(".landing h1")).to_be_visible()
        await at.go_forward()
        await expect(at.locator(".ours")).to_have_count(3)


async def lost_connection(browser: Browser, place: Scene) -> None:
    """Offline is said in words, what was written is sent when the connection is back, what was missed is marked."""
    async with page(browser, "ko") as at:
        address = await converse(at, place, "ko")
        await at.context.set_offline(True)
        await expect(at.locator("#state.offline")).not_to_be_empty()
        await at.fill("#text", "끊긴 동안 쓴 글")
        await at.press("#text", "Enter")
        await expect(at.locator(".pending")).to_contain_text("끊긴 동안 쓴 글")
        await picture(at, "offline")
        await place.chat.send([address], SCRIPT["ko"].card, "missed")
        await at.context.set_offline(False)
        await expect(at.locator(".divider.new")).to_be_visible()
        await expect(at.locator(".pending")).to_have_count(0)
        await expect(at.locator(".mine", has_text="끊긴 동안 쓴 글")).to_have_count(1)
        await picture(at, "reconnected")


async def coming_back(browser: Browser, place: Scene) -> None:
    """A closed page opens in the chat again, with a mark where the new begins."""
    async with page(browser, "ko") as at:
        address = await converse(at, place, "ko")
        await at.goto(f"{place.address}/privacy")
        for i in range(2):
            await place.chat.send([address], SCRIPT["ko"].card, f"away {i}")
        await at.goto(place.address)
        await expect(at.locator(".divider.new")).to_contain_text("2")
        await expect(at.locator(".ours")).to_have_count(5)
        await picture(at, "came_back")


async def two_people(browser: Browser, place: Scene) -> None:
    """Another resident beside the first is another person."""
    async with page(browser, "ko", phone=False) as at:
        await converse(at, place, "ko")
        await at.click("#other")
        second = at.frame_locator("iframe")
        await second.locator("[data-language=en]").click()
        await expect(second.locator(".ours .button").first).to_be_visible()
        await picture(at, "two_people")
        assert len({event.address for event in place.talk.heard[-2:]}) == 2
        await at.click("#other")
        await expect(at.locator("iframe")).to_have_count(0)


async def shared_computer(browser: Browser, place: Scene) -> None:
    """Nothing stays in the browser, and the button erases at once."""
    async with page(browser, "ko") as at:
        await at.goto(place.address)
        await at.check("#shared")
        await at.click("[data-language=ko]")
        await expect(at.locator("#sharing")).to_be_visible()
        await expect(at.locator(".ours .button").first).to_be_visible()
        await picture(at, "shared")
        assert await at.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('ilgam.1.')).length") == 0
        await at.click("#leave")
        await expect(at.locator(".landing h1")).to_be_visible()
        assert await at.evaluate("sessionStorage.getItem('ilgam.1.token')") is None


async def places(browser: Browser, place: Scene) -> None:
    """The browser's location is sent when allowed; when refused the press itself is, so that the answer says what to do."""
    async with page(
        browser, "ko", permissions=["geolocation"], geolocation={"latitude": 35.17, "longitude": 126.8}
    ) as at:
        await enter(at, place, "ko")
        await at.click(".ours .button >> nth=0")
        await at.click("[data-ask=location]")
        await expect(at.locator(".ours")).to_have_count(3)
        assert type(place.talk.heard[-1].what).__name__ == "Pinned"
    async with page(browser, "ko") as at:
        await enter(at, place, "ko")
        await at.click(".ours .button >> nth=0")
        await at.click("[data-ask=location]")
        await expect(at.locator(".ours")).to_have_count(3)
        assert type(place.talk.heard[-1].what).__name__ == "Tapped"


async def only_text(browser: Browser, place: Scene) -> None:
    """What people and notices write is text, and only web addresses become links."""
    evil = "<img src=x onerror=document.title='broken'><script>alert(1)</script> https://example.org/a 062-000-0101"
    async with page(browser, "en") as at:
        address = await converse(at, place, "en")
        await at.fill("#text", evil)
        await at.press("#text", "Enter")
        await expect(at.locator(".ours")).to_have_count(4)
        row = ((Button(evil, "x1.1"), Button("link", url="javascript:alert(1)")),)
        await place.chat.send([address], Message(evil, row, lead=evil, title=evil, language="en"), "evil")
        await expect(at.locator(".ours")).to_have_count(5)
        assert await at.locator("#lines img, #lines script, #lines [href^=javascript]").count() == 0
        assert await at.locator(".ours >> nth=4 >> a").count() == 2
        await picture(at, "only_text")


async def right_to_left(browser: Browser, place: Scene) -> None:
    """A right-to-left message stands right-to-left, and the page with it."""
    async with page(browser, "en") as at:
        address = await converse(at, place, "en")
        await at.evaluate("document.documentElement.dir = 'rtl'")
        row = ((Button("درخواست دیں", "ap.1", main=True), Button("محفوظ کریں", "sv.1")),)
        text = "گھنٹے کے 12,000 وون\nپیر، بدھ، جمعہ 14:00–17:00 · ہفتے میں 9 گھنٹے"
        message = Message(text, row, lead="نئی نوکری", title="لائبریری معاون", language="ur", rtl=True)
        await place.chat.send([address], message, "rtl")
        await expect(at.locator(".ours[dir=rtl]")).to_have_count(1)
        await fits(at)
        await picture(at, "right_to_left")


async def follows_the_language(browser: Browser, place: Scene) -> None:
    """When answers come in another language, the page's own words follow; the text size is remembered."""
    async with page(browser, "ko") as at:
        await converse(at, place, "ko")
        await at.click("#size")
        place.talk.language = "ru"
        await at.fill("#text", "x")
        await at.press("#text", "Enter")
        await expect(at.locator("html")).to_have_attribute("lang", "ru")
        await expect(at.locator("#language")).to_have_text("Русский")
        await at.reload()
        await expect(at.locator("html")).to_have_attribute("lang", "ru")
        await expect(at.locator("html")).to_have_attribute("data-size", "130")


async def calm(browser: Browser, place: Scene) -> None:
    """Nothing moves for those who asked for that, and wide screens keep lines readable."""
    async with page(browser, "ko", phone=False, reduced_motion="reduce") as at:
        await converse(at, place, "ko")
        assert await at.evaluate("document.getAnimations().length") == 0
        box = await at.locator(".ours").last.bounding_box()
        assert box is not None
        assert box["width"] < DESK["width"] / 2


CHECKS: tuple[Check, ...] = (
    newcomer,
    staff.invited,
    neighbours,
    without_script,
    keyboard,
    lost_connection,
    coming_back,
    two_people,
    shared_computer,
    places,
    only_text,
    right_to_left,
    follows_the_language,
    calm,
    *(
        check
        for room in (
            *(ways, embedded, accessible, letters, alerts, maps, trying, carried, browsing, people),
            *(tables, demo),
        )
        for check in room.CHECKS
    ),
    every_language,
    every_size,
)


async def main(names: Sequence[str]) -> int:
    """The named checks, or all."""
    if names:
        return await one_after_another([check for check in CHECKS if check.__name__ in names])
    failed = await side_by_side([check.__name__ for check in CHECKS])
    print(f"Pictures: {PICTURES}")  # noqa: T201
    return failed


if __name__ == "__main__":
    sys.exit(min(1, asyncio.run(main(sys.argv[1:]))))
