"""The real program as a process of its own, started, killed and started again, with everything it says kept in a file."""

import asyncio
import os
import re
import resource
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import aiohttp
from sqlalchemy import text

from storage.sealing import Keys
from storage.store import Store
from tests import warm

from .world import HEADER, save

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60.0  # seconds
CLOSES = (date.today() + timedelta(30)).isoformat()  # the process has the machine's own clock
ROW = f"작은도서관 책 정리,별빛도서관,광산구 월곡2동,시급 12000원,월~금 14:00~17:00,{CLOSES},외국인 지원 가능"


class Program:
    """`ilgam run` in a folder of its own, with Telegram on. `log` is all it printed, over every start.

    With `webhook`, a public address, updates are posted; `proxied` learns where the program listens behind it.
    """

    def __init__(
        self,
        folder: Path,
        database: str,
        token: str,
        api: str,
        webhook: str = "",
        proxied: dict[str, str] | None = None,
    ) -> None:
        self.folder, self.sheets, self.log = folder, folder / "var" / "postings", folder / "log.txt"
        self.sheets.mkdir(parents=True)
        (folder / "var" / "sources.toml").write_text(
            '[[source]]\nname = "postings"\nkind = "sheet"\npath = "var/postings"\nevery = 1\n', encoding="utf-8"
        )
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ILGAM_")}
        self.database, self.webhook, self.proxied = database, webhook, {} if proxied is None else proxied
        self.page = ""  # where it listens, once it has started
        self._environment = clean | {
            "PYTHONPATH": str(ROOT),
            "ILGAM_DATABASE_URL": database,
            "ILGAM_TELEGRAM_TOKEN": token,
            "ILGAM_TELEGRAM_API": api,
            "ILGAM_HTTP_PORT": "0",
            "ILGAM_PHONE": "062-000-0000",
        }
        self._process: warm.Forked | None = None

    async def start(self, live: bool = True) -> None:
        """Until it has greeted, and says that it is ready, or as a copy that is not live that it is not."""
        said = len(self.words)
        with self.log.open("ab") as log:
            environment = self._environment | {"ILGAM_TELEGRAM_WEBHOOK": self.webhook}
            self._process = warm.start(self.folder, ["run"], environment, log)
        async with asyncio.timeout(STARTS_WITHIN):
            while ("Telegram:" if live else "ilgam takeover\n") not in self.words[said:]:
                assert not self._process.over(), self.words
                await asyncio.sleep(0.05)
        self.page = re.findall(r"Web chat: +(http\S+)", self.words)[-1]
        self.proxied[self.webhook] = self.page
        status, words = await self.ready()
        assert status == (200 if live else 503), words
        assert live or "takeover" in words

    async def ready(self) -> tuple[int, str]:
        """What it says when it is asked whether it is ready."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.page}/readyz") as answer:
            return answer.status, await answer.text()

    def fill_disk(self, full: bool = True) -> None:
        """From now on it can write to no file, or can again. What it writes to sockets still goes."""
        assert self._process is not None
        most = 0 if full else resource.RLIM_INFINITY
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    async def run(self, *arguments: str) -> str:
        """Another command in the same folder with the same settings, which must do well; what it prints."""
        with tempfile.TemporaryFile() as said:
            process = warm.start(self.folder, arguments, self._environment, said)
            code = await asyncio.wait_for(process.ends(), 60)
            said.seek(0)
            words = said.read().decode()
        assert code == 0, words
        return words

    async def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.send(signal.SIGKILL)
        await self._process.ends()

    async def ends(self) -> int:
        """By itself; its exit code."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.ends(), 30)

    async def stop(self) -> None:
        if self._process is not None and not self._process.over():
            self._process.send(signal.SIGTERM)
            await asyncio.wait_for(self._process.ends(), 20)

    def adds(self, name: str, *rows: str) -> None:
        """A facility saves a sheet in the watched folder."""
        save(self.sheets / f"{name}.csv", HEADER, *rows)

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """Its own database, from beside it."""
        store = Store(self.database, Keys.from_file(self.folder / "var" / "keys"))
        try:
            yield store
        finally:
            await store.close()

    async def execute(self, statement: str) -> None:
        async with self.store() as store, store.transaction() as tx:
            await tx.execute(text(statement))

    async def count(self, table: str, where: str = "1 = 1") -> int:
        async with self.store() as store, store.reading() as tx:
            return int(await tx.scalar(text(f"SELECT count(*) FROM {table} WHERE {where}")))

    async def until(self, table: str, where: str, n: int, seconds: float = 30) -> None:
        """Wait until so many rows are in that state."""
        for _ in range(int(seconds * 10)):
            if await self.count(table, where) == n:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{table} where {where}: {await self.count(table, where)}, not {n}")

    async def no_quiet(self) -> None:
        """So that the story is the same at every time of day."""
        await self.execute("UPDATE residents SET quiet_from = 0, quiet_until = 0")

    @property
    def words(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""
