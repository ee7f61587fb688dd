"""People at the fake Bot API server: what they say and tap becomes updates, what the bot sends is what they see."""

import asyncio
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .botapi import BotApi

ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "tg-spoiler", "blockquote"}


class CannotParse(Exception):
    """Markup that Telegram refuses."""


def words(markup: str) -> str:
    """What a reader sees of Telegram's HTML, which knows few tags and four named entities."""
    shown, open_ = [], list[str]()
    for piece in re.findall(r"<[^>]*>?|[^<]+", markup):
        if piece.startswith("<"):
            tag = re.fullmatch(r"<(/?)([a-z-]+)(?:\s[^>]*)?>", piece)
            if tag is None or tag.group(2) not in TAGS:
                raise CannotParse(f'Unsupported start tag "{piece[1:20]}" at byte offset 0')
            if not tag.group(1):
                open_.append(tag.group(2))
            elif not open_ or open_.pop() != tag.group(2):
                raise CannotParse("Unexpected end tag at byte offset 0")
        else:
            shown.append(re.sub(r"&(?:#(\d+)|#x([0-9a-f]+)|(\w+));", _entity, piece))
    if open_:
        raise CannotParse("Can't find end tag")
    return "".join(shown)


def _entity(found: re.Match[str]) -> str:
    if found.group(1) or found.group(2):
        return chr(int(found.group(1) or found.group(2), 10 if found.group(1) else 16))
    return ENTITIES.get(found.group(3), found.group(0))


@dataclass
class Bubble:
    """A message of the bot as it stands now: `text` is read, `markup` is what was sent."""

    id: int
    chat: int
    text: str
    markup: str
    reply_markup: dict[str, Any] = field(default_factory=dict)
    silent: bool = False
    edits: int = 0
    at: float = 0.0  # seconds of the server's own clock
    photo: bytes = b""
    document: Any = None  # the file that came with it: its bytes, which have a name

    @property
    def content(self) -> dict[str, Any]:
        """As a message carries it: a text, or a photo or file with a caption."""
        if self.document is not None:
            told = {"file_id": "file", "file_unique_id": "file", "file_name": self.document.name}
            return {"document": told, **({"caption": self.text} if self.text else {})}
        if not self.photo:
            return {"text": self.text}
        sized = {"file_id": "photo", "file_unique_id": "photo", "width": 800, "height": 800}
        return {"photo": [sized], **({"caption": self.text} if self.text else {})}

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for row in self.reply_markup.get("inline_keyboard", []) for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass
class Chat:
    """A private chat or group: the bot's bubbles, and the reply keyboard that is open."""

    id: int
    kind: str
    title: str = ""
    bubbles: list[Bubble] = field(default_factory=list)
    keyboard: list[dict[str, Any]] = field(default_factory=list)
    refuses: str = ""  # the words of the 403 or 400 that a message to it gets
    migrated: int = 0
    ids: Any = field(default_factory=lambda: itertools.count(1))

    def described(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.kind, **({"title": self.title} if self.title else {"first_name": "A"})}


