"""From files to postings, as an operator sees it: renamed files, removed sources, explicit ends, and very long sheets."""

import asyncio
import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.poller import BATCH, FAULTS_LOGGED, Poller
from bot.sources.sheet import FileSheets
from bot.sources.source import Fetched, Part, Source, Terms
from handlers.clock.record import Recorder
from handlers.draft import Draft
from handlers.eligibility import Eligibility
from storage import area_data, postings
from storage.area_search import AreaNames
from storage.outbox_tables import Poll
from storage.store import INTERACTIVE, Store
from storage.tables import Posting
from tests.conftest import Clock
from tests.engines import on_sqlite
from tests.handlers.test_sheet import GOOD, csv

pytestmark = on_sqlite
HOME = 1233000000


def put(path: Path, data: bytes) -> None:
    """A file that has lain still for a while."""
    path.write_bytes(data)
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 5_000_000_000))


class Said:
    name = "said"
    every = 60.0
    here = False
    terms = Terms()

    def __init__(self, *drafts: Draft, complete: bool = True) -> None:
        self.drafts, self.complete = drafts, complete

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        return Fetched((Part("said", self.drafts, self.complete),), cursor=f"{len(self.drafts)}")


async def poller(store: Store, *sources: Source) -> Poller:
    async with store.transaction() as tx:
        await area_data.load(tx)
    return Poller(store, sources, Recorder(AreaNames.packaged(), Eligibility.load(), HOME))


async def standing(store: Store) -> list[tuple[str, int]]:
    async with store.reading() as tx:
        return [(one.state, one.revision) for one in await tx.find(Posting, order=Posting.id)]


def drafts(number: int) -> list[Draft]:
    return [
        Draft(str(n), f"일자리 {n}", "도서관", workplace="광산구 월곡2동", pay="시급 12,000원") for n in range(number)
    ]


async def test_a_renamed_file_is_no_news(store: Store, tmp_path: Path) -> None:
    polls = await poller(store, FileSheets("postings", tmp_path, 15))
    put(tmp_path / "11월.csv", csv(GOOD))
    await polls.poll("postings")
    (tmp_path / "11월.csv").rename(tmp_path / "12월.csv")
    for _ in range(3):
        polled = await polls.poll("postings")
        assert not polled.counts["new"]
        assert not polled.counts["changed"]
    assert await standing(store) == [("open", 1)]
    (tmp_path / "12월.csv").unlink()
    for _ in range(2):
        await polls.poll("postings")
    assert await standing(store) == [("closed", 1)]


async def test_the_log_names_some_of_many_faults(store: Store, tmp_path: Path) -> None:
    put(tmp_path / "a.csv", csv(GOOD, *[",이름 없는 곳"] * 4000))
    polls = await poller(store, FileSheets("postings", tmp_path, 15))
    with capture_logs() as logs:
        assert len((await polls.poll("postings")).lines()) == 4001
    [log] = [log for log in logs if log["event"] == "source has faults"]
    assert (len(log["faults"]), log["more"]) == (FAULTS_LOGGED, 4000 - FAULTS_LOGGED)
    assert log["faults"][0].startswith("a.csv, row 3: ")


async def test_a_source_that_is_no_longer_configured_is_closed(store: Store) -> None:
    await (await poller(store, Said(*drafts(2)))).poll_all()
    await (await poller(store)).poll_all()
    assert [state for state, _ in await standing(store)] == ["closed", "closed"]
    await (await poller(store, Said(*drafts(2)))).poll_all()
    assert [state for state, _ in await standing(store)] == ["open", "open"]


async def test_asking_one_source_retires_no_other(store: Store) -> None:
    await (await poller(store, Said(*drafts(1)))).poll_all()
    await (await poller(store)).poll_all("other")
    assert await standing(store) == [("open", 1)]


async def test_an_explicit_end_closes_also_in_a_partial_answer(store: Store) -> None:
    source = Said(*drafts(3))
    polls = await poller(store, source)
    await polls.poll("said")
    source.drafts, source.complete = (Draft("1", "", "", gone=True), Draft("7", "", "", gone=True)), False
    assert (await polls.poll("said")).counts["gone"] == 1
    assert [state for state, _ in await standing(store)] == ["open", "closed", "open"]
    assert not (await polls.poll("said")).counts["gone"]


async def test_a_key_told_twice_does_not_flutter(store: Store) -> None:
    polls = await poller(store, Said(*drafts(1), Draft("0", "다른 일자리", "도서관")))
    assert (await polls.poll("said")).counts["new"] == 1
    assert not (await polls.poll("said")).counts["changed"]
    assert await standing(store) == [("open", 1)]


async def test_taps_go_between_the_commits_of_a_long_sheet(store: Store) -> None:
    polls = await poller(store, Said(*drafts(10 * BATCH)))
    waits: list[float] = []

    async def tap() -> None:
        while True:
            began = time.perf_counter()
            async with store.transaction(INTERACTIVE):
                waits.append(time.perf_counter() - began)
            await asyncio.sleep(0.01)

    taps = asyncio.create_task(tap())
    began = time.perf_counter()
    assert (await polls.poll("said")).counts == {"new": 10 * BATCH}
    took = time.perf_counter() - began
    taps.cancel()
    assert max(waits) < took / 2, "no tap waits for the whole of it"
    assert len(waits) > 10


