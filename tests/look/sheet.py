"""The main screens in every released language beside each other, and how high an alert's card is: run `make sheet`."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from pathlib import Path

from playwright.async_api import Browser, Error, Locator, Page, expect

from locales import Catalogs
from tests.leftovers import left_over

from . import choices
from .accessible import SIDEWAYS
from .browser import CARD_HEIGHT, PICTURES, SMALL, chromium, page
from .chat import answered, tap, top, write
from .program import program

SCREENS = (
    *("landing", "notice", "neighbourhood", "first list", "alert", "alert at 130 %"),
    *("details", "how to apply", "help", "my data", *choices.SCREENS, "language choice"),
)
TALL = {"width": 360, "height": 880}  # of today's phones, so that one answer stands whole
HOME = {"ko": "월곡동", "ru": "Вольгок"}  # how the neighbourhood is typed; else in Latin letters
ARRIVES = 60_000  # milliseconds: within a minute of being saved
ORGANISATION = "광산구다문화가족지원센터"
TWO = "Choose your language"  # asked in English and Korean on purpose
CUT = """() => [...document.querySelectorAll(".button, .chip, .bubble, .brand, .job")]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"""
# What the reader reads in the page's own language; what stands there in another says so by its lang.
READ = """() => { const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) { const e = node.parentElement;
    if (e.checkVisibility() && !e.closest(".mine") && e.closest("[lang]").lang === document.documentElement.lang)
      texts.push(node.textContent.trim()); }
  return texts.filter((text) => text).join("\\n"); }"""


def row() -> str:
    """A posting with all that a card can say, open for a month more."""
    ends, starts = date.today() + timedelta(30), date.today() + timedelta(40)
    return (
        "공고명,기관,근무지,급여,근무시간,근무기간,모집인원,외국인,마감,하는 일,접수방법,전화\n"
        f"작은도서관 책 정리·대출 도우미,{ORGANISATION},광산구 월곡2동,시급 12000원,월·수·금 14:00~17:30,"
        f'{starts} ~ {starts + timedelta(180)},2명,"가능(F-2, F-4, F-5, F-6)",{ends} 18:00,'
        "책 빌려주기와 정리,방문 또는 전화,062-000-0001\n"
    )


@dataclass
class Sheet:
    """What was found: card heights in pixels by language and text size, and every fault in words."""

    catalogs: Catalogs
    heights: dict[tuple[str, str], float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    known: set[tuple[str, str, str]] = field(default_factory=set)

    async def shot(self, at: Page, code: str, screen: str) -> None:
        """The screen as a picture, and what is wrong with it."""
        # Thursday is Pay in Uzbek.
        weekdays = {self.catalogs.translator(code).formats.weekday(day) for day in range(7)}
        left = left_over(code, await at.evaluate(READ))
        found = [("in English", msgid) for msgid in left if msgid != TWO and msgid not in weekdays]
        for what, script in (("sideways", SIDEWAYS), ("under 44 px", SMALL), ("clipped", CUT)):
            found += [(what, str(thing)[:200]) for thing in await at.evaluate(script)]
        for what, thing in found:
            if (code, what, thing) not in self.known:  # an old message stays in the chat: it is told once
                self.faults.append(f"{code}, {screen}: {what}: {thing}")
                self.known.add((code, what, thing))
        await at.screenshot(path=picture_of(code, screen), full_page=screen == "landing")

    async def measure(self, card: Locator, code: str, size: str) -> None:
        box = await card.bounding_box()
        assert box is not None
        self.heights[code, size] = box["height"]
        if box["height"] > CARD_HEIGHT[size]:
            self.faults.append(f"{code}: a card of {box['height']:.0f} px at {size} %, at most {CARD_HEIGHT[size]}")

    async def goes_on(self, code: str, story: Awaitable[None]) -> None:
        """A story that breaks off is a fault; the other languages' pictures are still wanted."""
        try:
            await story
        except (Error, AssertionError) as error:
            self.faults.append(f"{code}: broke off: {str(error)[:300]}")

    async def subscribe(self, at: Page, address: str, code: str) -> None:
        t = self.catalogs.translator(code)
        await at.goto(f"{address}/?lang={code}")
        await expect(at.locator(".job").first).to_be_visible()
        await self.shot(at, code, "landing")
        await at.click(f"[data-language={code}]")
        await answered(at, t.t("You may say no and still look at the jobs."))
        await self.shot(at, code, "notice")
        await tap(at, t.t("I agree, start"))
        await answered(at, t.t("Which neighbourhood do you live in? Type its name in any alphabet."))
        await self.shot(at, code, "neighbourhood")
        await write(at, HOME.get(code, "wolgok"))
        await answered(at, t.t("Done. We will write as soon as there is a new job."))
        await top(await answered(at, "1. "))
        await self.shot(at, code, "first list")

    async def hear(self, at: Page, code: str) -> None:
        t = self.catalogs.translator(code)
        card = at.locator(".ours", has_text=ORGANISATION).first
        await expect(card).to_be_visible(timeout=ARRIVES)
        await expect(at.locator("#answering")).to_be_hidden()
        await top(card)
        await self.measure(card, code, "100")
        await self.shot(at, code, "alert")
        await at.click("#size")
        await top(card)
        await self.measure(card, code, "130")
        await self.shot(at, code, "alert at 130 %")
        for _ in "160", "100":
            await at.click("#size")
        await card.get_by_role("button", name=t.t("Details"), exact=True).click()
        await expect(card.get_by_role("button", name=t.t("Korean original"), exact=True)).to_be_visible()
        await top(card)
        await self.shot(at, code, "details")
        await card.get_by_role("button", name=t.t("Apply"), exact=True).click()
        await top(await answered(at, t.t("I applied")))
        await self.shot(at, code, "how to apply")
        for command, screen, words in (
            ("/help", "help", "/stop get no more alerts"),
            ("/mydata", "my data", "What we keep about you:"),
        ):
            await write(at, command)
            await top(await answered(at, t.t(words)))
            await self.shot(at, code, screen)
        await choices.walk(at, t, lambda screen: self.shot(at, code, screen))
        await at.click("#language")
        await top(await answered(at, t.t(TWO) if code in ("ko", "en") else TWO))
        await self.shot(at, code, "language choice")

    def html(self) -> str:
        """All pictures, a row a screen; above them the heights."""
        heights = "".join(
            f"<tr><th>{code}{''.join(f'<td>{self.heights.get((code, size), 0):.0f}' for size in CARD_HEIGHT)}"
            for code in self.catalogs.released
        )
        head = "".join(f"<th>{size} %, at most {high}" for size, high in CARD_HEIGHT.items())
        screens = "".join(
            f"<section id='{name(screen)}'><h2>{screen}</h2><div>"
            + "".join(
                f"<figure><figcaption>{code} · {screen}</figcaption><img src='{picture_of(code, screen).name}'></figure>"
                for code in self.catalogs.released
                if picture_of(code, screen).exists()
            )
            + "</div></section>"
            for screen in SCREENS
        )
        faults = "".join(f"<li>{escape(fault)}" for fault in self.faults)
        return (
            "<!doctype html><meta charset=utf-8><title>Languages and screens</title><style>"
            "body { font: 16px sans-serif; margin: 16px; inline-size: max-content } td, th { padding: 2px 12px }"
            "section > div { display: flex; gap: 16px; align-items: start } figure { margin: 0 }"
            "img { border: 1px solid #888; display: block } figcaption { font-weight: bold; padding: 4px 0 }</style>"
            f"<h1>Height of an alert's card, px</h1><table><tr><th>{head}{heights}</table><ul>{faults}</ul>{screens}"
        )


