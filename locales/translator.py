"""One language: its texts, its formats and its terms. It is passed explicitly; there is no ambient language."""

from functools import cached_property
from typing import Any

from babel.messages.catalog import Catalog, Message

from . import terms
from .formats import Formats
from .plurals import compiled

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def msgid(message: Message) -> str:
    """The English text that names a message: of two forms the singular."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


class Translator:
    """`missing` collects msgids without a text in this language, for tests; a resident then reads English."""

    def __init__(self, code: str, catalog: Catalog, english: "Translator | None") -> None:
        self.code = code
        self.rtl = code in {"ur", "ar", "fa", "he"}
        self.missing: set[str] = set()
        self._texts: dict[tuple[str | None, str], tuple[str, ...]] = {}
        for message in catalog:
            if message.id and not message.fuzzy:
                texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
                if all(texts):
                    self._texts[message.context, msgid(message)] = tuple(str(text) for text in texts)
        self._plural = compiled(str(catalog.plural_expr))
        self._source = english is None  # English msgids are the English texts
        self.formats = Formats(code)
        self.date, self.date_short, self.period = self.formats.date, self.formats.date_short, self.formats.period
        self.time, self.times, self.days = self.formats.time, self.formats.times, self.formats.days
        self.number, self.won = self.formats.number, self.formats.number

    def t(self, msgid: str, /, **values: Any) -> str:
        """The text of an English msgid, its {named} values filled in."""
        return self._fill(self._find(None, msgid, (msgid,))[0], values)

    def c(self, context: str, msgid: str, /, **values: Any) -> str:
        """As `t`, where one English word means two things."""
        return self._fill(self._find(context, msgid, (msgid,))[0], values)

    def n(self, singular: str, plural: str, n: int, /, **values: Any) -> str:
        """The form for `n`, which is filled in as {n}."""
        texts = self._find(None, singular, (singular, plural))
        own = self._source or texts != (singular, plural)
        form = self._plural(n) if own and not self._source else int(n != 1)
        return self._fill(texts[min(form, len(texts) - 1)], {"n": self.number(n), **values})

    def _find(self, context: str | None, msgid: str, source: tuple[str, ...]) -> tuple[str, ...]:
        found = self._texts.get((context, msgid))
        if found is None and not self._source and msgid:
            self.missing.add(msgid)
        return found or source

    def _fill(self, text: str, values: dict[str, Any]) -> str:
        try:
            return text.format(**values) if values else text
        except (KeyError, IndexError, ValueError):
            return text

    @cached_property
    def _terms(self) -> dict[str, dict[str, str]]:
        return terms.of(self.code)

    def term(self, key: str) -> str:
        """A word of the term base, such as an occupation; the key itself where it is unknown."""
        return next((group[key] for group in self._terms.values() if key in group), key)

    def terms(self, category: str) -> dict[str, str]:
        return self._terms.get(category, {})

    def isolate(self, text: str) -> str:
        """A run of another script, kept from turning the line's direction; needed in right-to-left languages only."""
        return f"{FSI}{text}{PDI}" if self.rtl and text else text
