"""Residents with every kind of pace, up to five neighbourhoods and five wishes, and what they do in the middle of it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from handlers import pace
from storage import browse, copies, deliveries, due, neighbourhoods, residents, wishes
from storage.criteria import GROUPS, STRICT, TRAITS
from storage.store import Store
from storage.tables import Chat, Consent, Filters, Neighbourhood, Resident, Wish, WishArea
from storage.transaction import Transaction

from .notices import OCCUPATIONS_TOLD, WORDS

ACCOUNT = "1000000001"
LANGUAGES = ("ko", "en", "vi", "zh_Hans", "uz", "km", "ru")
WINDOWS = ((1260, 480), (1260, 480), (1320, 420), (480, 1020), (0, 0), (1380, 360))
HOURS = (420, 540, 720, 1080, 1200)
ACTS = ("pause", "pause", "go on", "leave", "language", "quiet", "rhythm", "rhythm", "change", "drop", "rest", "add")
ACTS += ("place", "hide", "hide", "save", "save")


@dataclass
class Person:
    """What a resident asked for, remembered apart from the database. The chat has the same id."""

    id: int
    quiet_from: int
    quiet_until: int
    daily_at: int | None
    weekly_on: int | None
    paused_until: datetime | None = None
    left: bool = False
    blocked: bool = False
    changed_at: datetime | None = None  # their pace or wishes
    areas: list[WishArea] = field(default_factory=list)
    words: dict[int, dict[str, list[str]]] = field(default_factory=dict)


def wish(chance: random.Random) -> dict[str, Any]:
    """Columns of a wish: mostly few criteria, sometimes many, sometimes words."""
    asked: dict[str, Any] = dict.fromkeys(("occupations", "hours", "traits"), -1)
    asked |= {"pay_floor": 0, "starts": None, "strict": 0, "words": {}}
    if chance.random() < 0.4:
        asked["occupations"] = sum(chance.sample(OCCUPATIONS_TOLD, 3))
    if chance.random() < 0.2:
        asked["hours"] = sum(0b0011 << 4 * day for day in range(7 if chance.random() < 0.5 else 5))
    if chance.random() < 0.3:
        asked["pay_floor"] = chance.choice((10_320, 11_000, 12_000))
    for group in chance.sample(sorted(GROUPS), chance.choice((0, 0, 0, 1, 2))):
        asked["traits"] &= ~GROUPS[group] | chance.choice(list(TRAITS[group].values()))
    if chance.random() < 0.05:
        asked["strict"] = chance.choice(list(STRICT.values()))
    if chance.random() < 0.2:
        asked["words"] = {chance.choice(("include", "exclude")): [chance.choice(WORDS)]}
    return asked


def rhythm(chance: random.Random) -> tuple[int | None, int | None]:
    """Half at once, the others daily or weekly."""
    kind = chance.random()
    if kind < 0.5:
        return None, None
    return chance.choice(HOURS), chance.randrange(7) if kind > 0.85 else None


async def settle_in(store: Store, chance: random.Random, n: int, places: Sequence[int]) -> dict[int, Person]:
    """As many new residents with their chats, neighbourhoods and wishes; a few help others."""
    people: dict[int, Person] = {}
    rows: dict[Any, list[dict[str, Any]]] = {
        model: [] for model in (Resident, Chat, Consent, Neighbourhood, Wish, WishArea)
    }
    async with store.transaction() as tx:
        for i in range(1, n + 1):
            one = people[i] = Person(i, *chance.choice(WINDOWS), *rhythm(chance))
            if chance.random() < 0.05:
                one.paused_until = tx.now + timedelta(hours=chance.randrange(1, 100))
            shifts = chance.choice(("", "", "", "DDNNOO"))
            told = {"language": chance.choice(LANGUAGES), "state": "active", "created_at": tx.now, "shifts": shifts}
            told |= {"shifts_from": tx.now.date() if shifts else None, "paused_until": one.paused_until}
            kept = ("id", "quiet_from", "quiet_until", "daily_at", "weekly_on")
            rows[Resident].append({name: getattr(one, name) for name in kept} | told)
            at = {"platform": "telegram", "account": ACCOUNT, "address": str(i), "created_at": tx.now}
            rows[Chat].append({"id": i, "resident_id": i, **at})
            agreed = {"version": "1", "language": "ko", "basis": "consent", "at": tx.now}
            rows[Consent].append({"resident_id": i, "item": "alerts", **agreed})
            if not pace.covers_night(one.quiet_from, one.quiet_until):
                rows[Consent].append({"resident_id": i, "item": "night", **agreed})
            there = {area: chance.choice((0, 1, 1, 1, 2, 3)) for area in chance.sample(places, chance.choice(FEW))}
            for area, width in there.items():
                rows[Neighbourhood].append({"resident_id": i, "area": area, "width": width, "chosen_at": tx.now})
            for _ in range(chance.choice(FEW)):
                of = {"id": len(rows[Wish]) + 1, "resident_id": i, "created_at": tx.now}
                asked = wish(chance)
                rows[Wish].append(of | asked)
                filters = {name: asked[name] for name in Filters.model_fields}
                worded = any(asked["words"].values())
                for area, width in there.items():
                    where = {"wish_id": of["id"], "area": area, "width": width, "resident_id": i}
                    rows[WishArea].append({**filters, **where, "worded": worded, "seen": 0, "active": True})
        for model, some in rows.items():
            for start in range(0, len(some), 2000):
                await tx.execute(insert(model), some[start : start + 2000])
        for model in (Resident, Chat, Wish) if tx.postgres else ():
            name = model.__tablename__
            await tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))
        for _ in range(n // 50):
            helped, helper = chance.sample(range(1, n + 1), 2)
            await copies.give(tx, helped, helper, None)
        for row in await tx.find(WishArea):
            people[row.resident_id].areas.append(row)
        for one_wish in await tx.find(Wish):
            people[one_wish.resident_id].words[one_wish.id] = one_wish.words
    return people


FEW = (1, 1, 1, 1, 2, 2, 3, 4, 5)  # neighbourhoods, and wishes


def plans(
    chance: random.Random, people: Sequence[int], minutes: int, *, busy: bool = False
) -> Iterator[tuple[int, int, str]]:
    """(minute, resident, act): three of five do something in a fortnight, some twice; in half of it half as many."""
    for i in people:
        for _ in range(chance.choice((0, 0, 1, 1, 2)) if busy or chance.random() < minutes / 20_160 else 0):
            yield chance.randrange(10, minutes, 10), i, chance.choice(ACTS)


async def act(tx: Transaction, chance: random.Random, who: Person, what: str, places: Sequence[int]) -> int | None:
    """Do it as the handlers do, and remember it. Returns the posting that was hidden."""
    resident = await tx.get(Resident, id=who.id)
    assert resident is not None
    mine = await wishes.of(tx, who.id)
    who.changed_at = tx.now
    hidden = None
    match what:
        case "pause":
            who.paused_until = tx.now + timedelta(hours=chance.choice((3, 24, 72, 168)))
            await due.pause(tx, resident, who.paused_until)
        case "go on":
            who.paused_until = None
            await due.pause(tx, resident, None)
        case "leave":
            who.left = True
            await residents.leave(tx, resident)
            await deliveries.cancel_for_resident(tx, who.id)
        case "language":
            await residents.change(tx, resident, language=chance.choice(LANGUAGES))
        case "quiet":
            who.quiet_from, who.quiet_until = chance.choice(WINDOWS)
            await residents.change(tx, resident, quiet_from=who.quiet_from, quiet_until=who.quiet_until)
        case "rhythm":
            who.daily_at, who.weekly_on = rhythm(chance)
            await due.set_rhythm(tx, resident, who.daily_at, who.weekly_on)
        case "change" if mine:
            await wishes.change(tx, who.id, chance.choice(mine).id, **wish(chance))
        case "drop" if mine:
            await wishes.drop(tx, who.id, chance.choice(mine).id)
        case "rest" if mine:
            await wishes.change(tx, who.id, chance.choice(mine).id, active=False)
        case "add":
            await wishes.make(tx, who.id, **wish(chance))
        case "place":
            there = await neighbourhoods.of(tx, who.id)
            await neighbourhoods.remove(tx, who.id, chance.choice(there).area)
            await neighbourhoods.add(tx, who.id, chance.choice(places), chance.randrange(4))
            await neighbourhoods.spread(tx, who.id)
        case "hide" | "save":
            _, some = await browse.open_all(tx, None, 0, 20)
            if some:
                posting = chance.choice(some).id
                hidden = posting if what == "hide" else None
                await browse.mark(tx, who.id, posting, "hidden" if hidden else "saved")
    who.areas = await tx.find(WishArea, WishArea.resident_id == who.id)
    who.words = {one.id: one.words for one in await wishes.of(tx, who.id)}
    return hidden
