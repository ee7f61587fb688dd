"""The system's chromium, driven headless, and a person's view of a page in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PICTURES = Path(__file__).parents[2] / "var" / "look"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
CARD_HEIGHT = {"100": 480, "130": 800}  # pixels at 360 px width, buttons included
SMALL = """() => [...document.querySelectorAll("a.button, button, summary, .links a, textarea, .check")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML)"""
LOCALES = {
    "ko": "ko-KR",
    "en": "en-US",
    "ru": "ru-RU",
    "vi": "vi-VN",
    "zh_Hans": "zh-CN",
    "uz": "uz-UZ",
    "km": "km-KH",
}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """RuntimeError where there is no chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise RuntimeError(
            "chromium is needed: apt-get install chromium fonts-noto-cjk fonts-khmeros fonts-dejavu-core"
        )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=list(ARGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def page(
    browser: Browser,
    language: str = "ko",
    size: str = "100",
    *,
    phone: bool = True,
    dark: bool = False,
    script: bool = True,
    complain: tuple[str, ...] = (),
    **options: Any,
) -> AsyncIterator[Page]:
    """A fresh browser profile. Anything the page's console complains of, such as the security policy, is an error, but for
    what holds a word of `complain`."""
    context = await browser.new_context(
        viewport=options.pop("viewport", PHONE if phone else DESK),
        locale=LOCALES.get(language, language),
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        has_touch=phone,
        is_mobile=phone,
        timezone_id="Asia/Seoul",
        **options,
    )
    faults: list[str] = []
    if script:
        await context.add_init_script(
            f"try {{ localStorage.getItem('ilgam.size') ?? localStorage.setItem('ilgam.size', '{size}') }} catch {{}}"
        )
    opened = await context.new_page()
    opened.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.set_default_timeout(8000)
    try:
        yield opened
        known = ("ERR_", "WebSocket", *complain)
        complaints = [fault for fault in faults if not any(word in fault for word in known)]
        assert not complaints, complaints
    finally:
        await context.close()


async def picture(page: Page, name: str, *, whole: bool = False) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
