"""What a posting said before it changed, where somebody saved it or applied: kept from its recording until it is told.

Kept as a memo per posting: the columns that differ, with their first value since. Words of the notice are kept as digests
only, enough to say that they changed.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlmodel import col, delete, select

from .browse import place_codes
from .outbox_tables import Memo
from .tables import Mark, Posting
from .transaction import Transaction

KEPT = ("saved", "applied")  # the marks of those who hear of changes
COLUMNS = (
    *(
        "state",
        "title",
        "organisation",
        "occupation",
        "pay_kind",
        "pay_low",
        "pay_high",
        "days",
        "spans",
        "week_minutes",
    ),
    *("starts_on", "ends_on", "headcount", "foreigners", "statuses", "closes_at", "until_filled"),
)
AREA, WORDS, BACK = (
    "area",
    "words",
    "kept_back",
)  # beside columns: where it was, digests of facts, the fact of that name
_MEMO = "former:"

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Former:
    """What differed. `merged`: it changed because another posting was merged into it, not because a source said so."""

    values: Values
    merged: bool


async def noted(tx: Transaction, ids: Collection[int]) -> dict[int, tuple[int, Values]]:
    """Of these postings those that somebody saved or applied to: revision and what they say, by id. Ask before changing them."""
    if not ids:
        return {}
    marked = select(col(Mark.posting_id)).where(col(Mark.posting_id).in_(ids), col(Mark.verb).in_(KEPT))
    rows = await tx.find(Posting, col(Posting.id).in_(marked))
    areas = await place_codes(tx, [row.id for row in rows]) if rows else {}
    return {row.id: (row.revision, _says(row, areas.get(row.id))) for row in rows}


async def keep(tx: Transaction, before: Mapping[int, tuple[int, Values]], *, merged: bool = False) -> None:
    """Keep what changed since it was `noted`."""
    now = await noted(tx, list(before))
    changed = {
        id_: differs(says, now[id_][1]) for id_, (rev, says) in before.items() if id_ in now and now[id_][0] != rev
    }
    changed |= {
        id_: {"state": "open"} for id_, (_, says) in before.items() if id_ in now and _closed(says, now[id_][1])
    }
    known = await _read(tx, list(changed))
    for id_, values in changed.items():
        first = known.get(id_)
        former = Former(values, merged) if first is None else Former(fold(first.values, values), merged or first.merged)
        await tx.put(Memo, ["name"], name=f"{_MEMO}{id_}", value=orjson.dumps(former).decode())


def _closed(before: Values, now: Values) -> bool:
    return bool(before["state"] == "open" and now["state"] == "closed")


async def _read(tx: Transaction, ids: Collection[int]) -> dict[int, Former]:
    names = [f"{_MEMO}{id_}" for id_ in ids]
    memos = await tx.find(Memo, col(Memo.name).in_(names)) if names else []
    return {int(memo.name.removeprefix(_MEMO)): Former(**orjson.loads(memo.value)) for memo in memos}


async def take(tx: Transaction) -> dict[int, Former]:
    """All that is kept, by posting; it is not kept any more."""
    memos = await tx.find(Memo, col(Memo.name).startswith(_MEMO))
    if memos:
        await tx.execute(delete(Memo).where(col(Memo.name).in_([memo.name for memo in memos])))
    return {int(memo.name.removeprefix(_MEMO)): Former(**orjson.loads(memo.value)) for memo in memos}


def fold(first: Values, later: Values) -> dict[str, Any]:
    """Two changes as one: of each column the first value."""
    return {**later, **first, WORDS: {**later.get(WORDS, {}), **first.get(WORDS, {})}}


def differs(before: Values, now: Values) -> dict[str, Any]:
    """The values of `before` that are not those of now."""
    words = {name for says in (before, now) for name in says[WORDS]}
    changed = {name: before[WORDS].get(name, "") for name in words if before[WORDS].get(name) != now[WORDS].get(name)}
    plain = {name: value for name, value in before.items() if name != WORDS and value != now[name]}
    return {**plain, WORDS: changed}


def _says(posting: Posting, area: int | None) -> Values:
    values = {name: getattr(posting, name) for name in COLUMNS}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    facts = posting.facts
    return {**plain, AREA: area, BACK: facts.get(BACK, ""), WORDS: digests(facts)}


def digests(facts: Mapping[str, str]) -> dict[str, str]:
    """A short digest of each of the notice's words, by the fact's name."""
    return {
        name: hashlib.blake2s(" ".join(words.split()).encode(), digest_size=6).hexdigest()
        for name, words in facts.items()
        if name not in (BACK, "occupation_by")
    }


def unlike(was: Values, posting: Posting) -> Sequence[str]:
    """The names of the notice's words that differ now from what was kept."""
    now = digests(posting.facts)
    return [name for name, digest in was.get(WORDS, {}).items() if now.get(name, "") != digest]
