"""The Telegram platform: receives updates by long polling, sends parcels with an outcome each, answers what was said."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial

import structlog
from telegram import Bot, BotCommandScopeAllPrivateChats
from telegram.error import NetworkError, TelegramError

from handlers.chat.capabilities import TELEGRAM, Capabilities
from handlers.chat.events import Address, Blocked, Contact, Event, Pinned, Tapped
from handlers.chat.messages import Message, Replies
from storage.transaction import Transaction

from ..platform import Handle, Outcome
from . import outcomes
from .inbound import KINDS, Update, album_of, read, waits
from .outbound import Commands, Payload, addressed, asks, menus, render, without_keyboard
from .transport import Transport
from .updates import Updates

log = structlog.get_logger()
logging.getLogger("telegram.Bot").setLevel(logging.WARNING)  # below, PTB writes the token and what people say

Pace = Callable[[int, Address], Awaitable[None]]
INTERACTIVE = 0  # the lane of replies
MOST_ALBUMS = 100  # remembered at once; the messages of one come together
TURN_WAITS = 5.0  # seconds that a turn may wait for its reply's slot: unconfirmed updates hold back those behind them
LONGEST_WAIT = 30.0  # seconds that a reply may wait for a 429, or a poll after a failure


async def at_once(lane: int, to: Address) -> None:
    """The pace of those who do not share a gate."""


def nobody(to: Address, after: float) -> None:
    """Who hears of a 429 where no gate is shared."""


class Refused(Exception):
    """The server answered no to a call of ours. The message is Telegram's error code and words."""

    def __init__(self, code: int, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.code, self.outcome = code, outcome


class Telegram:
    """A bot on a Bot API server at `api`. `rate` is messages a second that Telegram allows this bot.

    `pace` is awaited before each reply, and for the first one before the turn: so what queues when the process dies is
    not confirmed and comes again. `slowed` is told when a reply met a 429 and for how many seconds; what goes through
    `send` was paced by whoever sends, who has the outcome. `wait` is the seconds of one long poll. An update that fails
    is tried again after each of `pauses` seconds. `patience` (seconds) bounds start, and each step of stop.
    """

    name = "telegram"

    def __init__(
        self,
        token: str,
        api: str = "https://api.telegram.org",
        commands: Commands | None = None,
        rate: float | None = 28.0,
        capabilities: Capabilities = TELEGRAM,
        pace: Pace = at_once,
        slowed: Callable[[Address, float], None] = nobody,
        wait: float = 50,
        read_timeout: float = 20,
        pauses: Sequence[float] = (0.5, 1, 2, 4),
        patience: float = 10,
    ) -> None:
        self.account = token.partition(":")[0]
        self.username = ""  # known once the server was reached
        self.rate, self.capabilities, self.commands = rate, capabilities, commands or {}
        self._pace, self._slowed = pace, slowed
        self._read_timeout, self._patience = read_timeout, patience
        self._transport = Transport(api, token, read=read_timeout)
        self._bot = Bot(token, base_url=f"{api}/bot", request=self._transport, get_updates_request=self._transport)
        self._updates = Updates(self._fetch, self._take, pauses, wait)
        self._handle: Handle | None = None
        self._tasks: list[asyncio.Task[None]] = []
        # Chats whose last reply left a reply keyboard open. One that a restart forgets hides itself when it is used.
        self._keyboards: set[str] = set()
        self._albums: dict[str, str] = {}

    async def start(self, handle: Handle) -> None:
        """Begin to receive. Returns when the server knows us, or after `patience` seconds: then it goes on trying."""
        self._handle = handle
        await self._transport.initialize()
        met = asyncio.Event()
        self._tasks = [asyncio.create_task(self._run(met))]
        try:
            await asyncio.wait_for(met.wait(), self._patience)
        except TimeoutError:
            log.error("telegram not reached yet, trying on")

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._updates.close(self._patience)
        except (NetworkError, Refused):
            log.info("last updates not confirmed: they come again, and are known by their number")
        await self._transport.shutdown(self._patience)

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        """Telegram takes no retry key, so `attempt_key` goes unused and an `unknown` stays one."""
        bodies = [addressed(int(address.id), message) for address in to]
        if len(bodies) == 1:
            return [await self._once("sendMessage", bodies[0])]
        return await asyncio.gather(*(self._once("sendMessage", body) for body in bodies))

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Telegram keeps the history of its chats."""

    # Receiving

    async def _run(self, met: asyncio.Event) -> None:
        await self._persist(self._meet)
        met.set()
        self._tasks.append(asyncio.create_task(self._offer_commands()))
        while True:
            await self._persist(self._updates.round)

    async def _meet(self) -> None:
        me = await self._bot.get_me()
        self.username = me.username or ""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _persist(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do it until it succeeds, with a growing pause; the first failure and the recovery are logged."""
        pause = 0.0
        while True:
            try:
                await act()
            except (TelegramError, Refused) as error:
                if not pause:
                    self._tell(error)
                pause = min(pause * 2 or 1.0, LONGEST_WAIT)
                await asyncio.sleep(error.outcome.after or pause if isinstance(error, Refused) else pause)
            except Exception:
                log.exception("polling failed")  # never leave the bot deaf over one odd answer
                pause = LONGEST_WAIT
                await asyncio.sleep(pause)
            else:
                if pause:
                    log.info("telegram reached again")
                return

    def _tell(self, error: TelegramError | Refused) -> None:
        code = error.code if isinstance(error, Refused) else 0
        if code == 409:
            log.error("another program polls with the same bot token: stop one of the two")
        elif code in (401, 404) or type(error).__name__ == "InvalidToken":
            log.error("telegram refuses the bot token")
        else:
            log.warning("telegram not reached", error=type(error).__name__, code=code)

    async def _fetch(self, offset: int | None, wait: float) -> Sequence[Update]:
        payload: Payload = {"timeout": int(wait), "allowed_updates": list(KINDS), "limit": 100}
        if offset is not None:
            payload["offset"] = offset
        answer = await self._transport.call("getUpdates", payload, read=wait + self._read_timeout)
        if not answer["ok"]:
            raise Refused(int(answer.get("error_code", 0)), outcomes.answered(answer))
        updates: list[Update] = answer["result"]
        return updates

    async def _take(self, update: Update) -> Callable[[], Awaitable[None]] | None:
        event = self._understood(update)
        if event is None or self._handle is None:
            return None
        query = (update.get("callback_query") or {}).get("id", "")
        paced = waits(event.what) and await self._slot(event.address)
        try:
            replies = await self._handle(event)
        except Exception:
            if query:
                await self._stop_spinning(query, "")
            raise
        return partial(self._answer, event, query, replies, paced)

    async def _slot(self, to: Address) -> bool:
        """Whether the gate gave one soon."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._pace(INTERACTIVE, to), TURN_WAITS)
            return True
        return False

    def _understood(self, update: Update) -> Event | None:
        try:
            event = read(update, self.account, self.username)
        except Exception as error:  # whatever is odd about it, the next one must come through
            log.warning("update not understood", update=update["update_id"], error=type(error).__name__)
            return None
        if event and (album := album_of(update)):
            first = self._albums.setdefault(album, event.update)
            if len(self._albums) > MOST_ALBUMS:
                self._albums.pop(next(iter(self._albums)))
            return event if first == event.update else None
        return event

    # Answering

    async def _answer(self, event: Event, query: str, replies: Replies, paced: bool) -> None:
        spinning = [self._stop_spinning(query, replies.notice)] if query else []
        await asyncio.gather(*spinning, self._reply(event, replies, paced))

    async def _stop_spinning(self, query: str, notice: str) -> None:
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
        for message, payload in messages:
            if not paced:
                await self._pace(INTERACTIVE, event.address)
            paced = False
            outcome = await self._show(event.address, payload, tapped if message.edit else None)
            if outcome.kind != "sent":
                log.warning("reply not sent", update=event.update, outcome=outcome.kind, reason=outcome.reason)
                if outcome.kind in ("gone", "not_sent"):
                    return
            if asks(message) and not event.group:
                self._keyboards.add(event.address.id)

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
        await self._pace(INTERACTIVE, event.address)
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
        return await self._twice(to, "sendMessage", payload)

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

    async def _once(self, method: str, payload: Payload | bytes) -> Outcome:
        try:
            answer = await self._transport.call(method, payload)
        except NetworkError as error:
            return outcomes.failed(error)
        return outcomes.answered(answer)

    async def _offer_commands(self) -> None:
        scope = BotCommandScopeAllPrivateChats()
        for shown_to, commands in menus(self.commands).items():
            try:
                await self._bot.set_my_commands(commands, scope, language_code=shown_to)
            except TelegramError as error:
                log.warning("command menu not set", language=shown_to, error=type(error).__name__)
