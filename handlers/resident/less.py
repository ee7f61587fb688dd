""" "Not for me": the posting is hidden, and what does not fit is asked, of all that the posting states. One tap undoes it."""

from collections.abc import Sequence
from typing import Any

from storage import browse, neighbourhoods, wishes
from storage.criteria import DISTRICT
from storage.tables import Posting, Wish

from ..chat.turn import Turn
from ..matching import ALL, OCCUPATIONS
from . import alerts, follow, wish_time
from .posting import agree_first, found
from .wish_steps import LEAST

STEP = 500  # won an hour: what a pay is rounded up to


async def not_for_me(turn: Turn, posting_id: int) -> None:
    posting = await found(turn, posting_id)
    if posting is None:
        return
    if turn.resident.state != "active":
        return agree_first(turn)
    await browse.mark(turn.tx, turn.resident.id, posting.id, "hidden")
    t = turn.t
    choices = (
        (posting.hour_bits != 0, turn.press(t.t("Time"), "nt", posting.id)),
        (posting.occupation in OCCUPATIONS, turn.press(t.t("Kind of work"), "nk", posting.id)),
        (bool(await _hops(turn, posting)), turn.press(t.t("Too far"), "nf", posting.id)),
        (posting.pay_hourly is not None, turn.press(t.t("Pay too low"), "np", posting.id)),
    )
    reasons = [button for stated, button in choices if stated]
    followed = [one for one in await follow.button(turn, posting) if one.payload.startswith("fu.")]
    rows = [reasons[:2], reasons[2:], [turn.press(t.t("Just this one"), "nj", posting.id), *followed]]
    turn.say(t.t("What does not fit? We will leave it out from now on."), rows)


async def _hops(turn: Turn, posting: Posting) -> int | None:
    alert = await wishes.alerted(turn.tx, turn.resident.id, posting.id)
    if alert is not None and alert.hops <= DISTRICT:
        return alert.hops
    wide = await neighbourhoods.widths(turn.tx, await neighbourhoods.of(turn.tx, turn.resident.id))
    return await browse.hops(turn.tx, posting.id, [area for area, _ in wide])


async def just_this(turn: Turn, posting_id: int) -> None:
    undo = [[turn.press(turn.t.t("Undo"), "uh", posting_id)]]
    turn.say(turn.t.t("We will not show this one again."), undo, edit=True)


async def show_again(turn: Turn, posting_id: int) -> None:
    await browse.unmark(turn.tx, turn.resident.id, posting_id, "hidden")
    turn.say(turn.t.t("It is shown again."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]], edit=True)


# From a reason to the question of `less_steps` ------------------------------------------------------------------------


async def time(turn: Turn, posting_id: int) -> None:
    """Proposes the bands of the day that the wishes accept, but those of this posting."""
    posting, mine = await _begun(turn, posting_id)
    if posting is None:
        return
    bands = 0
    for wish in mine:
        bands |= wish_time.apart(wish.hours)[1] or 15  # 0 stands for all of them
    left = bands & ~(wish_time.apart(posting.hour_bits)[1] or 15)
    await turn.begin("less", "time", **_start(posting, mine), bands=left or bands, weekend=False)


async def kind(turn: Turn, posting_id: int) -> None:
    posting, mine = await _begun(turn, posting_id)
    if posting is not None and posting.occupation in OCCUPATIONS:
        await turn.begin("less", "kind", **_start(posting, mine), occupation=posting.occupation)


async def pay(turn: Turn, posting_id: int) -> None:
    """Proposes the next round pay above this posting's."""
    posting, mine = await _begun(turn, posting_id)
    if posting is not None and posting.pay_hourly is not None:
        first = max(LEAST, (posting.pay_hourly // STEP + 1) * STEP)
        await turn.begin("less", "pay", **_start(posting, mine), first=first, floor=first)


async def far(turn: Turn, posting_id: int) -> None:
    """Proposes to look as far as just before this posting."""
    posting, mine = await _begun(turn, posting_id)
    if posting is None:
        return
    hops = await _hops(turn, posting)
    if not hops:
        turn.say(turn.t.t("It lies in your own neighbourhood."), edit=True)
        return
    await turn.begin("less", "far", **_start(posting, mine), hops=hops, width=hops - 1)


async def _begun(turn: Turn, posting_id: int) -> tuple[Posting | None, list[Wish]]:
    """The posting, and the wish that brought it, or else all wishes. Whoever has none can narrow nothing."""
    posting = await found(turn, posting_id)
    if posting is None or turn.resident.state != "active":
        return None, []
    kept = await wishes.of(turn.tx, turn.resident.id)
    if not kept:
        await alerts.alerts(turn)
        return None, []
    alert = await wishes.alerted(turn.tx, turn.resident.id, posting.id)
    brought = [wish for wish in kept if alert and wish.id == alert.wish_id]
    return posting, brought or kept


def _start(posting: Posting, mine: Sequence[Wish]) -> dict[str, Any]:
    return {"posting": posting.id, "wishes": [wish.id for wish in mine], "brought": [wish.id for wish in mine]}


async def undo(turn: Turn) -> None:
    """Puts back what was narrowed last; where something else was asked since, shows what stands now."""
    before, mine = turn.dialog.answers.pop("undo", None), turn.resident.id
    if before is None or turn.dialog.flow is not None:
        return await alerts.alerts(turn)
    for wish_id, values in before["wishes"]:
        await wishes.change(turn.tx, mine, wish_id, **values)
    for area, width in before["areas"]:
        await neighbourhoods.add(turn.tx, mine, area, width)
    await neighbourhoods.spread(turn.tx, mine)
    turn.say(turn.t.t("Everything is as before."), [[turn.press(turn.t.t("Your alerts"), "al")]], edit=True)


# Buttons of cards that were sent before there was a preview -----------------------------------------------------------


async def wider(turn: Turn) -> None:
    await neighbourhoods.widen(turn.tx, turn.resident.id, 1)
    turn.say(turn.t.t("Your neighbourhood and those next to it."), edit=True)


async def all_kinds(turn: Turn) -> None:
    """For wishes that took every kind but some; one that names its kinds keeps them."""
    for wish in await wishes.of(turn.tx, turn.resident.id):
        if wish.occupations < 0:
            await wishes.change(turn.tx, turn.resident.id, wish.id, occupations=ALL)
    turn.say(turn.t.t("All kinds of work again."), edit=True)
