"""Who told a posting: the lines under its details that name its sources, with the words that they want beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from locales import Translator


@dataclass(frozen=True, slots=True)
class Credit:
    """`label` is what readers know a source as; `notice` words that it wants to be shown, in Korean."""

    label: str = ""
    notice: str = ""


def lines(t: Translator, credits: Mapping[str, Credit], told_by: Sequence[str]) -> list[str]:
    """The source of its title, where it is to be named (the others stand in "Also on"), and the words that any of them wants."""
    told = [credits[name] for name in told_by if name in credits]
    named = [t.t("Source: {name}", name=t.isolate(one.label)) for one in told[:1] if one.label]
    return list(dict.fromkeys([*named, *(t.isolate(one.notice) for one in told if one.notice)]))


def names(credits: Mapping[str, Credit], told_by: Sequence[str]) -> list[tuple[str, str]]:
    """Each source by its name in sources.toml, and as readers know it."""
    return [(name, (credits[name].label if name in credits else "") or name) for name in told_by]
