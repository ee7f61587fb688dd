"""What a check says about a posting: how grave it is, in a sentence for people, on which law, and what would cure it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from locales import Translator

Level = Literal["block", "warn", "note"]  # may not be shown so; somebody should look; good to know


@dataclass(frozen=True, slots=True)
class Cure:
    """What a cell could say instead, in Korean as postings are written; `won` is the amount where it is pay."""

    column: str  # a text of the draft, as "pay"
    words: str
    won: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a posting breaks. `message` is a text of the catalogs, `values` fill it; numbers are grouped, years are text.

    `source` is the article of the law, in Korean, or empty for what only good manners ask for.
    """

    rule: str
    level: Level
    message: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    source: str = ""
    cure: Cure | None = None

    def sentence(self, t: Translator) -> str:
        """In the reader's language."""
        said = {name: one if isinstance(one, str) else t.number(one) for name, one in self.values.items()}
        return t.t(self.message, **said)

    def __str__(self) -> str:
        """In English, for operators."""
        said = {name: f"{one:g}" if isinstance(one, float) else one for name, one in self.values.items()}
        return self.message.format(**{name: f"{one:,}" if isinstance(one, int) else one for name, one in said.items()})
