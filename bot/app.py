"""The one composition root: `build` puts the whole program together, and tests put other clocks, platforms and sources in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import structlog

from handlers.deployment import Deployment
from locales import Catalogs
from storage.store import Store

from .clock import Clock
from .dispatch import Dispatch
from .platforms.platform import Platform
from .poller import Poller
from .rounds import Round
from .sender import Sender
from .settings import Settings
from .web import Web

log = structlog.get_logger()


@dataclass
class App:
    """Everything that runs, and how to start and stop it in order."""

    settings: Settings
    store: Store
    catalogs: Catalogs
    deployment: Deployment
    dispatch: Dispatch
    platforms: Sequence[Platform]
    poller: Poller
    sender: Sender
    clock: Clock
    web: Web
    rounds: Sequence[Round] = field(default_factory=list)

    async def start(self) -> None:
        await self.web.start()
        for platform in self.platforms:
            await platform.start(partial(self.dispatch, platform))
        self.sender.start()
        for round_ in self.rounds:
            round_.start()
        await self.clock.start()
        self.web.ready = True

    async def stop(self) -> None:
        self.web.ready = False
        await self.clock.stop()
        for round_ in self.rounds:
            await round_.stop()
        for platform in self.platforms:
            await platform.stop()
        await self.sender.stop()
        await self.web.stop()
        await self.store.close()
