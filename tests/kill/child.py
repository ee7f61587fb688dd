"""A process that sends what is owed over the wire until nothing waits any more, or until it is killed.

Arguments: the database's URL, the key that seals it, the server's URL, messages a second.
"""

import asyncio
import sys
from collections.abc import Sequence

from bot.courier import Timing
from bot.sender import Sender
from handlers.chat.capabilities import Capabilities
from handlers.chat.messages import Message
from storage import deliveries
from storage.deliveries import Claimed
from storage.sealing import Keys
from storage.store import Store
from storage.transaction import Transaction
from tests.fakes.wire import Wire, unheard

TIMING = Timing(poll=0.05, lease=2, doubt=2, reap=0.2)


async def words(tx: Transaction, owed: Sequence[Claimed], capabilities: Capabilities) -> list[Message]:
    return [Message(one.once) for one in owed]


async def main(database: str, key: str, url: str, rate: str) -> None:
    store = Store(database, Keys([key]))
    wire = Wire(url, float(rate))
    await wire.start(unheard)
    sender = Sender(store, {("wire", "1"): wire}, words, timing=TIMING)
    sender.start()
    while True:
        await asyncio.sleep(0.1)
        async with store.reading() as tx:
            open_ = {state for state, _ in await deliveries.depth(tx)}
        if open_ <= {"uncertain"}:
            break
    await sender.stop()
    await wire.stop()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
