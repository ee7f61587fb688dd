"""A conversation from a script, taken as the program takes a turn: one transaction that records what was said and answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.platforms.webchat import WebChat
from handlers.chat.events import Event, Pinned, Said, Tapped
from handlers.chat.messages import Message, Replies
from storage import residents, updates
from storage.store import Store

Answer = Replies | Callable[[Event], Replies]


@dataclass
class Script:
    """`answers` by what was said or by the payload that was tapped; a pin is "pin". Whatever is not there is echoed."""

    store: Store
    platform: WebChat
    answers: Mapping[str, Answer] = field(default_factory=dict)
    heard: list[Event] = field(default_factory=list)
    fails: bool = False  # as if the commit failed after all was said

    async def __call__(self, event: Event) -> Replies:
        try:
            async with self.store.transaction() as tx:
                if not await updates.first_time(tx, "web", "web", event.update):
                    return Replies()
                self.heard.append(event)
                address = event.address
                found = await residents.at(tx, "web", "web", address.id)
                chat, _ = found or await residents.meet(tx, "web", "web", address.id, "private", event.language or "en")
                replies = self.answer(event)
                await self.platform.record(tx, chat.id, event, replies)
                if self.fails:
                    raise RuntimeError
        except RuntimeError:
            return Replies((Message("Something went wrong.", language="en"),))
        return replies

    def answer(self, event: Event) -> Replies:
        match event.what:
            case Said(text):
                key = text
            case Tapped(payload):
                key = payload
            case Pinned():
                key = "pin"
            case other:
                key = type(other).__name__
        answer = self.answers.get(key, Replies((Message(f"You: {key}", language="en"),)))
        replies = answer if isinstance(answer, Replies) else answer(event)
        tapped = event.what.message if isinstance(event.what, Tapped) else None
        return replace(replies, tapped=tapped)
