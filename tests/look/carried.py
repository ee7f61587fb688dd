"""Moving to another browser by a code or its link, and setting up a parent, on the real program's pages."""

import re
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from .browser import page, picture
from .program import program
from .scene import Scene

WIDTH = "document.documentElement.scrollWidth"


async def _fits(at: Page, name: str) -> None:
    assert at.viewport_size is not None
    assert await at.evaluate(WIDTH) <= at.viewport_size["width"]
    await picture(at, f"carried_{name}")


async def _says(at: Page, text: str, answer: str) -> None:
    await at.fill("#text", text)
    await at.press("#text", "Enter")
    await expect(at.locator(".ours").last).to_contain_text(answer)


async def _taps(at: Page, label: str, answer: str) -> None:
    await at.get_by_role("button", name=label, exact=True).last.click()
    await expect(at.locator(".ours").last).to_contain_text(answer)


async def _at_home(at: Page, address: str) -> None:
    await at.goto(address)
    await at.click("[data-language=ru]")
    await _taps(at, "Принимаю", "В каком районе")
    await _says(at, "Вольгок", "Готово")


async def _code(at: Page) -> str:
    found = re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", await at.locator(".ours").last.inner_text())
    assert len(found) == 1
    return str(found[0])


async def moving(browser: Browser, _place: Scene) -> None:
    """A code is shown, typed wrongly and rightly elsewhere, confirmed; the first page is told, and takes all back."""
    with tempfile.TemporaryDirectory() as folder:
        async with program(Path(folder)) as (address, _), page(browser, "ru") as old, page(browser, "ko", "130") as new:
            await _at_home(old, address)
            await _says(old, "/mydata", "Район")
            await _fits(old, "mydata")
            await _taps(old, "Другой чат, родители", "Можно получать")
            await _fits(old, "menu")
            await _taps(old, "В другой чат", "Никому его не показывайте")
            code = await _code(old)
            await _fits(old, "code")
            await new.goto(address)
            await new.click("[data-language=ko]")
            await expect(new.locator(".ours .button").first).to_be_visible()
            await _says(new, f"/move {code[1]}{code[0]}{code[2:]}", "코드에 잘못" if code[0] != code[1] else "옮길까요")
            await _fits(new, "typo")
            await new.goto(f"{address}/#start=m{code.replace('-', '')}")
            await new.reload()
            await expect(new.locator(".ours").last).to_contain_text("옮길까요")
            assert code.replace("-", "") not in new.url, "the code goes from the address at once"
            await _fits(new, "confirm")
            await _taps(new, "여기로 모두 옮기기", "예전 대화방에서도")
            await _fits(new, "both")
            await _taps(new, "아니요, 여기만", "Теперь сообщения приходят сюда")
            await _fits(new, "done")
            await expect(old.locator(".ours").last).to_contain_text("Это были не вы?")
            await _fits(old, "receipt")
            await _taps(old, "Это не я, вернуть", "Всё вернулось сюда")
            await expect(new.locator(".ours").last).to_contain_text("전과 같아졌어요")
            await _fits(old, "undone")
            await _fits(new, "taken_back")


async def parent(browser: Browser, _place: Scene) -> None:
    """A daughter's code, her mother's two questions, and what both find in /mydata."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            program(Path(folder)) as (address, _),
            page(browser, "ru") as anna,
            page(browser, "ko", "130") as mother,
        ):
            await _at_home(anna, address)
            await _says(anna, "/parent", "Код действует один раз")
            await _fits(anna, "parent_code")
            code = await _code(anna)
            await mother.goto(f"{address}/#start=m{code.replace('-', '')}")
            await expect(mother.locator(".ours .button").first).to_be_visible()
            await expect(mother.locator(".ours").last).to_contain_text("돕는 분이 준비해 드렸어요")
            await _fits(mother, "mother_agrees")
            await _taps(mother, "동의하고 시작", "돕는 분께도 알림을")
            await _fits(mother, "mother_copies")
            await mother.locator(".ours .button", has_text="네, 보내").last.click()
            await expect(anna.locator(".ours").last).to_contain_text("Вы получаете копию")
            await _fits(anna, "helper_told")
            await _says(mother, "/mydata", "돕는 분이 내 알림 사본을")
            await _fits(mother, "mother_mydata")
            await _says(anna, "/mydata", "того, кому помогаете")
            await _fits(anna, "helper_mydata")
            await _taps(mother, "사본 그만 보내기", "이제 사본을 보내지 않아요")
            await expect(anna.locator(".ours").last).to_contain_text("Копий сообщений больше не будет")
            await _fits(anna, "helper_stopped")


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (moving, parent)
