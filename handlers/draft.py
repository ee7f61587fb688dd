"""A draft: one posting as a source told it, in the source's own words."""

import hashlib
import re
from dataclasses import dataclass, fields

_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def kept(text: str) -> str:
    """Text that can be kept: no database takes NUL and halves of pairs, and no chat shows the other controls."""
    return _UNKEPT.sub("", text)


@dataclass(frozen=True, slots=True)
class Draft:
    """`key` names the posting within its source; everything else is text as it was read, empty where nothing was said.

    `area` is a code that the source gives for where the work is, or its first digits; it counts where `workplace` names
    nothing finer. `known_by` says that the workplace is not the source's own word for it: "employer" is the employer's address.
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

    def __post_init__(self) -> None:
        for each in fields(self):
            said = getattr(self, each.name)
            if isinstance(said, str) and _UNKEPT.search(said):
                object.__setattr__(self, each.name, kept(said))

    @property
    def fingerprint(self) -> str:
        """Changes exactly when anything that the draft says does."""
        # What came after the first release counts only where it says something, so that no old posting seems changed.
        silent = {"gone", *(name for name in ("area", "known_by") if not getattr(self, name))}
        said = (str(getattr(self, field.name)) for field in fields(self) if field.name not in silent)
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:32]


def key_of(*words: str) -> str:
    """A stable key for a posting whose source gives none, whatever the spaces and the order of its rows."""
    return hashlib.sha256("\x1f".join(" ".join(word.split()) for word in words).encode()).hexdigest()[:16]
