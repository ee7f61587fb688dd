"""What residents say is wrong with postings: how many say what, and whether a posting is shown again or goes for good."""

from locales import Translator
from storage import audit, browse, concerns, facilities, staff
from storage.concerns import Case
from storage.tables import Posting

from .. import cards
from ..chat.turn import Turn
from ..resident.concern import WORDS
from .gate import Act, let_in
from .rights import may

LONGEST = 8  # postings in one list


async def waiting(turn: Turn) -> None:
    """Those that this person may look into: a manager only those of their facilities."""
    t = turn.t
    mine = [one for one in await concerns.waiting(turn.tx) if may(turn.who, "concerns", one.posting.facility_id)]
    back = turn.press(t.t("Today's work"), "dk")
    if not mine:
        return turn.say(t.t("Nobody says that something is wrong with a job."), [[back]], lead=t.t("Staff"))
    shown = mine[:LONGEST]
    lines = [f"{i}. {_line(t, one)}" for i, one in enumerate(shown, 1)]
    if len(mine) > len(shown):
        lines.append(t.n("and {n} more", "and {n} more", len(mine) - len(shown)))
    rows = [[turn.press(str(i), "xs", one.posting.id) for i, one in enumerate(shown, 1)], [back]]
    return turn.say("\n".join(lines), rows, lead=t.t("Staff"), title=t.t("Something is wrong, residents say"))


async def show(turn: Turn, posting_id: int) -> None:
    posting = await _posting(turn, posting_id)
    if posting is None:
        return
    _case(turn, await _looked(turn, posting), await facilities.name(turn.tx, posting.facility_id))


async def release(turn: Turn, posting_id: int) -> None:
    posting = await _posting(turn, posting_id)
    if posting is None:
        return
    await concerns.release(turn.tx, posting.id)
    await audit.write(turn.tx, turn.resident.id, "release", "posting", posting.id, posting.facility_id)
    _done(turn, posting, turn.t.t("It is shown again, and residents are told of it."))


async def ask(turn: Turn, posting_id: int) -> None:
    """Asked once more, since no source brings it back."""
    posting = await _posting(turn, posting_id)
    if posting is None:
        return
    t = turn.t
    rows = [[turn.press(t.t("Yes, take it down"), "xe", posting.id), turn.press(t.t("Back"), "xs", posting.id)]]
    text = t.t("Take it down for good? Not even its source brings it back.")
    turn.say(text, rows, lead=t.t("Staff"), title=t.isolate(posting.title))


async def take_down(turn: Turn, posting_id: int) -> None:
    posting = await _posting(turn, posting_id)
    if posting is None:
        return
    await concerns.take_down(turn.tx, posting.id)
    await audit.write(turn.tx, turn.resident.id, "take down", "posting", posting.id, posting.facility_id)
    _done(turn, posting, turn.t.t("It is taken down for good. Whoever saved it is told that it is closed."))


async def tell(turn: Turn, posting_id: int) -> None:
    """The message to staff; nothing where somebody looked meanwhile, or the reader may not look any more."""
    posting = await browse.posting(turn.tx, posting_id)
    who = await staff.who(turn.tx, turn.resident.id)
    owner = turn.deployment.owner == f"{turn.chat.platform}:{turn.chat.address}"
    if posting is None or posting.held_at is None or posting.state != "open":
        return
    if owner or may(who, "concerns", posting.facility_id):
        _case(turn, await _looked(turn, posting), await facilities.name(turn.tx, posting.facility_id))


async def _posting(turn: Turn, posting_id: int) -> Posting | None:
    """What stands for it now; of what was merged since into another facility's, the gate is asked once more."""
    posting = await browse.posting(turn.tx, posting_id)
    if posting is not None and posting.id != posting_id and not await let_in(turn, "concerns", "posting", posting.id):
        return None
    if posting is None or posting.state != "open":
        t = turn.t
        turn.say(t.t("This job is closed."), [[turn.press(t.t("What residents say"), "xl")]], lead=t.t("Staff"))
        return None
    return posting


async def _looked(turn: Turn, posting: Posting) -> Case:
    return Case(posting, await concerns.counts(turn.tx, posting.id))


def _case(turn: Turn, one: Case, facility: str) -> None:
    t, posting = turn.t, one.posting
    lines = [t.isolate(facility or posting.organisation), cards.closing(t, posting, turn.tx.now), *_said(t, one)]
    if posting.held_at is not None:
        lines.append(t.t("It is not shown, and nobody is told of it, until you decide."))
    rows = [[turn.press(t.t("Show it again"), "xr", posting.id), turn.press(t.t("Take it down"), "xd", posting.id)]]
    rows.append([turn.press(t.t("Korean original"), "xo", posting.id), turn.press(t.t("What residents say"), "xl")])
    turn.say("\n".join(filter(None, lines)), rows, lead=t.t("Staff"), title=t.isolate(posting.title))


async def original(turn: Turn, posting_id: int) -> None:
    """Its own words, which residents can't see while it is held."""
    posting = await _posting(turn, posting_id)
    if posting is not None:
        rows = [[turn.press(turn.t.t("Back"), "xs", posting.id)]]
        turn.say(cards.original(posting), rows, lead=turn.t.t("Staff"), title=posting.title)


def _done(turn: Turn, posting: Posting, text: str) -> None:
    t = turn.t
    rows = [[turn.press(t.t("What residents say"), "xl"), turn.press(t.t("Today's work"), "dk")]]
    turn.say(text, rows, lead=t.t("Staff"), title=t.isolate(posting.title))


def _line(t: Translator, one: Case) -> str:
    state = f" ({t.t('held')})" if one.posting.held_at is not None else ""
    return "\n    ".join([f"{t.isolate(one.posting.title)}{state}", *_said(t, one)])


def _said(t: Translator, one: Case) -> list[str]:
    """How many say what. Never who."""
    return [f"{t.t(WORDS[kind])}: {one.counts[kind]}" for kind in concerns.KINDS if one.counts[kind]]


ACTS = {
    "xl": Act(waiting, 0, "desk"),
    "xs": Act(show, 1, "concerns", "posting"),
    "xo": Act(original, 1, "concerns", "posting"),
    "xr": Act(release, 1, "concerns", "posting"),
    "xd": Act(ask, 1, "concerns", "posting"),
    "xe": Act(take_down, 1, "concerns", "posting"),
}
