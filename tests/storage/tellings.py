"""What several sources tell of one job, for tests of merging."""

from datetime import timedelta
from typing import Any

from handlers.clock.merge import merge
from handlers.stated import keys
from storage import postings
from storage.postings import Told
from storage.store import Store
from storage.tables import Posting
from tests.conftest import Clock

ORDER = ("city", "work24", "senuri")
HERE, THERE = 2920010100, 2920010200
BLANK: dict[str, Any] = {
    **dict.fromkeys(
        ("pay_kind", "pay_low", "pay_high", "pay_hourly", "week_minutes", "starts_on", "ends_on", "headcount")
    ),
    "kind": "job",
    "sector": "public",
    "trait_bits": 65,
    "occupation": None,
    "occupation_bit": 0,
    "hour_bits": 0,
    "days": 0,
    "spans": [],
    "scope": "emd",
    "foreigners": "unknown",
    "statuses": "",
    "until_filled": False,
    "closes_at": None,
    "example": False,
    "facts": {},
    "number": None,
}


def told(key: str, clock: Clock, areas: tuple[int, ...] = (HERE,), **values: Any) -> Told:
    given = {
        **BLANK,
        "title": "책 정리 도우미",
        "organisation": "별빛도서관",
        "closes_at": clock.at + timedelta(days=9),
        **values,
    }
    said = {**given, **keys(given)}
    return Told(
        key,
        f"{sorted(values.items())}{areas}",
        said,
        [(area, "emd", "address") for area in areas],
        dict.fromkeys(areas, 0),
    )


async def tell(store: Store, source: str, *all_: Told) -> dict[str, str]:
    async with store.transaction() as tx:
        done = await postings.record(tx, source, all_, ORDER)
        await merge(tx, source, [key for key, what in done.items() if what != "same"], ORDER)
        return done


async def gone(store: Store, source: str, *keys_: str) -> int:
    async with store.transaction() as tx:
        return await postings.gone(tx, source, keys_, ORDER)


async def standing(store: Store) -> list[Posting]:
    async with store.reading() as tx:
        return await tx.find(Posting, Posting.merged_into.is_(None), order=Posting.id)  # type: ignore[union-attr]


def tellings(clock: Clock) -> dict[str, Told]:
    """What three sources say of one job, each something that the others leave out."""
    return {
        "city": told(
            "c", clock, title="책정리 도우미 모집", pay_kind="hour", pay_low=12000, facts={"pay": "시급 12,000원"}
        ),
        "work24": told(
            "w",
            clock,
            pay_kind="month",
            pay_low=900000,
            spans=[[540, 720]],
            days=31,
            facts={"hours": "9~12"},
            number="K1",
        ),
        "senuri": told(
            "s", clock, organisation="(재)별빛도서관", headcount=2, facts={"duties": "책을 꽂아요"}, number="K1"
        ),
    }
