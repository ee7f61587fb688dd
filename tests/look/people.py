"""Four people choose what fits them, in four languages: a student, a senior, a worker on shifts, a parent with mornings only."""

import re
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from locales import Catalogs, Translator
from locales.translator import FIELD
from tests.journeys.people import HEADER, JOBS, row

from .accessible import SIDEWAYS
from .browser import page, picture
from .chat import answered, top, write
from .languages import CLIPPED
from .neighbours import ARRIVES
from .program import program
from .scene import Scene

LOW = """() => [...document.querySelectorAll("a.button, button, summary, textarea")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML)"""
SIZES = ("100", "130", "160")
KEEP = "() => document.documentElement.dataset.size ?? '100'"
PUT = "(size) => { document.documentElement.dataset.size = size; }"


class Someone:
    """Acts by the English words of the catalogs; every moment is pictured, light and dark, and must fit at every text size."""

    def __init__(self, at: Page, t: Translator, who: str, kind: str) -> None:
        self.at, self.t, self.who, self.kind = at, t, who, kind
        self.screen = at.locator(".ours").last  # what is being answered; an example's alert may come below it

    def word(self, msgid: str) -> str:
        """Of a text with {values}, the longest piece between them."""
        return max(FIELD.split(self.t.t(msgid))[::2], key=len).strip()

    async def taps(self, msgid: str, then: str, *, context: str = "") -> None:
        label = self.t.c(context, msgid) if context else self.t.t(msgid)
        await self._tap(re.compile(f"^(✓ )?{re.escape(label)}$"), then)

    async def _tap(self, label: re.Pattern[str], then: str) -> None:
        await self.screen.get_by_role("button", name=label).click()
        self.screen = await answered(self.at, self.word(then))

    async def says(self, text: str, then: str) -> None:
        await write(self.at, text)
        self.screen = await answered(self.at, self.word(then))

    async def looks(self, moment: str, words: str) -> None:
        await top(await answered(self.at, self.word(words)))
        kept = await self.at.evaluate(KEEP)
        for size in SIZES:
            await self.at.evaluate(PUT, size)
            for what, script in (("sideways", SIDEWAYS), ("under 44 px", LOW), ("clipped", CLIPPED)):
                found = await self.at.evaluate(script)
                assert not found, (self.who, moment, size, what, found)
        await self.at.evaluate(PUT, kept)
        for scheme in ("light", "dark"):
            await self.at.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await top(self.at.locator(".ours", has_text=self.word(words)).last)
            await picture(self.at, f"people_{self.who}_{moment}_{self.kind}_{scheme}")

    async def joins(self, address: str, neighbourhood: str) -> None:
        await self.at.goto(f"{address}/?lang={self.t.code}")
        await self.at.click(f"[data-language={self.t.code}]")
        self.screen = await answered(self.at, self.t.t("You may say no and still look at the jobs."))
        await self.taps("I agree, start", "Which neighbourhood do you live in? Type its name in any alphabet.")
        await self.says(neighbourhood, "Done. We will write as soon as there is a new job.")
        await self.says("/alerts", "Your alerts")

    async def leaves_out_what_is_silent(self) -> None:
        forms = {self.t.n("Leave out {n} that does not say", "Leave out {n} that do not say", n) for n in range(1, 200)}
        await self._tap(re.compile(f"^({'|'.join(map(re.escape, forms))})$"), "Take those that do not say")


