"""How the browser checks are run: in some processes side by side, since a browser waits more than it works."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from playwright.async_api import Browser

from .browser import chromium
from .scene import Scene, scene

AT_ONCE = 3
Check = Callable[[Browser, Scene], Awaitable[None]]


async def one_after_another(checks: Sequence[Check]) -> int:
    """Make these checks one after another, in one browser; how many failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        async with scene(Path(folder)) as place, chromium() as browser:
            for check in checks:
                try:
                    await check(browser, place)
                except Exception as error:
                    failed += 1
                    print(f"FAILED {check.__name__}: {type(error).__name__}: {error}", flush=True)  # noqa: T201
                else:
                    print(f"ok     {check.__name__}: {check.__doc__}", flush=True)  # noqa: T201
    return failed


async def side_by_side(names: Sequence[str]) -> int:
    """The named checks, dealt to some processes; how many of these had one fail."""
    shares = [names[i::AT_ONCE] for i in range(AT_ONCE)]
    made = [await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.look.look", *some) for some in shares]
    return sum([await one.wait() != 0 for one in made])
