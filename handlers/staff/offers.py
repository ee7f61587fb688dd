"""The buttons of the desk: for each role which, and what each does in plain words, for the desk and for its help alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from locales import N_

from ..chat.messages import Button
from ..chat.presses import Press
from ..chat.turn import Turn
from .rights import Right, may


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the desk: its verb, the right it needs, what stands on it, and what the help says of it.

    `ours`: it is pressed with the id of the one facility that a manager acts for.
    """

    verb: str
    right: Right
    label: str
    does: str
    ours: bool = False


INBOX = Offer(
    "ib",
    "applicants",
    N_("Applications"),
    N_("Who applied: read, ask, meet, choose. Everybody is told how it went."),
)
POST = Offer(
    "zp",
    "write",
    N_("Post a job"),
    N_("Take the last opening again with new dates, answer a few questions, or send a sheet."),
)
AGAIN = Offer(
    "za",
    "write",
    N_("Post as last time"),
    N_("Your last opening comes with moved dates. Look, and post it."),
    ours=True,
)
NEW = Offer(
    "zn",
    "write",
    N_("Post a new one"),
    N_("A few questions. Before it is shown you see it as residents will."),
    ours=True,
)
LOOK = Offer(
    "xl",
    "concerns",
    N_("To look into"),
    N_("What residents said is wrong with an opening. Three of them hide it until you have looked."),
)
PEOPLE = Offer(
    "yl",
    "people",
    N_("Facilities and staff"),
    N_("Make a facility, invite somebody, give back a lost way in, end a role."),
)
OUR = N_("Our facility")
OURS_ARE = N_("Its address, its phone, and how residents apply.")
OURS, OURS_ALL = Offer("yf", "see", OUR, OURS_ARE, ours=True), Offer("yl", "see", OUR, OURS_ARE)
COUNTER = Offer(
    "qm",
    "counter",
    N_("At the counter"),
    N_("Enter people who have no phone, tell them of new jobs, or print them on a sheet."),
)
BOARD = Offer(
    "jb", "desk", N_("Sheet for the board"), N_("This week's jobs in large letters, to be printed and hung up.")
)
HELP = Offer("dh", "desk", N_("Help"), N_("What each button does."))

EVERYWHERE = (INBOX, POST, LOOK, PEOPLE, COUNTER, BOARD, HELP)
OF_ONE = (INBOX, AGAIN, NEW, OURS, COUNTER, BOARD, HELP)
OF_SEVERAL = (INBOX, POST, LOOK, OURS_ALL, COUNTER, BOARD, HELP)


def offers(turn: Turn) -> Iterator[tuple[Offer, Press]]:
    """What this person may press on the desk."""
    theirs = turn.who.facilities if turn.who is not None else None
    for offer in EVERYWHERE if theirs is None else OF_ONE if len(theirs) == 1 else OF_SEVERAL:
        press = Press(offer.verb, tuple(theirs or ()) if offer.ours else ())
        if there(press) and may(turn.who, offer.right, min(theirs) if theirs else None):
            yield offer, press


def buttons(turn: Turn) -> list[Button]:
    return [Button(turn.t.t(offer.label), press.pack()) for offer, press in offers(turn)]


def there(press: Press) -> bool:
    """Whether anything answers to this press."""
    from .routes import ACTS  # the index reads this module first

    act = ACTS.get(press.verb)
    return act is not None and act.count == len(press.ids)