async def student(one: Someone, address: str) -> None:
    await one.joins(address, "Wolgok")
    await one.taps("1", "Your wish")
    await one.taps("Hours a week", "How many hours a week?")
    await one.looks("hours", "How many hours a week?")
    await one.taps("Less than 15 h", "Your wish")
    await one.taps("For whom", "For whom?")
    await one.looks("for_whom", "For whom?")
    await one.taps("Students", "Your wish")
    await one.taps("Time", "When can you work? The whole working time must lie inside.")
    await one.taps("Evening", "evening")
    await one.looks("time", "When can you work? The whole working time must lie inside.")
    await one.taps("Each day apart", "Every day and time that suits you:")
    await one.taps(one.t.formats.weekday(5), "Morning 06–12, afternoon 12–18, evening 18–22, night 22–06.")
    await one.looks("saturday", "Morning 06–12, afternoon 12–18, evening 18–22, night 22–06.")
    await one.taps("Afternoon", "Morning 06–12, afternoon 12–18, evening 18–22, night 22–06.")
    await one.taps("Done", "Every day and time that suits you:")
    await one.looks("days", "Every day and time that suits you:")
    await one.taps("Done", "Your wish")
    await one.looks("wish", "Your wish")
    await one.taps("Save", "Your alerts", context="a wish")
    await one.taps("Where", "Where you look", context="alerts")
    await one.says("수완동", "Only there")
    await one.looks("how_far", "Only there")
    await one.says("1", "Where you look")
    await one.looks("where", "Where you look")
    await one.taps("Show on a map", "Change neighbourhood")
    await one.at.locator(".ours img.picture").last.evaluate("(image) => image.decode()")
    await one.looks("map", "You get jobs in {place}.")


async def senior(one: Someone, address: str) -> None:
    await one.joins(address, "월곡동")
    await one.looks("alerts", "Your alerts")
    await one.says("1", "Your wish")
    await one.says("하는 일", "What work? Choose one or more, or write it in your own words.")
    await one.says("청소", "Work")
    await one.looks("work", "What work? Choose one or more, or write it in your own words.")
    await one.says("다 됐어요", "Your wish")
    await one.says("시간", "Time")
    await one.says("오전", "Time")
    await one.looks("time", "When can you work? The whole working time must lie inside.")
    await one.says("다 됐어요", "Your wish")
    await one.says("누구에게", "For whom?")
    await one.says("60살부터", "Your wish")
    await one.looks("wish", "Your wish")
    await one.says("저장", "Your alerts")
    await one.says("찾는 곳", "Where you look")
    await one.says("1", "Only there")
    await one.looks("how_far", "Only there")
    await one.says("여기만", "Where you look")
    await one.says("다 됐어요", "Your alerts")
    await one.looks("chosen", "Your alerts")


async def worker(one: Someone, address: str) -> None:
    await one.joins(address, "월곡동")
    await one.looks("alerts", "Your alerts")
    await one.taps("1", "Your wish")
    await one.taps("More", "What else?")
    await one.looks("more", "What else?")
    await one.taps("Korean", "How much Korean?")
    await one.looks("korean", "How much Korean?")
    await one.taps("No Korean needed", "Your wish")
    await one.leaves_out_what_is_silent()
    await one.looks("wish", "Your wish")
    await one.taps("Save", "Your alerts", context="a wish")
    await one.taps("When", "When we write")
    await one.looks("when", "When we write")
    await one.taps("Shift work", "We then say on how many of your days off a job lies. Which shifts do you work?")
    await one.looks("shifts", "We then say on how many of your days off a job lies. Which shifts do you work?")
    await one.says("주주야야비비", "Which day is the first of it? You can write a date, for example {date}.")
    await one.taps("Today", "Your days off: {dates}")
    await one.taps("Quiet hours", "When shall nothing come? You can write it, for example 22:00~07:00.")
    await one.looks("quiet", "When shall nothing come? You can write it, for example 22:00~07:00.")
    await one.says(
        "08:00~17:00", "Then messages may come between 21:00 and 08:00. For that we need your agreement apart."
    )
    await one.looks("night", "Then messages may come between 21:00 and 08:00. For that we need your agreement apart.")
    await one.taps("I agree", "When we write")
    await one.looks("days_off", "When we write")


