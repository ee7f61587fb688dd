"""A day's requests of a key: counted, ended, and begun again at Korean midnight."""

from storage import budgets
from storage.store import Store
from tests.conftest import Clock


async def test_a_budget_ends_and_begins_again_at_korean_midnight(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        assert [await budgets.spend(tx, "a", 2) for _ in range(4)] == [True, True, False, False]
        assert await budgets.spend(tx, "b", 2), "each has its own"
    clock.forward(hours=11, minutes=59)  # 23:59 in Korea
    async with store.transaction() as tx:
        assert await budgets.used(tx, "a") == 2
        assert not await budgets.spend(tx, "a", 2)
    clock.forward(minutes=1)
    async with store.transaction() as tx:
        assert await budgets.used(tx, "a") == 0
        assert await budgets.spend(tx, "a", 2)


async def test_a_budget_that_the_site_ended(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        await budgets.exhaust(tx, "a", 5)
        assert not await budgets.spend(tx, "a", 5)
        await budgets.exhaust(tx, "a", 3)
        assert await budgets.used(tx, "a") == 5