async def test_what_dies_on_the_way_is_finished_next_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first commits stay, nothing closes, and the cursor is the old one."""
    source = Said(*drafts(3))
    polls = await poller(store, source)
    await polls.poll("said")
    source.drafts = tuple(drafts(2 * BATCH + 3)[2:])
    whole, commits = store.transaction, []

    def dies(lane: int = INTERACTIVE) -> object:
        commits.append(lane)
        if len(commits) == 2:
            raise OSError("the process dies here")
        return whole(lane)

    monkeypatch.setattr(store, "transaction", dies)
    with pytest.raises(OSError, match="dies"):
        await polls.poll("said")
    monkeypatch.undo()
    assert await standing(store) == [("open", 1)] * (BATCH + 3)
    async with store.reading() as tx:
        assert await postings.cursor(tx, "said") == "3"
    assert (await polls.poll("said")).counts == {"same": BATCH + 1, "new": BATCH, "gone": 2}


async def test_a_row_that_turns_unlawful_is_taken_away_told_and_comes_back_cured(store: Store, tmp_path: Path) -> None:
    good, other = GOOD, GOOD.replace("별빛", "달빛")
    polls = await poller(store, FileSheets("postings", tmp_path, 15))
    put(tmp_path / "a.csv", csv(good, other))
    assert (await polls.poll("postings")).counts == {"new": 2}
    put(tmp_path / "a.csv", csv(good.replace("12000", "9000"), other))
    polled = await polls.poll("postings")
    assert (polled.outcome, polled.counts["gone"]) == ("good", 1)
    [fault] = polled.faults
    assert fault.startswith("a.csv, row 2: Pay of 9,000 won an hour is below the minimum wage")
    assert [state for state, _ in await standing(store)] == ["closed", "open"]
    put(tmp_path / "a.csv", csv(good.replace("12000", "13000"), other))
    assert (await polls.poll("postings")).counts["changed"] == 1
    assert [state for state, _ in await standing(store)] == ["open", "open"]


async def test_what_checks_doubt_in_a_public_notice_is_shown_counted_and_kept(store: Store) -> None:
    told = [replace(draft, phone="062-000-0001", closing="2099-12-24") for draft in drafts(3)]
    low = [replace(draft, pay="시급 9,000원") for draft in told[:2]]
    polls = await poller(store, Said(*low, told[2]))
    polled = await polls.poll("said")
    assert polled.counts == {"new": 3}
    assert polled.faults == ()
    [block, *others] = polled.findings
    assert block.startswith("block: wage in 2, as 0: Pay of 9,000 won an hour is below")
    assert block.endswith("(최저임금법 제6조, 직업안정법 시행령 제28조)")
    assert any(one.startswith("note: hours in 3") for one in others)
    assert polled.lines()[1:] == [f"  {one}" for one in polled.findings]
    assert [state for state, _ in await standing(store)] == ["open"] * 3
    async with store.reading() as tx:
        [kept] = await tx.find(Poll)
    assert kept.faults == list(polled.findings)
    assert (await polls.poll("said")).findings == ()  # said once, when it is new


async def test_a_countdown_makes_no_revision_but_a_moved_last_day_does(store: Store, clock: Clock) -> None:
    told = replace(drafts(1)[0], duties="조회수 12")
    source = Said(replace(told, closing="D-9"))
    polls = await poller(store, source)
    await polls.poll("said")
    clock.forward(days=1)
    source.drafts = (replace(told, closing="D-8", duties="조회수 345"),)
    assert (await polls.poll("said")).counts == {"same": 1}
    source.drafts = (replace(told, closing="D-9"),)
    assert (await polls.poll("said")).counts == {"changed": 1}
    assert await standing(store) == [("open", 2)]


async def test_an_occupation_is_known_by_its_code_before_the_title_and_says_so(store: Store) -> None:
    coded = Draft("1", "함께 일하실 분", "복지관", occupation_code="work24 561101 건물 청소원", duties="주방 보조")
    named = Draft("2", "주방 보조 구함", "복지관", occupation_code="work24 999999 기타")
    classed = Draft("3", "함께 일하실 분", "복지관", occupation_code="seoul J01302 요양보호사", duties="청소와 조리")
    unknown = Draft("4", "함께 일하실 분", "복지관", occupation_code="work24 024400 행사 기획자")
    await (await poller(store, Said(coded, named, classed, unknown))).poll("said")
    async with store.reading() as tx:
        found = {one.title + one.facts.get("duties", ""): one for one in await tx.find(Posting, order=Posting.id)}
    assert [one.occupation for one in found.values()][:3] == ["cleaner", "kitchen_helper", "caregiver"]
    assert [one.facts.get("occupation_by") for one in found.values()][:3] == [coded.occupation_code, None, None]
    assert [one.occupation for one in found.values()][3] is None
