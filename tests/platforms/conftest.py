"""A fake Bot API server, and a bot run against it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.platforms.telegram.client import Telegram
from handlers.chat.events import Event
from handlers.chat.messages import Replies
from tests.fakes.botapi import BotApi

from .hooked import Hooked

Answer = Callable[[Event], Replies | Awaitable[Replies]]
Run = Callable[[Answer], Awaitable[Telegram]]


@pytest.fixture
async def botapi() -> AsyncIterator[BotApi]:
    async with BotApi() as botapi:
        yield botapi
        botapi.check()


@pytest.fixture
async def run(botapi: BotApi) -> AsyncIterator[Run]:
    """Start a bot that answers by a function."""
    running = []

    async def start(answer: Answer) -> Telegram:
        async def handle(event: Event) -> Replies:
            replies = answer(event)
            return replies if isinstance(replies, Replies) else await replies

        telegram = Telegram(botapi.token, botapi.url, wait=5, pauses=(0.01, 0.01, 0.01, 0.01), patience=1)
        running.append(telegram)
        await telegram.start(handle)
        return telegram

    yield start
    for telegram in running:
        await telegram.stop()


@pytest.fixture
async def hooked(botapi: BotApi) -> AsyncIterator[Hooked]:
    hooked = Hooked(botapi)
    await hooked.listen()
    await hooked.start()
    yield hooked
    await hooked.stop()