@dataclass
class Person:
    """Someone with a private chat. Acts return at once; `sees` waits for the bot."""

    server: "BotApi"
    id: int
    language_code: str | None = None
    first_name: str = "Person"
    notices: list[str] = field(default_factory=list)  # what the bot answered to taps

    @property
    def chat(self) -> Chat:
        return self.server.chats[self.id]

    @property
    def messages(self) -> list[Bubble]:
        return self.chat.bubbles

    @property
    def keyboard(self) -> list[str]:
        """The labels of the open reply keyboard."""
        return [key["text"] for key in self.chat.keyboard]

    async def says(self, text: str, chat: Chat | None = None) -> int:
        """Returns the number of the update."""
        entities = [
            {"type": kind, "offset": found.start(), "length": len(found.group())}
            for kind, pattern in (("bot_command", r"(?<!\S)/\w+(@\w+)?"), ("mention", r"(?<!\w)@\w+"))
            for found in re.finditer(pattern, text)
        ]
        return self.sends(chat, text=text, **({"entities": entities} if entities else {}))

    async def pins(self, lat: float, lon: float) -> int:
        return self.sends(location={"latitude": lat, "longitude": lon})

    async def shares(self, phone: str, user_id: int | None = None) -> int:
        """Share a contact: one's own unless `user_id` says whose."""
        user = self.id if user_id is None else user_id
        return self.sends(contact={"phone_number": phone, "first_name": self.first_name, "user_id": user})

    def sends(self, chat: Chat | None = None, **content: Any) -> int:
        """Any message, by the fields of the Bot API's Message."""
        chat = chat or self.chat
        message = {"message_id": next(chat.ids), "date": 1_800_000_000, "chat": chat.described(), **content}
        return self.server.update(message={**message, "from": self.described()})

    async def taps(self, label: str, seconds: float = 5) -> int:
        """Tap the newest inline button with this label, or the key of the open reply keyboard; waits until there is one."""
        key, bubble = await self.server.until(
            lambda: self._find(label), seconds, lambda: f"no {label!r} in {self.shown}"
        )
        if bubble is None:
            if key.get("request_location") or key.get("request_contact"):
                raise AssertionError(f"{label!r} opens the client's dialog: use pins or shares")
            return await self.says(label)
        return self.presses(key["callback_data"], bubble)

    def presses(self, payload: str, bubble: Bubble) -> int:
        """A tap with any payload: they are forgeable."""
        query = self.server.query(self)
        chat = self.server.chats[bubble.chat]
        message = {"message_id": bubble.id, "date": 1_800_000_000, "chat": chat.described(), **bubble.content}
        common = {"id": query, "from": self.described(), "chat_instance": "1"}
        return self.server.update(callback_query={**common, "message": message, "data": payload})

    def _find(self, label: str) -> tuple[dict[str, Any], Bubble | None] | None:
        for bubble in reversed(self.messages):
            for button in bubble.buttons:
                if button["text"] == label and "callback_data" in button:
                    return button, bubble
        return next(((key, None) for key in self.chat.keyboard if key["text"] == label), None)

    async def blocks(self) -> int:
        self.chat.refuses = "Forbidden: bot was blocked by the user"
        return self._membership("member", "kicked")

    async def unblocks(self) -> int:
        self.chat.refuses = ""
        return self._membership("kicked", "member")

    def deactivates(self) -> None:
        self.chat.refuses = "Forbidden: user is deactivated"

    def _membership(self, old: str, new: str) -> int:
        bot, until = self.server.described(), {"until_date": 0} if new == "kicked" else {}
        change = {
            "old_chat_member": {"status": old, "user": bot},
            "new_chat_member": {"status": new, "user": bot, **until},
        }
        common = {"chat": self.chat.described(), "from": self.described(), "date": 1_800_000_000}
        return self.server.update(my_chat_member={**common, **change})

    async def sees(self, text: str, seconds: float = 5) -> Bubble:
        """Wait until a message of the bot contains the text, as it stands after edits. Returns the newest such."""

        def found() -> Bubble | None:
            return next((bubble for bubble in reversed(self.messages) if text in bubble.text), None)

        return await self.server.until(found, seconds, lambda: f"{text!r} not seen in {self.shown}")

    @property
    def shown(self) -> list[tuple[str, list[str]]]:
        return [(bubble.text, bubble.labels) for bubble in self.messages]

    def described(self) -> dict[str, Any]:
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return {**user, "language_code": self.language_code} if self.language_code else user


async def wait_until(found: Callable[[], Any], seconds: float, failure: Callable[[], str]) -> Any:
    """Look every 5 ms; AssertionError with the words of `failure` after `seconds`."""
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end:
        if result := found():
            return result
        await asyncio.sleep(0.005)
    raise AssertionError(failure())
