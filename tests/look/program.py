"""The real program, as a newcomer starts it: its own process, an empty folder, the examples that come with it."""

import asyncio
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from .browser import page, picture

ROOT = Path(__file__).parents[2]
STARTED_WITHIN = 60.0  # seconds


@asynccontextmanager
async def program(folder: Path, **settings: str) -> AsyncIterator[tuple[str, str]]:
    """Its web chat's address, and the owner's one-time link. It is asked to stop in the end, within ten seconds."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ILGAM_")}
    environment = {**clean, "ILGAM_HTTP_PORT": "0", "ILGAM_PHONE": "062-000-0000", "PYTHONPATH": str(ROOT)} | settings
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = ""
    try:
        async with asyncio.timeout(STARTED_WITHIN):
            while not (found := re.search(r"Web chat:\s+(http://\S+)\n(?:.*\n)*?Owner, once:\s+(http://\S+)", said)):
                line = await process.stdout.readline()
                assert line, f"the program ended: {said}"
                said += line.decode()
        reading = asyncio.create_task(process.stdout.read())  # so that a full pipe never holds it up
        yield found[1], found[2]
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 10)
        assert "Traceback" not in (await reading).decode()
        assert process.returncode == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def newcomer(browser: Browser, _place: object) -> None:
    """The real program: subscribe with one tap and one word, look at a job, and find all of it after a restart."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with page(browser, "ko") as at:
            await _story(at, folder)


async def _story(at: Page, folder: Path) -> None:
    async with program(folder) as (address, _):
        await at.goto(address)
        for _ in range(40):  # the examples are read right after the start
            if await at.locator(".job").count():
                break
            await asyncio.sleep(0.25)
            await at.reload()
        await expect(at.locator(".job")).to_have_count(4)
        await picture(at, "program_landing", whole=True)
        await at.click("[data-language=ko]")
        await at.click("text=동의하고 시작")
        await expect(at.locator(".ours")).to_have_count(2)
        await picture(at, "program_asks")
        await at.fill("#text", "월곡동")
        await at.press("#text", "Enter")
        await expect(at.locator(".ours").last.locator(".button").first).to_be_visible()
        await expect(at.locator(".ours")).to_have_count(4)
        await picture(at, "program_found")
        await at.click(".ours >> nth=2 >> .button >> nth=0")
        await expect(at.locator(".ours .button.main")).to_be_visible()
        await expect(at.locator(".ours")).to_have_count(5)
        await picture(at, "program_details")
        shown = await at.locator("#lines").inner_text()
        kept = await at.evaluate("({...localStorage})")
    async with program(folder) as (address, owner):
        await at.goto(f"{address}/privacy")
        await picture(at, "program_privacy", whole=True)
        for name, value in kept.items():
            await at.evaluate("([name, value]) => localStorage.setItem(name, value)", [name, value])
        await at.goto(address)
        await expect(at.locator(".ours")).to_have_count(5)
        assert await at.locator("#lines").inner_text() == shown
        await at.click("#language")
        await at.click(".ours >> nth=5 >> text=Русский")
        await expect(at.locator("html")).to_have_attribute("lang", "ru")
        await picture(at, "program_in_russian")
        await at.goto(owner)
        await expect(at.locator(".ours")).to_have_count(9)
        assert owner.rpartition("/")[2] not in at.url + await at.content()
        await picture(at, "program_owner")
