"""A platform with KakaoTalk's limits: answers travel in the request's answer, 3 bubbles, 10 quick replies, no edits, no pins."""

import asyncio
from collections.abc import Sequence

from bot.platforms.platform import Handle, Outcome
from handlers.chat.capabilities import NARROW, Capabilities
from handlers.chat.events import Address, Event, Said, Tapped, What
from handlers.chat.messages import Message, Replies
from storage.transaction import Transaction


class Narrow:
    """`pushed` keeps what was sent unasked, by address, as a channel's event message would bring it."""

    name = "narrow"
    account = "channel"
    rate: float | None = None

    def __init__(self, capabilities: Capabilities = NARROW) -> None:
        self.capabilities = capabilities
        self.handle: Handle | None = None
        self.pushed: dict[str, list[Message]] = {}
        self._updates = 0

    async def start(self, handle: Handle) -> None:
        self.handle = handle

    async def stop(self) -> None:
        self.handle = None

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        for address in to:
            self.pushed.setdefault(address.id, []).append(message)
        return [Outcome("sent", ref=attempt_key) for _ in to]

    async def fetch(self, ref: str, most: int) -> bytes | None:
        return None

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """The platform keeps its own history."""

    async def tell(self, address: str, what: What, language: str | None, update: str | None = None) -> Replies:
        assert self.handle is not None
        self._updates += 1
        event = Event(Address(self.name, self.account, address), what, update or str(self._updates), language)
        return await self.handle(event)


class Person:
    """A resident at a narrow platform: only sees what fits, only taps what is there."""

    def __init__(self, platform: Narrow, name: str, language: str | None = None) -> None:
        self.platform, self.name, self.language = platform, name, language
        self.heard: list[Message] = []
        self.last: tuple[Message, ...] = ()
        self.acts = 0

    async def says(self, text: str) -> None:
        self.acts += 1
        await self._tell(Said(text))

    async def taps(self, label: str) -> None:
        """Tap a button of the last answer, or of the last pushed message."""
        self.acts += 1
        shown = [*self.platform.pushed.get(self.name, [])[-1:], *self.last]
        for message in reversed(shown):
            for button in message.flat():
                if button.label == label and button.payload:
                    return await self._tell(Tapped(button.payload))
        raise AssertionError(f"no button {label!r} among {[b.label for m in shown for b in m.flat()]}")

    async def sends(self, what: What, update: str | None = None) -> None:
        await self._tell(what, update)

    async def _tell(self, what: What, update: str | None = None) -> None:
        replies = await self.platform.tell(self.name, what, self.language, update)
        limits = self.platform.capabilities
        assert len(replies.messages) <= limits.bubbles
        for message in replies.messages:
            assert len(message.plain) <= limits.text
            assert all(len(button.label) <= limits.label for button in message.flat())
        assert sum(len(m.flat()) for m in replies.messages) <= limits.buttons
        self.last = replies.messages
        self.heard += replies.messages

    def sees(self, text: str) -> bool:
        return any(text in message.plain for message in self.last)

    @property
    def labels(self) -> list[str]:
        return [button.label for message in self.last for button in message.flat()]

    async def is_pushed(self, text: str, seconds: float = 30) -> Message:
        """Wait until a pushed message contains the text."""
        for _ in range(int(seconds * 50)):
            for message in self.platform.pushed.get(self.name, []):
                if text in message.plain:
                    return message
            await asyncio.sleep(0.02)
        raise AssertionError(f"{text!r} was not pushed: {[m.plain for m in self.platform.pushed.get(self.name, [])]}")
