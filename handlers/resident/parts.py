"""What the questions about places and wishes have in common: marked choices, answers in one's own words, the way back."""

from ..chat import words as spoken
from ..chat.flow import Option
from ..chat.messages import TICK
from ..chat.turn import Turn


def toggle(value: str, label: str, chosen: bool) -> Option:
    return Option(value, f"{TICK}{label}" if chosen else label)


def meant(turn: Turn, said: str, labels: dict[str, str]) -> list[str]:
    """Values whose labels (English msgids) stand in what was written, in the reader's language or in Korean."""
    folded = spoken.plain(said)
    return [
        value
        for value, label in labels.items()
        if any(spoken.plain(t.t(label)) in folded for t in (turn.t, turn.ko, turn.catalogs.translator("en")))
    ]


async def back(turn: Turn) -> None:
    """To the wish's screen."""
    turn.dialog.path = []
    await turn.go("menu", remember=False)
