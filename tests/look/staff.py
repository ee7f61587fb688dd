"""Staff in the browser: the owner invites an officer by a link, who comes in by it in a browser of their own."""

import re
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from .browser import page, picture
from .program import program


async def invited(browser: Browser, _place: object) -> None:
    """The link's token goes into the chat and out of the address; who opens it once more is simply at the desk."""
    with tempfile.TemporaryDirectory() as name:
        async with program(Path(name)) as (address, owner), page(browser, "ko") as at, page(browser, "ko") as theirs:
            await at.goto(owner)
            await says(at, "김총괄", "오늘 할 일")
            await press(at, "시설·담당자")
            await expect(at.locator(".ours").last).to_contain_text("김총괄")
            await picture(at, "staff_people")
            await press(at, "초대하기")
            await press(at, "담당 공무원")
            shown = at.locator(".ours").last
            await expect(shown).to_contain_text("한 사람에게만")
            await picture(at, "staff_invitation")
            token = re.search(r"/join ([\w-]{32})", await shown.inner_text())
            assert token
            await theirs.goto(f"{address}/#join={token[1]}")
            await says(theirs, "박담당", "오늘 할 일")
            assert token[1] not in theirs.url + await theirs.content()
            await picture(theirs, "staff_in")
            await expect(at.locator(".ours").last).to_contain_text("보낸 초대 링크를 썼어요")
            await press(at, "누구인지 보기")
            await expect(at.locator(".ours").last).to_contain_text("박담당")
            await picture(at, "staff_person")


async def says(at: Page, text: str, answer: str) -> None:
    await expect(at.locator(".ours").last).to_contain_text("이름이 어떻게 되세요?")
    await at.fill("#text", text)
    await at.press("#text", "Enter")
    await expect(at.locator(".ours").last).to_contain_text(answer)


async def press(at: Page, label: str) -> None:
    await at.locator(".ours .button", has_text=label).last.click()
