"""Generated wishes and postings on a small map, and what the plain rule says they owe to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import insert
from sqlmodel import SQLModel, delete

from handlers.matching import OCCUPATIONS, Due, brings, due, fits
from storage.criteria import FOLLOWED, GROUPS, STRICT, TRAITS
from storage.outbox_tables import Alert, Memo
from storage.staff_tables import Facility, Follow
from storage.tables import Mark, Posting, Reach, Resident, Wish, WishArea
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
AREAS = (1233012800, 1233012900, 1233013000, 1233000000)  # three neighbourhoods and their district
KEYS = tuple(OCCUPATIONS)[:3]
BITS = tuple(bit for group in TRAITS.values() for bit in group.values() if bit > 128)
WANTED = tuple((GROUPS[name], bit) for name, group in TRAITS.items() for bit in group.values())


def mostly(usual: Any, *odd: Any) -> st.SearchStrategy[Any]:
    """The usual value in six of seven draws: if everything were odd, nothing would meet."""
    return st.sampled_from((usual,) * 6 * len(odd) + odd)


@dataclass
class World:
    residents: list[Resident] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    areas: list[WishArea] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)
    hidden: set[tuple[int, int]] = field(default_factory=set)
    follows: list[Follow] = field(default_factory=list)

    def rows(self) -> Iterable[tuple[type[SQLModel], list[dict[str, Any]]]]:
        marks = [{"resident_id": r, "posting_id": p, "verb": "hidden", "at": NOW} for r, p in sorted(self.hidden)]
        for rows in (self.residents, self.wishes, self.areas, self.postings, self.reach):
            yield from [(type(rows[0]), [row.model_dump() for row in rows])] if rows else []
        yield from [(Mark, marks)] if marks else []
        ids = {follow.facility_id for follow in self.follows}
        made = [{"id": i, "name": f"{i}", "state": "open", "created_at": NOW} for i in sorted(ids)]
        yield from [(Facility, made), (Follow, [one.model_dump() for one in self.follows])] if made else []

    async def build(self, tx: Transaction) -> None:
        """Empty the tables concerned and fill them with this world."""
        for model in (Alert, Memo, Mark, Reach, Posting, WishArea, Wish, Follow, Facility, Resident):
            await tx.execute(delete(model))
        for model, rows in self.rows():
            await tx.execute(insert(model), rows)

    def owed(self, now: datetime) -> dict[tuple[int, int], tuple[int, int | None, Due]]:
        """(posting, resident) -> hops, wish and when: the rule of `handlers.matching`, one by one."""
        words = {wish.id: wish.words for wish in self.wishes}
        found: dict[tuple[int, int], list[tuple[int, int | None, Due]]] = {}
        postings = {posting.id: posting for posting in self.postings if _open(posting, now)}
        for reach in self.reach:
            posting = postings.get(reach.posting_id)
            for area in self.areas:
                if posting is None or area.area != reach.area:
                    continue
                when = due(area, posting)
                if when != "never" and fits(area, posting, reach.hops, words[area.wish_id]).ok:
                    found.setdefault((posting.id, area.resident_id), []).append((reach.hops, area.wish_id, when))
        active = {resident.id for resident in self.residents if resident.state == "active"}
        for follow in self.follows:
            for posting in postings.values():
                if follow.resident_id in active and brings(follow, posting):
                    found.setdefault((posting.id, follow.resident_id), []).append((FOLLOWED, None, "now"))
        return {
            key: (*min(each)[:2], "now" if any(when == "now" for *_, when in each) else "digest")
            for key, each in found.items()
            if key[::-1] not in self.hidden
        }


def _open(posting: Posting, now: datetime) -> bool:
    running = posting.closes_at is None or posting.closes_at > now
    shown = posting.state == "open" and posting.merged_into is None and posting.held_at is None
    return shown and running and posting.matched_revision == 0


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World()
    for i in range(1, draw(st.integers(1, 6)) + 1):
        state = draw(mostly("active", "left", "new"))
        world.residents.append(Resident(id=i, language="ko", state=state, created_at=NOW))
    for i in range(1, draw(st.integers(1, 5)) + 1):
        world.postings.append(_posting(draw, i))
        for area in draw(st.sets(st.sampled_from(AREAS), min_size=1)):
            world.reach.append(Reach(posting_id=i, area=area, hops=draw(st.integers(0, 3))))
    for i in range(1, draw(st.integers(1, 8)) + 1):
        _wish(draw, world, i)
    pairs = st.tuples(st.integers(1, len(world.residents)), st.integers(1, len(world.postings)))
    world.hidden = draw(st.sets(pairs, max_size=2))
    who = st.tuples(st.integers(1, len(world.residents)), st.integers(1, 2))
    since = mostly(NOW - timedelta(days=1), NOW, NOW + timedelta(seconds=1))
    world.follows = [
        Follow(resident_id=r, facility_id=f, since=draw(since)) for r, f in sorted(draw(st.sets(who, max_size=4)))
    ]
    return world


def _posting(draw: st.DrawFn, number: int) -> Posting:
    return Posting(
        id=number,
        title=draw(st.sampled_from(("도서관 사서", "Straße CLEANER", "조리 보조"))),
        facts=draw(st.sampled_from(({}, {"duties": "청소 Kitchen"}, {"target": "러시아어 가능자 우대"}))),
        state=draw(mostly("open", "closed", "down")),
        held_at=draw(mostly(None, NOW)),
        facility_id=draw(st.sampled_from((None, None, 1, 2))),
        scope=draw(st.sampled_from(("emd", "emd", "emd", "sigungu", "sigungu", "sido"))),
        merged_into=draw(mostly(None, 1)),
        revision=draw(st.integers(1, 3)),
        trait_bits=draw(st.sampled_from((65, 66, 129))) | draw(mostly(0, *BITS)) | draw(mostly(0, *BITS)),
        starts_on=draw(st.sampled_from((None, NOW.date(), NOW.date() + timedelta(days=40)))),
        occupation=draw(st.sampled_from((None, *KEYS))),
        occupation_bit=draw(st.sampled_from((0, 1, 2, 4))),
        hour_bits=draw(st.sampled_from((0, 1, 3, 6, 1 << 40))),
        pay_hourly=draw(st.sampled_from((None, 9000, 10320, 12000))),
        closes_at=draw(mostly(None, NOW + timedelta(days=3), NOW - timedelta(seconds=1))),
        matched_revision=draw(mostly(0, 1)),
        created_at=NOW,
        changed_at=NOW,
    )


def _wish(draw: st.DrawFn, world: World, number: int) -> None:
    owner = draw(st.integers(1, len(world.residents)))
    some = st.lists(st.sampled_from(("사서", "조리", "청소", "strasse", "cleaner", " ", "없는 말")), max_size=2)
    words = draw(st.sampled_from(({}, {"include": draw(some)}, {"include": draw(some), "exclude": draw(some)})))
    words = {**words, **draw(mostly({}, {"languages": ["러시아어", "중국어"]}))}
    world.wishes.append(Wish(id=number, resident_id=owner, created_at=NOW, words=words))
    gets = world.residents[owner - 1].state == "active"  # as `residents.change` keeps it
    filters = {
        "active": gets and draw(mostly(True, False)),
        "seen": draw(mostly(0, 2)),
        "worded": bool(words) and draw(st.booleans()),
        "pay_floor": draw(mostly(0, 10320, 11000)),
        "strict": draw(mostly(0, *STRICT.values(), 3, 511)),
        "starts": draw(mostly(None, NOW.date(), NOW.date() + timedelta(days=1))),
        "traits": draw(mostly(-1, *(-1 & ~mask | bit for mask, bit in WANTED))),
        **{name: draw(mostly(-1, 1, 2, 3, 6, 1 << 40)) for name in ("occupations", "hours")},
    }
    for area in draw(st.sets(st.sampled_from(AREAS), min_size=1)):
        width = draw(st.integers(0, 3).map(lambda n: 3 - n))
        world.areas.append(WishArea(wish_id=number, area=area, resident_id=owner, width=width, **filters))
