"""The buttons of the desk: for each role which, and what each does in plain words, for the desk and for its help alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from locales import N_

from ..chat.presses import Press
from ..chat.turn import Turn
from .rights import Right, may


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the desk: what it needs, what stands on it, and what the help says of it."""

    press: Press
    right: Right
    label: str
    does: str


POST = Offer(
    Press("zp"),
    "write",
    N_("Post a job"),
    N_("Take the last opening again with new dates, answer a few questions, or send a sheet."),
)
AGAIN = Offer(
    Press("zl"), "write", N_("Post as last time"), N_("Your last opening comes with moved dates. Look, and post it.")
)
NEW = Offer(
    Press("zn"), "write", N_("Post a new one"), N_("A few questions. Before it is shown you see it as residents will.")
)
LOOK = Offer(
    Press("xl"),
    "concerns",
    N_("To look into"),
    N_("What residents said is wrong with an opening. Three of them hide it until you have looked."),
)
PEOPLE = Offer(
    Press("yl"),
    "people",
    N_("Facilities and staff"),
    N_("Make a facility, invite somebody, give back a lost way in, end a role."),
)
OURS = Offer(Press("yl"), "see", N_("Our facility"), N_("Its address, its phone, and how residents apply."))
COUNTER = Offer(
    Press("qm"),
    "counter",
    N_("At the counter"),
    N_("Enter people who have no phone, tell them of new jobs, or print them on a sheet."),
)
BOARD = Offer(
    Press("jb"), "see", N_("Sheet for the board"), N_("This week's jobs in large letters, to be printed and hung up.")
)
HELP = Offer(Press("dh"), "desk", N_("Help"), N_("What each button does."))

EVERYWHERE = (POST, LOOK, PEOPLE, COUNTER, BOARD, HELP)
OWN = (AGAIN, NEW, OURS, COUNTER, BOARD, HELP)


def offers(turn: Turn) -> Iterator[Offer]:
    """What this person may press."""
    within = turn.who.facilities if turn.who is not None else None
    for offer in EVERYWHERE if within is None else OWN:
        if there(offer.press) and may(turn.who, offer.right, min(within) if within else None):
            yield offer


def there(press: Press) -> bool:
    """Whether anything answers to this press."""
    from .routes import ACTS  # the index reads this module first

    act = ACTS.get(press.verb)
    return act is not None and act.count == len(press.ids)
