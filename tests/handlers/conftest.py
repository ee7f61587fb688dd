"""What tests of handlers share: people in every role of the staff."""

import pytest

from storage.area_search import AreaNames
from storage.store import Store

from .staffed import World, make


@pytest.fixture(scope="session")
def names() -> AreaNames:
    return AreaNames.packaged()


@pytest.fixture
async def world(store: Store, names: AreaNames) -> World:
    return await make(store, names)
