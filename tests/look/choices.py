"""The screens on which residents say where, what and when they want to work, one after the other."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from locales import Translator

from .chat import answered, tap, top, write

SCREENS = (
    *("alerts", "a wish", "work", "time", "day by day", "one day", "pay", "hours a week", "more", "words"),
    *("where", "how far", "map", "when", "quiet hours", "pause", "shift work"),
)
Look = Callable[[str], Awaitable[None]]


async def walk(at: Page, t: Translator, look: Look) -> None:
    """Every one of `SCREENS`, from /alerts and back; nothing is changed."""

    async def seen(screen: str, words: str) -> None:
        await top(await answered(at, words))
        await look(screen)

    async def there_and_back(label: str, screen: str, words: str, back: str, menu: str) -> None:
        await tap(at, label)
        await seen(screen, words)
        await tap(at, back)
        await answered(at, menu)

    await write(at, "/alerts")
    await seen("alerts", t.t("Your alerts"))
    await tap(at, "1")
    menu = t.t("Your wish")
    await seen("a wish", menu)
    done, back = t.t("Done"), t.t("Back")
    await there_and_back(
        t.t("Work"), "work", t.t("What work? Choose one or more, or write it in your own words."), done, menu
    )
    await tap(at, t.t("Time"))
    await seen("time", t.t("When can you work? The whole working time must lie inside."))
    days = t.t("Every day and time that suits you:")
    await tap(at, t.t("Each day apart"))
    await seen("day by day", days)
    bands = t.t("Morning 06–12, afternoon 12–18, evening 18–22, night 22–06.")
    await there_and_back(f"✓ {t.formats.weekday(0)}", "one day", bands, done, days)
    await tap(at, done)
    await answered(at, menu)
    await there_and_back(t.t("Pay"), "pay", t.t("From how many won an hour? You can write another number."), back, menu)
    await there_and_back(t.t("Hours a week"), "hours a week", t.t("How many hours a week?"), back, menu)
    await there_and_back(t.t("More"), "more", t.t("What else?"), back, menu)
    await there_and_back(
        t.t("Words"), "words", t.t("Words that the notice should have, in Korean, with commas between."), back, menu
    )
    await tap(at, t.t("Back without saving"))
    await answered(at, t.t("Your alerts"))
    await tap(at, t.c("alerts", "Where"))
    await seen("where", t.t("Where you look"))
    await tap(at, "1")
    await seen("how far", t.t("Only there"))
    await tap(at, back)
    await answered(at, t.t("Where you look"))
    await tap(at, t.t("Show on a map"))
    await answered(at, t.t("Change neighbourhood"))
    image = at.locator(".ours img.picture").last
    await image.evaluate("(image) => image.decode()")
    await top(image)
    await look("map")
    await write(at, "/alerts")
    await answered(at, t.t("Your alerts"))
    await tap(at, t.t("When"))
    await seen("when", t.t("When we write"))
    for label, screen, words in (
        ("Quiet hours", "quiet hours", "When shall nothing come? You can write it, for example 22:00~07:00."),
        ("Pause", "pause", "For how long? You can write a date. What comes meanwhile waits for you."),
        ("Shift work", "shift work", "We then say on how many of your days off a job lies. Which shifts do you work?"),
    ):
        await there_and_back(t.t(label), screen, t.t(words), back, t.t("When we write"))
    await tap(at, done)
    await answered(at, t.t("Your alerts"))
