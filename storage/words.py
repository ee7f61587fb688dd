"""The words of a wish against the words of a posting: plain, case-folded substrings, no expressions."""

from collections.abc import Mapping, Sequence
from typing import Protocol

MOST = 10  # words to look for, and as many to leave out, that count in one wish


class Told(Protocol):
    """A posting, or the columns of one, that words are looked up in."""

    title: str
    organisation: str
    facts: dict[str, str]


def contains(posting: Told, word: str) -> bool:
    """Is the word in the title, the organisation or the duties? A blank word is in nothing."""
    folded = word.strip().casefold()
    return bool(folded) and folded in _text(posting)


def names(posting: Told, language: str) -> bool:
    """Is the language (its Korean name) in the title, the duties or among what is asked of who applies?"""
    return language in "\n".join((posting.title, posting.facts.get("duties", ""), posting.facts.get("target", "")))


def says(posting: Told, words: Mapping[str, Sequence[str]]) -> bool:
    """At least one of `include` and one of `languages` where there are any, and none of `exclude`."""
    include = [word for word in words.get("include", ()) if word.strip()][:MOST]
    languages, exclude = words.get("languages", ()), words.get("exclude", ())[:MOST]
    found = not include or any(contains(posting, word) for word in include)
    found = found and (not languages or any(names(posting, word) for word in languages))
    return found and not any(contains(posting, word) for word in exclude)


def _text(posting: Told) -> str:
    return "\n".join((posting.title, posting.organisation, posting.facts.get("duties", ""))).casefold()
