"""All catalogs, read from their .po files when the program starts, and the one translator of each released language."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from . import languages, leak, resolver
from .translator import Translator

HOME = files("locales")


@dataclass(frozen=True)
class Catalogs:
    """`released` languages are complete; the first is the one whose texts bind (Korean)."""

    released: tuple[str, ...]
    _translators: dict[str, Translator]

    @classmethod
    def load(cls, codes: Iterable[str] | None = None) -> "Catalogs":
        """The released languages, or the named ones (English is always there: it is what everything falls back to)."""
        chosen = tuple(codes) if codes is not None else languages.released()
        every = tuple(dict.fromkeys((*chosen, "en")))
        leak.guard(every)
        return cls(chosen, {code: Translator(code, read(code)) for code in every})

    def translator(self, code: str) -> Translator:
        """The language's translator; English for a language that is not loaded."""
        return self._translators.get(code) or self._translators["en"]

    def resolve(self, hint: str | None) -> str | None:
        """The released language that a hint means, or None."""
        return resolver.resolve(hint, self.released)

    def specific(self, hint: str | None) -> str | None:
        """A language one may believe at once: many clients report `en` for languages they do not have."""
        code = self.resolve(hint)
        return None if code == "en" else code

    def offered(self, hint: str | None) -> str | None:
        """The released language to put first when asking, such as Russian for a Kyrgyz client; None for no preference."""
        return resolver.offered(hint, self.released)

    def native_name(self, code: str) -> str:
        return languages.native_name(code)

    def english_name(self, code: str) -> str:
        return languages.english_name(code)

    def number(self, code: str) -> int:
        """What stands for a language in a button that works weeks later, whatever is released meanwhile."""
        return languages.number(code)


def read(code: str, home: Traversable = HOME) -> Catalog:
    """FileNotFoundError where the language has no catalog, ValueError where the file is damaged."""
    with home.joinpath(code, "LC_MESSAGES", "messages.po").open("rb") as source:
        try:
            return read_po(source, locale=code, abort_invalid=True)
        except PoFileError as fault:
            raise ValueError(f"{code}: {fault}") from fault
