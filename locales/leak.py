"""Keeps one locale's data out of another's: Babel 2.16-2.18 writes resolved aliases into a shared parent.

After Urdu is loaded, Korean and Russian weekdays came out in Urdu. Copying each locale's data once, before use, ends it.
"""

import copy
from collections.abc import Iterable

from babel import localedata


def guard(codes: Iterable[str]) -> None:
    for name in ("root", *codes):
        localedata._cache[name] = copy.deepcopy(localedata.load(name))
