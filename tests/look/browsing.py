"""Looking at jobs on the real program's pages: an alert with its wish, a list that is sorted in place, what does not fit."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from locales import Catalogs, Translator

from .browser import CARD_HEIGHT, page, picture
from .program import program
from .scene import Scene
from .sheet import ARRIVES, HOME, ORGANISATION, answered, row, tap, top, write

INSIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


async def lists_and_reasons(browser: Browser, _place: Scene) -> None:
    """On a phone in two languages: the card keeps its height, a list its place, and the look back stands above its choices."""
    catalogs = Catalogs.load()
    for language in ("ko", "ru"):
        with tempfile.TemporaryDirectory() as folder:
            async with program(Path(folder)) as (address, _), page(browser, language) as at:
                t = catalogs.translator(language)
                await at.goto(f"{address}/?lang={language}")
                await expect(at.locator(".job").first).to_be_visible()
                await _story(at, t, Path(folder))


async def _story(at: Page, t: Translator, folder: Path) -> None:
    await at.click(f"[data-language={t.code}]")
    await tap(at, t.t("I agree, start"))
    await answered(at, t.t("Which neighbourhood do you live in? Type its name in any alphabet."))
    await write(at, HOME.get(t.code, "wolgok"))
    await answered(at, t.t("Done. We will write as soon as there is a new job."))
    await _shot(at, t, "first", "1. ")
    await _wish(at, t)
    (folder / "var" / "postings" / "library.csv").write_text(row(), encoding="utf-8")
    card = at.locator(".ours", has_text=ORGANISATION).first
    await expect(card).to_be_visible(timeout=ARRIVES)
    await expect(card).to_contain_text(t.t("You look for: {what}").partition("{")[0])
    for size, high in CARD_HEIGHT.items():
        await top(card)
        box = await card.bounding_box()
        assert box is not None
        assert box["height"] <= high, (t.code, size, box)
        await picture(at, f"browsing_card_{t.code}_{size}")
        await at.click("#size")
    await at.click("#size")
    await card.get_by_role("button", name=t.t("Not for me"), exact=True).click()
    await _shot(at, t, "reasons", t.t("What does not fit? We will leave it out from now on."))
    await tap(at, t.t("Time"))
    await _shot(at, t, "look_back", t.t("Choose the times that suit you."))
    await tap(at, t.c("a wish", "Save"))
    await _shot(at, t, "narrowed", t.t("Undo"))
    await card.get_by_role("button", name=t.t("Details"), exact=True).click()
    await expect(card.get_by_role("button", name=t.t("Korean original"), exact=True)).to_be_visible()
    await top(card)
    await picture(at, f"browsing_why_{t.code}")
    await write(at, "/jobs")
    await _shot(at, t, "list", t.t("Only what you look for: {wishes}").partition("{")[0])
    lists = await at.locator(".ours").count()
    await tap(at, t.t("Best pay first"))
    await expect(at.get_by_role("button", name=t.t("Nearest first"), exact=True)).to_be_visible()
    await _shot(at, t, "sorted", t.t("Best pay first"))
    assert await at.locator(".ours").count() == lists, "a list is sorted in its place"


async def _wish(at: Page, t: Translator) -> None:
    await write(at, "/alerts")
    await answered(at, t.t("Your alerts"))
    await tap(at, "1")
    for question, choice in ((t.t("Work"), t.t("Teaching, library")), (t.t("Time"), t.t("Afternoon"))):
        await tap(at, question)
        await tap(at, choice)
        await expect(at.get_by_role("button", name=f"✓ {choice}", exact=True).last).to_be_visible()
        await tap(at, t.t("Done"))
        await expect(at.get_by_role("button", name=t.t("Words"), exact=True).last).to_be_visible()
    await tap(at, t.c("a wish", "Save"))
    await answered(at, t.t("Your alerts"))


async def _shot(at: Page, t: Translator, name: str, words: str) -> None:
    await top(await answered(at, words))
    assert await at.evaluate(INSIDE), name
    await picture(at, f"browsing_{name}_{t.code}")


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (lists_and_reasons,)
