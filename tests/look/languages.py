"""The real program in every released language on a narrow phone: nothing clipped, nothing wider than the screen, cards short."""

import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from locales import Catalogs, Translator

from .browser import page, picture
from .program import program

HIGHEST = 480  # pixels of a card with its buttons, 360 px wide
LINES = 10
CLIPPED = """() => [...document.querySelectorAll(".button, .chip")]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"""
WIDTH = "document.documentElement.scrollWidth"


async def languages(browser: Browser, _place: object) -> None:
    """Landing, notice, first jobs, card, details, how to apply, help, own data: in each language, all of it in sight."""
    catalogs = Catalogs.load()
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _):
            for code in catalogs.released:
                async with page(browser, code) as at:
                    await at.goto(f"{address}/?lang={code}")
                    await _walk(at, code, catalogs.translator(code))


async def _walk(at: Page, code: str, t: Translator) -> None:
    await _look(at, f"language_{code}_landing")
    await at.click(f"[data-language={code}]")
    await expect(at.locator(".ours .button").first).to_be_visible()
    await _look(at, f"language_{code}_notice")
    await _say(at, t.t("I agree, start"))
    await _say(at, "월곡동")
    await _look(at, f"language_{code}_jobs")
    await _say(at, "1")
    await _look(at, f"language_{code}_details")
    await _say(at, t.t("Back"))
    await _look(at, f"language_{code}_card")
    card = at.locator(".ours").last
    box = await card.bounding_box()
    assert box is not None
    assert box["height"] <= HIGHEST, (code, box)
    assert len((await card.locator(".bubble").inner_text()).split("\n")) <= LINES, code
    for label in (t.t("Apply"), "/help", "/mydata"):
        await _say(at, label)
        await _look(at, f"language_{code}_{'apply' if label[0] != '/' else label[1:]}")


async def _say(at: Page, text: str) -> None:
    """Typed, and answered or, where the answer takes another's place, at rest again."""
    await at.fill("#text", text)
    await at.press("#text", "Enter")
    await expect(at.locator(".pending")).to_have_count(0)
    await expect(at.locator("#answering")).to_be_hidden()
    await at.wait_for_timeout(400)


async def _look(at: Page, name: str) -> None:
    viewport = at.viewport_size
    assert viewport is not None
    assert await at.evaluate(WIDTH) <= viewport["width"], name
    assert await at.evaluate(CLIPPED) == [], name
    await picture(at, name, whole=name.endswith("landing"))
