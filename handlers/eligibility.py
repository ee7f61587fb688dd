"""Who of the foreign residents may apply: the table of phrases that comes with the package, and reading by it."""

import csv
import re
from dataclasses import dataclass
from importlib.resources import files

from .text.foreigners import Foreigners, Phrase, column, foreigners

TABLE = "tables/eligibility_phrases.csv"  # pattern, meaning, foreigner_field, confidence, note


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The phrases, loaded once and handed on; whoever needs them takes this object."""

    phrases: tuple[Phrase, ...]

    @classmethod
    def load(cls) -> "Eligibility":
        """The phrases that answer the question; those about other conditions stay in the table for people."""
        lines = files("handlers").joinpath(TABLE).read_text(encoding="utf-8").splitlines()
        rows = [(row["pattern"], row["foreigner_field"]) for row in csv.DictReader(lines)]
        return cls(tuple(Phrase(re.compile(pattern), says) for pattern, says in rows if says not in ("unknown", "n/a")))

    def read(self, text: str) -> Foreigners:
        """What free text (a target group, a body) says."""
        return foreigners(text, self.phrases)

    def read_column(self, text: str) -> Foreigners:
        """What a cell says that is about foreigners alone, where a bare 가능 or 불가 is an answer."""
        return column(text, self.phrases)
