"""What sources' keys may spend a day, kept in the store, so that a restart does not give it again."""

from storage import budgets
from storage.store import ROUTINE, Store


class Budgets:
    """An `Allowance` for sources. Each request is written down before it is made."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def spend(self, name: str, most: int) -> bool:
        async with self._store.transaction(ROUTINE) as tx:
            return await budgets.spend(tx, name, most)

    async def exhaust(self, name: str, most: int) -> None:
        async with self._store.transaction(ROUTINE) as tx:
            await budgets.exhaust(tx, name, most)
