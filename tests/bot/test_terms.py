"""What sources.toml settles of a source beside how it is asked: read, faulted in plain words, and heeded by a poll."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.poller import Poller
from bot.sources import config
from bot.sources.source import DUTY, Terms
from bot.sources.terms import faults
from handlers.clock.record import Recorder
from handlers.eligibility import Eligibility
from storage import area_data
from storage.area_search import AreaNames
from storage.store import Store
from storage.tables import Posting
from tests.bot.test_sources import put
from tests.engines import on_sqlite
from tests.handlers.test_sheet import GOOD, csv

KEYS = {"A_KEY": "1"}


async def nobody() -> datetime | None:
    return None


def terms(path: Path, words: str) -> Terms:
    path.write_text(f"[[source]]\n{words}\n", encoding="utf-8")
    (source,) = config.read(path, "광산구", nobody, environment=KEYS)
    return source.terms


def test_what_is_usual_for_a_kind_and_what_is_given(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    assert terms(path, 'name = "a"\nkind = "feed"\nurl = "https://x.kr/rss"') == Terms()
    work24 = terms(path, 'name = "a"\nkind = "work24"\nkey = "env:A_KEY"\nregions = ["29200"]')
    assert (work24.label, work24.notice, work24.shown, work24.after) == ("고용24", DUTY, None, 3)
    saramin = 'name = "a"\nkind = "saramin"\nkey = "env:A_KEY"\nregions = ["103000"]'
    assert terms(path, saramin).shown == frozenset(), "approved for leading to its own pages"
    assert terms(path, saramin + '\nshow = "all"').shown is None
    given = terms(
        path, saramin + '\nshow = ["pay", "closing"]\ntell_after = 5\nlabel = " 일자리판 "\nnotice = "출처를 밝히세요."'
    )
    assert given == Terms(5, frozenset({"pay", "closing"}), "일자리판", "출처를 밝히세요.")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"tell_after": 0}, "tell_after must be"),
        ({"tell_after": True}, "tell_after must be"),
        ({"tell_after": "3"}, "tell_after must be"),
        ({"show": "some"}, 'show must be "all", "link" or a list of workplace'),
        ({"show": ["wage"]}, "show must be"),
        ({"show": 3}, "show must be"),
        ({"label": ""}, "label must be one line"),
        ({"label": "a\nb"}, "label must be one line"),
        ({"notice": "x" * 201}, "notice must be one line of text, 200"),
    ],
)
def test_every_fault_is_said_in_plain_words(entry: dict[str, object], said: str) -> None:
    (fault,) = faults(entry)
    assert said in fault


@on_sqlite
async def test_terms_that_change_tell_all_anew_even_where_nothing_else_did(store: Store, tmp_path: Path) -> None:
    async with store.transaction() as tx:
        await area_data.load(tx)
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    put(sheets / "a.csv", csv(GOOD))
    path = tmp_path / "sources.toml"

    async def polled(words: str) -> tuple[dict[str, int], Posting]:
        path.write_text(f'[[source]]\nname = "s"\nkind = "sheet"\npath = "{sheets}"\n{words}\n', encoding="utf-8")
        sources = config.read(path, "광산구", nobody)
        poller = Poller(store, sources, Recorder(AreaNames.packaged(), Eligibility.load(), 1233000000))
        counts = dict((await poller.poll("s")).counts)
        async with store.reading() as tx:
            (posting,) = await tx.find(Posting)
        return counts, posting

    counts, posting = await polled("")
    assert (counts, posting.pay_low) == ({"new": 1}, 12000)
    counts, posting = await polled('show = "link"')
    assert (counts, posting.pay_low, posting.pay_hourly) == ({"changed": 1}, None, 12000)
    counts, _ = await polled('show = "link"')
    assert counts == {}, "the file is known under these terms"
    counts, posting = await polled('show = ["pay"]')
    assert (counts, posting.pay_low) == ({"changed": 1}, 12000)
    counts, posting = await polled("")
    assert (counts, set(posting.facts) >= {"workplace", "pay"}) == ({"changed": 1}, True)
