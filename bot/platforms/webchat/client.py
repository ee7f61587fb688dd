"""The web chat as a platform: it keeps what is said as sealed lines, and open pages read them as soon as they are there."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog
from aiohttp import web

from handlers.chat.capabilities import WEB, Capabilities
from handlers.chat.events import Address, Event, Pinned, Said, Sent, Tapped
from handlers.chat.messages import Message, Replies
from handlers.text import unidentified
from locales import Catalogs
from storage import lines, residents, staff, updates
from storage.store import INTERACTIVE, Store
from storage.transaction import Transaction

from ..platform import Handle, Outcome
from . import frames, pages
from .connection import Connection
from .content import Content, Site
from .parts import Parts
from .words import MY_PLACE

log = structlog.get_logger()

NAME = ACCOUNT = "web"
PER_ADDRESS = 10  # open pages of one person
LINGER = 120.0  # seconds after which a closed page of a shared computer is forgotten; loading it anew takes less
HERE = "yh"  # the press by which staff say that it is them who sit here: names are shown again if they may see them
UNSAID = ("/start", "/language", "/owner", "/join")  # what the page's own buttons say, which nobody typed


class WebChat:
    """Identity is an unguessable token in the first frame. `record` keeps lines; open pages are woken after the commit."""

    name = NAME
    account = ACCOUNT
    rate: float | None = None

    def __init__(
        self,
        store: Store,
        catalogs: Catalogs,
        site: Site,
        content: Content | None = None,
        refused: Callable[[str], None] = lambda tried: None,
    ) -> None:
        """`refused` hears what a foreign page tried: socket, frame or demo."""
        self.store, self.catalogs, self.site, self.refused = store, catalogs, site, refused
        self.content = content or Content()
        self.capabilities: Capabilities = replace(WEB, location=site.location, rings=site.demo)
        self.linger = LINGER
        self.handle: Handle | None = None
        self._open: dict[str, list[Connection]] = {}
        self._recorded: dict[str, Replies] = {}  # by update, until the commit is known
        self._edited: dict[str, list[frames.Frame]] = {}
        self._leaving: dict[str, asyncio.Task[None]] = {}

    def routes(self) -> list[web.AbstractRouteDef]:
        return [*pages.routes(self), *Parts(self).routes(), web.get("/ws", self._socket)]

    async def start(self, handle: Handle) -> None:
        self.handle = handle

    async def stop(self) -> None:
        """Say goodbye to open pages, let what is in hand finish, and forget who sat at a shared computer."""
        self.handle = None
        await asyncio.gather(*(connection.close() for room in self._open.values() for connection in room))
        leaving = list(self._leaving)
        for task in self._leaving.values():
            task.cancel()
        await asyncio.gather(*self._leaving.values(), return_exceptions=True)
        for address in leaving:
            await self._forget(address)

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        """A line for each address, once per attempt key; an open page shows it at once, a closed one when it returns.

        sent(line id); the id is empty when this attempt was kept before.
        """
        outcomes: list[Outcome] | None = None
        try:
            async with self.store.transaction(INTERACTIVE) as tx:
                outcomes = [await self._keep(tx, address, message, attempt_key) for address in to]
        except Exception:
            log.exception("lines not kept")
            # Before the commit nothing was kept; whether a failing commit kept it nobody can say.
            return [Outcome("not_sent" if outcomes is None else "unknown", reason="store") for _ in to]
        for address in to:
            self._wake(address.id)
        return outcomes

    async def _keep(self, tx: Transaction, address: Address, message: Message, attempt_key: str) -> Outcome:
        found = await residents.at(tx, address.platform, address.account, address.id)
        if found is None or found[0].state != "active":
            return Outcome("gone")
        if not await updates.first_time(tx, NAME, "sent", f"{attempt_key}:{found[0].id}"):
            return Outcome("sent")
        return Outcome("sent", ref=str(await lines.add(tx, found[0].id, frames.body(message))))

    async def fetch(self, ref: str, most: int) -> bytes | None:
        """Nothing is left to be fetched: a file comes with its event."""
        return None

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Keep what was said and answered; an edit replaces the line that was tapped."""
        said, named = await self._said(tx, chat_id, event, replies)
        if said:
            names = {"names": True} if named or any(message.names for message in replies.messages) else {}
            await lines.add(tx, chat_id, {"text": said, "id": event.update.rpartition(":")[2], **names}, mine=True)
        for message in replies.messages:
            kept = frames.body(message)
            tapped = replies.tapped if message.edit else None
            if tapped and await lines.change(tx, chat_id, _line_id(tapped), kept):
                self._edited.setdefault(event.update, []).append(frames.edited(_line_id(tapped), kept))
            else:
                await lines.add(tx, chat_id, kept)
        self._recorded[event.update] = replies

    async def _said(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> tuple[str, bool]:
        """The person's own line, empty where the answer only changes what was tapped; and whether it may name people."""
        match event.what:
            case Said(text):
                return "" if text.split()[0] in UNSAID else unidentified(text), False
            case Tapped(payload, message) if message and any(not m.edit for m in replies.messages):
                line = await lines.get(tx, chat_id, _line_id(message))
                return frames.label(line, payload), line is not None and "names" in line.body
            case Sent(name):
                return name, False
            case Pinned():
                code = replies.messages[0].language if replies.messages else event.language or "en"
                return self.catalogs.translator(code).t(MY_PLACE), False
        return "", False

    async def happened(self, event: Event) -> list[frames.Frame]:
        """Take one event to its end and wake the person's pages. Returns frames for the page it came from alone."""
        assert self.handle is not None
        replies = await self.handle(event)
        committed = self._recorded.pop(event.update, None) is replies
        edited = self._edited.pop(event.update, [])
        if committed:
            for connection in self._open.get(event.address.id, ()):
                connection.tell(*edited, *connection.asks(replies.files))
            self._wake(event.address.id)
            if any(connection.who for connection in self._open.get(event.address.id, ())):
                self.wake_staff()
        own: list[frames.Frame] = [{"notice": replies.notice}] if replies.notice else []
        if isinstance(event.what, Tapped) and event.what.payload == HERE:
            own.append({"names": await self._names(event.address)})
        if not committed and replies.messages:  # an apology, or the last words after erasing: shown, not kept
            await self._blank(event.address)
            own += [frames.passing(message) for message in replies.messages]
        return own

    async def _names(self, address: Address) -> bool:
        """Whether who reads at an address may see names now."""
        async with self.store.reading() as tx:
            who = await staff.at(tx, address.platform, address.account, address.id)
        return who is not None and not who.hidden

    def wake_staff(self) -> None:
        """Their pages look again who they are: what one of the staff does may concern another's role or name."""
        for room in self._open.values():
            for connection in room:
                if connection.who:
                    connection.wake()

    async def _blank(self, address: Address) -> None:
        """Where a person was erased, their pages show nothing of them either."""
        async with self.store.reading() as tx:
            found = await residents.at(tx, address.platform, address.account, address.id)
        if found is None:
            for connection in self._open.get(address.id, ()):
                connection.tell({"fresh": True})

    def _wake(self, address: str) -> None:
        for connection in self._open.get(address, ()):
            connection.wake()

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if not self.ours(request):
            self.refused("socket")
            raise web.HTTPForbidden(text="This page may not open the chat.\n")
        if self.handle is None:
            raise web.HTTPServiceUnavailable(text="The chat is starting.\n")
        connection = Connection(self)
        return await connection.serve(request)

    def ours(self, request: web.Request) -> bool:
        """Browsers always name the page's origin; another site's page must not speak for a resident.

        A site that embeds the chat is no exception: the page in its frame is ours, and has our origin.
        """
        origin = request.headers.get("Origin", "")
        return origin in (f"http://{request.host}", f"https://{request.host}") or (
            bool(self.site.url) and origin == "/".join(self.site.url.split("/")[:3])
        )

    def entered(self, connection: Connection) -> bool:
        """A page said who it is. False when this person has too many pages open."""
        room = self._open.setdefault(connection.address.id, [])
        if len(room) >= PER_ADDRESS:
            return False
        room.append(connection)
        if task := self._leaving.pop(connection.address.id, None):
            task.cancel()
        return True

    def left(self, connection: Connection) -> None:
        """A page closed. On a shared computer the person is forgotten soon after the last one."""
        address = connection.address.id
        room = self._open.get(address, [])
        if connection in room:
            room.remove(connection)
        if room:
            return
        self._open.pop(address, None)
        if not connection.keep and address not in self._leaving:
            self._leaving[address] = asyncio.create_task(self._linger(address))

    async def _linger(self, address: str) -> None:
        await asyncio.sleep(self.linger)
        self._leaving.pop(address, None)
        try:
            await self._forget(address)
        except Exception:  # `tidy` still forgets old lines
            log.exception("shared computer not forgotten")

    async def _forget(self, address: str) -> None:
        """Everything about a person who can never come back, as their token is gone; of others only what was said here.

        Staff come back by a new link.
        """
        async with self.store.transaction(INTERACTIVE) as tx:
            found = await residents.at(tx, NAME, ACCOUNT, address)
            if found is None:
                return
            chat, resident = found
            alone = (await residents.kept(tx, resident))["chats"] == 1
            if alone and await staff.role(tx, resident.id) is None:
                await residents.erase(tx, resident.id)
            else:
                await lines.erase(tx, chat.id)
                await residents.change_chat(tx, chat, state="gone")


def _line_id(reference: str) -> int:
    return int(reference) if reference.isdigit() and len(reference) < 19 else 0
