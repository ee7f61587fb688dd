"""Lets a step with the database end before a cancellation goes on.

Cut in the middle of a statement, the driver lets go of SQLite's connection without closing it: the write lock stays with nobody.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Step(Protocol):
    async def __call__(self, step: Coroutine[Any, Any, T], /) -> T: ...


async def as_it_is(step: Coroutine[Any, Any, T]) -> T:
    """The result of a step of a task that nobody cancels."""
    return await step


async def whole(step: Coroutine[Any, Any, T]) -> T:
    """The result of a step. Whoever is cancelled meanwhile hears of it once the step has ended, well or badly."""
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError:
                continue
        if not task.cancelled():
            task.exception()  # seen: the cancellation is what is told
        raise
