"""What is shown around a one-time code: until when it works, the links that bring it, and whose wishes are to go on."""

from locales import N_
from storage import areas, codes, wishes

from ..chat.flow import Option
from ..chat.turn import Turn
from ..places import named
from ..text import SEOUL
from ..ways import Way, link

ONLY_BUTTONS = N_("Please choose one of the buttons, or write its number.")


def until(turn: Turn) -> str:
    time = (turn.tx.now + codes.LIFE).astimezone(SEOUL).strftime("%H:%M")
    return turn.t.t("The code works once, until {time}.", time=time)


def links(turn: Turn, code: str, *, elsewhere: bool) -> list[tuple[str, str]]:
    """(label, address) that bring a code to each platform; `elsewhere` leaves out the one where we are.

    To the web page it goes behind a #, which a browser tells no server.
    """
    t, way, here = turn.t, Way(code=code), turn.chat.platform
    found = [
        (t.t("Open {name}", name=name), link(address, way))
        for name, address in turn.deployment.messengers
        if not elsewhere or name.casefold() != here
    ]
    if turn.deployment.web and not (elsewhere and here == "web"):
        found.append((t.t("Open the page"), f"{turn.deployment.web}/#start={way.pack()}"))
    return found


async def place(turn: Turn, resident_id: int) -> str:
    """The neighbourhood that a resident chose."""
    code = await wishes.chosen(turn.tx, resident_id)
    area = await areas.get(turn.tx, code) if code else None
    return named(turn.t, area).both(turn.t) if area else turn.t.t("none")


async def ask_wishes(turn: Turn) -> None:
    """Somebody already gets alerts in the chat to which a code brings wishes."""
    t = turn.t
    lines = [
        t.t("You already get alerts here: {place}", place=await place(turn, turn.resident.id)),
        t.t("Which wishes should go on? Your saved jobs are kept."),
    ]
    rows = [[Option("theirs", t.t("Those that come over")), Option("own", t.t("Those of this chat"))]]
    turn.ask("\n".join(lines), rows)


def gone(turn: Turn) -> None:
    """Between the question and the answer somebody else used the code, or its time was over."""
    turn.end()
    text = turn.t.t("This code was used or is over. Nothing was changed. Make a new one in the other chat.")
    turn.say(text, [[turn.press(turn.t.t("I have a code"), "mc")]])


def stopped(turn: Turn) -> None:
    turn.end()
    turn.say(turn.t.t("Stopped. Nothing was changed."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
