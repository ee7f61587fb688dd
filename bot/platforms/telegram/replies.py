"""What Telegram shows of a turn's replies: edits in place, taps that stop waiting, keyboards that come and go."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from telegram import Bot
from telegram.error import TelegramError

from handlers.chat.events import Address, Blocked, Contact, Event, Pinned, Tapped
from handlers.chat.messages import Message, Replies

from ..platform import Outcome
from .attached import Attach, parts, say
from .outbound import Once, Payload, asks, render, without_keyboard

log = structlog.get_logger()

Pace = Callable[[int, Address], Awaitable[None]]
Slowed = Callable[[Address, float], None]
INTERACTIVE = 0  # the lane of replies
LONGEST_WAIT = 30.0  # seconds that a reply may wait for its slot, or for a 429


async def slot(pace: Pace, to: Address, seconds: float) -> bool:
    """Whether a reply got its slot in time."""
    try:
        await asyncio.wait_for(pace(INTERACTIVE, to), seconds)
    except TimeoutError:
        return False
    return True


class Answers:
    """Answers events. `pace` is awaited before each reply; `slowed` is told when one met a 429 and for how many seconds."""

    def __init__(self, bot: Bot, once: Once, pace: Pace, slowed: Slowed, attach: Attach) -> None:
        self._bot, self._once, self._pace, self._slowed, self._attach = bot, once, pace, slowed, attach
        # Chats whose last reply left a reply keyboard open. One that a restart forgets hides itself when it is used.
        self._keyboards: set[str] = set()

    async def answer(self, event: Event, query: str, replies: Replies, paced: bool) -> None:
        spinning = [self.stop_spinning(query, replies.notice)] if query else []
        await asyncio.gather(*spinning, self._reply(event, replies, paced))

    async def stop_spinning(self, query: str, notice: str) -> None:
        """A tapped button shows that it waits until its query is answered. One that is too old no longer does."""
        try:
            await self._bot.answer_callback_query(query, text=notice[:200] or None)
        except TelegramError as error:
            log.info("tap not answered", error=type(error).__name__)

    async def _reply(self, event: Event, replies: Replies, paced: bool) -> None:
        if isinstance(event.what, Blocked):
            return
        tapped = replies.tapped or (event.what.message if isinstance(event.what, Tapped) else None)
        messages = [(message, render(message, private=not event.group)) for message in replies.messages]
        if messages and not event.group:
            messages = await self._close_keyboard(event, messages, tapped)
        for message, payload, edits in await self._drawn(messages):
            if not (paced or await slot(self._pace, event.address, LONGEST_WAIT)):
                log.warning("reply not sent", update=event.update, outcome="later", reason="no slot")
                return
            paced = False
            outcome = await self._show(event.address, payload, tapped if edits else None)
            if outcome.kind != "sent":
                log.warning("reply not sent", update=event.update, outcome=outcome.kind, reason=outcome.reason)
                if outcome.kind in ("gone", "not_sent"):
                    return
            if asks(message) and not event.group:
                self._keyboards.add(event.address.id)

    async def _drawn(self, messages: list[tuple[Message, Payload]]) -> list[tuple[Message, Payload, bool]]:
        """What is to be sent, and whether it edits: a message with a picture or a file is a new one, or more."""
        drawn = []
        for message, payload in messages:
            attached = await self._attach(message)
            drawn += [(message, part, message.edit and not any(attached)) for part in parts(payload, *attached)]
        return drawn

    async def _close_keyboard(
        self, event: Event, messages: list[tuple[Message, Payload]], tapped: str | None
    ) -> list[tuple[Message, Payload]]:
        """Take away the reply keyboard of an earlier reply, unless one of these messages opens another.

        Telegram does it by a message that has no inline buttons: the first such one carries it. Where there is none, a
        silent dot is sent and deleted at once.
        """
        chat = event.address.id
        open_ = chat in self._keyboards or isinstance(event.what, Pinned | Contact)
        if not open_ or any(asks(message) for message, _ in messages):
            return messages
        self._keyboards.discard(chat)
        for i, (message, payload) in enumerate(messages):
            if "reply_markup" not in payload and not (message.edit and tapped):
                return [*messages[:i], (message, without_keyboard(payload)), *messages[i + 1 :]]
        if not await slot(self._pace, event.address, LONGEST_WAIT):
            return messages
        dot = await self._show(event.address, without_keyboard({"text": "·", "disable_notification": True}), None)
        if dot.kind == "sent":
            await self._once("deleteMessage", {"chat_id": int(chat), "message_id": int(dot.ref)})
        return messages

    async def _show(self, to: Address, payload: Payload, tapped: str | None) -> Outcome:
        """Edit the tapped message, or send a new one where there is none or Telegram does not let it be edited."""
        payload = {"chat_id": int(to.id), **payload}
        if tapped and "keyboard" not in payload.get("reply_markup", {}):
            edited = await self._twice(to, "editMessageText", {**payload, "message_id": int(tapped)})
            if edited.kind != "refused":
                return edited
        return await say(partial(self._twice, to), payload)

    async def _twice(self, to: Address, method: str, payload: Payload) -> Outcome:
        """Once more where the first time provably did nothing, or where doing it twice does no harm."""
        outcome = await self._once(method, payload)
        if outcome.kind == "later":
            self._slowed(to, outcome.after)
        again = outcome.kind == "unknown" and method == "editMessageText"
        if outcome.kind == "not_sent" or again or (outcome.kind == "later" and outcome.after <= LONGEST_WAIT):
            await asyncio.sleep(outcome.after or 1)
            outcome = await self._once(method, payload)
        return outcome
