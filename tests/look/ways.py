"""How somebody comes in from outside: by a job's own page."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, expect

from .browser import page
from .scene import Scene


async def from_a_posting(browser: Browser, place: Scene) -> None:
    """A job's own page leads to that job in the chat; its data for search engines is no script to the browser."""
    async with page(browser, "ko") as at:
        await at.goto(f"{place.address}/p/1?lang=ko")
        assert "JobPosting" in str(await at.locator("script[type='application/ld+json']").text_content())
        await at.click(".button.main")
        await expect(at.locator(".ours")).to_have_count(1)
        assert getattr(place.talk.heard[-1].what, "text", "") == "/start p001-ko"
        assert at.url == f"{place.address}/?lang=ko", "loading it anew does not start again"


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (from_a_posting,)
