"""Matching as set-based statements: which residents are owed a new posting. `handlers.matching` says the same in Python.

A chunk commits its alerts, the postings it finished and the mark within an unfinished one together, so that a process
that dies anywhere neither loses nor doubles one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Integer,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlmodel import col

from .columns import Moment
from .criteria import DISTRICT, agrees, is_district, open_now
from .outbox_tables import Alert, Memo
from .tables import Mark, Posting, Reach, Resident, Wish, WishArea
from .transaction import Transaction, columns
from .words import says

CHUNK = 10_000  # rows a commit: how long an interactive turn may have to wait
TOGETHER = 64  # postings in one statement at most

_MARK = "matching"  # the memo that names a half-done posting and the last resident who has their alert
_HOPS = 48  # hops stand above the wish's id in one number, so that one min() finds the nearest area and its wish
_ALERTING = ("emd", "sigungu")  # known only to a province, or to nothing, a posting is no news to anyone


async def pending(tx: Transaction, limit: int) -> list[int]:
    """The oldest open postings whose alerts are still to be written."""
    where = (col(Posting.matched_revision) == 0, open_now(tx))
    rows = await tx.all(select(col(Posting.id)).where(*where).order_by(col(Posting.id)).limit(limit))
    return [row[0] for row in rows]


async def match(tx: Transaction, posting_ids: Sequence[int], later: datetime, chunk: int = CHUNK) -> int:
    """Write at most `chunk` alerts for these postings; returns how many. Call again while any is `pending`.

    `later` is when postings that are no news at once (known to their district only) are told.
    """
    where = (col(Posting.id).in_(posting_ids), col(Posting.matched_revision) == 0, open_now(tx))
    locked = select(*columns(Posting)).where(*where).order_by(col(Posting.id)).with_for_update()
    queue = [Posting(**row._mapping) for row in await tx.all(locked)]
    after = await _half_done(tx)
    written = finished = 0
    while queue and written < chunk:
        # As many as will fill the chunk, going by those before: little is grouped that then finds no room.
        together = (chunk - written) * finished // written if written else 2 * finished or 1
        taken = queue[: min(together, TOGETHER)]
        if not taken:
            break
        rows = await _write(tx, taken, later, chunk - written, after)
        written += rows
        if written == chunk:
            newest = await tx.find(Alert, order=col(Alert.id).desc(), limit=1)
            half = newest[0].posting_id
            await tx.put(Memo, ["name"], name=_MARK, value=f"{half} {newest[0].resident_id}")
            taken = [posting for posting in taken if posting.id < half]
        await _finish(tx, [posting.id for posting in taken])
        queue = queue[len(taken) :]
        finished += len(taken)
    return written


async def _half_done(tx: Transaction) -> tuple[int, int]:
    value = await tx.scalar(select(col(Memo.value)).where(col(Memo.name) == _MARK))
    posting, resident = value.split() if value else (0, 0)
    return int(posting), int(resident)


async def _finish(tx: Transaction, ids: Sequence[int]) -> None:
    if ids:
        await tx.execute(update(Posting).where(col(Posting.id).in_(ids)).values(matched_revision=col(Posting.revision)))


async def _write(
    tx: Transaction, postings: Sequence[Posting], later: datetime, limit: int, after: tuple[int, int]
) -> int:
    """One INSERT .. SELECT for all of these postings, in order of posting and resident."""
    fitting: Any = _fitting(postings, after, worded=False)
    said = await _said(tx, postings, after)
    if said:
        pair = tuple_(col(Reach.posting_id), col(WishArea.wish_id))
        fitting = union_all(fitting, _fitting(postings, after, worded=True).where(pair.in_(_pairs(tx, said))))
    found = fitting.subquery()
    best, waits = func.min(found.c.best).label("best"), func.min(found.c.waits).label("waits")
    near = (
        select(found.c.posting_id, found.c.resident_id, best, waits)
        .group_by(found.c.posting_id, found.c.resident_id)
        .subquery()
    )
    whose = near.c.posting_id, near.c.resident_id
    told = select(col(Alert.id)).where(col(Alert.posting_id) == whose[0], col(Alert.resident_id) == whose[1])
    hidden = select(col(Mark.verb)).where(
        col(Mark.posting_id) == whose[0], col(Mark.resident_id) == whose[1], col(Mark.verb) == "hidden"
    )
    owed = (
        select(
            *whose,
            col(Posting.revision),
            near.c.best.bitwise_and(literal((1 << _HOPS) - 1, BigInteger)),
            near.c.best.bitwise_rshift(literal(_HOPS, Integer)),
            case((near.c.waits == 0, literal(tx.now, Moment())), else_=literal(later, Moment())),
        )
        .join(Resident, and_(col(Resident.id) == whose[1], col(Resident.state) == "active"))
        .join(Posting, col(Posting.id) == whose[0])
        .where(~told.exists(), ~hidden.exists())
        .order_by(*whose)
        .limit(limit)
    )
    names = ["posting_id", "resident_id", "revision", "wish_id", "hops", "due_at"]
    statement = tx.upsert(Alert).from_select(names, owed, include_defaults=False).on_conflict_do_nothing()
    return int((await tx.execute(statement)).rowcount)


def _fitting(postings: Sequence[Posting], after: tuple[int, int], *, worded: bool) -> Select[Any]:
    """Each area of a wish that a posting fits, words aside: posting, resident, hops and wish as one number, must it wait."""
    at_once = or_(col(Posting.scope) == "emd", col(WishArea.width) >= DISTRICT, is_district(col(WishArea.area)))
    return (
        select(
            col(Reach.posting_id),
            col(WishArea.resident_id),
            (cast(col(Reach.hops), BigInteger) * literal(1 << _HOPS, BigInteger) + col(WishArea.wish_id)).label("best"),
            case((at_once, 0), else_=1).label("waits"),
        )
        .select_from(Posting)
        .join(Reach, col(Reach.posting_id) == col(Posting.id))
        .join(WishArea, and_(col(WishArea.area) == col(Reach.area), col(WishArea.width) >= col(Reach.hops)))
        .where(
            col(Posting.id).in_([posting.id for posting in postings]),
            col(Posting.scope).in_(_ALERTING),
            col(WishArea.active),
            col(WishArea.worded) if worded else ~col(WishArea.worded),
            *agrees(),
            col(WishArea.seen) < col(Posting.id),
            or_(col(Posting.id) != after[0], col(WishArea.resident_id) > after[1]),
        )
    )


async def _said(tx: Transaction, postings: Sequence[Posting], after: tuple[int, int]) -> list[tuple[int, int]]:
    """Pairs of a posting and a wish whose words it meets, among those that fit otherwise."""
    texts = {posting.id: posting for posting in postings}
    asked = (
        _fitting(postings, after, worded=True)
        .join(Wish, col(Wish.id) == col(WishArea.wish_id))
        .with_only_columns(col(Reach.posting_id), col(Wish.id), col(Wish.words))
    )
    rows: Sequence[Any] = await tx.all(asked)
    return sorted({(posting_id, wish_id) for posting_id, wish_id, words in rows if says(texts[posting_id], words)})


def _pairs(tx: Transaction, pairs: Sequence[tuple[int, int]]) -> Select[Any]:
    """The pairs as a two-column table inside a statement, however many they are."""
    if tx.postgres:
        columns_ = (literal(list(column), ARRAY(BigInteger)) for column in zip(*pairs, strict=True))
        table = func.unnest(*columns_).table_valued("posting", "wish")
        return select(table.c.posting, table.c.wish)
    value = func.json_each(orjson.dumps(pairs).decode()).table_valued("value").c.value
    return select(func.json_extract(value, "$[0]"), func.json_extract(value, "$[1]"))
