"""Polling: what came is recorded whole, a bad answer closes nothing, and failures grow loud."""

from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.poller import Poller
from bot.sources.sheet import FileSheets
from bot.sources.source import Fetched, Part, SourceError, Terms
from handlers.clock.record import Recorder
from handlers.draft import Draft
from handlers.eligibility import Eligibility
from storage import area_data, facilities
from storage.area_search import AreaNames
from storage.outbox_tables import Source as SourceRow
from storage.store import Store
from storage.tables import Posting, Reach
from tests.bot.test_sources import put
from tests.handlers.test_sheet import GOOD, csv

HOME = 1233000000


class Told:
    """A source that says what it is told to."""

    name = "told"
    every = 60.0
    here = False
    terms = Terms()

    def __init__(self) -> None:
        self.answer: Fetched | Exception = Fetched(())

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def tells(self, *drafts: Draft, complete: bool = True, broken: bool = False) -> None:
        self.answer = Fetched((Part("told", drafts, complete),), ("cut off",) if broken else (), broken)


@pytest.fixture
def source() -> Told:
    return Told()


@pytest.fixture
async def poller(store: Store, source: Told) -> Poller:
    async with store.transaction() as tx:
        await area_data.load(tx)
    return Poller(store, [source], Recorder(AreaNames.packaged(), Eligibility.load(), HOME))


def draft(key: str = "1", **values: str) -> Draft:
    words = {"workplace": "광산구 월곡2동", "pay": "시급 12,000원", "closing": "2026-12-24", **values}
    return Draft(key, "작은도서관 책 정리", "별빛도서관", **words)  # type: ignore[arg-type]


async def postings(store: Store) -> list[Posting]:
    async with store.reading() as tx:
        return await tx.find(Posting, order=Posting.id)


async def test_new_same_changed_gone_and_back(store: Store, poller: Poller, source: Told) -> None:
    source.tells(draft("1"), draft("2"))
    assert (await poller.poll("told")).counts == {"new": 2}
    assert (await poller.poll("told")).counts == {"same": 2}
    source.tells(draft("1", pay="시급 13,000원"), draft("2"))
    assert (await poller.poll("told")).counts == {"changed": 1, "same": 1}
    first, second = await postings(store)
    assert (first.revision, first.pay_low, second.revision) == (2, 13000, 1)
    source.tells(draft("2"))
    assert (await poller.poll("told")).counts == {"same": 1, "gone": 1}
    assert [one.state for one in await postings(store)] == ["closed", "open"]
    source.tells(draft("1", pay="시급 13,000원"), draft("2"))
    await poller.poll("told")
    assert [one.state for one in await postings(store)] == ["open", "open"]


async def test_words_become_values_and_unknown_stays_unknown(store: Store, poller: Poller, source: Told) -> None:
    source.tells(draft(), draft("2", workplace="", pay="", closing="", phone="010-1234-5678"))
    await poller.poll("told")
    known, unknown = await postings(store)
    assert (known.occupation, known.pay_kind, known.pay_hourly, known.scope) == (
        "library_assistant",
        "hour",
        12000,
        "emd",
    )
    assert (unknown.pay_kind, unknown.scope, unknown.closes_at, unknown.foreigners) == (
        None,
        "unknown",
        None,
        "unknown",
    )
    assert "1234" not in str(unknown.facts), "a personal number is not kept"
    async with store.reading() as tx:
        assert {row.hops for row in await tx.find(Reach, Reach.posting_id == known.id)} == {0, 1, 2, 3}


async def test_an_incomplete_answer_closes_nothing(store: Store, poller: Poller, source: Told) -> None:
    source.tells(draft("1"), draft("2"))
    await poller.poll("told")
    source.tells(draft("1"), complete=False, broken=True)
    polled = await poller.poll("told")
    assert polled.outcome == "partial"
    assert [one.state for one in await postings(store)] == ["open", "open"]


@pytest.mark.parametrize("error", [SourceError("away"), RuntimeError("a fault of ours")])
async def test_a_failure_closes_nothing_and_grows_loud(
    store: Store, poller: Poller, source: Told, error: Exception
) -> None:
    source.tells(draft("1"))
    await poller.poll("told")
    source.answer = error
    levels = []
    for _ in range(3):
        with capture_logs() as logs:
            assert (await poller.poll("told")).outcome == "failed"
        levels.append(next(log["log_level"] for log in logs if log["event"] == "source has faults"))
    assert levels == ["warning", "warning", "error"]
    assert [one.state for one in await postings(store)] == ["open"]
    source.tells(draft("1"))
    await poller.poll("told")
    async with store.reading() as tx:
        row = await tx.get(SourceRow, name="told")
    assert row is not None
    assert row.failures == 0


async def test_an_unknown_source_is_said(poller: Poller) -> None:
    lines, good = await poller.poll_all("nope")
    assert not good
    assert "told" in lines[0]


async def test_what_is_over_comes_in_closed(store: Store, poller: Poller, source: Told) -> None:
    source.tells(draft("1", closing="2026-11-01"))
    await poller.poll("told")
    assert [one.state for one in await postings(store)] == ["closed"]


