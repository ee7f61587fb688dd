"""Which of our languages a client's hint means. Babel's negotiation misses zh-hans and tl, so one table here."""

import re
from collections.abc import Collection

# Names of a language other than its code: older ones, and those of Chinese languages that are written in one of the scripts.
NAMED = {"cmn": "zh_Hans", "yue": "zh_Hant", "tl": "fil", "in": "id"}
TRADITIONAL = {"hant", "tw", "hk", "mo", "yue"}
# Russian is offered to these where their own language is not there: most of their speakers here read it.
READ_RUSSIAN = {"ky", "tg", "be", "uk", "hy", "ka", "az", "tk"}


def resolve(hint: str | None, released: Collection[str]) -> str | None:
    """The released language that a hint such as "ru-RU", "zh-hans" or "tl" means, or None. Scripts count for Chinese only."""
    primary, *rest = subtags(hint)
    if primary == "zh":
        found = "zh_Hant" if TRADITIONAL & set(rest) and "hans" not in rest else "zh_Hans"
    else:
        found = NAMED.get(primary, primary)
    return found if found in released else None


def offered(hint: str | None, released: Collection[str]) -> str | None:
    """The language to offer first, never to force: the one that is meant, or Russian to its readers (Uzbek in Cyrillic too)."""
    primary, *rest = subtags(hint)
    cyrillic = primary == "uz" and "cyrl" in rest
    if "ru" in released and (cyrillic or (primary in READ_RUSSIAN and primary not in released)):
        return "ru"
    return resolve(hint, released)


def subtags(hint: str | None) -> list[str]:
    """A tag's parts in small letters: "zh-hant-tw", "ru_RU.UTF-8"; one empty part where there is none."""
    return re.split(r"[-_.@]", (hint or "").strip().lower())
