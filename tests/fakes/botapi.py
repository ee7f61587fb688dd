"""A Bot API server on a real socket: chats, updates with offsets, Telegram's refusals, and faults on demand.

async with BotApi() as server: run a bot with server.token against server.url; script people with server.person().
"""

import asyncio
import itertools
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from . import botspec
from .botfiles import Files, Sent
from .botpeople import Bubble, Chat, Person, wait_until
from .botprofile import Profile
from .botrules import Bad, Fault, answer, markup_of, text_of
from .botwebhook import Posts

TEXTS = {"callback_query_id", "text", "caption"}  # fields of forms that are texts even where they look like JSON
IN_A_GROUP = 20  # messages a minute
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class BotApi(Profile, Posts, Files):
    """`faults` is what was against the contract, the bot's doing or our own: look that it stays empty (`check`)."""

    def __init__(self, token: str = "1000000001:a-token-of-the-fake-server_0123456789") -> None:
        Profile.__init__(self)
        Posts.__init__(self)
        Files.__init__(self)
        self.token, self.username = token, "ilgam_test_bot"
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.received: list[Bubble] = []  # every message that was accepted, in order, deleted ones too
        self.faults: list[str] = []
        self.latency = 0.0  # seconds that each call takes
        self.updates: deque[dict[str, Any]] = deque()  # not confirmed
        self.every: dict[int, dict[str, Any]] = {}  # all updates that ever were, by number
        self.delivered: list[int] = []  # numbers of updates handed out, repeats included
        self.port = 0
        self._numbers = itertools.count(700_000_001)
        self._queries: dict[str, Person] = {}
        self._faults: dict[str, deque[Fault]] = {}
        self._poll: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> "BotApi":
        """Serve, on the port of last time when it was stopped in between."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._begin()
        return self

    async def stop(self) -> None:
        await self._cease()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "BotApi":
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def check(self) -> None:
        assert not self.faults, self.faults

    # People and what happens

    def person(self, id: int | None = None, language_code: str | None = None, first_name: str = "Person") -> Person:
        number = 5_000_000_000 + len(self.people) + 1 if id is None else id
        self.chats[number] = Chat(number, "private")
        self.people[number] = Person(self, number, language_code, first_name)
        return self.people[number]

    def group(self, id: int = -1_001_000_000_001, title: str = "Neighbours") -> Chat:
        self.chats[id] = Chat(id, "supergroup", title)
        return self.chats[id]

    def update(self, **content: Any) -> int:
        number = next(self._numbers)
        update = {"update_id": number, **content}
        self.faults += botspec.odd("Update", update)
        self.updates.append(update)
        self.every[number] = update
        self._news.set()
        return number

    def query(self, person: Person) -> str:
        name = str(4_000_000_000 + len(self._queries))
        self._queries[name] = person
        return name

    @property
    def unanswered(self) -> int:
        """Taps whose button still shows that it waits."""
        return len(self._queries)

    def fail(self, n: int, fault: Fault, method: str = "sendMessage") -> None:
        """The next n calls of the method meet the fault."""
        self._faults.setdefault(method, deque()).extend([fault] * n)

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        """The parameters of every call of a method, accepted or not."""
        return [parameters for name, parameters in self.calls if name == method]

    async def until(self, found: Callable[[], Any], seconds: float = 5, failure: Callable[[], str] = str) -> Any:
        return await wait_until(found, seconds, failure)

    def described(self) -> dict[str, Any]:
        return {"id": int(self.token.split(":")[0]), "is_bot": True, "first_name": "Ilgam", "username": self.username}

    # Calls

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = await self._read(request)
        if self.latency:
            await asyncio.sleep(self.latency)
        waiting = self._faults.get(method)
        fault = waiting.popleft() if waiting else None
        if request.match_info["token"] != self.token:
            return answer(Bad(401, "Unauthorized"))
        self.calls.append((method, parameters))
        self.faults += botspec.faults(method, parameters)
        if fault and not fault.after:
            return await self._strike(request, fault)
        act: Callable[[dict[str, Any]], Awaitable[Any]] | None = getattr(self, f"_{method}", None)
        try:
            if act is None:
                raise Bad(404, f"Not Found: the fake server has no {method}")
            result = await act(parameters)
        except Bad as bad:
            return answer(bad)
        return await self._strike(request, fault) if fault else web.json_response({"ok": True, "result": result})

    async def _strike(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hang:
            await asyncio.sleep(3600)
        if fault.reset or fault.hang:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.html:
            return web.Response(status=fault.code, text="<html>Bad Gateway</html>", content_type="text/html")
        retry = {"retry_after": fault.retry_after} if fault.retry_after else {}
        return answer(
            Bad(fault.code, fault.words or {429: "Too Many Requests: retry later"}.get(fault.code, ""), **retry)
        )

    async def _read(self, request: web.Request) -> dict[str, Any]:
        if request.content_type not in FORMS:
            return dict(await request.json()) if request.can_read_body else {}
        values: dict[str, Any] = {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                values[name] = Sent(value.file.read(), value.filename)
                continue
            try:
                values[name] = json.loads(str(value)) if name not in TEXTS else value
            except ValueError:
                values[name] = value
        return values

    async def _getMe(self, _: dict[str, Any]) -> dict[str, Any]:
        return self.described()

    async def _getUpdates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Bad(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        if self._poll is not None:
            self._poll.set()
        mine = self._poll = asyncio.Event()
        offset = parameters.get("offset", 0)
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        end = time.monotonic() + parameters.get("timeout", 0)
        while not self.updates and time.monotonic() < end:
            self._news.clear()
            waits = [asyncio.ensure_future(event.wait()) for event in (self._news, mine)]
            try:
                await asyncio.wait(waits, timeout=end - time.monotonic(), return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
            if mine.is_set():
                raise Bad(409, "Conflict: terminated by other getUpdates request")
        wanted = parameters.get("allowed_updates") or []
        got = [each for each in self.updates if not wanted or set(each) & set(wanted)][: parameters.get("limit", 100)]
        self.delivered += [each["update_id"] for each in got]
        return got

    async def _sendMessage(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return self._said(parameters, "text", 4096)

    async def _sendPhoto(self, parameters: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(parameters["photo"], bytes):
            raise Bad(400, "Bad Request: wrong remote file identifier specified")
        return self._said(parameters, "caption", 1024, parameters["photo"])

    async def _sendDocument(self, parameters: dict[str, Any]) -> dict[str, Any]:
        document = parameters["document"]
        if not isinstance(document, Sent):
            raise Bad(400, "Bad Request: wrong remote file identifier specified")
        if not document:
            raise Bad(400, "Bad Request: file must be non-empty")
        return self._said(parameters, "caption", 1024, document=document)

    def _said(
        self, parameters: dict[str, Any], kind: str, most: int, photo: bytes = b"", document: Sent | None = None
    ) -> dict[str, Any]:
        chat = self._chat(parameters)
        text, markup = text_of(parameters, kind, most), markup_of(parameters, chat)
        self._pace(chat)
        written = parameters.get(kind, "")
        bubble = Bubble(next(chat.ids), chat.id, text, written, markup, at=time.monotonic(), photo=photo)
        bubble.document = document
        bubble.silent = bool(parameters.get("disable_notification"))
        chat.bubbles.append(bubble)
        self.received.append(bubble)
        if "keyboard" in markup:
            chat.keyboard = [key for row in markup["keyboard"] for key in row]
        elif markup.get("remove_keyboard"):
            chat.keyboard = []
        return {"message_id": bubble.id, "date": 1_800_000_000, "chat": chat.described(), **bubble.content}

    def _pace(self, chat: Chat) -> None:
        """Telegram asks for at most 20 messages a minute to a group: https://core.telegram.org/bots/faq."""
        lately = [bubble for bubble in self.received if bubble.chat == chat.id and bubble.at > time.monotonic() - 60]
        if chat.kind != "private" and len(lately) >= IN_A_GROUP:
            self.faults.append(f"more than {IN_A_GROUP} messages a minute to a group")

    async def _editMessageText(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(parameters)
        bubble = next((each for each in chat.bubbles if each.id == parameters.get("message_id")), None)
        if bubble is None:
            raise Bad(400, "Bad Request: message to edit not found")
        if bubble.reply_markup and "inline_keyboard" not in bubble.reply_markup:
            raise Bad(400, "Bad Request: message can't be edited")
        if bubble.photo or bubble.document:
            raise Bad(400, "Bad Request: there is no text in the message to edit")
        text, markup = text_of(parameters), markup_of(parameters, chat)
        if (text, parameters["text"], markup) == (bubble.text, bubble.markup, bubble.reply_markup):
            raise Bad(400, "Bad Request: message is not modified: content and reply markup are exactly the same")
        bubble.text, bubble.markup, bubble.reply_markup = text, parameters["text"], markup
        bubble.edits += 1
        return {"message_id": bubble.id, "date": 1_800_000_000, "chat": chat.described(), "text": text}

    async def _deleteMessage(self, parameters: dict[str, Any]) -> bool:
        chat = self._chat(parameters)
        chat.bubbles[:] = [bubble for bubble in chat.bubbles if bubble.id != parameters["message_id"]]
        return True

    async def _answerCallbackQuery(self, parameters: dict[str, Any]) -> bool:
        person = self._queries.pop(str(parameters["callback_query_id"]), None)
        if person is None:
            raise Bad(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        person.notices.append(str(parameters.get("text", "")))
        return True

    def _chat(self, parameters: dict[str, Any]) -> Chat:
        chat = self.chats.get(int(parameters["chat_id"]))
        if chat is None:
            raise Bad(400, "Bad Request: chat not found")
        if chat.migrated:
            words_ = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Bad(400, words_, migrate_to_chat_id=chat.migrated)
        if chat.refuses:
            raise Bad(403 if chat.refuses.startswith("Forbidden") else 400, chat.refuses)
        return chat
