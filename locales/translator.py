"""One language: its texts, its formats and its terms. It is passed explicitly; there is no ambient language."""

import re
from datetime import time
from functools import cached_property
from typing import Any

from babel.messages.catalog import Catalog, Message

from . import languages, terms
from .formats import EVERY_DAY, Formats
from .plurals import compiled

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
FIELD = re.compile(r"\{([a-z_]\w*)\}")


def msgid(message: Message) -> str:
    """The English text that names a message: of two forms the singular."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def forms(message: Message) -> tuple[str, ...]:
    """The texts of a message, one for each plural form; one where it does not count."""
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(str(text or "") for text in texts)


class Translator:
    """`missing` collects msgids without a text in this language, for tests; a resident then reads English."""

    def __init__(self, code: str, catalog: Catalog) -> None:
        self.code = code
        self.rtl = languages.rtl(code)
        self.country_code = languages.with_country(code)
        self.missing: set[str] = set()
        self._texts = {
            (message.context or None, msgid(message)): forms(message)
            for message in catalog
            if message.id and not message.fuzzy and all(forms(message))
        }
        self._plural = compiled(str(catalog.plural_expr))
        self.formats = Formats(code)
        self.date, self.date_short, self.period = self.formats.date, self.formats.date_short, self.formats.period
        self.time, self.number, self.won = self.formats.time, self.formats.number, self.formats.number

    def t(self, msgid: str, /, **values: Any) -> str:
        """The text of an English msgid, its {named} values filled in; one without a value stays as it is."""
        return self._fill((self._find(None, msgid) or (msgid,))[0], values)

    def c(self, context: str, msgid: str, /, **values: Any) -> str:
        """As `t`, where one English word means two things."""
        return self._fill((self._find(context, msgid) or (msgid,))[0], values)

    def n(self, singular: str, plural: str, n: int, /, **values: Any) -> str:
        """The form for `n`, which is filled in as {n}."""
        found = self._find(None, singular)
        text = found[min(self._plural(n), len(found) - 1)] if found else singular if n == 1 else plural
        return self._fill(text, {"n": self.number(n), **values})

    def days(self, bits: int) -> str:
        """Days of a mask (Monday 1), as in formats; the whole week in words."""
        return self.t("Every day") if bits & EVERY_DAY == EVERY_DAY else self.formats.days(bits)

    def times(self, start: int | time, end: int | time) -> str:
        """ "14:00–17:00", which a right-to-left line would turn round."""
        return self.isolate(self.formats.times(start, end))

    def term(self, key: str) -> str:
        """A word of the term base, such as an occupation; the key itself where it is unknown."""
        return next((group[key] for group in self._terms.values() if key in group), key)

    def terms(self, category: str) -> dict[str, str]:
        """The words of a category of the term base by key."""
        return self._terms.get(category, {})

    def knows(self, msgid: str) -> bool:
        """Whether this language has the text."""
        return self._find(None, msgid) is not None

    def isolate(self, text: str) -> str:
        """A run of another script, kept from turning the line's direction; needed in right-to-left languages only."""
        if not self.rtl or not text or "://" in text:  # clients take the mark into the link
            return text
        return f"{FSI}{text}{PDI}"

    def _find(self, context: str | None, msgid: str) -> tuple[str, ...] | None:
        found = self._texts.get((context, msgid))
        if found is None and self.code != "en" and msgid:  # English msgids are the English texts
            self.missing.add(msgid)
        return found

    def _fill(self, text: str, values: dict[str, Any]) -> str:
        # Not str.format: a resident's own words are no pattern, and nothing here may raise at a resident.
        return FIELD.sub(lambda m: self.isolate(str(values[m[1]])) if m[1] in values else m[0], text)

    @cached_property
    def _terms(self) -> dict[str, dict[str, str]]:
        return terms.of(self.code)
