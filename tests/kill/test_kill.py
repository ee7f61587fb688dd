"""kill -9 in the middle of sending, again and again: nothing is lost, nothing comes twice, and every doubt is named."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from storage import deliveries
from storage.deliveries import Owed
from storage.outbox_tables import Alert, Delivery
from storage.sealing import Keys
from storage.store import Store
from tests.fakes.wire import Server
from tests.storage.people import alert, person, posting

ROOT = Path(__file__).parents[2]
OWED, KILLS, RATE = 300, 5, 120
KEY = Fernet.generate_key().decode()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server(seconds=0.03)
    await server.start()
    yield server
    await server.stop()


async def child(database: str, server: Server) -> asyncio.subprocess.Process:
    arguments = (database, KEY, server.url, str(RATE))
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.kill.child", *arguments, cwd=ROOT)


async def received(server: Server, n: int, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(60):
        while True:
            if len(server.received) >= n:
                return
            assert process.returncode is None, "it ended before everything was sent"
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("seed", [1])
async def test_nothing_is_lost_and_nothing_comes_twice(database: str, server: Server, seed: int) -> None:
    chance = random.Random(seed)
    store = Store(database, Keys([KEY]), lambda: datetime.now(UTC))
    async with store.transaction() as tx:
        job = await posting(tx)
        for n in range(OWED):
            resident, chat = await person(tx, str(n), "wire", quiet_from=0, quiet_until=0)
            made = await deliveries.queue(tx, [Owed(str(n), chat, "alert", 2, posting_id=job)])
            await alert(tx, resident, job, state="carried", delivery_id=made[str(n)])

    moments = sorted(chance.sample(range(5, OWED - 20), KILLS))
    for moment in moments:
        process = await child(database, server)
        await received(server, moment, process)
        await asyncio.sleep(chance.random() * 0.03)
        process.kill()
        await process.wait()
    process = await child(database, server)
    async with asyncio.timeout(60):
        assert await process.wait() == 0

    async with store.reading() as tx:
        states = {row.once: row.state for row in await tx.find(Delivery)}
        alerts = Counter((one.state, one.maybe_seen) for one in await tx.find(Alert))
    await store.close()
    arrived = Counter(server.texts())
    doubtful = [name for name, state in states.items() if state == "uncertain"]
    assert set(states.values()) <= {"sent", "uncertain"}
    assert len(states) == OWED
    assert max(arrived.values()) == 1
    assert all(arrived[name] == 1 for name, state in states.items() if state == "sent")
    assert len(doubtful) <= KILLS * (server.most + 2)  # in flight when killed, and one batch of intents
    assert alerts == Counter({("told", False): OWED - len(doubtful), ("waiting", True): len(doubtful)})
