"""Makes messages fit a platform: fewer and shorter bubbles, fewer and shorter buttons, but never a choice less.

What has no room as a button stands as a numbered line and can be typed; a posting's card is shortened, never split.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from . import tables
from .capabilities import Capabilities
from .cut import columns, cut
from .messages import TICK, Button, Message

ELLIPSIS = "…"
EDGES = 3  # columns that the edges of a button and the gap beside it take: about 26 px of a chat's letters of 8.5 px
LEAST = 4  # columns of the shortest label, so that it can be hit and has room for a tick
Ordinals = dict[str, int]  # payload -> the number under which it can be typed


def fit(messages: Sequence[Message], capabilities: Capabilities) -> tuple[list[Message], list[Message]]:
    """The messages that go now, and those that are kept for the next turn."""
    ordinals = {payload: i for i, (_, payload) in enumerate(choices(messages), 1)}
    parts = [part for message in messages for part in tables.fit(message, capabilities)]
    fitted = [piece for part in parts for piece in _one(part, capabilities, ordinals)]
    if capabilities.quick_replies:
        fitted = _gather(fitted, capabilities, ordinals)
    return fitted[: capabilities.bubbles], fitted[capabilities.bubbles :]


def choices(messages: Sequence[Message]) -> list[list[str]]:
    """Every choice shown, in order, as [label, payload]: what a typed number or label is held against."""
    return [[button.label, button.payload] for m in messages for button in m.flat() if button.payload]


def _one(message: Message, capabilities: Capabilities, ordinals: Ordinals) -> list[Message]:
    if not capabilities.edits and message.edit:
        message = replace(message, edit=False)
    if not capabilities.pictures and message.picture:
        message = replace(message, picture=None)
    message = _links_as_text(message, capabilities)
    if len(message.plain) <= capabilities.text:
        return [_rows(message, capabilities, ordinals)]
    room = capabilities.text - len(message.lead) - len(message.title) - 2
    if message.card:
        return [_rows(replace(message, text=_shorten(message.text, room)), capabilities, ordinals)]
    pieces = _split(message.text, room)
    heads = [replace(message, text=pieces[0], buttons=(), table=None, file=None)]
    heads += [Message(piece, language=message.language, rtl=message.rtl, names=message.names) for piece in pieces[1:]]
    last = replace(heads[-1], buttons=message.buttons, table=message.table, file=message.file)
    return [*heads[:-1], _rows(last, capabilities, ordinals)]


def _rows(message: Message, capabilities: Capabilities, ordinals: Ordinals) -> Message:
    rows: list[tuple[Button, ...]] = []
    for row in message.buttons:
        kept = [b for b in row if not (b.ask == "location" and not capabilities.location)]
        kept = [b for b in kept if not (b.ask == "contact" and not capabilities.contact)]
        rows += _beside(kept, capabilities)
    message = message.with_buttons(tuple(rows))
    return message if capabilities.quick_replies else _few(message, capabilities, ordinals)


def _beside(row: list[Button], capabilities: Capabilities) -> list[tuple[Button, ...]]:
    """A row as it has room on a phone: in as few rows as hold its labels, all about as long, so that none is left alone."""
    if not row:
        return []
    # A tick comes and goes: the rows stay as they are.
    widest = max(LEAST, *(_wide(button.label.removeprefix(TICK), capabilities) for button in row))
    most = max(1, min(capabilities.row, capabilities.columns // (widest + EDGES)))
    each = math.ceil(len(row) / math.ceil(len(row) / most))
    return [tuple(row[i : i + each]) for i in range(0, len(row), each)]


def _wide(label: str, capabilities: Capabilities) -> int:
    whole = columns(label)
    return max(math.ceil(whole / 2), *map(columns, label.split())) if capabilities.wraps and " " in label else whole


def _few(message: Message, capabilities: Capabilities, ordinals: Ordinals) -> Message:
    """Buttons within number and label; whoever finds no room is written as a numbered line, to be typed."""
    buttons = message.flat()
    short = [_label(button.label, capabilities.label) for button in buttons]
    if len(buttons) <= capabilities.buttons and len(set(short)) == len({b.label for b in buttons}):
        names = iter(short)
        rows = tuple(tuple(replace(b, label=next(names)) for b in row) for row in message.buttons)
        return message.with_buttons(rows)
    lines, numbered = [], []
    for i, button in enumerate(buttons):
        number = str(ordinals.get(button.payload, ""))
        plain = button.label.isdigit() and i < capabilities.buttons  # a number by itself stays what it is
        if number and not plain:
            lines.append(f"{number}. {button.label}")
        numbered.append(replace(button, label=number) if number and not plain else button)
    shown = numbered[: capabilities.buttons]
    packed = tuple(tuple(shown[i : i + capabilities.row]) for i in range(0, len(shown), capabilities.row))
    return replace(message, text="\n".join([message.text, "", *lines]), buttons=packed)


def _gather(messages: list[Message], capabilities: Capabilities, ordinals: Ordinals) -> list[Message]:
    """All buttons of an answer become quick replies under its last bubble."""
    now, later = messages[: capabilities.bubbles], messages[capabilities.bubbles :]
    buttons = tuple(b for m in now for b in m.flat())
    if not now:
        return messages
    bare = [m.with_buttons(()) for m in now]
    bare[-1] = _few(bare[-1].with_buttons((buttons,) if buttons else ()), capabilities, ordinals)
    if len(bare[-1].plain) > capabilities.text:
        head, *tail = _split(bare[-1].text, capabilities.text - len(bare[-1].lead) - len(bare[-1].title) - 2)
        pieces = [replace(bare[-1], text=head, buttons=())]
        pieces += [Message(piece, language=bare[-1].language, rtl=bare[-1].rtl, names=bare[-1].names) for piece in tail]
        pieces[-1] = pieces[-1].with_buttons(bare[-1].buttons)
        bare = [*bare[:-1], *pieces]
    return [*bare, *later]


def _links_as_text(message: Message, capabilities: Capabilities) -> Message:
    if capabilities.links:
        return message
    links = [b for b in message.flat() if b.url]
    rows = tuple(tuple(b for b in row if not b.url) for row in message.buttons)
    lines = [f"{b.label}: {b.url}" for b in links]
    return replace(message, text="\n".join([message.text, *lines]), buttons=tuple(row for row in rows if row))


def _label(label: str, limit: int) -> str:
    return label if len(label) <= limit else cut(label, limit - 1).rstrip() + ELLIPSIS


def _shorten(text: str, room: int) -> str:
    """Whole lines as long as they fit; a first line that is too long by itself is cut."""
    kept: list[str] = []
    used = 0
    for line in text.split("\n"):
        if used + len(line) + 1 > room - 2:
            break
        kept.append(line)
        used += len(line) + 1
    return "\n".join([*kept, ELLIPSIS]) if kept else cut(text, room - 1) + ELLIPSIS


def _split(text: str, room: int) -> list[str]:
    """Pieces of at most `room` characters, cut between lines where possible."""
    pieces, piece = [], ""
    for line in text.split("\n"):
        while len(line) > room:
            if piece:
                pieces.append(piece)
                piece = ""
            head = cut(line, room) or line[:room]
            pieces.append(head)
            line = line[len(head) :]
        if piece and len(piece) + 1 + len(line) > room:
            pieces.append(piece)
            piece = line
        else:
            piece = f"{piece}\n{line}" if piece else line
    return [*pieces, piece] if piece or not pieces else pieces
