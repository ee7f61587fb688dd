"""Two facilities, people in every role, and what belongs to whom: a world of rows in which staff press and answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel, select

from handlers.chat.capabilities import WEB
from handlers.chat.events import What
from handlers.chat.presses import BIGGEST
from handlers.chat.turn import Turn
from handlers.chat.turns import Taken, take
from handlers.deployment import Deployment
from handlers.routes import ROUTES
from locales import Catalogs
from storage import applications, dialogs, facilities, staff
from storage.area_lookup import Polygons
from storage.area_search import AreaNames
from storage.area_tables import Area
from storage.staff_tables import Concern, WalkIn, Writing
from storage.store import Store
from storage.tables import Chat, Resident
from storage.transaction import Transaction
from tests.storage.people import person, posting

CATALOGS = Catalogs.load()
DISTRICT = 1233000000
NAMES = dict.fromkeys(("name_ko", "full_ko", "name_en", "full_en", "name_ru"), "광산구")
PEOPLE = {
    "owner": "owner",
    "other owner": "owner",
    "officer": "officer",
    "other officer": "officer",
    "approver": "approver",
    "manager A": "manager",
    "manager B": "manager",
    "viewer": "viewer",
    "dismissed": "",
    "resident": "",
    "stranger": "",
}
# What passing the gate writes, and what every turn does.
UNCOUNTED = {"staff": {"acted_at", "hidden"}, "dialogs": None, "updates": None}


@dataclass
class World:
    store: Store
    deployment: Deployment
    chats: dict[str, int] = field(default_factory=dict)  # by who
    staff: dict[str, int] = field(default_factory=dict)
    things: dict[str, dict[str, int]] = field(default_factory=dict)  # by what an id names, by whose it is

    async def hear(self, tx: Transaction, who: str, what: What) -> Taken:
        chat = await tx.get(Chat, id=self.chats[who])
        assert chat is not None
        resident = await tx.get(Resident, id=chat.resident_id)
        assert resident is not None
        return await take(tx, chat, resident, what, ROUTES, CATALOGS, self.deployment, WEB)

    async def turn(self, tx: Transaction, who: str) -> Turn:
        """One in which nothing was said yet."""
        chat = await tx.get(Chat, id=self.chats[who])
        resident = await tx.get(Resident, id=self.staff[who])
        assert chat is not None
        assert resident is not None
        return Turn(tx, chat, resident, CATALOGS, WEB, self.deployment, ROUTES.flows, dialogs.Open())

    async def rows(self, tx: Transaction) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in the database that an act could change."""
        kept = {}
        for table in SQLModel.metadata.sorted_tables:
            left_out = UNCOUNTED.get(table.name, set())
            if left_out is not None and not table.name.startswith("area"):
                columns = [column for column in table.columns if column.name not in left_out]
                kept[table.name] = sorted(map(tuple, await tx.all(select(*columns))), key=repr)
        return kept


@asynccontextmanager
async def undone(store: Store) -> AsyncIterator[Transaction]:
    """A transaction that leaves nothing behind."""
    with suppress(InterruptedError):
        async with store.transaction() as tx:
            yield tx
            raise InterruptedError


async def make(store: Store, names: AreaNames) -> World:
    """A municipality with two facilities, somebody in every role, and what there is to act on."""
    area = Area(code=DISTRICT, level="sigungu", kind="legal", lat=35.1, lon=126.8, **NAMES)
    world = World(store, Deployment(area, names, Polygons(), web="https://example.org"))
    async with store.transaction() as tx:
        a, b = await facilities.make(tx, "별빛도서관"), await facilities.make(tx, "달빛복지관")
        for who, role in PEOPLE.items():
            resident, chat = await person(tx, who, "web", language="ko", state="active" if who == "resident" else "new")
            world.chats[who], world.staff[who] = chat, resident
            if role:
                await staff.appoint(tx, resident, role, {"manager A": [a], "manager B": [b]}.get(who, []), name=who)
        await staff.appoint(tx, world.staff["dismissed"], "officer")
        await staff.dismiss(tx, world.staff["dismissed"])
        world.things = await _things(tx, world, a, b)
    return world


async def _things(tx: Transaction, world: World, a: int, b: int) -> dict[str, dict[str, int]]:
    by, resident, both = world.staff["officer"], world.staff["resident"], {"A": a, "B": b}
    postings = {key: await posting(tx, state="open", facility_id=of) for key, of in {**both, "nobody": None}.items()}
    written = {"written_by": by, "cells": {"title": "책 정리"}, "changed_at": tx.now}
    begun = {"A": tx.now, "B": tx.now - timedelta(minutes=1)}  # what is begun together is published together
    writings = {
        key: await tx.add(Writing, facility_id=of, created_at=begun[key], **written) for key, of in both.items()
    }
    said = {"resident_id": resident, "kind": "wrong", "at": tx.now}
    concerns = {key: await tx.add(Concern, posting_id=of, **said) for key, of in postings.items()}
    walked = {}
    for key, of in {**both, "nobody": None}.items():
        walked[key], _ = await person(tx, f"walked in {key}", "web", language="ko")
        entered = {"name": "이순자", "paper": True, "entered_by": by, "since": tx.now}
        await tx.add(WalkIn, resident_id=walked[key], facility_id=of, **entered)
    applied = {
        key: (await applications.file(tx, of, resident, "job", "sent", {"name": "이순자"})).id
        for key, of in postings.items()
    }
    there = {
        "posting": postings,
        "writing": writings,
        "concern": concerns,
        "person": walked,
        "facility": both,
        "application": applied,
    }
    there["staff"] = {who: id_ for who, id_ in world.staff.items() if PEOPLE[who]}
    return {of: {**ids, "missing": 987_654, "impossible": BIGGEST} for of, ids in there.items()}
