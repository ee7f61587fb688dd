"""Sources: a folder of sheets, the examples, a sheet at an address, and the file that names them."""

import json
import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.sources.examples import LATER, WRITTEN, Examples, moved
from bot.sources.sheet import FileSheets
from bot.sources.source import Fetched, SourceError
from handlers.text import SEOUL, parse_closing, parse_period
from tests.handlers.test_sheet import GOOD, csv

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def put(path: Path, data: bytes) -> None:
    """A file that has lain still for a while."""
    path.write_bytes(data)
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 5_000_000_000))


async def test_a_folder_is_read_once_and_again_when_a_file_changes(tmp_path: Path) -> None:
    source = FileSheets("postings", tmp_path, 15)
    put(tmp_path / "a.csv", csv(GOOD))
    for ignored in ("~$a.xlsx", ".hidden.csv", "notes.txt", "b.csv.part"):
        put(tmp_path / ignored, b"x")
    first = await source.fetch(None, NOW)
    assert [(part.name, len(part.drafts), part.complete) for part in first.parts] == [("postings/a.csv", 1, True)]
    assert (await source.fetch(first.cursor, NOW)).parts == ()
    put(tmp_path / "a.csv", csv(GOOD, GOOD.replace("별빛", "달빛")))
    assert len((await source.fetch(first.cursor, NOW)).parts[0].drafts) == 2


async def test_a_file_still_being_written_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(csv(GOOD))
    assert (await FileSheets("postings", tmp_path, 15).fetch(None, NOW)).parts == ()


async def test_a_vanished_file_closes_its_postings_after_two_polls(tmp_path: Path) -> None:
    source = FileSheets("postings", tmp_path, 15)
    put(tmp_path / "a.csv", csv(GOOD))
    first = await source.fetch(None, NOW)
    (tmp_path / "a.csv").unlink()
    second = await source.fetch(first.cursor, NOW)
    assert second.parts == ()
    third = await source.fetch(second.cursor, NOW)
    assert [(part.name, part.drafts, part.complete) for part in third.parts] == [("postings/a.csv", (), True)]
    assert (await source.fetch(third.cursor, NOW)).parts == ()


async def test_a_file_with_a_name_in_cp949_is_told_by_its_letters(tmp_path: Path) -> None:
    put(Path(os.fsdecode(bytes(tmp_path) + "/채용.csv".encode("cp949"))), csv(GOOD))
    fetched = await FileSheets("postings", tmp_path, 15).fetch(None, NOW)
    assert [part.name for part in fetched.parts] == ["postings/채용.csv"]
    assert (await FileSheets("postings", tmp_path, 15).fetch(fetched.cursor, NOW)).parts == ()


async def test_a_file_that_is_far_too_large_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(200 * 1024 * 1024 * 1024)  # it takes no room on the disk
    os.utime(tmp_path / "a.csv", (1, 1))
    fetched = await FileSheets("postings", tmp_path, 15).fetch(None, NOW)
    assert (fetched.broken, fetched.faults) == (True, ("a.csv: the file is larger than 5 MB",))


async def test_a_broken_file_is_named_and_the_others_go_in(tmp_path: Path) -> None:
    source = FileSheets("postings", tmp_path, 15)
    put(tmp_path / "a.csv", csv(GOOD))
    put(tmp_path / "b.csv", csv('"cut'))
    fetched = await source.fetch(None, NOW)
    assert [part.name for part in fetched.parts] == ["postings/a.csv"]
    assert fetched.broken
    assert "b.csv" in fetched.faults[0]
    again = await source.fetch(fetched.cursor, NOW)
    assert again.broken, "a broken file is tried again at every poll"
    put(tmp_path / "b.csv", csv(GOOD.replace("별빛", "달빛")))
    assert not (await source.fetch(again.cursor, NOW)).broken


async def test_a_known_file_that_breaks_closes_nothing_and_is_read_again_once_it_is_whole(tmp_path: Path) -> None:
    source = FileSheets("postings", tmp_path, 15)
    put(tmp_path / "a.csv", csv(GOOD))
    cursor = (await source.fetch(None, NOW)).cursor
    put(tmp_path / "a.csv", csv('"cut'))
    for _ in range(3):
        fetched = await source.fetch(cursor, NOW)
        assert (fetched.parts, fetched.broken) == ((), True)
        cursor = fetched.cursor
    put(tmp_path / "a.csv", csv(GOOD))
    assert [part.complete for part in (await source.fetch(cursor, NOW)).parts] == [True]


