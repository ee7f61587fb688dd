"""The rule that says whether two sources tell one posting, measured on labelled pairs, and its reasons."""

import csv
import sys
from collections import Counter
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.clock.record import Recorder
from handlers.draft import Draft
from handlers.eligibility import Eligibility
from handlers.names import employer, job
from handlers.same import same
from handlers.stated import Stated, keys
from storage import area_data
from storage.area_search import AreaNames
from storage.store import Store
from storage.tables import Listing
from tests.engines import on_sqlite

LABELLED = Path(__file__).parents[1] / "fixtures"
FIELDS = ("title", "organisation", "workplace", "area", "pay", "hours", "period", "closing", "headcount", "number")
VALUES: dict[str, Any] = {
    **dict.fromkeys(("closes_at", "starts_on", "ends_on", "headcount", "pay_kind", "pay_low", "pay_high", "number")),
    "title": "주방보조 모집",
    "organisation": "(주)한빛푸드",
    "example": False,
    "until_filled": False,
    "days": 0,
    "spans": [],
}


def stated(workplace: str = "", areas: tuple[int, ...] = (), source: str = "a", **values: Any) -> Stated:
    return Stated({**VALUES, "facts": {"workplace": workplace}, **values}, areas, (source,))


def labelled(*names: str) -> list[dict[str, str]]:
    """Rows that tell a job; `block` and `job` together name it, and rows of one block are easily taken for each other."""
    rows: list[dict[str, str]] = []
    for name in names:
        with (LABELLED / name).open(encoding="utf-8") as file:
            rows += ({**row, "set": name} for row in csv.DictReader(file, delimiter="|"))
    return rows


