"""The dark bar over a program that nobody has configured yet, so that no resident takes it for the real one."""

from html import escape
from typing import TYPE_CHECKING

from .words import words

if TYPE_CHECKING:
    from .html import Reader


def bar(reader: "Reader", *, desk: bool = False) -> str:
    """In Korean and in the reader's language; the style sheet shows it once where that is Korean. Empty when no trial.

    `desk`: with the way to the demo desk.
    """
    if not reader.site.trial:
        return ""
    korean, said = (escape(words(t)["trial"]) for t in (reader.catalogs.translator("ko"), reader.t))
    link = f'<a href="/demo" data-w="desk">{escape(reader.w["desk"])}</a>' if desk else ""
    return (
        f'<aside class="trial" data-label="trial" aria-label="{said}"><span lang="ko">{korean}</span>'
        f'<span data-w="trial">{said}</span>{link}</aside>'
    )
