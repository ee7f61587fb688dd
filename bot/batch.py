"""Commits that come at the same time are made together: while one runs, the next gather."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Batch(Generic[T, R]):
    """`work` gets at most `size` items and answers each, in order. The first never waits for others to come.

    It runs in a task of its own, that nobody cancels: who asked may be, and the others still have their answer.
    """

    def __init__(self, work: Callable[[Sequence[T]], Awaitable[Sequence[R]]], size: int) -> None:
        self._work, self._size = work, size
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, item: T) -> R:
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
            try:
                answers: Sequence[R] | Exception = await self._work([item for item, _ in now])
            except Exception as error:
                answers = error
            for i, (_, answer) in enumerate(now):
                if answer.done():
                    continue
                if isinstance(answers, Exception):
                    answer.set_exception(answers)
                else:
                    answer.set_result(answers[i])
        self._task = None
