"""What the cursor of a site that is asked page by page keeps from one poll to the next."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Kept:
    """The mark of each posting whose detail is known, how often in a row each list was empty, what the lists `told`, and what
    they told until the last whole sweep `missed` it. `before`: the site was asked in the same way before."""

    marks: Mapping[str, str] = field(default_factory=dict)
    empty: Mapping[str, int] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    before: bool = False

    @classmethod
    def read(cls, cursor: str | None, reading: str) -> "Kept":
        """Nothing where there is no cursor, or it was made under another `reading`."""
        try:
            kept: Any = orjson.loads(cursor or "{}")
        except orjson.JSONDecodeError:
            kept = {}
        if not isinstance(kept, dict) or kept.get("of") != reading:
            return cls()
        marks, empty = (one if isinstance(one, dict) else {} for one in (kept.get("marks"), kept.get("empty")))
        told, missed = (one if isinstance(one, list) else [] for one in (kept.get("told"), kept.get("missed")))
        times = {name: n for name, n in empty.items() if isinstance(n, int)}
        return cls(marks, times, frozenset(told), frozenset(missed), True)

    def after(
        self,
        marks: Mapping[str, str],
        empty: Mapping[str, int],
        now: Collection[str],
        seen: Collection[str],
        *,
        whole: bool,
        several: bool,
    ) -> "Kept":
        """What to keep after a sweep that told `now` and has `seen` what is over too.

        Between two pages postings come and go, and one that moves up a page is on neither; so lists of `several` pages
        take away only what two `whole` sweeps in a row miss: what is `missed` the first time is not gone yet.
        """
        if not whole:
            return Kept(marks, empty, self.told | set(now), self.missed - set(now), True)
        missed = self.told - set(seen) if several else frozenset()
        return Kept(marks, empty, frozenset(now), missed, True)

    def written(self, reading: str, came: Iterable[bytes] = ()) -> str:
        """As text. What `came` goes in as a digest, so that the cursor tells one answer from another."""
        digest = hashlib.sha256(b"".join(came)).hexdigest()[:16]
        kept = {"marks": self.marks, "empty": self.empty, "told": sorted(self.told), "missed": sorted(self.missed)}
        return orjson.dumps({"of": reading, "came": digest, **kept}, option=orjson.OPT_SORT_KEYS).decode()
