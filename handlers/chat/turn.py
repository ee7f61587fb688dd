"""One turn of a conversation: who speaks, in which language, what the open question is, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from locales import Catalogs, Translator
from storage import dialogs
from storage.staff import Who
from storage.tables import Chat, Resident
from storage.transaction import Transaction

from ..deployment import Deployment
from .capabilities import Capabilities
from .flow import Flow, Option
from .messages import Button, File, Message, Picture, Table
from .presses import Choice, Press
from .tables import FIRST

Rows = Sequence[Sequence[Option | Button]]


@dataclass
class Turn:
    """Handlers say what is to be answered; they never send. What they change commits with the turn."""

    tx: Transaction
    chat: Chat
    resident: Resident
    catalogs: Catalogs
    capabilities: Capabilities
    deployment: Deployment
    flows: Mapping[str, Flow]
    dialog: dialogs.Open
    messages: list[Message] = field(default_factory=list)
    notice: str = ""
    who: Who | None = None  # set once the person was let in as staff (handlers.staff.gate)
    refused: bool = False  # the person may not do this
    erased: bool = False  # the resident is no more; nothing may be written about the chat

    @property
    def t(self) -> Translator:
        return self.catalogs.translator(self.resident.language)

    @property
    def ko(self) -> Translator:
        return self.catalogs.translator("ko")

    def say(
        self,
        text: str,
        rows: Rows = (),
        *,
        lead: str = "",
        title: str = "",
        edit: bool = False,
        card: bool = False,
        picture: Picture | None = None,
        table: Table | None = None,
        file: File | None = None,
        names: bool = False,
    ) -> None:
        """Add a message. Options among the buttons answer the open question; presses work for ever."""
        buttons = tuple(tuple(self._button(item) for item in row) for row in rows if row)
        code, rtl = self.t.code, self.t.rtl
        if table and (rest := len(table.rows) - FIRST) > 0:
            more = self.t.n("{n} more row is in the file", "{n} more rows are in the file", rest)
            table = replace(table, more=more)
        self.messages.append(Message(text, buttons, lead, title, code, rtl, edit, card, picture, table, file, names))

    def ask(self, text: str, rows: Rows = (), *, edit: bool = False, lead: str = "", title: str = "") -> None:
        """Put the present step's question."""
        self.dialog.number += 1
        self.dialog.options = []
        self.say(text, rows, edit=edit, lead=lead, title=title)

    async def begin(self, flow: str, step: str | None = None, **answers: Any) -> None:
        """Open a flow at its first or a named step."""
        self.dialog.flow, self.dialog.answers, self.dialog.path = flow, dict(answers), []
        await self.go(step or self.flows[flow].first.name, remember=False)

    async def go(self, step: str, *, remember: bool = True, **answers: Any) -> None:
        """Move to another step of the open flow, keeping what is known, and put its question."""
        self.dialog.answers |= answers
        opened = self.flows[cast(str, self.dialog.flow)]
        if remember and self.dialog.step and self.dialog.step != step:
            self.dialog.path.append(self.dialog.step)
        self.dialog.step = step
        await opened.step(step).ask(self)

    async def again(self) -> None:
        """Put the present question once more."""
        await self.flows[cast(str, self.dialog.flow)].step(self.dialog.step).ask(self)

    async def back(self) -> None:
        if self.dialog.path:
            await self.go(self.dialog.path.pop(), remember=False)
        else:
            await self.again()

    @property
    def takes_files(self) -> bool:
        """Whether the open question does."""
        return takes_files(self.flows, self.dialog)

    def end(self) -> None:
        """Close the open flow."""
        self.dialog.close()

    def press(self, label: str, verb: str, *ids: int, main: bool = False) -> Button:
        return Button(label, Press(verb, ids).pack(), main=main)

    def link(self, label: str, url: str) -> Button:
        return Button(label, url=url)

    def _button(self, item: Option | Button) -> Button:
        if isinstance(item, Button):
            return item
        payload = Choice(self.dialog.number, len(self.dialog.options)).pack()
        self.dialog.options.append(item.value)
        ask = cast(Literal["", "location", "contact"], item.ask)
        return Button(item.label, "" if item.url else payload, item.url, ask, item.main)


def takes_files(flows: Mapping[str, Flow], dialog: dialogs.Open) -> bool:
    """Whether a file may be sent to the open question."""
    flow = flows.get(dialog.flow or "")
    return flow is not None and dialog.step is not None and dialog.step in flow and flow.step(dialog.step).files
