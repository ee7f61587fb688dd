"""Whether everybody can use the page: axe-core at every moment of a story, the story by keys alone, large text."""

import asyncio
import itertools
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from .axe import findings
from .browser import page, picture
from .embedded import embedding, opened
from .program import program
from .scene import SCRIPT, Scene

LANGUAGES = {"ko": ("동의하고 시작", "월곡동"), "ru": ("Принимаю", "Вольгок")}
LAST_BUTTON = ".ours:has(.button) >> nth=-1 >> .button"
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const seen = box.bottom > 0 && box.top < innerHeight;
  return { what: e.id || e.className || e.tagName, text: e.textContent.trim(), top: box.top + scrollY, ring, seen };
}"""
SIDEWAYS = """() => [
  ...[document.documentElement, document.getElementById("scroll")].map((e) => e ? e.scrollWidth - e.clientWidth : 0),
  ...[...document.querySelectorAll("h1, h2, p, a, button, label, small, strong, .bubble")].filter((e) => e.checkVisibility()
    && !e.closest(".unseen, .skip") && e.getBoundingClientRect().right > innerWidth + .5).map((e) => e.outerHTML),
].filter((found) => found !== 0)"""


async def moments(at: Page, address: str, language: str, look: Callable[[str], Awaitable[None]]) -> None:
    """A resident's first story in the real program, with a look at each of its moments."""
    agree, neighbourhood = LANGUAGES[language]
    await at.goto(f"{address}/?lang={language}")
    await look("landing")
    await at.click(f"[data-language={language}]")
    await expect(at.locator(".ours .button").first).to_be_visible()
    await look("notice")
    await at.get_by_role("button", name=agree, exact=True).click()
    await expect(at.locator(".ours")).to_have_count(2)
    await look("question")
    await at.fill("#text", neighbourhood)
    await at.press("#text", "Enter")
    await expect(at.locator(".ours")).to_have_count(4)
    await look("list")
    await at.click(".ours >> nth=2 >> .button >> nth=0")
    await expect(at.locator(".ours .button.main")).to_be_visible()
    await look("details")
    await at.click("#language")
    await expect(at.locator(".ours")).to_have_count(6)
    await look("language choice")
    for path in ("/privacy", "/jobs", "/p/1"):
        await at.goto(f"{address}{path}?lang={language}")
        await look(path)


async def axe(browser: Browser, place: Scene) -> None:
    """axe-core finds nothing serious at any moment: phone and desk, light and dark, in the real program and in a frame."""
    grave: list[str] = []
    async with page(browser) as at:
        await at.goto(place.address)
        await at.evaluate("document.querySelector('h1').style.color = '#cccccc'")
        [planted] = await findings(at, "a fault on purpose")
        assert "color-contrast at .welcome > h1" in planted
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _):
            await _jobs_are_there(browser, address)
            for phone, dark in itertools.product((True, False), (False, True)):
                language = "ru" if phone == dark else "ko"
                name = f"{'phone' if phone else 'desk'} {'dark' if dark else 'light'} {language}"
                async with page(browser, language, phone=phone, dark=dark) as at:

                    async def look(moment: str, at: Page = at, name: str = name) -> None:
                        await picture(at, f"axe {name} {moment}".replace(" ", "_").replace("/", "."))
                        grave.extend(await findings(at, f"{name}, {moment}"))

                    await moments(at, address, language, look)
    async with embedding() as (site, framed):
        for phone, dark in itertools.product((True, False), (False, True)):
            name = f"embedded {'phone' if phone else 'desk'} {'dark' if dark else 'light'}"
            async with page(browser, "ko", phone=phone, dark=dark) as at:
                await at.goto(site.address)
                grave += await findings(at, f"{name}, closed")
                await opened(at, site)
                grave += await findings(at, f"{name}, open")
                await at.frame_locator("iframe").locator("[data-language=ko]").click()
                await expect(at.frame_locator("iframe").locator(".ours .button").first).to_be_visible()
                await framed.chat.send([framed.talk.heard[-1].address], SCRIPT["ko"].card, name)
                await expect(at.frame_locator("iframe").locator(".ours .main")).to_be_visible()
                grave += await findings(at, f"{name}, card")
    assert not grave, f"{len(grave)} serious or critical findings"


