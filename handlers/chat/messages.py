"""What goes out: messages with buttons, said without the platform's words. No markup: escaping is the platform's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from .file_names import safe

TICK = "✓ "  # before the label of a choice that is made


@dataclass(frozen=True, slots=True)
class Button:
    """Exactly one of payload (a press), url (a link) and ask (the platform's own location or contact dialog) is set."""

    label: str
    payload: str = ""
    url: str = ""
    ask: Literal["", "location", "contact"] = ""
    main: bool = False  # the one act most come for; never one of a consent pair


@dataclass(frozen=True, slots=True)
class Spot:
    """A legal area on a map, and what stands on it: its Korean name, then that in the reader's letters."""

    code: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be drawn, once the turn is committed; a message is complete without it.

    A map shows the `chosen` areas and, paler, those `near` them. `alt` says in words what it shows.
    """

    alt: str
    chosen: tuple[Spot, ...]
    near: tuple[Spot, ...] = ()
    kind: Literal["map"] = "map"

    @classmethod
    def kept(cls, kept: Mapping[str, Any]) -> "Picture":
        """One that was kept as plain values (`dataclasses.asdict`)."""
        chosen, near = (tuple(Spot(s["code"], tuple(s["names"])) for s in kept[part]) for part in ("chosen", "near"))
        return cls(kept["alt"], chosen, near, kept["kind"])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are read better side by side. `name` is that of the file which a long one becomes, without its ending.

    `more` says, where only the first rows are shown, that the others are in the file.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""

    @classmethod
    def kept(cls, kept: Mapping[str, Any]) -> "Table":
        """One that was kept as plain values."""
        return cls(kept["name"], tuple(kept["heads"]), tuple(map(tuple, kept["rows"])), kept.get("more", ""))


ENDINGS = {"table": ".xlsx", "notice": ".docx", "qr": ".png", "board": ".pdf"}


@dataclass(frozen=True, slots=True)
class File:
    """What is made once the turn is committed, and given under this name; `what` is all its maker needs, as plain values.

    `handlers.papers` puts together what each kind needs.
    """

    name: str
    kind: Literal["table", "notice", "qr", "board"]
    what: Mapping[str, Any]

    @property
    def called(self) -> str:
        """Its name as any machine can keep it, with the ending of its kind."""
        return safe(self.name.removesuffix(ENDINGS[self.kind]) + ENDINGS[self.kind])

    def __hash__(self) -> int:
        return hash((self.name, self.kind))

    @classmethod
    def kept(cls, kept: Mapping[str, Any]) -> "File":
        """One that was kept as plain values."""
        return cls(kept["name"], kept["kind"], kept["what"])


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble. `lead` (why you get this) and `title` (shown strong) stand above `text`.

    `edit` asks to replace the message that was tapped where the platform can, else it is sent as a new one.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    lead: str = ""
    title: str = ""
    language: str = "ko"
    rtl: bool = False
    edit: bool = False
    card: bool = False  # a posting: shortened to fit, never split
    picture: Picture | None = None  # such a message is always a new one
    table: Table | None = None
    file: File | None = None  # such a message is always a new one, too
    names: bool = False  # it names people: not shown to a screen that nobody sits at any more

    @property
    def plain(self) -> str:
        """The words of the bubble as one text."""
        return "\n".join(part for part in (self.lead, self.title, self.text) if part)

    def flat(self) -> tuple[Button, ...]:
        return tuple(button for row in self.buttons for button in row)

    def __hash__(self) -> int:
        """A text remembers its own, and few messages differ in nothing but their buttons: an alert is looked up often."""
        return hash(self.text)

    def with_buttons(self, rows: tuple[tuple[Button, ...], ...]) -> "Message":
        return replace(self, buttons=rows)


@dataclass(frozen=True, slots=True)
class Replies:
    """What dispatch answers for one event: messages fitted to the platform, and a short notice for a tap (or none)."""

    messages: tuple[Message, ...] = ()
    notice: str = ""
    tapped: str | None = field(default=None)  # the message that an `edit` replaces
    files: bool = False  # the question that is open now takes a file