async def test_a_file_that_is_moved_away_and_back_closes_nothing(tmp_path: Path) -> None:
    source = FileSheets("postings", tmp_path, 15)
    put(tmp_path / "a.csv", csv(GOOD))
    cursor = (await source.fetch(None, NOW)).cursor
    for _ in range(3):
        (tmp_path / "a.csv").rename(tmp_path / "a.bak")
        missed = await source.fetch(cursor, NOW)
        (tmp_path / "a.bak").rename(tmp_path / "a.csv")
        back = await source.fetch(missed.cursor, NOW)
        assert (missed.parts, back.parts) == ((), ())
        cursor = back.cursor


async def test_a_file_from_a_clock_that_is_ahead_is_read(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", csv(GOOD))
    os.utime(tmp_path / "a.csv", (time.time() + 9 * 3600,) * 2)
    assert len((await FileSheets("postings", tmp_path, 15).fetch(None, NOW)).parts) == 1


async def test_a_path_may_be_one_file(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", csv(GOOD))
    put(tmp_path / "b.csv", csv(GOOD))
    fetched = await FileSheets("library", tmp_path / "a.csv", 15).fetch(None, NOW)
    assert [part.name for part in fetched.parts] == ["library/a.csv"]


@pytest.mark.parametrize("cursor", ['"1"', 'W/"1"', ""])
async def test_a_source_that_was_an_address_may_become_a_folder(tmp_path: Path, cursor: str) -> None:
    put(tmp_path / "a.csv", csv(GOOD))
    assert len((await FileSheets("postings", tmp_path, 15).fetch(cursor, NOW)).parts) == 1


async def test_rows_with_faults_are_named_by_file_and_number(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", csv(GOOD, ",도서관"))
    fetched = await FileSheets("postings", tmp_path, 15).fetch(None, NOW)
    assert not fetched.broken
    assert not fetched.parts[0].complete
    assert fetched.faults[0].startswith("a.csv, row 3: ")


async def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        await FileSheets("postings", tmp_path / "none", 15).fetch(None, NOW)


async def examples(first: datetime | None, now: datetime, cursor: str | None = None) -> Fetched:
    async def subscribed() -> datetime | None:
        return first

    return await Examples("examples", 5, "전남광주통합특별시 광산구", subscribed).fetch(cursor, now)


async def test_examples_are_this_municipalitys_and_marked() -> None:
    [part] = (await examples(None, NOW)).parts
    assert len(part.drafts) > 20
    assert all(draft.example and "광산구" in draft.workplace for draft in part.drafts)
    assert not {draft.key for draft in part.drafts} & set(LATER)


async def test_three_examples_come_after_the_first_subscriber() -> None:
    counts = []
    for seconds in (0, 29, 31, 121, 301):
        [part] = (await examples(NOW, NOW + timedelta(seconds=seconds))).parts
        counts.append(len({draft.key for draft in part.drafts} & set(LATER)))
    assert counts == [0, 0, 1, 2, 3]


@pytest.mark.parametrize("days", [-400, -3, 0, 1, 6, 7, 30, 1000])
async def test_dates_move_by_whole_weeks_and_lie_ahead(days: int) -> None:
    anchor = WRITTEN + timedelta(days=days)
    still = (await examples(None, NOW)).parts[0].drafts
    for before in still:
        after = moved(before, anchor)
        was, now = parse_closing(before.closing, WRITTEN), parse_closing(after.closing, anchor)
        if was and was.at and now and now.at:
            assert (now.at - was.at).days % 7 == 0
            assert now.at.astimezone(SEOUL).weekday() == was.at.astimezone(SEOUL).weekday()
            assert now.at.astimezone(SEOUL).date() >= anchor
        was_on, is_on = parse_period(before.period, WRITTEN), parse_period(after.period, anchor)
        assert (was_on is None) == (is_on is None)


async def test_the_day_of_the_first_load_is_kept() -> None:
    first = await examples(None, NOW)
    later = await examples(None, NOW + timedelta(days=40), first.cursor)
    assert json.loads(later.cursor or "")["anchor"] == "2026-11-24"
    assert later.parts == first.parts


def test_written_is_a_tuesday() -> None:
    assert date(2026, 11, 24) == WRITTEN
    assert WRITTEN.weekday() == 1
