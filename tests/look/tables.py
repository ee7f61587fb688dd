"""Tables and files in the chat: they stay within a phone at every text size, read by keys and screen readers, come down whole,
and a file is sent where one is asked for.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from playwright.async_api import Browser, Page, expect

from bot.files import Files
from handlers.chat.events import Address, Sent
from handlers.chat.messages import Button, Message, Table
from handlers.chat.tables import sheet

from .axe import findings
from .browser import SMALL, page, picture
from .chat import answered, write
from .scene import Scene

HEADS = ("시설", "연 일자리", "새 지원서", "마감이 가까운 공고", "담당")
ROWS = (
    ("별빛작은도서관", "3", "12", "작은도서관 책 정리·대출 도우미, 12월 4일(금) 18:00", "김○○"),
    ("월곡지역아동센터", "1", "0", "저녁 돌봄 보조, 12월 11일(금)", "이○○"),
    ("수완동 주민센터", "0", "0", "없음", ""),
)
LONG = tuple((f"시설 {i}", str(i % 4), "0", "없음", "") for i in range(80))
BACK = ((Button("오늘 할 일", "dk", main=True), Button("다음", "dn.1")),)
FEW = Message("오늘 본 시설이에요.", BACK, lead="담당자", title="시설", table=Table("시설", HEADS, ROWS))
MANY = replace(
    FEW,
    table=Table("시설 현황", HEADS, LONG[:10], "나머지 70줄은 파일에 있어요."),
    file=sheet(Table("시설 현황", HEADS, LONG)),
)
FARSI = Message(
    "سہولیات",
    lead="عملہ",
    title="آج کا کام",
    language="ur",
    rtl=True,
    table=Table("سہولیات", ("نام", "نوکریاں", "آخری دن"), (("별빛작은도서관", "3", "4 دسمبر"),)),
)
INSIDE = """() => [...document.querySelectorAll(".table, .file")].every((e) => {
  const box = e.getBoundingClientRect(), bubble = e.closest(".bubble").getBoundingClientRect();
  return box.left >= bubble.left && box.right <= bubble.right + 0.5; })"""
WIDTH = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@asynccontextmanager
async def chat(browser: Browser, place: Scene, **how: object) -> AsyncIterator[tuple[Page, Address]]:
    """A page whose chat is open, and where its person is."""
    async with page(browser, "ko", **how) as at:  # type: ignore[arg-type]
        await at.goto(place.address)
        await at.click("[data-language=ko]")
        await expect(at.locator(".ours")).to_have_count(1)
        await answered(at, "안녕하세요")
        before, place.chat.content = place.chat.content, replace(place.chat.content, make=Files())
        try:
            yield at, place.talk.heard[-1].address
        finally:
            place.chat.content = before


async def tables_and_files(browser: Browser, place: Scene) -> None:
    """Phone and desk, light and dark, three text sizes, right to left; nothing sticks out, nothing is too small to hit."""
    for phone, dark, size in ((True, False, "100"), (True, True, "160"), (False, True, "100"), (False, False, "130")):
        async with chat(browser, place, phone=phone, dark=dark, size=size) as (at, address):
            kind = f"{'phone' if phone else 'desk'}_{'dark' if dark else 'light'}_{size}"
            for message, name in ((FEW, "few"), (MANY, "many"), (FARSI, "rtl")):
                await place.chat.send([address], message, f"{name} {kind}")
                found = at.locator(".ours", has=at.locator("table")).last
                await expect(found.locator("caption")).to_have_text(message.table.name if message.table else "")
                await found.evaluate("(e) => e.scrollIntoView({ block: 'start' })")
                assert await at.evaluate(INSIDE), (kind, name)
                assert await at.evaluate(WIDTH), (kind, name)
                assert await at.evaluate(SMALL) == [], (kind, name)
                await picture(at, f"table_{name}_{kind}")
            assert await findings(at, kind) == []


async def table_by_keys(browser: Browser, place: Scene) -> None:
    """A table has its name, heads of columns and rows, and scrolls by keys; it is the same after loading anew."""
    async with chat(browser, place) as (at, address):
        await place.chat.send([address], FEW, "keys")
        for _ in range(2):
            region = at.get_by_role("region", name="시설")
            await expect(region.get_by_role("columnheader")).to_have_count(len(HEADS))
            await expect(region.get_by_role("rowheader")).to_have_text([row[0] for row in ROWS])
            await expect(region.get_by_role("cell")).to_have_count(len(ROWS) * (len(HEADS) - 1))
            await region.focus()
            await at.keyboard.press("End")
            await at.keyboard.press("ArrowRight")
            await at.wait_for_function("() => document.querySelector('.table').scrollLeft > 0")
            await at.reload()


async def file_comes_down(browser: Browser, place: Scene) -> None:
    """The link in the bubble gives the whole file under its Korean name."""
    async with chat(browser, place) as (at, address):
        await place.chat.send([address], MANY, "down")
        async with at.expect_download() as coming:
            await at.locator(".file").click()
        download = await coming.value
        assert download.suggested_filename == "시설 현황.xlsx"
        path = await download.path()
        assert path.read_bytes() == await Files()(sheet(Table("시설 현황", HEADS, LONG)))
        assert at.url.endswith("#chat"), "the chat stays open"


async def file_is_sent(browser: Browser, place: Scene) -> None:
    """The button stands there while a file is asked for; the name stands in the chat, and a refusal is said."""
    async with chat(browser, place) as (at, _):
        await expect(at.locator("#attach")).to_be_hidden()

        async def takes(_address: Address) -> bool:
            return True

        asking = place.chat.content
        place.chat.content = replace(asking, takes_files=takes)
        await at.reload()
        button = at.get_by_role("button", name="파일 보내기")
        await expect(button).to_be_visible()
        await picture(at, "attach_phone")
        async with at.expect_file_chooser() as opening:
            await button.click()
        chosen = await opening.value
        await chosen.set_files({"name": "채용 공고.xlsx", "mimeType": "application/zip", "buffer": b"PK" * 50_000})
        await expect(at.locator(".mine:not(.pending)", has_text="채용 공고.xlsx")).to_have_count(1)
        assert place.talk.heard[-1].what == Sent("채용 공고.xlsx", b"PK" * 50_000)
        await expect(button).to_be_hidden()  # the script's answer asks for none
        place.chat.content = asking
    async with page(browser, "ko", complain=("409",)) as at:
        await at.goto(place.address)
        await at.click("[data-language=ko]")
        await expect(at.locator(".ours")).to_have_count(1)
        await at.evaluate("document.getElementById('attach').hidden = false")
        await at.set_input_files("#file", {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"x"})
        await expect(at.locator("#notice")).to_have_text("파일을 보내지 못했어요. 다시 보내 주세요.")
        await expect(at.locator(".pending")).to_have_count(0)
        await write(at, "월곡동")
        await answered(at, "월곡동과 옆 동네")


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (
    tables_and_files,
    table_by_keys,
    file_comes_down,
    file_is_sent,
)
