"""Every kind's parser over rows of any shape: fields missing, of other types, huge, nested, repeated; over the whole registry."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.site import DetailedSite
from bot.sources.source import SourceError
from handlers.sheet import SheetError, read_sheet
from tests.bot.apis import TODAY, sample, sound, survives
from tests.bot.kinds import KINDS
from tests.bot.mutations import MUTATIONS, SPIKES, cuts, flips, spiked
from tests.bot.test_feed import read as read_feed
from tests.bot.test_sites_broken import ANSWERS

HUGE = st.sampled_from(["9" * 5000, "가" * 10_000, "&#" + "9" * 5000 + ";", "http://[", "<b>" * 3000, "\x00", "\ud800"])
TEXT = st.text(max_size=30) | HUGE | st.sampled_from(list(SPIKES.values()))
BARE = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUE = st.recursive(
    BARE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)
MISSING = object()


def paths(tree: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a tree, all of it."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [at, *(path for name, value in inner for path in paths(value, (*at, name)))]


def ours(path: tuple[Any, ...]) -> bool:
    """Whether a place is one that we make of a page ourselves: its address, and that each posting is an object."""
    return path[0] in ("base", "broken") or (path[0] == "postings" and len(path) < 3)


def holds(tree: Any, name: Any) -> bool:
    return name in tree if isinstance(tree, dict) else isinstance(tree, list) and name in range(len(tree))


def put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    """Put a value there, if there still is such a place; MISSING takes away what stands there."""
    *upper, last = path
    for name in upper:
        if not holds(tree, name):
            return
        tree = tree[name]
    if holds(tree, last) and value is not MISSING:
        tree[last] = value
    elif holds(tree, last):
        del tree[last]


@st.composite
def reshaped(draw: st.DrawFn, tree: Any) -> Any:
    tree, places = copy.deepcopy(tree), [path for path in paths(tree) if path and not ours(path)]
    for _ in range(draw(st.integers(1, 5))):
        put(tree, draw(st.sampled_from(places)), draw(VALUE | st.just(MISSING)))
    return tree


@pytest.mark.parametrize("name", ANSWERS)
def test_a_list_of_any_shape_is_read_or_refused(name: str) -> None:
    site, body = ANSWERS[name]

    @given(reshaped(site.read(body, None)))
    @settings(max_examples=30)
    def reads(tree: Any) -> None:
        try:
            told = site.page(tree, TODAY).read()
        except SourceError:
            return
        assert told.total is None or told.total >= 0
        for row in told.rows:
            assert isinstance(row.mark, str)
            sound(row.draft)

    reads()


@pytest.mark.parametrize("name", [name for name, (site, _) in ANSWERS.items() if isinstance(site, DetailedSite)])
def test_a_detail_of_any_shape_is_read_or_refused(name: str) -> None:
    site, body = ANSWERS[name]
    assert isinstance(site, DetailedSite)
    draft = site.page(site.read(body, None), TODAY).read().rows[0].draft

    @given(reshaped(site.read(KINDS[name].detail, None)))
    @settings(max_examples=30)
    def reads(tree: Any) -> None:
        try:
            sound(site.detail(draft, tree))
        except SourceError:
            return

    reads()


@pytest.mark.parametrize("name", KINDS)
def test_each_value_spiked_by_itself_is_read_or_refused(name: str) -> None:
    """Each value of the recording in turn, with each of the values that no reader expects."""
    body = KINDS[name].body
    for at in range(40):
        for spike in SPIKES.values():
            if len(spike) > 5_000 and at % 8:
                continue
            told = spiked(body, spike, slice(at, at + 1))
            if told == body:
                continue
            try:
                if name == "feed":
                    drafts = list(read_feed(told).drafts) if at < 12 else []
                elif name == "sheet":
                    drafts = list(read_sheet(told, "a.csv", TODAY).drafts)
                else:
                    site, _ = ANSWERS[name]
                    drafts = [row.draft for row in site.page(site.read(told, None), TODAY).read().rows]
            except (SourceError, SheetError):
                continue
            for draft in drafts:
                sound(draft)


RECORDED = {
    "alio": "alio/item_kps_2024-05_real_subset.json",
    "gojobs": "gojobs/getList_2rows_2026-01_real.xml",
    "gyeonggi": "gyeonggi_jobaba/list_1row_2026-05_real.json",
    "saramin": "saramin/job_search_4jobs_2022-02_real.json",
    "senuri": "senuri/getJobList_documented_example_TRANSCRIBED.xml",
}


@pytest.mark.parametrize("name", RECORDED)
def test_what_a_site_really_answered_is_mutated_too(name: str) -> None:
    body = sample(RECORDED[name])
    told = [*cuts(body, 40), *(one for bits in (0x80, 0x20, 0x01) for one in flips(body, bits, 80))]
    told += [one for mutate in MUTATIONS.values() if (one := mutate(body)) is not None]
    told += [
        spiked(body, spike, slice(at, None, 3)) for spike in SPIKES.values() if len(spike) <= 10_000 for at in range(3)
    ]
    for one in told:
        survives(ANSWERS[name][0], one)
