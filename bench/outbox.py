"""What a sender finds when it is busy: residents of several languages, some postings, and one alert owed to each resident."""

import random
from datetime import timedelta

from sqlalchemy import insert

from handlers.deployment import Deployment
from storage import areas, deliveries
from storage.area_data import load
from storage.area_lookup import Polygons
from storage.area_search import AreaNames
from storage.deliveries import Owed
from storage.outbox_tables import Alert
from storage.store import Store
from storage.tables import Chat, Dialog, Posting, PostingArea, Resident

HOME, WORKPLACE = 1233000000, 1233061000  # Gwangsan-gu, and a neighbourhood in it
LANGUAGES = ("ko", "en", "ru")
TITLES = ("경로당 급식 도우미", "작은도서관 책 정리", "공원 꽃 심기", "초등 돌봄 보조")
ACCOUNT = "1000000001"
AWAKE = {"quiet_from": 0, "quiet_until": 0}  # the benches run at any hour of the real clock


async def settle_in(store: Store) -> Deployment:
    """The areas, and the deployment of one municipality."""
    async with store.transaction() as tx:
        await load(tx)
        area = await areas.get(tx, HOME)
    assert area is not None
    return Deployment(area, AreaNames.packaged(), Polygons(), "062-000-0000")


async def fill(store: Store, people: int, postings: int = 40, *, platform: str = "telegram", first: int = 1) -> None:
    """As many new residents as told, who each know the chat a little, and are owed one alert about one of the postings."""
    chance = random.Random(first)
    async with store.transaction() as tx:
        jobs = [await tx.add(Posting, **_posting(chance, tx.now)) for _ in range(postings)]
        await tx.execute(
            insert(PostingArea),
            [{"posting_id": job, "area": WORKPLACE, "level": "emd", "known_by": "address"} for job in jobs],
        )
        ids = range(first, first + people)
        common = {"created_at": tx.now}
        await tx.execute(
            insert(Resident),
            [{"id": i, "language": LANGUAGES[i % len(LANGUAGES)], "state": "active", **AWAKE, **common} for i in ids],
        )
        at = {"platform": platform, "account": ACCOUNT}
        await tx.execute(insert(Chat), [{"id": i, "address": str(i), "resident_id": i, **at, **common} for i in ids])
        asked = {"answers": {"answers": {}, "path": [], "options": ["1"], "kept": []}, "offered": [["1", "~1.0"]]}
        await tx.execute(insert(Dialog), [{"chat_id": i, "number": 3, "updated_at": tx.now, **asked} for i in ids])
        owed = [Owed(f"alert:{i}:x", i, "alert", 2, posting_id=chance.choice(jobs), revision=1) for i in ids]
        made = await deliveries.queue(tx, owed)
        told = {"revision": 1, "hops": 1, "due_at": tx.now, "state": "carried"}
        rows = [
            {"resident_id": o.chat_id, "posting_id": o.posting_id, "delivery_id": made[o.once], **told} for o in owed
        ]
        await tx.execute(insert(Alert), rows)


def _posting(chance: random.Random, now: object) -> dict[str, object]:
    ends = now + timedelta(days=chance.randrange(5, 25))  # type: ignore[operator]
    return {
        "title": chance.choice(TITLES),
        "organisation": "광주광역시 광산구 노인복지관",
        "occupation": None,
        "pay_kind": "hour",
        "pay_low": chance.choice((10320, 11000, 12000)),
        "days": 31,
        "spans": [[540, 720]],
        "week_minutes": 900,
        "headcount": chance.randrange(1, 9),
        "closes_at": ends,
        "facts": {"workplace": "광산구 월곡2동", "pay": "시급 11,000원", "phone": "062-000-0000"},
        "created_at": now,
        "changed_at": now,
    }
