"""What somebody sees who tries the program out: the bar that says so, and a second resident on a phone."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, expect

from .browser import page, picture
from .scene import Scene, scene


async def second_tab(browser: Browser, place: Scene) -> None:
    """On a phone the second resident stands behind a tab, from the landing page and beside a running chat; each keeps theirs."""
    async with page(browser, "ko") as at:
        await at.goto(place.address)
        await at.click("footer .narrow")
        second = at.frame_locator("iframe")
        await second.locator("[data-language=ru]").click()
        await expect(second.locator(".ours .button").first).to_be_visible()
        await picture(at, "second_tab")
        assert await at.locator("iframe").evaluate("(e) => e.getBoundingClientRect().height") > 600
        await expect(at.locator("header.top")).to_be_hidden()
        await at.click(".tab >> nth=0")
        await expect(at.locator("iframe")).to_be_hidden()
        await at.click("[data-language=ko]")
        await expect(at.locator(".ours .button").first).to_be_visible()
        await picture(at, "first_tab")
        assert len({event.address for event in place.talk.heard[-2:]}) == 2
        await at.click(".tab >> nth=1")
        await expect(second.locator(".ours")).to_have_count(1)
        for tab in await at.locator(".tab").all():
            box = await tab.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 44
        await at.click(".tab.end")
        await expect(at.locator("iframe")).to_have_count(0)
        await expect(at.locator(".ours")).to_have_count(1)
        await expect(at.locator(".tabs")).to_be_hidden()


async def trial_bar(browser: Browser, _place: Scene) -> None:
    """The bar says it in Korean and in the reader's language, follows that language, and stands once over two residents."""
    with tempfile.TemporaryDirectory() as folder:
        async with scene(Path(folder), trial=True) as place, page(browser, "ru", phone=False) as at:
            await at.goto(place.address)
            await expect(at.locator(".trial > :visible")).to_have_text(["시험 화면이에요", "Пробный экран"])
            await at.click("[data-language=ko]")
            await expect(at.locator(".trial > :visible")).to_have_text(["시험 화면이에요"])
            await at.click("#other")
            await expect(at.frame_locator("iframe").locator(".landing h1")).to_be_visible()
            await expect(at.frame_locator("iframe").locator(".trial")).to_be_hidden()
            await picture(at, "trial_bar")


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (second_tab, trial_bar)