async def _jobs_are_there(browser: Browser, address: str) -> None:
    async with page(browser) as at:
        for _ in range(40):  # the examples are read right after the start
            await at.goto(address)
            if await at.locator(".job").count():
                return
            await asyncio.sleep(0.25)


async def by_keys_alone(browser: Browser, _place: Scene) -> None:
    """The first story with Tab and Enter only: each stop is in sight and ringed, and each answer is told."""
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _), page(browser, "ko", phone=False) as at:
            await _jobs_are_there(browser, address)
            await at.goto(address)
            stops = [await _tab(at)]
            assert "skip" in stops[0]["what"]
            while stops[-1]["text"] != "한국어":
                stops.append(await _tab(at))
                assert len(stops) < 20, stops
            await _press(at, "한국어", 1)
            await _press(at, "동의하고 시작", 2)
            while (await at.evaluate(FOCUSED))["what"] != "text":
                await _tab(at)
            await at.keyboard.type("월곡동")
            await at.keyboard.press("Enter")
            await expect(at.locator(".ours")).to_have_count(4)
            await expect(at.locator("#text")).to_be_focused()
            while (await at.evaluate(FOCUSED))["text"] != "1":
                await _tab(at, "Shift+Tab")
            await picture(at, "keys_list")
            await _press(at, "1", 5)
            await picture(at, "keys_details")
            await _told(at)


async def _press(at: Page, label: str, answers: int) -> None:
    """Tab on to a button, press it, and stand on the first button of the answer."""
    for _ in range(20):
        if (await at.evaluate(FOCUSED))["text"] == label:
            break
        await _tab(at)
    await at.keyboard.press("Enter")
    await expect(at.locator(".ours")).to_have_count(answers)
    await expect(at.locator(LAST_BUTTON).first).to_be_focused()


async def _tab(at: Page, key: str = "Tab") -> dict[str, str]:
    await at.keyboard.press(key)
    stop: dict[str, str] = await at.evaluate(FOCUSED)
    assert stop["ring"], f"no ring: {stop}"
    assert stop["seen"], f"out of sight: {stop}"
    return stop


async def _told(at: Page) -> None:
    """What a screen reader is given: a log that speaks politely, and the newest message within it."""
    session = await at.context.new_cdp_session(at)
    tree = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    [log] = [node for node in tree if node.get("role", {}).get("value") == "log"]
    live = {prop["name"]: prop["value"].get("value") for prop in log["properties"]}
    assert live["live"] == "polite"
    assert live.get("busy", False) is False
    by_id = {node["nodeId"]: node for node in tree}
    todo, said = list(log["childIds"]), ""
    while todo:
        node = by_id[todo.pop(0)]
        said += str(node.get("name", {}).get("value", ""))
        todo += node.get("childIds", [])
    assert (await at.locator(".ours .title").last.inner_text()) in said


async def order(browser: Browser, place: Scene) -> None:
    """Tab goes through the landing page from top to bottom and misses nothing that can be pressed."""
    async with page(browser, "ko") as at:
        await at.goto(place.address)
        count = await at.locator("a:visible, button:visible, input:visible, textarea:visible").count()
        stops = [await _tab(at) for _ in range(count)]
        tops = [float(stop["top"]) for stop in stops[1:]]
        assert all(after > before - 20 for before, after in itertools.pairwise(tops)), stops
        assert len({(stop["what"], stop["text"], stop["top"]) for stop in stops}) == count, "every stop once"


async def large_text_on_a_small_phone(browser: Browser, _place: Scene) -> None:
    """160 % at 320 px: nothing stands out sideways, in no moment."""
    narrow = {"width": 320, "height": 640}
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _):
            await _jobs_are_there(browser, address)
            for language in LANGUAGES:
                async with page(browser, language, "160", viewport=narrow) as at:

                    async def look(moment: str, at: Page = at, language: str = language) -> None:
                        await picture(at, f"small_{language}_{moment}".replace(" ", "_").replace("/", "."))
                        found = await at.evaluate(SIDEWAYS)
                        assert not found, (language, moment, found)

                    await moments(at, address, language, look)


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (
    axe,
    by_keys_alone,
    order,
    large_text_on_a_small_phone,
)
