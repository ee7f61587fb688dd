"""Makes things one at a time in a thread, and keeps the last ones: what many look at is made once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import structlog

log = structlog.get_logger()


class Spec(Protocol):
    """What is to be made: of one of several kinds, and the same as another that says the same."""

    @property
    def kind(self) -> str: ...

    def __hash__(self) -> int: ...


What = TypeVar("What", bound=Spec)


class Made(Generic[What]):
    """Call it with what is to be made for its bytes. None, and a line in the log, where that fails: the words stand without."""

    def __init__(self, name: str, make: Callable[[What], bytes], kept: int) -> None:
        self._name, self._make, self._most = name, make, kept
        self._made: OrderedDict[What, bytes] = OrderedDict()
        self._one = asyncio.Lock()

    async def __call__(self, what: What) -> bytes | None:
        async with self._one:
            if what not in self._made:
                try:
                    self._made[what] = await asyncio.to_thread(self._make, what)
                except Exception:
                    log.exception("not made", what=self._name, kind=what.kind)
                    return None
                if len(self._made) > self._most:
                    self._made.popitem(last=False)
            self._made.move_to_end(what)
            return self._made[what]
