"""The way of an application, declared per kind of posting: its stages, who may say the next one, and what the person is told.

A track is checked when it is made, so that a mistake in it stops the program at its start and not a person on the way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from locales import N_, Catalogs

Sayer = Literal["resident", "facility", "staff", "source", "clock"]
FACILITY: frozenset[Sayer] = frozenset({"facility", "staff"})
RESIDENT: frozenset[Sayer] = frozenset({"resident"})
EITHER: frozenset[Sayer] = FACILITY | RESIDENT


class BadTrack(ValueError):
    """A track that leads nowhere, or to a stage that there is not."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`name` is what it is called in a list, `says` what the person is told when it is reached (empty: nothing).

    `then` names the next stages with who may say each. `over`: nothing more is expected, though a person may come back.
    """

    word: str
    name: str
    says: str = ""
    then: Mapping[str, frozenset[Sayer]] = field(default_factory=dict)
    over: bool = False


@dataclass(frozen=True)
class Track:
    """The stages of one kind of posting; the first is where an application begins."""

    kind: str
    stages: tuple[Stage, ...]

    def __post_init__(self) -> None:
        words = [stage.word for stage in self.stages]
        if not words or len(set(words)) != len(words):
            raise BadTrack(f"{self.kind}: stages need words of their own, not {words}")
        for stage in self.stages:
            if unknown := set(stage.then) - set(words):
                raise BadTrack(f"{self.kind}: {stage.word} leads to {sorted(unknown)}, which there is not")
            if nobody := [word for word, sayers in stage.then.items() if not sayers]:
                raise BadTrack(f"{self.kind}: nobody may say {nobody} after {stage.word}")
        if lost := set(words) - self._from({self.first.word}):
            raise BadTrack(f"{self.kind}: no way leads to {sorted(lost)}")
        ends = {stage.word for stage in self.stages if stage.over}
        if stuck := [word for word in words if not self._from({word}) & ends]:
            raise BadTrack(f"{self.kind}: {stuck} never end")

    @property
    def first(self) -> Stage:
        return self.stages[0]

    def stage(self, word: str) -> Stage:
        """KeyError for a word that this track does not have."""
        return {stage.word: stage for stage in self.stages}[word]

    def may(self, here: str, word: str, sayer: Sayer) -> bool:
        """Whether `sayer` may say that an application goes from one stage to another."""
        return sayer in self.stage(here).then.get(word, frozenset())

    def _from(self, words: set[str]) -> set[str]:
        """All stages that can be reached from these, with these."""
        by_word, found = {stage.word: stage for stage in self.stages}, set(words)
        while more := {word for here in found for word in by_word[here].then} - found:
            found |= more
        return found


_DECIDED: dict[str, frozenset[Sayer]] = {"hired": FACILITY, "reserve": FACILITY, "declined": FACILITY}
_ASKED: dict[str, frozenset[Sayer]] = {"invited": FACILITY}
_OUT: dict[str, frozenset[Sayer]] = {"withdrawn": RESIDENT}

JOB = Track(
    "job",
    (
        Stage("sent", N_("Sent"), "", {"seen": FACILITY, **_ASKED, **_DECIDED, **_OUT}),
        Stage("seen", N_("Read"), N_("Your application was read."), {**_ASKED, **_DECIDED, **_OUT}),
        Stage(
            "invited",
            N_("Asked to come"),
            N_("They would like to meet you. Choose a time."),
            {"interview": RESIDENT, "seen": RESIDENT, **_DECIDED, **_OUT},
        ),
        Stage("interview", N_("A time is chosen"), "", {"invited": EITHER, **_DECIDED, **_OUT}),
        Stage(
            "reserve",
            N_("On the reserve list"),
            N_("You are on the reserve list. If somebody drops out, you are asked next."),
            {"hired": FACILITY, "declined": FACILITY, **_ASKED, **_OUT},
        ),
        Stage(
            "hired",
            N_("Chosen"),
            N_("You were chosen for this job. They will tell you when to come."),
            {"started": EITHER, "declined": FACILITY, **_OUT},
        ),
        Stage("started", N_("Working"), "", {"ended": EITHER}),
        Stage("ended", N_("Finished"), N_("Thank you for your work."), {}, over=True),
        Stage(
            "declined",
            N_("Not this time"),
            N_("This time somebody else was chosen. Thank you for applying."),
            {"sent": RESIDENT},
            over=True,
        ),
        Stage("withdrawn", N_("Withdrawn"), "", {"sent": RESIDENT}, over=True),
    ),
)

TRACKS: Mapping[str, Track] = {track.kind: track for track in (JOB,)}


def unspoken(catalogs: Catalogs, tracks: Iterable[Track] = tuple(TRACKS.values())) -> list[str]:
    """Sentences (written in English) that a released language lacks, as "job hired: ru". The program starts with none lacking."""
    said = [
        (track, stage, text) for track in tracks for stage in track.stages for text in (stage.name, stage.says) if text
    ]
    return [
        f"{track.kind} {stage.word}: {code}"
        for track, stage, text in said
        for code in catalogs.released
        if code != "en" and not catalogs.translator(code).knows(text)
    ]
