"""The demo desk in the real program, and the staff's side of the web chat: their head, and names that are covered."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, FrameLocator, Page, expect
from sqlmodel import col, update

from handlers.chat.messages import Button, Message
from storage import residents, staff
from storage.staff_tables import Staff

from .accessible import FOCUSED
from .axe import findings
from .browser import PHONE, page, picture
from .program import program
from .scene import Scene

STARTED = 15_000  # milliseconds
SMALL = """() => [...document.querySelectorAll("button")].filter((e) => e.checkVisibility()
  && e.getBoundingClientRect().height < 43.9).map((e) => e.outerHTML)"""


def side(at: Page, name: str) -> FrameLocator:
    return at.frame_locator(f'[name="demo-{name}"]')


async def subscribe(at: FrameLocator, language: str, agree: str, home: str) -> None:
    await at.locator(f"[data-language={language}]").click()
    await at.get_by_role("button", name=agree, exact=True).click()
    await expect(at.locator(".ours")).to_have_count(2)
    await at.locator("#text").fill(home)
    await at.locator("#text").press("Enter")
    await expect(at.locator(".ours")).to_have_count(4)


async def demo_desk(browser: Browser, _place: Scene) -> None:
    """A desk in Korean by day and a phone in English by night: both sides, a third, a new job, the clock, no axe finding."""
    grave: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _):
            async with page(browser, "ko", phone=False) as at:
                await at.goto(address)
                await expect(at.locator(".trial a")).to_be_visible()
                await picture(at, "demo_landing")
                await at.click(".trial a")
                skip = side(at, "staff").locator(".ours .button", has_text="건너뛰기")
                await expect(skip).to_be_visible(timeout=STARTED)
                await _by_keys(at)
                await skip.click()
                await expect(side(at, "staff").locator(".ours").last).to_contain_text("오늘 할 일")
                await expect(side(at, "staff").locator("header strong")).to_have_text("동네일감 · 담당자")
                await picture(at, "demo_desk_first")
                await subscribe(side(at, "1"), "ko", "동의하고 시작", "월곡동")
                await at.click("#posting")
                await expect(side(at, "1").locator(".ours", has_text="해담작은도서관")).to_be_visible(timeout=STARTED)
                await picture(at, "demo_desk_alert")
                await at.click("#other")
                await expect(side(at, "2").locator("[data-language=ru]")).to_be_visible()
                await picture(at, "demo_desk_three")
                grave += await findings(at, "desk with three")
                await at.click("#other")
                assert await at.evaluate(SMALL) == []
            async with page(browser, "en", dark=True) as at:
                await at.goto(f"{address}/demo")
                await at.click("[data-move=morning]")
                for _ in range(13):
                    await at.click("[data-move=hour]")
                    await expect(at.locator("[aria-busy=true]")).to_have_count(0)
                await expect(at.locator("#night")).to_be_visible()
                await picture(at, "demo_phone_left")
                grave += await findings(at, "phone, left")
                await at.click(".tab[data-tab=staff]")
                await expect(side(at, "staff").locator(".ours").last).to_be_visible(timeout=STARTED)
                await expect(at.locator('[name="demo-1"]')).to_be_hidden()
                await picture(at, "demo_phone_right")
                grave += await findings(at, "phone, right")
                assert await at.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
                assert await at.evaluate(SMALL) == []
    assert not grave, grave


async def _by_keys(at: Page) -> None:
    """Every button of the bar is reached by Tab, ringed, and pressed by Enter; each side is a named frame."""
    reached = []
    for _ in range(5):
        await at.keyboard.press("Tab")
        stop = await at.evaluate(FOCUSED)
        assert stop["ring"], stop
        reached.append(stop["text"])
    assert reached == ["다른 주민 열기", "새 공고 넣기", "1시간 뒤로", "내일 아침 9시로", "1주 뒤로"]
    before = await at.locator("#now").inner_text()
    await at.keyboard.press("Enter")
    await expect(at.locator("#now")).not_to_have_text(before)
    titles = await at.locator("iframe").evaluate_all("(frames) => frames.map((frame) => frame.title)")
    assert titles == ["주민 대화방", "담당자 대화방"]


async def staff_side(browser: Browser, place: Scene) -> None:
    """Another head for staff; names are covered after thirty idle minutes, and only the server's word uncovers them."""
    grave: list[str] = []
    async with page(browser, "ko") as at:

        async def look(moment: str) -> None:
            for scheme in ("light", "dark"):
                await at.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                grave.extend(await findings(at, f"staff, {moment}, {scheme}"))
                await picture(at, f"staff_{moment}_{scheme}")

        await at.clock.install()
        await at.goto(place.address)
        await at.click("[data-language=ko]")
        await expect(at.locator(".ours .button").first).to_be_visible()
        address = place.talk.heard[-1].address
        async with place.store.transaction() as tx:
            found = await residents.at(tx, address.platform, address.account, address.id)
            assert found
            await staff.appoint(tx, found[1].id, "officer", name="김담당")
        row = ((Button("김보기", "x1.1"), Button("이보기", "x1.2")),)
        named = Message("두 분이 있어요.\n1. 김보기\n2. 이보기", row, language="ko", names=True)
        await place.chat.send([address], named, "named")
        await expect(at.locator("header strong")).to_have_text("동네일감 · 담당자")
        await expect(at.locator("header small")).to_have_text("담당 공무원 · 김담당")
        await expect(at.get_by_text("1. 김보기")).to_be_visible()
        await look("named")
        await at.clock.fast_forward("29:00")
        await at.keyboard.press("Shift")
        await at.clock.fast_forward("29:00")
        await expect(at.get_by_text("1. 김보기")).to_be_visible()
        await at.clock.fast_forward("01:30")
        await expect(at.get_by_text("김보기").first).to_be_hidden()
        await look("covered")
        await _hide(place, found[1].id, hidden=True)
        await at.get_by_role("button", name="이름 보기").press("Enter")
        await expect(at.locator("[data-sent]")).to_have_count(0)
        await expect(at.get_by_text("김보기").first).to_be_hidden()
        await at.reload()
        await expect(at.locator("header strong")).to_have_text("동네일감 · 담당자")
        await expect(at.get_by_text("김보기").first).to_be_hidden()
        await _hide(place, found[1].id, hidden=False)
        await at.get_by_role("button", name="이름 보기").press("Enter")
        await expect(at.get_by_text("1. 김보기")).to_be_visible()
        async with place.store.transaction() as tx:
            await staff.dismiss(tx, found[1].id)
        await at.fill("#text", "?")
        await at.press("#text", "Enter")
        await expect(at.locator("header strong")).to_have_text("동네일감")
        await expect(at.get_by_text("김보기").first).to_be_hidden()
        await expect(at.get_by_role("button", name="이름 보기")).to_have_count(0)
        await expect(at.get_by_text("이름을 가렸어요.")).to_be_visible()
    assert not grave, grave


async def _hide(place: Scene, resident_id: int, *, hidden: bool) -> None:
    async with place.store.transaction() as tx:
        await tx.execute(update(Staff).where(col(Staff.resident_id) == resident_id).values(hidden=hidden))


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (demo_desk, staff_side)
