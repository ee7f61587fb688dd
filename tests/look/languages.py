"""The real program on a phone in every released language: nothing sticks out, cards stay short, what is typed is understood."""

import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from locales import Catalogs

from .browser import page, picture
from .neighbours import ARRIVES, PHONE_CARD, ROW
from .program import program

WIDTH = "Math.max(document.documentElement.scrollWidth, document.getElementById('scroll').scrollWidth)"
CLIPPED = """() => [...document.querySelectorAll(".button, .chip, .bubble, .brand")]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML)"""
LINES = 10  # of a card, its lead and title among them


async def every_language(browser: Browser, _place: object) -> None:
    """From the landing to an alert, its details, help and stop in each language, 360 px wide."""
    catalogs = Catalogs.load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with program(folder) as (address, _):
            for code in catalogs.released:
                async with page(browser, code) as phone:
                    await _story(phone, address, code, catalogs, folder)


async def _story(phone: Page, address: str, code: str, catalogs: Catalogs, folder: Path) -> None:
    t = catalogs.translator(code)
    await phone.goto(address)
    await expect(phone.locator("html")).to_have_attribute("lang", code.replace("_", "-"))
    await picture(phone, f"language_{code}_landing", whole=True)
    await phone.click(f"[data-language={code}]")
    await phone.get_by_role("button", name=t.t("I agree, start"), exact=True).click()
    await _says(phone, t.t("Pick from a list"))
    await _write(phone, "wolgok")
    await _says(phone, t.t("Once a day only"))
    await fits(phone, code)
    await picture(phone, f"language_{code}_list")
    organisation = f"{code.replace('_', '')}작은도서관"
    row = ROW.replace("햇살작은도서관", organisation)
    (folder / "var" / "postings" / f"{code}.csv").write_text(row, encoding="utf-8")
    card = phone.locator(".ours", has_text=organisation).last
    await expect(card).to_be_visible(timeout=ARRIVES)
    box = await card.bounding_box()
    assert box is not None
    assert box["height"] <= PHONE_CARD, (code, box)
    assert await card.locator(".bubble .lead, .bubble .title, .bubble .text > *").count() <= LINES, code
    await fits(phone, code)
    await picture(phone, f"language_{code}_alert")
    await card.get_by_role("button", name=t.t("Details"), exact=True).click()
    await expect(card.get_by_role("button", name=t.t("Korean original"), exact=True)).to_be_visible()
    await fits(phone, code)
    await picture(phone, f"language_{code}_details")
    for written, answer in ((t.t("Help"), "Here you can:"), ("/mydata", "What we keep about you:")):
        await _write(phone, written)
        await _says(phone, t.t(answer))
    await fits(phone, code)
    await picture(phone, f"language_{code}_mydata")
    await _write(phone, "/stop")
    await _says(phone, t.t("You get no more alerts."))


async def fits(phone: Page, code: str) -> None:
    viewport = phone.viewport_size
    assert viewport is not None
    assert await phone.evaluate(WIDTH) <= viewport["width"], code
    assert await phone.evaluate(CLIPPED) == [], code


async def _write(phone: Page, text: str) -> None:
    await phone.fill("#text", text)
    await phone.press("#text", "Enter")


async def _says(phone: Page, words: str) -> None:
    """An example's alert may come between, so it need not be the last message."""
    await expect(phone.locator(".ours", has_text=words).last).to_be_visible()
    await expect(phone.locator(".pending")).to_have_count(0)