@pytest.fixture
async def folder(store: Store, tmp_path: Path) -> Poller:
    """A poller of a folder with one sheet, `a.csv`, that tells two postings. Both are in."""
    async with store.transaction() as tx:
        await area_data.load(tx)
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    put(sheets / "a.csv", csv(GOOD, GOOD.replace("별빛", "달빛")))
    poller = Poller(store, [FileSheets("sheets", sheets, 15)], Recorder(AreaNames.packaged(), Eligibility.load(), HOME))
    assert (await poller.poll("sheets")).counts == {"new": 2}
    return poller


async def states(store: Store) -> list[str]:
    return [one.state for one in await postings(store)]


HALF = {
    "inside a quote": csv(GOOD) + '"책 정리'.encode(),
    "inside a row": csv(GOOD) + "책 정리,달빛도".encode(),
    "inside a letter": csv(GOOD)[:-2] + "책".encode()[:2],
    "before the header": b"",
    "a workbook": b"PK\x03\x04",
}


@pytest.mark.parametrize("half", HALF.values(), ids=HALF.keys())
async def test_a_half_written_sheet_closes_nothing_loses_nothing_and_is_named(
    store: Store, folder: Poller, tmp_path: Path, half: bytes
) -> None:
    put(tmp_path / "sheets" / "a.csv", half)
    put(tmp_path / "sheets" / "b.csv", csv(GOOD.replace("별빛", "햇빛")))
    with capture_logs() as logs:
        polled = await folder.poll("sheets")
    assert polled.counts["new"] == 1, "the sound sheet beside it goes in"
    assert await states(store) == ["open", "open", "open"]
    assert any("a.csv" in str(log["faults"]) for log in logs if log["event"] == "source has faults")
    put(tmp_path / "sheets" / "a.csv", csv(GOOD, GOOD.replace("별빛", "달빛"), GOOD.replace("별빛", "눈빛")))
    polled = await folder.poll("sheets")
    assert (polled.outcome, polled.counts) == ("good", {"new": 1, "same": 2})
    assert [one.revision for one in await postings(store)] == [1, 1, 1, 1]


async def test_a_row_taken_out_closes_its_posting_and_an_unreadable_one_does_not(
    store: Store, folder: Poller, tmp_path: Path
) -> None:
    put(tmp_path / "sheets" / "a.csv", csv(GOOD, GOOD.replace("별빛도서관", "")))
    await folder.poll("sheets")
    assert await states(store) == ["open", "open"]
    put(tmp_path / "sheets" / "a.csv", csv(GOOD))
    assert (await folder.poll("sheets")).counts == {"same": 1, "gone": 1}
    assert await states(store) == ["open", "closed"]


async def test_a_file_taken_away_closes_its_postings_at_the_second_poll_and_brings_them_back(
    store: Store, folder: Poller, tmp_path: Path
) -> None:
    put(tmp_path / "sheets" / "b.csv", csv(GOOD.replace("별빛", "햇빛")))
    await folder.poll("sheets")
    (tmp_path / "sheets" / "a.csv").unlink()
    await folder.poll("sheets")
    assert await states(store) == ["open", "open", "open"]
    assert (await folder.poll("sheets")).counts == {"gone": 2}
    assert await states(store) == ["closed", "closed", "open"]
    put(tmp_path / "sheets" / "a.csv", csv(GOOD, GOOD.replace("별빛", "달빛")))
    await folder.poll("sheets")
    assert await states(store) == ["open", "open", "open"]


async def test_numbers_beyond_all_measure_keep_no_other_posting_out(store: Store, poller: Poller, source: Told) -> None:
    huge = "9" * 30
    odd = draft("1", pay=f"시급 {huge}원", hours=f"주 {huge}시간", headcount=f"{huge}명", period=f"{huge}개월")
    source.tells(odd, draft("2", duties="가" * 20_000), draft("3", hours="25:61~99:99", closing=huge))
    assert (await poller.poll("told")).counts == {"new": 3}


async def test_what_a_source_tells_is_the_facility_s_that_the_file_names(
    store: Store, poller: Poller, source: Told
) -> None:
    source.tells(draft("1"))
    await poller.poll("told")
    assert [one.facility_id for one in await postings(store)] == [None]
    source.terms = Terms(facility="느티나무도서관")
    for _ in range(2):
        await poller.retire()  # as each start does
    async with store.transaction() as tx:
        bound = await facilities.named(tx, "느티나무도서관")
        other = await facilities.make(tx, "별빛도서관")
    assert bound is not None
    source.tells(draft("1", pay="시급 13,000원"), draft("2"))
    await poller.poll("told")
    assert [one.facility_id for one in await postings(store)] == [bound.id] * 2
    source.terms = Terms()
    source.tells(draft("1"), draft("2", pay="시급 14,000원"), draft("3"))
    await poller.poll("told")
    assert [one.facility_id for one in await postings(store)] == [other] * 3, "of the one called as the organisation"
