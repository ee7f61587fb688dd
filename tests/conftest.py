"""What all tests share: a clean environment, an injected clock, and real stores on both engines."""

import os
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from storage.sealing import Keys
from storage.store import Store

for name in [name for name in os.environ if name.startswith("ILGAM_") and not name.startswith("ILGAM_TEST_")]:
    del os.environ[name]


class Clock:
    """The injected time: it moves only when told to. Starts on Tuesday 24 November 2026, 12:00 in Korea."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)) -> None:
        self.at = start

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> datetime:
        self.at += timedelta(**delta)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys() -> Keys:
    return Keys.fresh()


@pytest.fixture
async def store(tmp_path: Path, keys: Keys, clock: Callable[[], datetime]) -> AsyncIterator[Store]:
    store = Store(f"sqlite:///{tmp_path}/test.db", keys, clock)
    async with store.transaction() as tx:
        await tx.connection.run_sync(SQLModel.metadata.create_all)
    yield store
    await store.close()
