"""One tick of telling staff: which postings wait for them to look, and what their facility posted in this week of last year."""

from datetime import datetime

from storage import concerns, deliveries, lastyear, staff
from storage.deliveries import Owed
from storage.due import ROUTINE
from storage.lanes import URGENT
from storage.staff import Owner
from storage.transaction import Transaction

from .. import pace
from .watch import Watch

DAY = range(9, 18)  # hours of the day, Korean time, in which last year is looked at
LOOKERS = ("owner", "officer")


async def tell_staff(tx: Transaction, watch: Watch) -> int:
    """Queue what staff are not told yet; returns how many messages. Each is named by what it is about, so none goes twice."""
    owed = [*await _held(tx, watch), *await _last_year(tx, watch)]
    return len(await deliveries.queue(tx, owed))


async def _held(tx: Transaction, watch: Watch) -> list[Owed]:
    held = await concerns.held(tx)
    people = await staff.reached(tx, watch.platforms, LOOKERS, watch.owner) if held else []
    return [
        Owed(
            f"held:{one.chat_id}:{posting_id}:{since:%Y%m%d%H%M%S}",
            one.chat_id,
            concerns.HELD,
            URGENT,
            body={"posting": posting_id},
            not_before=_may_go(tx, one, watch),
        )
        for posting_id, since in held
        for one in people
    ]


async def _last_year(tx: Transaction, watch: Watch) -> list[Owed]:
    local = tx.now.astimezone(pace.SEOUL)
    if local.hour not in DAY or not await lastyear.first_look(tx, local.date().isoformat()):
        return []
    return [
        Owed(
            f"lastyear:{one.chat_id}:{posting.facility_id}:{local.year}:{posting.id}",
            one.chat_id,
            lastyear.KIND,
            ROUTINE,
            body={"posting": posting.id},
            not_before=_may_go(tx, one, watch),
        )
        for posting in await lastyear.posted(tx)
        for one in await staff.reached(tx, watch.platforms, ("manager",), facility_id=posting.facility_id)
    ]


def _may_go(tx: Transaction, to: Owner, watch: Watch) -> datetime:
    return tx.now if to.platform in watch.silent else pace.due(tx.now, to.quiet_from, to.quiet_until)
