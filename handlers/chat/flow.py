"""How a conversation is declared: a flow is a list of named steps, checked when it is built."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .events import Contact, Pinned, Said, Sent, Unreadable

if TYPE_CHECKING:
    from .turn import Turn


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the offered options, however it was chosen: tapped, typed by number, or typed by label."""

    value: str


Answer = Chosen | Said | Pinned | Contact | Sent | Unreadable


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a step. `ask` lets the platform fetch a location or contact; `url` opens a link."""

    value: str
    label: str
    ask: str = ""
    url: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """`ask` puts the question (it ends with `turn.ask`), `answer` acts on what the person said or chose.

    `any_words`: one may name things here, and a name like "mum" or "work" is an answer, not a command.
    `files`: a file may be sent here; elsewhere none is fetched.
    """

    name: str
    ask: Callable[["Turn"], Awaitable[None]]
    answer: Callable[["Turn", Answer], Awaitable[None]]
    any_words: bool = False
    files: bool = False


class Flow:
    """Steps are named, never numbered, so that a new step does not shift people who are in the middle."""

    def __init__(self, name: str, *steps: Step) -> None:
        names = [step.name for step in steps]
        if not steps or len(set(names)) != len(names):
            raise ValueError(f"flow {name}: steps need names of their own, not {names}")
        self.name = name
        self.first = steps[0]
        self._steps = {step.name: step for step in steps}

    def step(self, name: str | None) -> Step:
        """An unknown name (of an older version) restarts the flow."""
        return self._steps.get(name or "", self.first)

    def __contains__(self, name: str) -> bool:
        return name in self._steps
