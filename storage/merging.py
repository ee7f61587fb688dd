"""Postings that are one: merged into the oldest of them, shown with why, and split again for good."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import and_, or_
from sqlmodel import col, delete, func, select, update

from . import former
from .carrying import carry_over, owed_again
from .outbox_tables import Memo
from .tables import Apart, Listing, Posting
from .tellings import keep_own, own_again, regroup
from .transaction import Transaction

MERGING = (
    0x11A6C2  # the advisory lock of whoever compares on PostgreSQL: of two that come at once, one sees the other's
)
HALF_DONE = "matching"  # the memo of storage.alerts


@dataclass(frozen=True, slots=True)
class Member:
    """One posting of several that are one: its own id and title, why it was merged, and who tells it (source, key, gone)."""

    id: int
    title: str
    because: str | None
    listings: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A posting as it stands, its members (itself first), and by field the source of what it shows."""

    posting: Posting
    members: tuple[Member, ...]
    told_by: Mapping[str, str]


async def lock(tx: Transaction) -> None:
    """Hold it from before comparing until the commit. SQLite has one writer anyway."""
    if tx.postgres:
        await tx.execute(select(func.pg_advisory_xact_lock(MERGING)))


async def merge(tx: Transaction, into: Mapping[int, tuple[int, str]], order: Sequence[str] = ()) -> None:
    """Merge each posting into the older one that it is the same as, with the reason. No target is itself merged by this.

    Buttons with their ids lead on, marks and alerts go over, and the richest of what all say is shown.
    """
    if not into:
        return
    targets = {target for target, _ in into.values()}
    every = sorted({*into, *targets})
    await tx.all(select(col(Posting.id)).where(col(Posting.id).in_(every)).order_by(col(Posting.id)).with_for_update())
    await keep_own(tx, await tx.find(Posting, col(Posting.id).in_(targets)))
    others = await tx.find(Posting, col(Posting.id).in_(into))
    await own_again(tx, others)
    unheard = {target for one in others if not one.matched_revision for target in (into[one.id][0],)}
    for posting_id, (target, because) in into.items():
        moved = func.coalesce(Listing.home, Listing.posting_id)
        await tx.execute(
            update(Listing).where(col(Listing.posting_id) == posting_id).values(home=moved, posting_id=target)
        )
        await tx.execute(update(Posting).where(col(Posting.merged_into) == posting_id).values(merged_into=target))
        merged = {"merged_into": target, "merged_because": because}
        await tx.execute(update(Posting).where(col(Posting.id) == posting_id).values(**merged))
    await carry_over(tx, list(into))
    before = await former.noted(tx, targets)
    wider = await regroup(tx, targets, order)
    await former.keep(tx, before, merged=True)
    await _match_again(tx, unheard.intersection(wider))


async def _match_again(tx: Transaction, ids: Collection[int]) -> None:
    """What a telling brought that nobody heard of yet may be news to others; nobody is owed a posting twice."""
    if ids:
        await tx.execute(update(Posting).where(col(Posting.id).in_(ids)).values(matched_revision=0))
        await tx.execute(delete(Memo).where(col(Memo.name) == HALF_DONE))


async def split(tx: Transaction, posting_id: int, order: Sequence[str] = ()) -> list[int]:
    """Let a merged posting, or all that were merged into one, stand by itself again; returns their ids.

    They are never merged again. Whoever was owed one of them before is owed it again; who never was may hear of it now.
    """
    row = await tx.get(Posting, id=posting_id)
    if row is None:
        return []
    target = row.merged_into or row.id
    group = [one.id for one in await tx.find(Posting, Posting.merged_into == target, order=Posting.id)]
    leaving = [row.id] if row.merged_into else group
    if not leaving:
        return []
    for older, newer in combinations(sorted([target, *group]), 2):
        if older in leaving or newer in leaving:
            await tx.put(Apart, ["older", "newer"], older=older, newer=newer, at=tx.now)
    for one in leaving:
        theirs = (col(Listing.posting_id) == target, col(Listing.home) == one)
        await tx.execute(update(Listing).where(*theirs).values(posting_id=one, home=None))
    await tx.execute(
        update(Posting)
        .where(col(Posting.id).in_(leaving))
        .values(merged_into=None, merged_because=None, changed_at=tx.now, state="open", closed_at=None)
    )
    told = select(col(Listing.posting_id)).where(col(Listing.gone_at).is_(None))
    over = or_(col(Posting.closes_at) <= tx.now, ~col(Posting.id).in_(told))
    await tx.execute(
        update(Posting).where(and_(col(Posting.id).in_(leaving), over)).values(state="closed", closed_at=tx.now)
    )
    await owed_again(tx, leaving)
    await regroup(tx, [target], order)
    return leaving


async def apart(tx: Transaction, ids: Collection[int]) -> set[tuple[int, int]]:
    """Pairs among these, the older first, that somebody split."""
    rows = await tx.find(Apart, col(Apart.older).in_(ids), col(Apart.newer).in_(ids))
    return {(row.older, row.newer) for row in rows}


async def show(tx: Transaction, posting_id: int) -> Shown | None:
    """A posting with all that were merged into it, also by the id of one of these; None where there is none."""
    row = await tx.get(Posting, id=posting_id)
    target = await tx.get(Posting, id=row.merged_into) if row and row.merged_into else row
    if target is None:
        return None
    listings = await tx.find(Listing, Listing.posting_id == target.id, order=(Listing.source, Listing.key))
    merged = await tx.find(Posting, Posting.merged_into == target.id, order=Posting.id)
    own_title = target.own["values"]["title"] if target.own else target.title
    members = [
        Member(
            one.id,
            own_title if one is target else one.title,
            one.merged_because,
            tuple((li.source, li.key, li.gone_at is not None) for li in listings if (li.home or target.id) == one.id),
        )
        for one in (target, *merged)
    ]
    return Shown(target, tuple(members), target.told_by or {})
