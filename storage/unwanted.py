"""What is owed and nothing asks for any more: after a change of wishes, places or followed facilities it is let go, out of
messages that wait too."""

from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import col, select, update

from .carrying import withdraw
from .criteria import FOLLOWED, agrees, follows
from .outbox_tables import Alert, Delivery
from .settling import WAITING
from .staff_tables import Follow
from .tables import Posting, Reach, Wish, WishArea
from .transaction import Transaction
from .words import says

UNWANTED = "unwanted"  # why an alert was dropped: neither a wish of now asks for it nor a followed facility brings it


async def let_go(tx: Transaction, resident_id: int) -> None:
    """Drop what has not left the house, fits no wish of now and is of no followed facility; what fits another wish is told
    by that one.

    What may have been seen already stays: it only rides along.
    """
    on_its_way = and_(col(Alert.state) == "carried", col(Delivery.state).in_((*WAITING, "sending")))
    leaves = (col(Delivery.state) == "sending").label("leaves")
    read: list[Any] = [Alert.id, Alert.posting_id, Alert.wish_id, Alert.state, Alert.delivery_id, leaves]
    owed = (
        select(*read)
        .join(Posting, col(Posting.id) == col(Alert.posting_id))
        .outerjoin(Delivery, col(Delivery.id) == col(Alert.delivery_id))
        .where(
            col(Alert.resident_id) == resident_id,
            or_(col(Alert.wish_id).is_not(None), col(Posting.facility_id).is_not(None)),
            ~col(Alert.maybe_seen),
            or_(col(Alert.state) == "waiting", on_its_way),
        )
    )
    alerts = await tx.all(owed)
    best = await _best(tx, resident_id, [one.posting_id for one in alerts]) if alerts else {}
    stays = {one.delivery_id for one in alerts if one.posting_id in best}
    for one in alerts:
        mine = update(Alert).where(col(Alert.id) == one.id, col(Alert.state) == one.state)
        if (found := best.get(one.posting_id)) is not None:
            if found[0] != one.wish_id:
                await tx.execute(mine.values(wish_id=found[0], hops=found[1]))
        elif not one.leaves or one.delivery_id in stays:
            await tx.execute(mine.values(state="dropped", reason=UNWANTED))
    gone = [one for one in alerts if one.posting_id not in best and one.state == "carried"]
    cut = [one for one in gone if not one.leaves or one.delivery_id in stays]
    await withdraw(tx, [(one.delivery_id, one.posting_id) for one in cut], UNWANTED)
    # What is being sent may arrive, but does not go a second time where it was refused.
    last = {one.delivery_id for one in gone} - {one.delivery_id for one in cut}
    await tx.execute(update(Delivery).where(col(Delivery.id).in_(last)).values(expires_at=tx.now))


async def _best(tx: Transaction, resident_id: int, postings: list[int]) -> dict[int, tuple[int | None, int]]:
    """By posting, the wish that it lies nearest to and meets, and how near; no wish where only its facility is followed."""
    read: list[Any] = [
        *(Posting.id, Posting.title, Posting.organisation, Posting.facts),
        *(Wish.id.label("wish_id"), Reach.hops, Wish.words),  # type: ignore[attr-defined]
    ]
    near = and_(col(WishArea.area) == col(Reach.area), col(WishArea.width) >= col(Reach.hops))
    statement = (
        select(*read)
        .select_from(Posting)
        .join(Reach, col(Reach.posting_id) == col(Posting.id))
        .join(WishArea, near)
        .join(Wish, col(Wish.id) == col(WishArea.wish_id))
        .where(col(Posting.id).in_(postings), col(WishArea.resident_id) == resident_id, col(WishArea.active), *agrees())
        .order_by(col(Reach.hops), col(Wish.id))
    )
    best: dict[int, tuple[int | None, int]] = {}
    for row in await tx.all(statement):
        told: Any = row
        if row.id not in best and says(told, row.words):
            best[row.id] = row.wish_id, row.hops
    theirs = select(col(Posting.id)).join(Follow, follows(resident_id)).where(col(Posting.id).in_(postings))
    return {row.id: (None, FOLLOWED) for row in await tx.all(theirs)} | best