async def parent(one: Someone, address: str) -> None:
    await one.joins(address, "Вольгок")
    await one.taps("1", "Your wish")
    await one.looks("bare_wish", "Your wish")
    await one.taps("Work", "What work? Choose one or more, or write it in your own words.")
    await one.says("библиотека", "Work")
    await one.looks("work", "What work? Choose one or more, or write it in your own words.")
    await one.taps("Done", "Your wish")
    await one.taps("Time", "When can you work? The whole working time must lie inside.")
    await one.says("будни утром", "Time")
    await one.looks("time", "When can you work? The whole working time must lie inside.")
    await one.taps("Done", "Your wish")
    await one.looks("silent", "Your wish")
    await one.leaves_out_what_is_silent()
    await one.looks("wish", "Your wish")
    await one.taps("Save", "Your alerts", context="a wish")
    await one.looks("alerts", "Your alerts")
    await one.taps("When", "When we write")
    await one.taps("Pause", "For how long? You can write a date. What comes meanwhile waits for you.")
    await one.looks("pause", "For how long? You can write a date. What comes meanwhile waits for you.")
    await one.taps("Back", "When we write")


# Who, in which language and text size; the story; whose jobs come; what is asked of the first of them.
STORIES = (
    ("student", "vi", "100", student, ("캠퍼스카페", "저녁학원", "말없는도서관")),
    ("senior", "ko", "160", senior, ("은빛공원",)),
    ("worker", "km", "130", worker, ("한밤공장",)),
    ("parent", "ru", "130", parent, ("별빛도서관",)),
)


async def _hears(one: Someone, names: tuple[str, ...]) -> None:
    """What fits comes, and nothing else; one looks at it, saves it, and has it left out."""
    for name in names:
        await expect(one.at.locator(".ours", has_text=name).last).to_be_visible(timeout=ARRIVES)
    await one.looks("alert", names[0])
    card = one.at.locator(".ours", has_text=names[0]).last
    await card.get_by_role("button", name=one.t.t("Details"), exact=True).click()
    await expect(card.get_by_role("button", name=one.t.t("Remind me tomorrow"), exact=True)).to_be_visible()
    if one.who == "worker":
        await expect(card).to_contain_text(
            one.t.t("Of your {off} days off in the next two weeks it lies on {days}.").split("{off}")[0].strip()
        )
    await one.looks("details", names[0])
    await card.get_by_role("button", name=one.t.t("Remind me tomorrow"), exact=True).click()
    await one.looks("remind", "We will remind you on {date} at {time}.")
    await card.get_by_role("button", name=one.t.t("Save"), exact=True).click()
    await one.looks("saved", "Saved: {title}")
    others = [name for name in JOBS if name not in names]
    shown = await one.at.locator("#lines").inner_text()
    assert not [name for name in others if name in shown], (one.who, shown)
    await one.says({"ko": "그만"}.get(one.t.code, "/stop"), "You get no more alerts.")
    await one.looks("stopped", "You get no more alerts.")


async def people(browser: Browser, _place: Scene) -> None:
    """Each hears of what fits and of nothing else; every screen on the way fits a phone and a desk, light, dark and large."""
    catalogs = Catalogs.load()
    for kind, stories in (("phone", STORIES), ("desk", STORIES[:1])):  # all four on a desk take a minute more
        with tempfile.TemporaryDirectory() as name:
            # As in a town: a demo's web chat rings, so that nights can be seen there.
            town = program(Path(name), ILGAM_WEB_URL="http://localhost")
            async with town as (address, _), AsyncExitStack() as open_:
                everybody = []
                for who, language, size, story, names in stories:
                    at = await open_.enter_async_context(
                        page(browser, language, size, phone=kind == "phone", reduced_motion="reduce")
                    )
                    one = Someone(at, catalogs.translator(language), who, kind)
                    await story(one, address)
                    everybody.append((one, names))
                closes = str(date.today() + timedelta(30))
                rows = [row(job).replace("2026-12-24", closes).replace("2026-11-27", closes) for job in JOBS]
                sheet = "\n".join([HEADER, *rows, ""])
                (Path(name) / "var" / "postings" / "jobs.csv").write_text(sheet, encoding="utf-8")
                for one, names in everybody:
                    await _hears(one, names)


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (people,)
