"""The Telegram platform: receives updates by long polling or webhook, sends parcels with an outcome each, has what was
said answered.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError, TelegramError

from handlers.chat.capabilities import TELEGRAM, Capabilities
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from storage.transaction import Transaction

from ...commands import Introduction
from ...files import Make
from ...files import nothing as no_files
from ...pictures import Draw, nothing
from ..platform import Handle, Outcome
from . import outcomes
from .attached import Attach, parts, say
from .chats import Chats, Rest
from .inbound import KINDS, Update, album_of, read, waits
from .introduction import introduce
from .outbound import Payload, addressed, render
from .replies import Answers, Pace, Slowed, slot
from .transport import Transport
from .updates import PAUSES, Updates
from .webhook import Webhook, uncounted

log = structlog.get_logger()
logging.getLogger("telegram.Bot").setLevel(logging.WARNING)  # below, PTB writes the token and what people say

MOST_ALBUMS = 100  # remembered at once; the messages of one come together
TURN_WAITS = 5.0  # seconds that a turn may wait for its reply's slot: unconfirmed updates hold back those behind them
LONGEST_PAUSE = 30.0  # seconds between two tries to reach the server


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
    `send` was paced by whoever sends, who has the outcome. With `webhook`, our https address, updates come to `routes`,
    and `counted` hears of each request; else they are polled, and `wait` is the seconds of one long poll. An update that
    fails is tried again after each of `pauses` seconds. `patience` (seconds) bounds start, and each step of stop.
    """

    name = "telegram"

    def __init__(
        self,
        token: str,
        api: str = "https://api.telegram.org",
        introductions: Mapping[str, Introduction] | None = None,
        rate: float | None = 28.0,
        capabilities: Capabilities = TELEGRAM,
        pace: Pace = at_once,
        slowed: Slowed = nobody,
        wait: float = 50,
        read_timeout: float = 20,
        pauses: Sequence[float] = PAUSES,
        patience: float = 10,
        webhook: str = "",
        counted: Callable[[str], None] = uncounted,
        draw: Draw = nothing,
        make: Make = no_files,
    ) -> None:
        self.account = token.partition(":")[0]
        self.username = ""  # known once the server was reached
        self.rate, self.capabilities, self.introductions = rate, capabilities, introductions or {}
        self._pace = pace
        self._read_timeout, self._patience = read_timeout, patience
        self._transport = Transport(api, token, read=read_timeout)
        self._bot = Bot(token, base_url=f"{api}/bot", request=self._transport, get_updates_request=self._transport)
        self._attach = Attach(draw, make)
        self._answers = Answers(self._bot, self._once, pace, slowed, self._attach)
        self._chats = Chats()
        self._updates = Updates(self._fetch, self._take, self._chats, pauses, wait)
        self._webhook = Webhook(webhook, token, self._take, self._chats, pauses, counted) if webhook else None
        self._handle: Handle | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._albums: dict[str, str] = {}

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where updates are posted to us. They are taken once we have started."""
        return self._webhook.routes() if self._webhook else []

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
        if self._webhook:
            self._webhook.ready = False
        await self._chats.close(self._patience)
        try:
            await self._updates.confirm()
        except (NetworkError, Refused):
            log.info("last updates not confirmed: they come again, and are known by their number")
        await self._transport.shutdown(self._patience)

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        """Telegram takes no retry key, so `attempt_key` goes unused and an `unknown` stays one."""
        if (message.picture or message.file) and any(attached := await self._attach(message)):
            payloads = parts(render(message), *attached)
            return await asyncio.gather(*(self._carrying(int(address.id), payloads) for address in to))
        bodies = [addressed(int(address.id), message) for address in to]
        if len(bodies) == 1:
            return [await self._once("sendMessage", bodies[0])]
        return await asyncio.gather(*(self._once("sendMessage", body) for body in bodies))

    async def _carrying(self, chat: int, payloads: Sequence[Payload]) -> Outcome:
        """What became of the words. They may go on without what was refused, but not to who can't be reached."""
        outcome = Outcome("not_sent")
        for part in payloads:
            outcome = await say(self._once, {"chat_id": chat, **part})
            if outcome.kind in ("gone", "later", "not_sent"):
                break
        return outcome

    async def fetch(self, ref: str, most: int) -> bytes | None:
        """A document that somebody sent, by its `file_id`."""
        try:
            found = await self._ask("getFile", {"file_id": ref})
            if int(found.get("file_size") or 0) > most or not found.get("file_path"):
                return None
            return await self._transport.download(found["file_path"], most)
        except (NetworkError, Refused) as error:
            log.warning("file not fetched", error=str(error))
            return None

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Telegram keeps the history of its chats."""

    # Receiving

    async def _run(self, met: asyncio.Event) -> None:
        await self._persist(self._meet)
        met.set()
        self._tasks.append(asyncio.create_task(introduce(self._transport, self.introductions)))
        go_on = partial(self._webhook.look, self._ask) if self._webhook else self._updates.round
        while True:
            await self._persist(go_on)

    async def _meet(self) -> None:
        me = await self._bot.get_me()
        self.username = me.username or ""
        if self._webhook:
            await self._webhook.begin(self._ask)
        else:
            await self._ask("deleteWebhook", {"drop_pending_updates": False})

    async def _persist(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do it until it succeeds, with a growing pause; the first failure and the recovery are logged."""
        pause = 0.0
        while True:
            try:
                await act()
            except (TelegramError, Refused) as error:
                if not pause:
                    self._tell(error)
                pause = min(pause * 2 or 1.0, LONGEST_PAUSE)
                await asyncio.sleep(error.outcome.after or pause if isinstance(error, Refused) else pause)
            except Exception:
                log.exception("polling failed")  # never leave the bot deaf over one odd answer
                pause = LONGEST_PAUSE
                await asyncio.sleep(pause)
            else:
                if pause:
                    log.info("telegram reached again")
                return

    def _tell(self, error: TelegramError | Refused) -> None:
        code = error.code if isinstance(error, Refused) else 0
        reason = error.outcome.reason if isinstance(error, Refused) else ""
        if code == 409:
            log.error("another program receives with the same bot token: stop one of the two")
        elif code in (401, 404) or type(error).__name__ == "InvalidToken":
            log.error("telegram refuses the bot token")
        elif code == 400:  # the webhook's address, as a rule
            log.error("telegram refuses what was asked", reason=reason)
        else:
            log.warning("telegram not reached", error=type(error).__name__, code=code)

    async def _fetch(self, offset: int | None, wait: float) -> Sequence[Update]:
        payload: Payload = {"timeout": int(wait), "allowed_updates": list(KINDS), "limit": 100}
        if offset is not None:
            payload["offset"] = offset
        updates: list[Update] = await self._ask("getUpdates", payload, read=wait + self._read_timeout)
        return updates

    async def _ask(self, method: str, payload: Payload, read: float | None = None) -> Any:
        """The result. Refused where the server says no, NetworkError where it says nothing."""
        answer = await self._transport.call(method, payload, read=read)
        if not answer["ok"]:
            raise Refused(int(answer.get("error_code", 0)), outcomes.answered(answer))
        return answer["result"]

    async def _take(self, update: Update) -> Rest | None:
        event = self._understood(update)
        if event is None or self._handle is None:
            return None
        query = (update.get("callback_query") or {}).get("id", "")
        waiting = waits(event) and not self._chats.crowded(event.address.id)
        paced = waiting and await slot(self._pace, event.address, TURN_WAITS)
        try:
            replies = await self._handle(event)
        except Exception:
            if query:
                await self._answers.stop_spinning(query, "")
            raise
        return partial(self._answers.answer, event, query, replies, paced)

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

    async def _once(self, method: str, payload: Payload | bytes) -> Outcome:
        try:
            answer = await self._transport.call(method, payload)
        except NetworkError as error:
            return outcomes.failed(error)
        return outcomes.answered(answer)
