"""The real program as a process of its own, started, killed and started again, with everything it says kept in a file."""

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60.0  # seconds


class Program:
    """`ilgam run` in a folder of its own, with Telegram on. `log` is all it printed, over every start."""

    def __init__(self, folder: Path, database: str, token: str, api: str) -> None:
        self.folder, self.sheets, self.log = folder, folder / "var" / "postings", folder / "log.txt"
        self.sheets.mkdir(parents=True)
        (folder / "var" / "sources.toml").write_text(
            '[[source]]\nname = "postings"\nkind = "sheet"\npath = "var/postings"\nevery = 1\n', encoding="utf-8"
        )
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ILGAM_")}
        self._environment = clean | {
            "PYTHONPATH": str(ROOT),
            "ILGAM_DATABASE_URL": database,
            "ILGAM_TELEGRAM_TOKEN": token,
            "ILGAM_TELEGRAM_API": api,
            "ILGAM_HTTP_PORT": "0",
            "ILGAM_PHONE": "062-000-0000",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Until it has greeted."""
        said = len(self.words)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"), cwd=self.folder, env=self._environment, stdout=log, stderr=log
            )
        async with asyncio.timeout(STARTS_WITHIN):
            while "Telegram:" not in self.words[said:]:
                assert self._process.returncode is None, self.words
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self._process.wait(), 20)

    def adds(self, name: str, *rows: str) -> None:
        """A facility saves a sheet in the watched folder."""
        header = "공고명,기관,근무지,급여,근무시간,마감,외국인"
        (self.sheets / f"{name}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")

    @property
    def words(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""
