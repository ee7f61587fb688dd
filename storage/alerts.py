"""Matching as set-based statements: which residents are owed a new posting. `handlers.matching` says the same in Python.

A chunk commits its alerts, the postings it finished and the mark within an unfinished one together, so that a process
that dies anywhere neither loses nor doubles one.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Integer,
    Select,
    and_,
    bindparam,
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
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from .columns import Moment
from .criteria import DISTRICT, FOLLOWED, agrees, follows, is_district, open_now
from .outbox_tables import Alert, Memo
from .staff_tables import Follow
from .tables import Mark, Posting, Reach, Resident, Wish, WishArea
from .transaction import Transaction
from .words import says

CHUNK = 10_000  # rows a commit: how long an interactive turn may have to wait
TOGETHER = 256  # postings in one statement at most

_MARK = "matching"  # the memo of half-done postings and the resident up to whom they are done: saves looking again
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
    if tx.postgres:
        # Its statistics lag behind a burst of alerts: a plan made for the empty table would read all of it for each row.
        await tx.execute(select(func.set_config("enable_seqscan", "off", True)))
    where = (col(Posting.id).in_(posting_ids), col(Posting.matched_revision) == 0, open_now(tx))
    locked = select(col(Posting.id)).where(*where).order_by(col(Posting.id)).with_for_update()
    queue = [row[0] for row in await tx.all(locked)]
    half, resident = await _half_done(tx)
    followed = await _anybody_follows(tx, queue)
    queue.sort(key=lambda posting_id: posting_id not in half)
    together = sum(posting_id in half for posting_id in queue) or 1
    written = finished = 0
    while queue and together and written < chunk - chunk // 8:  # the last few rows are not worth a statement
        taken, queue = queue[:together], queue[together:]
        written += await _write(tx, taken, later, chunk - written, (half, resident), followed)
        if written == chunk:
            newest = await tx.find(Alert, order=col(Alert.id).desc(), limit=1)
            mark = orjson.dumps([taken, newest[0].resident_id]).decode()
            await tx.put(Memo, ["name"], name=_MARK, value=mark)
            break
        await tx.execute(
            update(Posting).where(col(Posting.id).in_(taken)).values(matched_revision=col(Posting.revision))
        )
        finished += len(taken)
        # As many as fill half of what is left, going by those before: what finds no room would be looked for again.
        room = (chunk - written) * finished // (2 * written) if written else TOGETHER
        together = min(room, 4 * finished, TOGETHER)
    return written


async def reached(tx: Transaction, posting_id: int) -> dict[str, int]:
    """How many residents would be told of a posting that is not matched yet, by their language. Nothing is written."""
    values: dict[str, Any] = {"ids": [posting_id], "half": [0], "resident": 0}
    said = await _said(tx, values)
    if said and tx.postgres:
        values |= {"said": [posting_id for posting_id, _ in said], "whose": [wish_id for _, wish_id in said]}
    elif said:
        values["said"] = orjson.dumps(said).decode()
    followed = await _anybody_follows(tx, [posting_id])
    who = _all_fitting(tx.postgres, bool(said), followed).subquery().c.resident_id
    count = func.count(func.distinct(who))
    statement = select(col(Resident.language), count).join(Resident, col(Resident.id) == who)
    rows: Sequence[Any] = (await tx.execute(statement.group_by(col(Resident.language)), values)).all()
    return {language: int(n) for language, n in rows}


async def _half_done(tx: Transaction) -> tuple[list[int], int]:
    value = await tx.scalar(select(col(Memo.value)).where(col(Memo.name) == _MARK))
    half, resident = orjson.loads(value) if value else ([], 0)
    return half, resident


async def _anybody_follows(tx: Transaction, ids: Sequence[int]) -> bool:
    """Whether any of these is of a facility that has followers: mostly none is, and then nothing more is asked of them."""
    its = col(Follow.facility_id) == col(Posting.facility_id)
    found = select(literal(1)).select_from(Posting).join(Follow, its).where(col(Posting.id).in_(ids)).limit(1)
    return await tx.first(found) is not None


async def _write(
    tx: Transaction, ids: Sequence[int], later: datetime, limit: int, done: tuple[list[int], int], followed: bool
) -> int:
    """One INSERT .. SELECT for all of these postings, in order of resident: so each page of the index is met once."""
    values: dict[str, Any] = {"ids": ids, "half": done[0] or [0], "resident": done[1], "now": tx.now, "later": later}
    said = await _said(tx, values)
    if said and tx.postgres:
        values |= {"said": [posting_id for posting_id, _ in said], "whose": [wish_id for _, wish_id in said]}
    elif said:
        values["said"] = orjson.dumps(said).decode()
    result = await tx.execute(_insert(tx.postgres, bool(said), followed), {**values, "most": limit})
    return int(result.rowcount)


async def _said(tx: Transaction, values: dict[str, Any]) -> list[tuple[int, int]]:
    """Pairs of a posting and a wish whose words it meets, among those that fit otherwise."""
    rows: Sequence[Any] = (await tx.execute(_asking(), values)).all()
    if not rows:
        return []
    read = col(Posting.id), col(Posting.title), col(Posting.organisation), col(Posting.facts)
    told: dict[int, Any] = {
        row[0]: row for row in await tx.all(select(*read).where(col(Posting.id).in_(values["ids"])))
    }
    return sorted({(posting_id, wish_id) for posting_id, wish_id, words in rows if says(told[posting_id], words)})


@cache  # building a statement takes longer than running it for a few postings
def _insert(postgres: bool, worded: bool, followed: bool) -> Any:
    found = _all_fitting(postgres, worded, followed).subquery().c
    best: Any = func.min(found.best)
    nobody: Any = literal(0, BigInteger)
    owed = (
        select(
            found.posting_id,
            found.resident_id,
            func.min(found.revision),
            func.nullif(best.bitwise_and(literal((1 << _HOPS) - 1, BigInteger)), nobody),
            best.bitwise_rshift(literal(_HOPS, Integer)),
            case((func.min(found.waits) == 0, bindparam("now", type_=Moment)), else_=bindparam("later", type_=Moment)),
        )
        .group_by(found.resident_id, found.posting_id)
        .order_by(found.resident_id, found.posting_id)
        .limit(bindparam("most"))
    )
    names = ["posting_id", "resident_id", "revision", "wish_id", "hops", "due_at"]
    insert = postgresql.insert(Alert) if postgres else sqlite.insert(Alert)
    return insert.from_select(names, owed, include_defaults=False).on_conflict_do_nothing()


def _all_fitting(postgres: bool, worded: bool, followed: bool) -> Any:
    """What fits; `worded`: also by the words of `_pairs`; `followed`: also what followers of its facility get."""
    fitting: list[Any] = [_fitting(worded=False)]
    if worded:
        pair = tuple_(col(Reach.posting_id), col(WishArea.wish_id))
        fitting.append(_fitting(worded=True).where(pair.in_(_pairs(postgres))))
    if followed:
        fitting.append(_following())
    return union_all(*fitting) if fitting[1:] else fitting[0]


@cache
def _asking() -> Any:
    """The words of the wishes that fit but for their words."""
    asked = _fitting(worded=True).join(Wish, col(Wish.id) == col(WishArea.wish_id))
    return asked.with_only_columns(col(Reach.posting_id), col(Wish.id), col(Wish.words))


def _fitting(*, worded: bool) -> Select[Any]:
    """Each area of a wish that a posting fits, words aside, of residents who may be told and are not yet.

    A resident's state stands in `WishArea.active`: looking it up cost a third of matching at 1,000,000 wishes.
    `best` is hops and wish as one number, `waits` is 1 where it is no news at once.
    """
    at_once = or_(col(Posting.scope) == "emd", col(WishArea.width) >= DISTRICT, is_district(col(WishArea.area)))
    return (
        select(
            col(Reach.posting_id),
            col(WishArea.resident_id),
            col(Posting.revision),
            (cast(col(Reach.hops), BigInteger) * literal(1 << _HOPS, BigInteger) + col(WishArea.wish_id)).label("best"),
            case((at_once, 0), else_=1).label("waits"),
        )
        .select_from(Posting)
        .join(Reach, col(Reach.posting_id) == col(Posting.id))
        .join(WishArea, and_(col(WishArea.area) == col(Reach.area), col(WishArea.width) >= col(Reach.hops)))
        .where(
            col(Posting.id).in_(bindparam("ids", expanding=True)),
            col(Posting.scope).in_(_ALERTING),
            col(WishArea.active),
            col(WishArea.worded) if worded else ~col(WishArea.worded),
            *agrees(),
            col(WishArea.seen) < col(Posting.id),
            *_owed(col(WishArea.resident_id)),
        )
    )


def _following() -> Any:
    """What facilities post goes at once to who follows them, wherever it is; where a wish fits too, that one brings it."""
    return (
        select(
            col(Posting.id).label("posting_id"),
            col(Follow.resident_id),
            col(Posting.revision),
            literal(FOLLOWED << _HOPS, BigInteger).label("best"),
            literal(0, Integer).label("waits"),
        )
        .select_from(Posting)
        .join(Follow, follows(col(Follow.resident_id)))
        .join(Resident, and_(col(Resident.id) == col(Follow.resident_id), col(Resident.state) == "active"))
        .where(col(Posting.id).in_(bindparam("ids", expanding=True)), *_owed(col(Follow.resident_id)))
    )


def _owed(resident: Any) -> tuple[Any, ...]:
    """A resident was not told of the posting yet, nor hid it; of half-done ones the earlier residents are done."""
    alert = (col(Alert.posting_id) == col(Posting.id), col(Alert.resident_id) == resident)
    mark = (col(Mark.posting_id) == col(Posting.id), col(Mark.resident_id) == resident, col(Mark.verb) == "hidden")
    return (
        or_(col(Posting.id).not_in(bindparam("half", expanding=True)), resident >= bindparam("resident")),
        ~select(col(Alert.id)).where(*alert).exists(),
        ~select(col(Mark.at)).where(*mark).exists(),
    )


def _pairs(postgres: bool) -> Select[Any]:
    """What `_said` found, as a two-column table inside a statement, however much it is."""
    if postgres:
        said = bindparam("said", type_=ARRAY(BigInteger)), bindparam("whose", type_=ARRAY(BigInteger))
        table = func.unnest(*said).table_valued("posting", "wish").render_derived()
        return select(table.c.posting, table.c.wish)
    value = func.json_each(bindparam("said")).table_valued("value").c.value
    return select(func.json_extract(value, "$[0]"), func.json_extract(value, "$[1]"))