@on_sqlite
@pytest.mark.parametrize("order", ["as named", "the other way round"])
async def test_what_is_merged_on_the_labelled_set(store: Store, order: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole sources one after the other, as they are polled; a pair is to stand on one card exactly where labelled so."""
    rows = labelled("same_seen.csv", "same_unseen.csv", "same_fresh.csv")
    async with store.transaction() as tx:
        await area_data.load(tx)
    recorder = Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000)
    sources = sorted({row["source"] for row in rows}, reverse=order != "as named")
    for source in sources:
        drafts = [
            Draft(str(number), **{name: row[name] or "" for name in FIELDS})
            for number, row in enumerate(rows)
            if row["source"] == source
        ]
        async with store.transaction() as tx:
            await recorder.record(tx, source, drafts, await recorder.prepare(tx, drafts))
    async with store.reading() as tx:
        shown = {int(one.key): one.posting_id for one in await tx.find(Listing)}
    counts: dict[str, Counter[tuple[bool, bool]]] = {"all": Counter()}
    wrong = []
    for one, other in combinations(range(len(rows)), 2):
        row, row_too = rows[one], rows[other]
        told, want = shown[one] == shown[other], (row["block"], row["job"]) == (row_too["block"], row_too["job"])
        if row["block"] == row_too["block"] or told:
            for part in ("all", row["set"] if row["block"] == row_too["block"] else "across"):
                counts.setdefault(part, Counter())[want, told] += 1
        if told != want:
            wrong.append(
                f"{'missed' if want else 'merged'}: {row['source']} {row['title']} / {row_too['source']} {row_too['title']}"
            )
    with capsys.disabled():
        for part, of in sorted(counts.items()):
            sys.stdout.write(
                f"\n{order}, {part}: {of.total()} pairs, {_precision(of):.3f} precise, {_recall(of):.3f} found"
            )
        sys.stdout.write("\n" + "\n".join(wrong) + "\n")
    assert counts["all"].total() >= 300
    assert _precision(counts["all"]) >= 0.99
    assert _recall(counts["all"]) >= 0.95


def _precision(of: Counter[tuple[bool, bool]]) -> float:
    return of[True, True] / (of[True, True] + of[False, True])


def _recall(of: Counter[tuple[bool, bool]]) -> float:
    return of[True, True] / (of[True, True] + of[True, False])


def test_a_number_decides_and_says_so() -> None:
    one, other = (
        stated(number="K150012611200011"),
        stated(title="전혀 다른 제목", organisation="-", number="K150012611200011", source="b"),
    )
    assert same(one, other).reason == "both have the number K150012611200011"
    assert same(one, other) == same(other, one)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"headcount": 3}, "headcount"),
        ({"spans": [[540, 840]]}, "hours"),
        ({"pay_kind": "hour", "pay_low": 13000}, "pay"),
        ({"days": 0b1100000}, "hours"),
        ({"title": "주방보조 모집(재공고)", "closes_at": None}, "round"),
        ({"title": "주방보조 모집 (야간)"}, "shift"),
        ({"organisation": "한빛푸드 첨단점"}, "branch"),
        ({"closes_at": datetime(2026, 12, 20, tzinfo=UTC)}, "last day"),
        ({"starts_on": date(2027, 3, 2)}, "beginning of work"),
        ({"workplace": "광주 광산구 수완로 99"}, "place"),
        ({"areas": (1233010200,)}, "place"),
    ],
)
def test_what_both_state_may_not_contradict(other: dict[str, Any], reason: str) -> None:
    told = {
        "headcount": 2,
        "spans": [[660, 900]],
        "pay_kind": "hour",
        "pay_low": 12000,
        "pay_high": None,
        "days": 0b11111,
        "closes_at": datetime(2026, 12, 4, tzinfo=UTC),
        "starts_on": date(2026, 12, 7),
        "ends_on": None,
        "title": "주방보조 모집 (오후)",
        "organisation": "(주)한빛푸드 수완점",
        "areas": (1233010100,),
    }
    first = stated("광주 광산구 수완로 74", **told)
    assert same(first, stated("광주 광산구 수완로 74", source="b", **told)).same
    verdict = same(first, stated(**{"workplace": "광주 광산구 수완로 74", **told, "source": "b", **other}))
    assert verdict.against
    assert reason in verdict.reason


def test_one_site_tells_one_job_twice_only_in_the_same_words() -> None:
    told = {"spans": [[660, 900]], "pay_kind": "hour", "pay_low": 12000, "pay_high": None, "areas": (1233010100,)}
    assert same(stated("수완로 74", **told), stated("수완로 74", **told)).same
    assert same(stated("수완로 74", **told), stated("수완로 74 2층", **told)).against
    assert same(stated(), stated()).against


@pytest.mark.parametrize(
    ("names", "core"),
    [
        (("(주)한빛푸드", "㈜ 한빛푸드", "주식회사 한빛푸드", "한빛 푸드(주)"), "한빛푸드"),
        (("광주광역시 광산구", "광산구청", "광산구"), "광산구"),
        (("수완초등학교", "광주수완초등학교", "광주광역시교육청 수완초등학교"), "수완초"),
        (("삼우ENG", "삼우이엔지"), "삼우이엔지"),
        (("광주도시공사", "광주광역시도시공사"), "도시공사"),
    ],
)
def test_employers_by_their_names(names: tuple[str, ...], core: str) -> None:
    assert {employer(name).core for name in names} == {core}


def test_titles_less_their_set_phrases() -> None:
    assert job("[급구] 2026년 제5회 기간제근로자(환경미화) 채용 공고", "-").words == ("환경미화",)
    assert job("주방 보조원 모집합니다").letters == job("주방보조 구함").letters
    assert job("사회복지사 채용").words == ("사회복지사",)
    assert not job("").words


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=60), st.text(max_size=40))
def test_the_rule_takes_whatever_comes_and_from_either_side(a: str, org: str, b: str, org_too: str) -> None:
    one, other = stated(title=a, organisation=org), stated(title=b, organisation=org_too, source="b")
    assert same(one, other) == same(other, one)
    assert keys({**one.values}).keys() == {"named", "dated"}
