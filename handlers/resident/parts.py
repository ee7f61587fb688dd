"""What the questions about places and wishes have in common: marked choices, answers in one's own words, the way back."""

import re
from datetime import timedelta

from ..chat import words as spoken
from ..chat.flow import Answer, Chosen, Option
from ..chat.messages import TICK
from ..chat.turn import Turn
from ..text import SEOUL

SPACED = r"[0-9a-z\u00df-\u024f\u0370-\u052f\u1e00-\u1eff]"  # digits, Latin, Greek and Cyrillic, as `plain` leaves them


def toggle(value: str, label: str, chosen: bool) -> Option:
    return Option(value, f"{TICK}{label}" if chosen else label)


def meant(turn: Turn, said: str, labels: dict[str, str]) -> list[str]:
    """Values whose labels (English msgids) stand in what was written, in the reader's language, Korean or English."""
    folded, speakers = spoken.plain(said), (turn.t, turn.ko, turn.catalogs.translator("en"))
    return [value for value, label in labels.items() if any(stands(spoken.plain(t.t(label)), folded) for t in speakers)]


def stands(word: str, folded: str) -> bool:
    """Whether a word stands in a text, both `plain`: as a whole word (or its plural) where words are parted by spaces."""
    spaced = all(re.match(SPACED, end) for end in (word[:1], word[-1:]))
    return re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", folded) is not None if spaced else word in folded


def picked(answer: Answer) -> int | None:
    """The number behind a chosen option; None for words, and for an option of an older version of the program."""
    return int(answer.value) if isinstance(answer, Chosen) and answer.value.isdecimal() else None


async def back(turn: Turn) -> None:
    """To the first screen of a flow that begins with a menu."""
    turn.dialog.path = []
    await turn.go("menu", remember=False)


def example(turn: Turn) -> str:
    """A day to come, as one may write it."""
    today = turn.tx.now.astimezone(SEOUL).date()
    return turn.t.date_short(today + timedelta(days=13))
