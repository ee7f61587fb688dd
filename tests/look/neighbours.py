"""The main story in a browser: a Korean and a Russian resident side by side, and a facility adds a row to its sheet."""

import tempfile
from pathlib import Path

from playwright.async_api import Browser, FrameLocator, Page, expect

from .browser import page, picture
from .program import program

ROW = (
    "공고명,기관,근무지,급여,근무시간,근무기간,모집인원,외국인,마감,전화\n"
    "작은도서관 책 정리·대출 도우미,햇살작은도서관,광산구 월곡2동,시급 12000원,월·수·금 14:00~17:00,2027-01-04 ~ 2027-06-30,2명,"
    "지원 가능,2027-01-02 18:00,062-000-0001\n"
)
ARRIVES = 60_000  # milliseconds: within a minute of being saved
PHONE_CARD = 480  # pixels at 360 px width, buttons included


async def neighbours(browser: Browser, _place: object) -> None:
    """Two residents subscribe in their languages; a row in var/postings reaches both, on a desk and on phones."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            program(folder) as (address, _),
            page(browser, "ko", phone=False) as desk,
            page(browser, "ru", dark=True) as phone,
        ):
            await desk.goto(address)
            await desk.click("[data-language=ko]")
            await _subscribe(desk, "동의하고 시작", "월곡동", "다 됐어요")
            await desk.click("#other")
            second = desk.frame_locator("iframe")
            await expect(second.locator("[data-language=ru]")).to_be_visible()
            await desk.frames[1].wait_for_load_state()  # before, a language is a link that loads the page in it
            await second.locator("[data-language=ru]").click()
            await _subscribe(second, "Принимаю", "Вольгок", "Готово")
            await phone.goto(address)
            await phone.click("[data-language=ru]")
            await _subscribe(phone, "Принимаю", "Вольгок", "Готово")
            await picture(desk, "neighbours_subscribed")
            (folder / "var" / "postings" / "library.csv").write_text(ROW, encoding="utf-8")
            await _told(desk, "새 일자리", "햇살작은도서관")
            await _told(second, "Новая работа", "Помощник в библиотеке")
            await _told(phone, "Новая работа", "12 000 вон в час (시급 12,000원)")
            await expect(phone.locator("#answering")).to_be_hidden()
            await picture(desk, "neighbours_alerted")
            await picture(phone, "neighbours_alerted_phone")
            card = await phone.locator(".ours", has_text="햇살작은도서관").last.bounding_box()
            assert card is not None
            assert card["height"] <= PHONE_CARD


async def _subscribe(at: Page | FrameLocator, agree: str, neighbourhood: str, done: str) -> None:
    """One tap and one word."""
    await at.get_by_role("button", name=agree, exact=True).click()
    await expect(at.locator(".ours")).to_have_count(2)
    await at.locator("#text").fill(neighbourhood)
    await at.locator("#text").press("Enter")
    await expect(at.locator(".ours", has_text=done)).to_be_visible()


async def _told(at: Page | FrameLocator, lead: str, words: str) -> None:
    card = at.locator(".ours", has_text="햇살작은도서관").last
    await expect(card).to_contain_text(lead, timeout=ARRIVES)
    await expect(card).to_contain_text(words, use_inner_text=True)
