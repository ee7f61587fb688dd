"""People, postings and alerts as rows, for tests of what is owed to them."""

from typing import Any

from storage.area_tables import Area
from storage.outbox_tables import Alert, Delivery
from storage.tables import Chat, Posting, Resident
from storage.transaction import Transaction


async def person(tx: Transaction, address: str, platform: str = "telegram", **values: Any) -> tuple[int, int]:
    """The ids of a new active resident and their chat."""
    resident = await tx.add(Resident, created_at=tx.now, **{"language": "vi", "state": "active", **values})
    chat = await tx.add(Chat, platform=platform, account="1", address=address, resident_id=resident, created_at=tx.now)
    return resident, chat


async def on_the_map(tx: Transaction, *codes: int) -> None:
    """Legal neighbourhoods with these codes."""
    names = dict.fromkeys(("name_ko", "full_ko", "name_en", "full_en", "name_ru"), "동")
    for code in codes:
        await tx.put(Area, ["code"], code=code, level="emd", kind="legal", lat=35.1, lon=126.8, **names)


async def posting(tx: Transaction, **values: Any) -> int:
    key: int = await tx.add(
        Posting, title="경로당 급식 도우미", spans=[], facts={}, created_at=tx.now, changed_at=tx.now, **values
    )
    return key


async def alert(tx: Transaction, resident: int, posting: int, **values: Any) -> int:
    key: int = await tx.add(
        Alert, resident_id=resident, posting_id=posting, revision=1, hops=0, **{"due_at": tx.now, **values}
    )
    return key


async def states(tx: Transaction) -> dict[str, str]:
    return {row.once: row.state for row in await tx.find(Delivery)}
