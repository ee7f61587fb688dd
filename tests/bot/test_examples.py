"""The bundled examples: whose they are, which come later, and that what they say is understood."""

import csv
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from bot.sources.examples import LATER, WRITTEN, Examples
from handlers.draft import Draft
from handlers.sheet import read_sheet
from handlers.text import hour_bits, parse_closing, parse_hours, parse_pay, parse_period
from storage.area_search import AreaNames

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
HOMES = {"전남광주통합특별시 광산구": "광산구", "경기도 용인시": "용인", "경기도 용인시 기흥구": "기흥구"}


async def told(home: str, now: datetime = NOW) -> tuple[Draft, ...]:
    async def first() -> datetime | None:
        return NOW

    [part] = (await Examples("examples", 5, home, first).fetch(None, now)).parts
    return part.drafts


@pytest.mark.parametrize(("home", "number"), [*zip(HOMES, (30, 5, 2), strict=True), ("서울특별시 중구", 0)])
async def test_each_municipality_gets_its_own(home: str, number: int) -> None:
    drafts = await told(home, NOW + timedelta(hours=1))
    assert len(drafts) >= number
    assert all(HOMES[home] in draft.workplace and draft.example for draft in drafts) if number else not drafts


async def test_what_comes_later_is_near_and_clear() -> None:
    late = [draft for draft in await told("전남광주통합특별시 광산구", NOW + timedelta(hours=1)) if draft.key in LATER]
    assert sorted(LATER.values()) == [30, 120, 300]
    assert len(late) == len(LATER)
    for draft in late:
        pay, hours, period = parse_pay(draft.pay), parse_hours(draft.hours), parse_period(draft.period, WRITTEN)
        closing = parse_closing(draft.closing, WRITTEN)
        assert "월곡" in draft.workplace
        assert pay is not None
        assert hours is not None
        assert hour_bits(hours)
        assert period is not None
        assert period.start is not None
        assert closing is not None
        assert closing.at is not None
        assert closing.at > NOW + timedelta(days=14)


def test_the_sheet_says_that_it_is_invented_and_leaves_no_row_out() -> None:
    data = files("bot.sources").joinpath("examples.csv").read_bytes()
    rows = list(csv.reader(data.decode().splitlines()))
    assert rows[0][0].startswith("SYNTHETIC")
    sheet = read_sheet(data, "examples.csv", WRITTEN, example=True)
    assert (sheet.complete, sheet.faults, len(sheet.drafts)) == (True, (), len(rows) - 2)
    assert not {draft.key for draft in sheet.drafts} & {"EX-036", "EX-037", "EX-038"}, "faulty ones go to tests"


def test_the_homes_are_called_so() -> None:
    names = {hit.full_ko for home in HOMES for hit in AreaNames.packaged().search(home.split()[-1])}
    assert set(HOMES) <= names
