"""A draft: one posting as a source told it, in the source's own words."""

import hashlib
import re
from dataclasses import dataclass, fields, replace
from datetime import date

from .text import lasting, may_count, settled

_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def kept(text: str) -> str:
    """Text that can be kept: no database takes NUL and halves of pairs, and no chat shows the other controls."""
    return _UNKEPT.sub("", text)


@dataclass(frozen=True, slots=True)
class Draft:
    """`key` names the posting within its source; everything else is text as it was read, empty where nothing was said.

    `area` is a code that the source gives for where the work is, or its first digits; it counts where `workplace` names
    nothing finer. `known_by` says that the workplace is not the source's own word for it: "employer" is the employer's address.
    `number` is one that other sites tell it by too, as Work24's.
    `occupation_code` is the source's own word for the occupation, as "table code name": "work24 561101 건물 청소원".
    `gone`: the source says that there is no such posting any more; the other words don't matter then.
    """

    key: str
    title: str
    organisation: str
    kind: str = "job"
    sector: str = "public"
    workplace: str = ""
    pay: str = ""
    hours: str = ""
    period: str = ""
    headcount: str = ""
    target: str = ""
    foreigners: str = ""
    closing: str = ""
    duties: str = ""
    apply: str = ""
    phone: str = ""
    link: str = ""
    example: bool = False
    gone: bool = False
    area: str = ""
    known_by: str = ""
    number: str = ""
    occupation_code: str = ""

    def __post_init__(self) -> None:
        for each in fields(self):
            said = getattr(self, each.name)
            if isinstance(said, str) and _UNKEPT.search(said):
                object.__setattr__(self, each.name, kept(said))

    @property
    def fingerprint(self) -> str:
        """Changes exactly when anything that the draft says does, but not with what is counted beside it (views, days left).

        Nor with the code of its occupation: tables are renumbered, and the work stays the same.
        """
        # What came after the first release counts only where it says something, so that no old posting seems changed.
        silent = {
            *("gone", "occupation_code"),
            *(name for name in ("area", "known_by", "number") if not getattr(self, name)),
        }
        if self.number == self.key:
            silent.add("number")
        said = [str(getattr(self, field.name)) for field in fields(self) if field.name not in silent]
        if may_count("".join(said)):
            said = [lasting(one) for one in said]
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:32]


def as_of(draft: Draft, today: date) -> Draft:
    """The draft in words that mean the same tomorrow: a closing in days left is told as its day."""
    closing = settled(draft.closing, today)
    return draft if closing == draft.closing else replace(draft, closing=closing)


def key_of(*words: str) -> str:
    """A stable key for a posting whose source gives none, whatever the spaces and the order of its rows."""
    return hashlib.sha256("\x1f".join(" ".join(word.split()) for word in words).encode()).hexdigest()[:16]
