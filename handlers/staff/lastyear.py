"""In the week in which a facility posted last year its managers are asked whether to post it again, in one tap."""

from storage import audit, facilities, lastyear, staff
from storage.tables import Posting

from .. import cards
from ..chat.turn import Turn
from .gate import Act
from .rights import may


async def tell(turn: Turn, posting_id: int) -> None:
    """The message; nothing where it was posted again or declined meanwhile, or the reader does not act for it any more."""
    posting = next((one for one in await lastyear.posted(turn.tx) if one.id == posting_id), None)
    who = await staff.who(turn.tx, turn.resident.id)
    if posting is None or not may(who, "write", posting.facility_id):
        return
    t = turn.t
    day = t.date(posting.created_at.astimezone(cards.SEOUL).date())
    lines = [
        t.isolate(await facilities.name(turn.tx, posting.facility_id)),
        t.t("Posted last year: {date}", date=day),
        t.t("Shall it go up again this year? The dates move along, and you see it before it is shown."),
    ]
    rows = [
        [
            turn.press(t.t("Post it as last time"), "zo", posting.id, main=True),
            turn.press(t.t("Not this year"), "xn", posting.id),
        ]
    ]
    turn.say("\n".join(lines), rows, lead=t.t("Staff"), title=t.isolate(posting.title))


async def not_now(turn: Turn, posting_id: int) -> None:
    """Declined for this year: the facility's other managers are not asked any more."""
    posting = await turn.tx.get(Posting, id=posting_id)
    facility_id = posting.facility_id if posting is not None else None
    await audit.write(turn.tx, turn.resident.id, lastyear.NOT_NOW, "posting", posting_id, facility_id)
    t = turn.t
    rows = [[turn.press(t.t("Today's work"), "dk")]]
    turn.say(t.t("All right, not this year."), rows, lead=t.t("Staff"))


ACTS = {"xn": Act(not_now, 1, "write", "posting")}
