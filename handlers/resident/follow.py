"""Following a facility: its openings come whatever the wishes say. From a card, from its sign, and ended in one tap."""

from storage import facilities, follows, signs
from storage.criteria import DISTRICT
from storage.staff_tables import Facility
from storage.tables import Posting
from storage.transaction import Transaction

from ..chat.messages import Button
from ..chat.turn import Turn


async def follow(turn: Turn, facility_id: int) -> None:
    """The button. Who did not agree to alerts yet is asked first, and follows then."""
    facility = await _there(turn, facility_id)
    if facility is None:
        return None
    if turn.resident.state != "active":
        turn.end()
        return await turn.begin("start", "notice", facility=facility.id)
    return await begin(turn, facility)


async def begin(turn: Turn, facility: Facility) -> None:
    t = turn.t
    mine = turn.press(t.t("My alerts"), "al")
    if not await follows.follow(turn.tx, turn.resident.id, facility.id):
        turn.say(t.t("You follow {n} facilities. That is as many as can be.", n=follows.MOST), [[mine]])
        return
    text = t.t("From now on we tell you of every new job here: {facility}", facility=t.isolate(facility.name))
    turn.say(text, [[turn.press(t.t("Follow no more"), "fu", facility.id), mine]])


async def unfollow(turn: Turn, facility_id: int) -> None:
    t, facility = turn.t, await facilities.get(turn.tx, facility_id)
    await follows.unfollow(turn.tx, turn.resident.id, facility_id)
    name = t.isolate(facility.name) if facility is not None else ""
    again = [turn.press(t.t("Undo"), "fo", facility_id)] if facility is not None else []
    turn.say(t.t("You follow it no more: {facility}", facility=name), [[*again, turn.press(t.t("My alerts"), "al")]])


async def settled(turn: Turn, facility_id: int | None, sign: str | None) -> None:
    """Somebody agreed to alerts: they follow what they tapped before that; who came by a facility's sign is asked."""
    facility = await facilities.get(turn.tx, facility_id) if facility_id is not None else None
    if facility is not None and facility.state == "open":
        await begin(turn, facility)
    else:
        await offer(turn, sign)


async def offer(turn: Turn, sign: str | None) -> None:
    """Proposed to who came by the sign of a facility that they do not follow."""
    t, facility = turn.t, await _of_sign(turn.tx, sign)
    if facility is None or await follows.follows(turn.tx, turn.resident.id, facility.id):
        return
    text = t.t("Shall we also tell you of every new job here? {facility}", facility=t.isolate(facility.name))
    turn.say(text, [[turn.press(t.t("Follow this facility"), "fo", facility.id)]])


async def _of_sign(tx: Transaction, sign: str | None) -> Facility | None:
    """The facility where a sign hangs: the one of its name."""
    name = await signs.name(tx, sign)
    return await facilities.named(tx, name) if name else None


async def button(turn: Turn, posting: Posting) -> list[Button]:
    """Under a card's details: follow its facility, or no more. Nothing where it is of none."""
    facility = await facilities.get(turn.tx, posting.facility_id) if posting.facility_id is not None else None
    if facility is None or facility.state != "open":
        return []
    if await follows.follows(turn.tx, turn.resident.id, facility.id):
        return [turn.press(turn.t.t("Follow no more"), "fu", facility.id)]
    return [turn.press(turn.t.t("Follow this facility"), "fo", facility.id)]


async def why(turn: Turn, posting: Posting, hops: int) -> list[str]:
    """The line of details for what only the facility brought."""
    name = await facilities.name(turn.tx, posting.facility_id) if hops > DISTRICT else ""
    return [turn.t.t("Why you got this: you follow {facility}", facility=turn.t.isolate(name))] if name else []


async def listed(turn: Turn) -> tuple[list[str], list[list[Button]]]:
    """What /alerts says of it: a line with the names, and a button for each that ends it."""
    t, mine = turn.t, await follows.of(turn.tx, turn.resident.id)
    names = ", ".join(t.isolate(one.name) for one in mine)
    lines = [t.t("Facilities you follow: {names}", names=names)] if mine else []
    return lines, [[turn.press(t.t("{facility}: no more", facility=one.name), "fu", one.id)] for one in mine]


async def _there(turn: Turn, facility_id: int) -> Facility | None:
    facility = await facilities.get(turn.tx, facility_id)
    if facility is None or facility.state != "open":
        turn.say(turn.t.t("This facility is no longer here."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
        return None
    return facility
