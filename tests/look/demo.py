"""The demo desk in the real program, and the staff's side of the web chat: their head, and names that are covered."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, FrameLocator, Page, expect

from .axe import findings
from .browser import DESK, PHONE, page, picture
from .program import program
from .scene import Scene

STARTED = 15_000  # milliseconds
SMALL = """() => [...document.querySelectorAll("button")].filter((e) => e.checkVisibility()
  && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML)"""


def side(at: Page, name: str) -> FrameLocator:
    return at.frame_locator(f'[name="demo-{name}"]')


async def subscribe(at: FrameLocator, language: str, agree: str, home: str) -> None:
    await at.locator(f"[data-language={language}]").click()
    await at.get_by_role("button", name=agree, exact=True).click()
    await expect(at.locator(".ours")).to_have_count(2)
    await at.locator("#text").fill(home)
    await at.locator("#text").press("Enter")
    await expect(at.locator(".ours")).to_have_count(4)


async def demo_desk(browser: Browser, _place: Scene) -> None:
    """A desk in Korean by day and a phone in English by night: both sides, a third, a new job, the clock, no axe finding."""
    grave: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _):
            async with page(browser, "ko", phone=False) as at:
                await at.goto(address)
                await expect(at.locator(".trial a")).to_be_visible()
                await picture(at, "demo_landing")
                await at.click(".trial a")
                await expect(side(at, "staff").locator(".ours")).to_have_count(1, timeout=STARTED)
                await expect(side(at, "staff").locator("header strong")).to_have_text("동네일감 · 담당자")
                await picture(at, "demo_desk_first")
                await subscribe(side(at, "1"), "ko", "동의하고 시작", "월곡동")
                await at.click("#posting")
                await expect(side(at, "1").locator(".ours", has_text="해담작은도서관")).to_be_visible(timeout=STARTED)
                await picture(at, "demo_desk_alert")
                await at.click("#other")
                await expect(side(at, "2").locator("[data-language=ru]")).to_be_visible()
                await picture(at, "demo_desk_three")
                grave += await findings(at, "desk with three")
                await at.click("#other")
                before = await at.locator("#now").inner_text()
                await at.click("[data-move=week]")
                await expect(at.locator("#now")).not_to_have_text(before)
                await picture(at, "demo_desk_moved")
                assert await at.evaluate(SMALL) == []
            async with page(browser, "en", dark=True) as at:
                await at.goto(f"{address}/demo")
                await at.click("[data-move=morning]")
                for _ in range(13):
                    await at.click("[data-move=hour]")
                    await expect(at.locator("[aria-busy=true]")).to_have_count(0)
                await expect(at.locator("#night")).to_be_visible()
                await picture(at, "demo_phone_left")
                grave += await findings(at, "phone, left")
                await at.click(".tab[data-tab=staff]")
                await expect(side(at, "staff").locator(".ours")).to_have_count(1, timeout=STARTED)
                await expect(at.locator('[name="demo-1"]')).to_be_hidden()
                await picture(at, "demo_phone_right")
                grave += await findings(at, "phone, right")
                assert await at.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
                assert await at.evaluate(SMALL) == []
    assert not grave, grave


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (demo_desk,)
