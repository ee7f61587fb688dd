"""What the operator reads of a merged posting, and splitting it."""

from bot.postings_cli import lines
from storage import merging
from storage.store import Store
from tests.conftest import Clock
from tests.storage.tellings import ORDER, tell, tellings


async def test_it_says_who_tells_what_and_why_they_are_one(store: Store, clock: Clock) -> None:
    for source, one in tellings(clock).items():
        await tell(store, source, one)
    async with store.transaction() as tx:
        found = await merging.show(tx, 3)
        assert await merging.show(tx, 99) is None
        assert found is not None
        said = "\n".join(lines(found))
        await merging.split(tx, 3, ORDER)
        alone = await merging.show(tx, 3)
    assert "1 (open): 책정리 도우미 모집 | 별빛도서관" in said
    assert "  3: 책 정리 도우미 - merged: both have the number K1" in said
    assert "same employer, same title, same last day" in said
    assert "    senuri s" in said
    assert "  from senuri: duties, headcount" in said
    assert alone is not None
    assert lines(alone) == ["3 (open): 책 정리 도우미 | (재)별빛도서관", "  3: 책 정리 도우미", "    senuri s"]
