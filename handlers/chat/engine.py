"""What an event means: a command, a press, an answer to the open question, or free words, in this order.

A typed number, a typed label and a tap are the same. /start, /cancel, Back and language work in every step.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from . import words
from .events import Contact, Pinned, Said, Sent, Tapped, Unreadable
from .flow import Answer, Chosen, Flow
from .presses import BadPress, Choice, Press, unpack
from .turn import Turn

BACK = "back"  # the option value that every step may offer

Command = Callable[[Turn, str], Awaitable[None]]
OnPress = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Routes:
    """The index of the conversation. `presses` maps a verb to its handler and the number of ids it takes."""

    commands: Mapping[str, Command]
    presses: Mapping[str, tuple[OnPress, int]]
    flows: Mapping[str, Flow]
    words: Callable[[Turn, str], Awaitable[None]]  # free words outside a flow
    lost: Callable[[Turn], Awaitable[None]]  # nothing we understand
    stale: Callable[[Turn], Awaitable[None]]  # a button that is no longer whole or ours


async def hear(turn: Turn, what: Said | Tapped | Pinned | Contact | Sent | Unreadable, routes: Routes) -> None:
    match what:
        case Said(text):
            await _said(turn, words.visible(text), routes)
        case Tapped(payload):
            await _tapped(turn, payload, routes)
        case Sent() if not turn.takes_files:  # the question went while the file came
            await hear(turn, Unreadable("document"), routes)
        case _ if turn.dialog.flow:
            await _answer(turn, what, routes)
        case _:
            await routes.lost(turn)


async def _said(turn: Turn, text: str, routes: Routes) -> None:
    if text.startswith("/"):
        name, _, argument = text[1:].strip().partition(" ")
        command = routes.commands.get(name.partition("@")[0].lower())
        if command is not None:
            return await command(turn, argument.strip())
    meaning = words.meaning(text)
    if meaning == "stop":
        return await routes.commands["stop"](turn, "")
    free = _takes_any(turn, routes)
    payload = _offered(turn, text, yes=not free)
    if payload is not None:
        return await _tapped(turn, payload, routes)
    if turn.dialog.flow and words.is_back(text):
        return await turn.back()
    if meaning is not None and not free:
        return await routes.commands[meaning](turn, "")
    if turn.dialog.flow:
        return await _answer(turn, Said(text), routes)
    await routes.words(turn, text)


def _takes_any(turn: Turn, routes: Routes) -> bool:
    flow = routes.flows.get(turn.dialog.flow or "")
    return flow is not None and flow.step(turn.dialog.step).any_words


def _offered(turn: Turn, text: str, *, yes: bool) -> str | None:
    """The payload that a typed text chooses among what was last shown: number first, then label, then (if `yes`) yes."""
    offered = turn.dialog.offered
    typed = words.number(text)
    if typed is not None:
        for label, payload in offered:
            if label == str(typed):
                return payload
        return offered[typed - 1][1] if 0 < typed <= len(offered) else None
    said = words.plain(text)
    for spelled in (words.plain, lambda label: words.bare(words.plain(label))):
        for label, payload in offered:
            if spelled(label) == said:
                return payload
    return offered[0][1] if yes and offered and words.is_yes(text) else None


async def _tapped(turn: Turn, payload: str, routes: Routes) -> None:
    try:
        press = unpack(payload)
    except BadPress:
        return await routes.stale(turn)
    if isinstance(press, Press):
        handler, count = routes.presses.get(press.verb, (None, 0))
        if handler is None or len(press.ids) != count:
            return await routes.stale(turn)
        return await handler(turn, *press.ids)
    if turn.dialog.flow and press.number == turn.dialog.number and press.index < len(turn.dialog.options):
        return await _answer(turn, Chosen(turn.dialog.options[press.index]), routes)
    if turn.dialog.flow and isinstance(press, Choice):
        return await turn.again()  # an old menu: the present question is put again
    await routes.stale(turn)


async def _answer(turn: Turn, answer: Answer, routes: Routes) -> None:
    flow = routes.flows.get(turn.dialog.flow or "")
    if flow is None:
        turn.end()
        return await routes.lost(turn)
    if turn.dialog.step is None or turn.dialog.step not in flow:
        return await turn.begin(flow.name)
    if answer == Chosen(BACK):
        return await turn.back()
    await flow.step(turn.dialog.step).answer(turn, answer)
