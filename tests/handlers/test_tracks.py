"""Tracks: what is declared wrongly is refused at once, and a kind that nobody thought of is walked from end to end."""

from itertools import product

import pytest

from handlers.tracks import EITHER, FACILITY, JOB, RESIDENT, TRACKS, BadTrack, Stage, Track, unspoken
from locales import Catalogs

TOY = Track(
    "toy",
    (
        Stage("asked", "Toy asked for", "", {"lent": FACILITY, "no": FACILITY, "withdrawn": RESIDENT}),
        Stage("lent", "Toy lent", "Come and take it.", {"back": EITHER}),
        Stage("back", "Toy is back", over=True),
        Stage("no", "Toy is lent", "It is lent already.", {"asked": RESIDENT}, over=True),
        Stage("withdrawn", "Toy not wanted", "", {"asked": RESIDENT}, over=True),
    ),
)


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ((), "words of their own"),
        ((Stage("a", "A", over=True), Stage("a", "A", over=True)), "words of their own"),
        ((Stage("a", "A", "", {"b": FACILITY}, over=True),), "which there is not"),
        ((Stage("a", "A", "", {"b": frozenset()}), Stage("b", "B", over=True)), "nobody may say"),
        ((Stage("a", "A", over=True), Stage("b", "B", over=True)), "no way leads"),
        ((Stage("a", "A", "", {"b": FACILITY}), Stage("b", "B")), "never end"),
        ((Stage("a", "A", "", {"b": EITHER}), Stage("b", "B", "", {"a": EITHER})), "never end"),
    ],
)
def test_a_track_that_leads_nowhere_is_refused(stages: tuple[Stage, ...], said: str) -> None:
    with pytest.raises(BadTrack, match=said):
        Track("toy", stages)


def test_only_who_may_say_it_moves_a_thing_on() -> None:
    assert TOY.first.word == "asked"
    assert TOY.may("asked", "lent", "facility")
    assert not TOY.may("asked", "lent", "resident")
    assert not TOY.may("asked", "back", "facility")
    assert TOY.may("no", "asked", "resident")
    with pytest.raises(KeyError):
        TOY.stage("stolen")


def test_a_job_is_decided_by_the_facility_alone_and_left_by_the_person_alone() -> None:
    words = [stage.word for stage in JOB.stages]
    for here, word in product(words, ("hired", "reserve", "declined")):
        assert not JOB.may(here, word, "resident")
    for here, word in product(words, ("withdrawn", "sent")):
        assert not JOB.may(here, word, "facility")


def test_every_sentence_is_there_in_every_released_language() -> None:
    catalogs = Catalogs.load()
    assert unspoken(catalogs) == []
    assert unspoken(catalogs, [TOY]) == [
        f"toy {word}: {code}"
        for word, texts in (("asked", 1), ("lent", 2), ("back", 1), ("no", 2), ("withdrawn", 1))
        for _ in range(texts)
        for code in catalogs.released
        if code != "en"
    ]


def test_what_postings_may_be_applied_for_has_a_track() -> None:
    assert set(TRACKS) == {"job"}
