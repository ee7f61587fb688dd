"""A sheet that a facility keeps: a file, a folder of files, or an address. Each file closes only its own postings."""

import asyncio
import json
import os
import time
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from handlers.sheet import SheetError, read_sheet
from handlers.sheet_table import BIGGEST
from handlers.text import SEOUL
from locales import Translator

from .http import Answer, Fetcher
from .secrets import of_address, scrubbed_bytes
from .source import Fetched, Part, Probed, SourceError, Terms

SETTLED = 1.0  # seconds that a file must lie still before it is read: editors write in steps
ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")  # the last two only to say that they can't be read
EMPTY = 2  # times in a row that a sheet on the web must be empty to be believed
ABSENT = 2  # polls in a row that miss a file before its postings close: editors replace files by moving them


class FileSheets:
    """The sheets at a path. The cursor keeps each file's size and time, so that an unchanged one is not read again."""

    here = True
    terms = Terms()

    def __init__(self, name: str, path: Path, every: float, korean: Translator | None = None) -> None:
        self.name, self.path, self.every, self._korean = name, path, every, korean

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        try:
            return await asyncio.to_thread(self._read, _seen(cursor), now)
        except FileNotFoundError:
            raise SourceError(f"{self.path} is not there, or it is just being replaced", "file") from None
        except OSError as error:
            raise SourceError(f"{self.path} can't be read ({type(error).__name__})", "file") from None

    def _read(self, seen: dict[str, Any], now: datetime) -> Fetched:
        """`seen` is [size, time in ns] by file, and under "absent" how often each known file was missed."""
        absent: dict[str, int] = seen.pop("absent", {})
        parts, faults, kept = [], [], dict[str, Any]()
        broken = False
        for file in self._files():
            before, stat = seen.get(file.name), file.stat()
            signature = [stat.st_size, stat.st_mtime_ns]
            # A time far ahead is another machine's clock, and no sign of writing.
            if before == signature or abs(time.time() - stat.st_mtime) < SETTLED:
                if before is not None:
                    kept[file.name] = before
                continue
            try:
                today = now.astimezone(SEOUL).date()
                sheet = read_sheet(_data(file, stat.st_size), file.name, today, korean=self._korean)
            except (SheetError, OSError) as error:
                faults.append(
                    f"{_named(file.name)}: {error if isinstance(error, SheetError) else type(error).__name__}"
                )
                broken = True
                if before is not None:
                    kept[file.name] = [-1, -1]  # known, and to be read again
                continue
            faults += [f"{_named(file.name)}, row {fault.row}: {fault.reason}" for fault in sheet.faults]
            parts.append(Part(f"{self.name}/{_named(file.name)}", sheet.drafts, sheet.complete))
            kept[file.name] = signature
        gone = self._absent(seen, kept, absent)
        parts += [Part(f"{self.name}/{_named(file)}", (), True) for file, missed in gone.items() if missed >= ABSENT]
        kept["absent"] = {file: missed for file, missed in gone.items() if missed < ABSENT}
        kept |= {file: seen[file] for file in kept["absent"]}
        return Fetched(tuple(parts), tuple(faults), broken, json.dumps(kept, sort_keys=True), "file")

    def _absent(self, seen: Mapping[str, Any], kept: Mapping[str, Any], absent: Mapping[str, int]) -> dict[str, int]:
        there = {file.name for file in self._files()}
        return {file: absent.get(file, 0) + 1 for file in seen if file not in kept and file not in there}

    def _files(self) -> list[Path]:
        if self.path.is_file():
            return [self.path]
        files = (file for file in self.path.iterdir() if file.suffix.lower() in ENDINGS)
        return sorted(file for file in files if not file.name.startswith(("~", ".")) and file.is_file())


def _named(file: str) -> str:
    """A file's name as text that can be kept: unpacked from an archive of Windows it may be CP949, of which Python makes none."""
    try:
        file.encode()
    except UnicodeEncodeError:
        return os.fsencode(file).decode("cp949", "backslashreplace")
    return file


def _data(file: Path, size: int) -> bytes:
    """A file's bytes, unless they are more than a sheet's."""
    if size > BIGGEST:
        raise SheetError("the file is larger than 5 MB")
    return file.read_bytes()


def _seen(cursor: str | None) -> dict[str, Any]:
    """What a cursor keeps; nothing where it is a tag from when the source was an address."""
    try:
        seen = json.loads(cursor or "{}")
    except json.JSONDecodeError:
        return {}
    return seen if isinstance(seen, dict) else {}


class WebSheet:
    """A sheet at an address, such as a published spreadsheet. The cursor is what the site knows its answer by."""

    here = False
    terms = Terms()

    def __init__(
        self,
        name: str,
        url: str,
        every: float,
        web: Fetcher,
        allow: Collection[str] = (),
        korean: Translator | None = None,
    ) -> None:
        self.name, self.url, self.every = name, url, every
        self._web, self._allow, self._korean = web, allow, korean
        self._empty = 0  # times in a row that it had no rows

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        answer = await self._web.get(self.url, cursor, self._allow)
        if answer is None:
            return Fetched((), cursor=cursor)
        try:
            today = now.astimezone(SEOUL).date()
            sheet = await asyncio.to_thread(read_sheet, answer.body, _file(answer), today, korean=self._korean)
        except SheetError as error:
            raise SourceError(str(error)) from None
        faults = [f"row {fault.row}: {fault.reason}" for fault in sheet.faults]
        whole = answer.whole or answer.body.startswith(b"PK")  # half a workbook can't be read
        if not whole:
            faults.append("the site does not say where its answer ends, so no posting is closed by what is not in it")
        self._empty = 0 if sheet.drafts or sheet.faults else self._empty + 1
        if 0 < self._empty < EMPTY:
            faults.append("the sheet has no rows; that is believed when it says so again")
            whole = False
        part = Part(self.name, sheet.drafts, whole and sheet.complete)
        return Fetched((part,), tuple(faults), cursor=answer.cursor if whole else "")

    async def probe(self, now: datetime) -> Probed:
        """The sheet as it is now."""
        answer = await self._web.get(self.url, None, self._allow)
        if answer is None:
            raise SourceError("the site says that nothing changed, which was not asked")
        packed = answer.body.startswith(b"PK")  # a workbook is kept as it is: a key would not be found in it
        kept = answer.body if packed else scrubbed_bytes(answer.body, of_address(self.url))
        today = now.astimezone(SEOUL).date()
        try:
            sheet = await asyncio.to_thread(read_sheet, kept, _file(answer), today, korean=self._korean)
        except SheetError as error:
            return Probed(kept, error=str(error))
        faults = tuple(f"row {fault.row}: {fault.reason}" for fault in sheet.faults)
        counts = f"{len(sheet.drafts)} postings, {len(faults)} rows with faults"
        return Probed(kept, sheet.drafts, counts, faults)


def _file(answer: Answer) -> str:
    """What the file seems to be called."""
    name = urlsplit(answer.url).path.rsplit("/", 1)[-1]
    return "sheet.xlsx" if "spreadsheetml" in answer.content_type else name or "sheet.csv"
