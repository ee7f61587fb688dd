"""Keeps one locale's data out of another's: Babel 2.16-2.18 writes resolved aliases into a shared parent.

After Urdu is used, Korean weekdays came out in Urdu. Here each locale is read from disk apart from all others, once.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any

from babel import localedata

_apart: dict[str, Any] = {}


def guard(codes: Iterable[str]) -> None:
    """From now on the locales share nothing, whatever was used before. What others loaded is dropped and read again when used."""
    cache: MutableMapping[str, Any] = localedata._cache
    for name in {"root", *codes} - _apart.keys():
        cache.clear()  # a locale read into an empty cache gets a root of its own
        _apart[name] = localedata.load(name)
    cache.clear()
    cache.update(_apart)
