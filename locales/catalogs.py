"""All catalogs, read from their .po files when the program starts, and the one translator of each released language."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from . import leak
from .resolver import resolve
from .translator import Translator

RTL = {"ur", "ar", "fa", "he"}


@dataclass(frozen=True)
class Catalogs:
    """`released` languages are complete; the first is the one whose texts bind (Korean)."""

    released: tuple[str, ...]
    _translators: dict[str, Translator]
    _names: dict[str, str]

    @classmethod
    def load(cls, codes: Iterable[str] | None = None) -> "Catalogs":
        """The released languages, or the named ones (English is always there: it is what everything falls back to)."""
        chosen = tuple(codes) if codes is not None else released()
        leak.guard({*chosen, "en"})
        english = Translator("en", read("en"), None)
        translators = {code: Translator(code, read(code), english) for code in chosen if code != "en"}
        return cls(chosen, {"en": english, **translators}, names())

    def translator(self, code: str) -> Translator:
        return self._translators.get(code) or self._translators["en"]

    def resolve(self, hint: str | None) -> str | None:
        """The released language that a hint means, or None."""
        return resolve(hint, self.released)

    def specific(self, hint: str | None) -> str | None:
        """A language one may believe at once: many clients report `en` for languages they do not have."""
        code = self.resolve(hint)
        return None if code == "en" else code

    def native_name(self, code: str) -> str:
        return self._names.get(code, code)


def released() -> tuple[str, ...]:
    return tuple(files("locales").joinpath("tables/released.txt").read_text(encoding="utf-8").split())


def read(code: str) -> Catalog:
    with files("locales").joinpath(f"{code}/LC_MESSAGES/messages.po").open("rb") as source:
        return read_po(source, locale=code, abort_invalid=True)


def names() -> dict[str, str]:
    """Each language's name in itself, by our code."""
    text = files("locales").joinpath("tables/locales.csv").read_text(encoding="utf-8")
    return {row["po_dir"]: row["native_name"] for row in csv.DictReader(text.splitlines()) if row["po_dir"]}
