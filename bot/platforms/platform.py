"""What every platform adapter is: it turns what happens into events, and sends parcels with a named outcome for each."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from handlers.chat.capabilities import Capabilities
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message to one address.

    sent(ref) | accepted(ref = task) | gone (blocked or no such chat) | later(after seconds) | refused(reason)
    | not_sent (provably never left us) | unknown (may or may not have arrived)
    """

    kind: Literal["sent", "accepted", "gone", "later", "refused", "not_sent", "unknown"]
    ref: str = ""
    after: float = 0.0
    reason: str = ""


MOST_BYTES = 10 * 2**20  # of a file that somebody sends us; Telegram itself gives out 20 MB

Handle = Callable[[Event], Awaitable[Replies]]


class Platform(Protocol):
    """`name` is the platform's, `account` ours on it (a bot's id). `rate` is messages a second; None has no limit."""

    name: str
    account: str
    capabilities: Capabilities
    rate: float | None

    async def start(self, handle: Handle) -> None:
        """Begin to receive. Every event goes through `handle`; an update counts as received once it returned."""

    async def stop(self) -> None:
        """Stop receiving, let what is in hand finish, close connections."""

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        """Send one message to each address, in order. Never raises for what the network does: that is an outcome."""

    async def fetch(self, ref: str, most: int) -> bytes | None:
        """The file that was offered under `ref`; None where it has more than `most` bytes, or can't be had now."""

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Keep what was said and answered, in the transaction of the event, where the platform needs us to."""