def name(screen: str) -> str:
    return "sheet_" + screen.replace(" %", "").replace(" ", "_")


def picture_of(code: str, screen: str) -> Path:
    return PICTURES / f"{name(screen)}_{code}.png"


async def walk(browser: Browser, sheet: Sheet) -> None:
    """Everybody subscribes, one posting comes, everybody acts on it."""
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _), AsyncExitStack() as open_:
            pages = {
                code: await open_.enter_async_context(page(browser, code, viewport=TALL))
                for code in sheet.catalogs.released
            }
            for code, at in pages.items():
                await sheet.goes_on(code, sheet.subscribe(at, address, code))
            (Path(folder) / "var" / "postings" / "library.csv").write_text(row(), encoding="utf-8")
            for code, at in pages.items():
                await sheet.goes_on(code, sheet.hear(at, code))


async def main() -> int:
    """Draws the sheet; 1 where anything is too high, too wide, too small, in English, or broke off."""
    sheet = Sheet(Catalogs.load())
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("sheet*"):
        old.unlink()
    async with chromium() as browser:
        try:
            await walk(browser, sheet)
        finally:
            file = PICTURES / "sheet.html"
            file.write_text(sheet.html(), encoding="utf-8")
            whole = await browser.new_page(viewport={"width": 400, "height": 400})
            await whole.goto(file.as_uri())
            await whole.screenshot(path=PICTURES / "sheet.png", full_page=True)
            for screen in SCREENS:
                await whole.locator(f"#{name(screen)}").screenshot(path=PICTURES / f"{name(screen)}.png")
    print("card, px   " + "".join(f"{size + ' %':>8}" for size in CARD_HEIGHT))  # noqa: T201
    for code in sheet.catalogs.released:
        print(f"{code:11}" + "".join(f"{sheet.heights.get((code, size), 0):8.0f}" for size in CARD_HEIGHT))  # noqa: T201
    for fault in sheet.faults:
        print(f"FAULT {fault}")  # noqa: T201
    print(f"Pictures: {PICTURES / 'sheet.png'}, and one a screen beside it")  # noqa: T201
    return int(bool(sheet.faults))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
