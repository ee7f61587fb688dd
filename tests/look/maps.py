"""A map in the chat: it comes within the page's policy, fits the window, is named for who can't see it, and is there again."""

import re
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from .browser import page, picture
from .program import program

TOLD = {
    "ko": ("동의하고 시작", "월곡동", "지도로 보기", "지도. 짙은 초록색: 월곡동."),
    "ru": ("Принимаю", "Вольгок 2", "Показать на карте", "Карта. Тёмно-зелёным: Санджон-дон, Вольгок-дон."),
    "en": ("I agree, start", "suwan", "Show on a map", "Map. In dark green: Suwan-dong."),
}
FITS = """(image) => image.complete && image.naturalWidth === 800
  && image.getBoundingClientRect().right <= document.documentElement.clientWidth"""


async def map_in_the_chat(browser: Browser, _place: object) -> None:
    """On phone and desk, light and dark, in three languages; after loading anew it stands where it stood."""
    with tempfile.TemporaryDirectory() as name:
        async with program(Path(name)) as (address, _):
            for language in TOLD:
                for phone, dark in ((True, False), (True, True), (False, False), (False, True)):
                    async with page(browser, language, phone=phone, dark=dark) as at:
                        await _look(at, address, language)
                        kind = f"{'phone' if phone else 'desk'}_{'dark' if dark else 'light'}"
                        await picture(at, f"map_{language}_{kind}")
                        await at.reload()
                        await _seen(at, language)


async def _look(at: Page, address: str, language: str) -> None:
    agree, neighbourhood, label, _ = TOLD[language]
    await at.goto(address)
    await at.click(f"[data-language={language}]")
    await at.get_by_role("button", name=agree, exact=True).click()
    await expect(at.locator(".ours")).to_have_count(2)
    await at.fill("#text", neighbourhood)
    await at.press("#text", "Enter")
    await at.get_by_role("button", name=label, exact=True).click()
    await _seen(at, language)


async def _seen(at: Page, language: str) -> None:
    image = at.locator(".ours img.picture")
    await expect(image).to_be_visible()
    await expect(image).to_have_attribute("alt", re.compile("^" + re.escape(TOLD[language][3])))
    await image.evaluate("(image) => image.decode()")
    assert await image.evaluate(FITS)


async def lost_map(browser: Browser, _place: object) -> None:
    """A map that does not come leaves its words and no gap."""
    with tempfile.TemporaryDirectory() as name:
        async with program(Path(name)) as (address, _), page(browser, "ko", complain=("503",)) as at:
            await at.route("**/picture/**", lambda route: route.fulfill(status=503))
            agree, neighbourhood, label, _ = TOLD["ko"]
            await at.goto(address)
            await at.click("[data-language=ko]")
            await at.get_by_role("button", name=agree, exact=True).click()
            await expect(at.locator(".ours")).to_have_count(2)
            await at.fill("#text", neighbourhood)
            await at.press("#text", "Enter")
            await at.get_by_role("button", name=label, exact=True).click()
            await expect(at.locator(".ours").last).to_contain_text("일자리를 알려 드리는 동네")
            await expect(at.locator(".ours img")).to_have_count(0)


CHECKS: tuple[Callable[[Browser, object], Awaitable[None]], ...] = (map_in_the_chat, lost_map)
