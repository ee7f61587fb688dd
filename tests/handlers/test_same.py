"""The rule that says whether two sources tell one posting, measured on labelled pairs, and its reasons."""

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from handlers.clock.record import Recorder
from handlers.draft import Draft
from handlers.eligibility import Eligibility
from handlers.names import employer, job
from handlers.same import Stated, same
from storage import area_data
from storage.area_search import AreaNames
from storage.store import Store
from storage.tables import Listing
from tests.engines import on_sqlite

LABELLED = Path(__file__).parents[1] / "fixtures"
FIELDS = ("title", "organisation", "workplace", "area", "pay", "hours", "period", "closing", "headcount", "number")
VALUES: dict[str, Any] = {
    **{name: None for name in ("closes_at", "starts_on", "ends_on", "headcount", "pay_kind", "pay_low", "pay_high", "number")},
    **{"title": "주방보조 모집", "organisation": "(주)한빛푸드", "example": False, "until_filled": False, "days": 0, "spans": []},
}


def stated(workplace: str = "", areas: tuple[int, ...] = (), source: str = "a", **values: Any) -> Stated:
    return Stated({**VALUES, "facts": {"workplace": workplace}, **values}, areas, (source,))


def labelled(*names: str) -> list[dict[str, str]]:
    """Rows that tell a job; `block` and `job` together name it, and rows of one block are easily taken for each other."""
    rows: list[dict[str, str]] = []
    for name in names:
        with (LABELLED / name).open(encoding="utf-8") as file:
            rows += csv.DictReader(file, delimiter="|")
    return rows


@on_sqlite
@pytest.mark.parametrize("order", ["as named", "the other way round"])
async def test_what_is_merged_on_the_labelled_set(store: Store, order: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole sources one after the other, as they are polled; a pair is right when both stand on one card, or do not, as labelled."""
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
            for part in ("all", row["block"][0] if row["block"] == row_too["block"] else "across"):
                counts.setdefault(part, Counter())[want, told] += 1
        if told != want:
            wrong.append((row["block"], "missed" if want else "merged", row["source"], row["title"], row_too["source"], row_too["title"]))
    with capsys.disabled():
        for part, of in sorted(counts.items()):
            told, missed, merged = of[True, True], of[True, False], of[False, True]
            print(f"\n{order}, {part}: {of.total()} pairs, precision {told / (told + merged):.3f}, recall {told / (told + missed):.3f}", end="")
        print(*wrong, sep="\n")
    of = counts["all"]
    assert of.total() >= 300
    assert of[True, True] / (of[True, True] + of[False, True]) >= 0.99
    assert of[True, True] / (of[True, True] + of[True, False]) >= 0.95
