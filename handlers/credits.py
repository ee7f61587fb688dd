"""Who told a posting: the lines under its details that name its sources, with the words that they want beside."""

from collections.abc import Mapping
from dataclasses import dataclass

from locales import Translator
from storage import browse
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Credit:
    """`label` is what readers know a source as; `notice` words that it wants to be shown, in Korean."""

    label: str = ""
    notice: str = ""


async def lines(tx: Transaction, t: Translator, credits: Mapping[str, Credit], posting_id: int) -> list[str]:
    """Each source once, in the order in which they told it; none for those that need not be named."""
    told = [credits[name] for name in await browse.told_by(tx, posting_id) if name in credits]
    named = [t.t("Source: {name}", name=t.isolate(one.label)) for one in told if one.label]
    return list(dict.fromkeys([*named, *(t.isolate(one.notice) for one in told if one.notice)]))
