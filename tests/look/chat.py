"""What a person does in the chat of a page, and waiting until it is answered. Nothing sleeps: the page says when it is done."""

from playwright.async_api import Locator, Page, expect

ANSWERS = 15_000  # milliseconds, on a machine that does other things too


async def top(answer: Locator) -> None:
    """Scrolled so that the answer is read from its beginning."""
    await answer.evaluate("(e) => e.scrollIntoView({ block: 'start' })")


async def answered(at: Page, words: str) -> Locator:
    """The newest message of ours with these words, once the last act is answered; an alert may come after it."""
    await expect(at.locator(".pending, [data-sent]")).to_have_count(
        0
    )  # set in the act itself, taken away by its receipt
    await expect(at.locator("#answering")).to_be_hidden(timeout=ANSWERS)
    found = at.locator(".ours", has_text=words).last
    await expect(found).to_be_visible(timeout=ANSWERS)
    return found


async def tap(at: Page, label: str) -> None:
    await at.get_by_role("button", name=label, exact=True).last.click()


async def write(at: Page, text: str) -> None:
    await at.fill("#text", text)
    await at.press("#text", "Enter")
