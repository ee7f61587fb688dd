"""How matching reads: the covering indexes of wishes and nothing of their rows, whatever a wish may ask."""

from pathlib import Path

import pytest
from sqlalchemy import event

from handlers.clock.match import match_new
from storage.store import ROUTINE, Store
from storage.transaction import Transaction

from .test_alerts import crowd

PLAIN, WORDED = "wish_areas_plain", "wish_areas_worded"


async def statements(tx: Transaction) -> list[tuple[str, object]]:
    """What one tick of matching runs."""
    seen: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, _x: object, _many: bool) -> None:
        seen.append((statement, parameters))

    engine = tx.connection.sync_connection
    assert engine is not None
    event.listen(engine, "before_cursor_execute", note)
    await match_new(tx)
    event.remove(engine, "before_cursor_execute", note)
    return seen


@pytest.mark.parametrize("worded", [False, True])
async def test_matching_reads_wishes_in_their_indexes_alone(sqlite_store: Store, tmp_path: Path, worded: bool) -> None:
    world = crowd(30, 3)
    for area in world.areas:
        area.worded = worded
    for wish in world.wishes:
        wish.words = {"include": ["사서"]} if worded else {}
    async with sqlite_store.transaction(ROUTINE) as tx:
        await world.build(tx)
        plans = []
        for statement, parameters in await statements(tx):
            if "wish_areas" in statement:
                read = await tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
                plans += [str(row[3]) for row in read.all() if "wish_areas" in str(row[3])]
    assert plans
    assert all("USING COVERING INDEX wish_areas_" in plan for plan in plans), plans
    assert any((WORDED if worded else PLAIN) in plan for plan in plans), plans
