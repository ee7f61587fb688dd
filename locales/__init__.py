"""Every language: catalogs of texts, formats of dates and numbers, and the term base. Everything is passed explicitly."""

from .catalogs import Catalogs
from .translator import Translator

__all__ = ["N_", "Catalogs", "Translator"]


def N_(msgid: str) -> str:
    """Marks a constant as a text to be translated where it is shown: `t.t(CONSTANT)`. Returns it unchanged."""
    return msgid
