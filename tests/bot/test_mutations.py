"""Every kind's recording, played again after it was cut, flipped, doubled and spiked: nothing escapes, is closed or lost."""

import pytest

from storage.store import Store
from tests.bot.kinds import KINDS, is_named, scene

every = pytest.mark.parametrize("kind", KINDS)


@every
async def test_cut(kind: str, store: Store) -> None:
    async with scene(kind, store) as one:
        body = KINDS[kind].body
        before = await one.keys()
        for at in range(0, len(body), max(1, len(body) // 12)):
            one.serve(body[:at])
            polled = await one.poll()
            assert is_named(polled), (at, polled)
            assert before <= await one.keys(), (at, polled)
