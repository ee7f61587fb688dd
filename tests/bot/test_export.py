"""`ilgam export applications`: what people said stands in the sheet as texts, and that it was taken is written down."""

import io
from pathlib import Path

import openpyxl
import pytest

from bot.export_cli import write
from bot.settings import Settings
from handlers.staff.applied import HEADS
from storage import applications
from storage.application_tables import Application
from storage.sealing import Keys
from storage.staff_tables import Audit
from storage.store import Store
from tests.conftest import copy_of
from tests.storage.test_applications import posting, somebody


@pytest.fixture
async def given(sqlite_template: Path, tmp_path: Path) -> Settings:
    settings = Settings(database_url=copy_of(sqlite_template, tmp_path), key_file=tmp_path / "keys")
    store = Store(settings.database_url.get_secret_value(), Keys.from_file(settings.key_file))
    async with store.transaction() as tx:
        wanted = await posting(tx)
        form = {
            "name": "=HYPERLINK(1)",
            "born": 1990,
            "contact": "chat",
            "hours": "all",
            "language": "ru",
            "words": "안녕하세요",
        }
        one = await applications.file(tx, wanted, await somebody(tx), "job", "sent", form)
        await applications.note(tx, one.id, "ask begin", "facility", 1)
        await applications.note(tx, one.id, "answer begin 1", "resident", 1)
        gone = await applications.file(tx, wanted, await somebody(tx), "job", "sent", form)
        await applications.step(tx, gone, "withdrawn", "resident", 1)
    await store.close()
    return settings


async def test_everybody_stands_in_the_sheet_and_the_taking_in_the_log(given: Settings, tmp_path: Path) -> None:
    said, good = await write(given, 1, tmp_path / "out.xlsx")
    assert good, said
    assert (tmp_path / "out.xlsx").stat().st_mode & 0o777 == 0o600
    [sheet] = openpyxl.load_workbook(io.BytesIO((tmp_path / "out.xlsx").read_bytes())).worksheets
    heads, *people = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert heads == list(HEADS)
    assert [row[1] for row in people] == ["=HYPERLINK(1)"], "who took it back is not in it"
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    assert "언제부터" in people[0][7]
    store = Store(given.database_url.get_secret_value(), Keys.from_file(given.key_file))
    async with store.reading() as tx:
        assert [(line.act, line.subject_id) for line in await tx.find(Audit)] == [("export", 1)]
        assert len(await tx.find(Application)) == 2
    await store.close()


async def test_what_cannot_be_written_is_said_and_not_noted(given: Settings, tmp_path: Path) -> None:
    assert await write(given, 99, tmp_path / "out.xlsx") == ("Nobody applied for posting 99.", False)
    said, good = await write(given, 1, tmp_path / "missing" / "out.xlsx")
    assert not good
    assert "can't be written" in said
    store = Store(given.database_url.get_secret_value(), Keys.from_file(given.key_file))
    async with store.reading() as tx:
        assert await tx.find(Audit) == []
    await store.close()
