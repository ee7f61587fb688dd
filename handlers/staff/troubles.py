"""What the owner hears of sources: which one does not work, since when, why and what to do, and that it works again."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from locales import N_, Translator
from storage import troubles
from storage.troubles import Trouble

from .. import cards
from ..chat.turn import Turn

# What is wrong, and what to do about it, by the kind of trouble.
WORDS = {
    "key": (
        N_("The key was refused."),
        N_("Look on the site whether the key is still valid, and approved for this service."),
    ),
    "denied": (
        N_("The site does not let us in."),
        N_("Ask those who run the site whether their list may be read."),
    ),
    "silent": (
        N_("The site did not answer."),
        N_("Often it comes back by itself. If not by tomorrow, look at the site and ask those who run it."),
    ),
    "busy": (
        N_("The site asked us to come less often."),
        N_("Put a larger number at “every” for this source."),
    ),
    "quota": (
        N_("Today’s requests are used up."),
        N_("It goes on after midnight, Korean time. If this comes often, ask the site for more requests a day."),
    ),
    "address": (
        N_("The site has nothing at this address."),
        N_("Look for its new address and put that into the list of sources."),
    ),
    "refused": (
        N_("The site leads elsewhere, or sends what is not safe to read."),
        N_("Whoever runs the bot can see more with: {command}"),
    ),
    "answer": (
        N_("The answer was not what its documentation says."),
        N_("Whoever runs the bot can keep and look at the answer with: {command}"),
    ),
    "file": (
        N_("A file could not be read."),
        N_("Open the file, save it as XLSX or CSV, and put it back."),
    ),
    "program": (
        N_("Our own program could not cope with the answer."),
        N_("Whoever runs the bot finds the reason in the log."),
    ),
}
COMMANDS = {"refused": "ilgam poll", "answer": "ilgam probe"}
LONGEST = 8  # sources named one by one in one message


def words(t: Translator, why: str, source: str) -> tuple[str, str]:
    """What is wrong with a source, and what to do."""
    wrong, do = WORDS.get(why, WORDS["answer"])
    return t.t(wrong), t.t(do, command=f"{COMMANDS.get(why, 'ilgam poll')} {source}")


def english(why: str, source: str) -> str:
    """The same two sentences for the command line, which speaks English."""
    return " ".join(WORDS.get(why, WORDS["answer"])).format(command=f"{COMMANDS.get(why, 'ilgam poll')} {source}")


async def tell(turn: Turn, number: int, *, again: bool = False) -> None:
    """The notice with this number, as things are now; nothing where what it was to say is over. `again`: it may be the second."""
    t, marks = turn.t, await troubles.marks(turn.tx)
    down = [one for one in marks.values() if one.told == number and one.until is None]
    up = [one for one in marks.values() if one.back == number and one.until is not None]
    if not down and not up:
        return
    blocks = [t.t("You may have got this message before.")] if again else []
    by_why = sorted(down, key=lambda one: (one.why, one.since, one.source))
    blocks += [_down(t, list(some)) for _, some in groupby(by_why, key=lambda one: one.why)]
    if up:
        back = [f"{t.isolate(one.source)} ({_span(t, one)})" for one in sorted(up, key=lambda one: one.since)]
        blocks.append("\n".join([t.t("These work again:"), *_few(t, back)]) if down else "\n".join(_few(t, back)))
    if down:
        blocks.append(t.t("No job was taken away because of this. Residents are not told."))
    title = t.n("{n} source does not work", "{n} sources do not work", len(down)) if down else t.t("It works again")
    turn.say("\n\n".join(blocks), lead=t.t("Staff"), title=title)


def _down(t: Translator, some: Sequence[Trouble]) -> str:
    """Those with the same kind of trouble."""
    wrong, do = words(t, some[0].why, some[0].source)
    named = [t.t("{name}: since {time}", name=t.isolate(one.source), time=_at(t, one.since)) for one in some]
    return "\n".join([*_few(t, named), wrong, do])


def _few(t: Translator, lines: Sequence[str]) -> list[str]:
    more = len(lines) - LONGEST
    return [*lines[:LONGEST], *([t.n("and {n} more", "and {n} more", more)] if more > 0 else [])]


def _span(t: Translator, one: Trouble) -> str:
    return f"{_at(t, one.since)} – {_at(t, one.until or one.since)}"


def _at(t: Translator, moment: datetime) -> str:
    local = moment.astimezone(cards.SEOUL)
    return f"{t.date(local.date())} {local:%H:%M}"
