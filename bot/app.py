"""The one composition root: `build` puts the whole program together, and tests put other clocks, platforms and sources in."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from handlers import deliver, tracks
from handlers.clock.change import tell_changes
from handlers.clock.match import match_new
from handlers.clock.plan import plan
from handlers.clock.put_up import put_up_due
from handlers.clock.remind import remind
from handlers.clock.staff import tell_staff
from handlers.clock.tidy import close, tidy
from handlers.clock.watch import Watch
from handlers.credits import Credit
from handlers.deployment import Deployment
from handlers.resident.meeting import remind as remind_of_meetings
from locales import Catalogs
from storage import area_data, areas, wishes, writings
from storage.area_lookup import Polygons
from storage.area_search import AreaNames
from storage.migrate import migrate
from storage.sealing import Keys
from storage.store import ROUTINE, Store

from . import demo, doors, overview, owner
from .budgets import Budgets
from .clock import Clock, Job
from .dispatch import Dispatch
from .gate import Gate
from .live import Stamp, opened, still_live
from .metrics import Metrics
from .platforms.platform import Platform
from .platforms.webchat import desk_routes
from .poller import Poller
from .readiness import Readiness
from .rounds import Round
from .sender import Sender
from .settings import BadSettings, Settings
from .sources import config
from .sources.api import Api
from .sources.pressed import Pressed
from .sources.source import Source
from .web import Web

log = structlog.get_logger()
FIRST_LOOK = 5.0  # seconds that the start waits for the sources
LOOK = 5.0  # seconds between looks whether another copy took over
UNLIMITED = 1000.0  # messages a second planned for platforms that set no rate


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
    rounds: Sequence[Round] = field(default_factory=tuple)
    live: bool = True
    ended: asyncio.Event = field(default_factory=asyncio.Event)  # by a signal, or because another copy took over
    overtaken: bool = False

    async def start(self) -> None:
        """A copy that is not live does nothing by itself: it serves its pages and says why."""
        if self.live:
            await self._look_round()
        await self.web.start()
        for platform in self.platforms:
            await platform.start(partial(self.dispatch, platform))
            if username := getattr(platform, "username", ""):
                self.deployment.messengers.append((platform.name.capitalize(), f"https://t.me/{username}"))
        if self.live:
            self.sender.start()
            for round_ in self.rounds:
                round_.start()
            self.clock.start()
        self.web.ready = True

    async def catch_up(self) -> None:
        """Match what was recorded, to the end."""
        await self.rounds[0].finish()

    async def _look_round(self) -> None:
        """Ask the quick sources once, so that who comes first finds something; sites of many pages wait for the clock."""
        await self.poller.retire()
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_LOOK):
                for name, source in self.poller.sources.items():
                    if not isinstance(source, Api):
                        await self.poller.poll(name)

    async def stop(self) -> None:
        self.web.ready = False
        self.clock.stop()
        for round_ in self.rounds:
            await round_.stop()
        await self.sender.stop()  # its last sends still need the platforms
        for platform in self.platforms:
            await platform.stop()
        await self.web.stop()
        await self.store.close()


async def build(
    settings: Settings,
    now: Callable[[], datetime] | None = None,
    platforms: Sequence[Platform] | None = None,
    sources: Sequence[Source] | None = None,
) -> App:
    """Migrate, load the areas, and wire everything. BadSettings or BadSources name what can't be used."""
    url = settings.database_url.get_secret_value()
    await migrate(url)
    ahead = demo.clock(settings, now)
    store, stamp = Store(url, Keys.from_file(settings.key_file), ahead or now), Stamp(settings.stamp)
    await demo.settle(ahead, store)
    live = await opened(store, stamp)
    catalogs, metrics = Catalogs.load(), Metrics()
    if lacking := tracks.unspoken(catalogs):
        raise BadSettings([f"A sentence of a track is missing: {one}." for one in lacking])
    deployment = await _deployment(settings, store)
    if sources is None:
        sources = _sources(settings, store, deployment, live)
    pressed = Pressed(deployment.area.full_ko)
    sources = [*sources, pressed] if ahead else sources
    deployment.order = (writings.DESK, *(one.name for one in sources))
    deployment.credits |= {writings.DESK: Credit(deployment.area.name_ko)}
    deployment.credits |= {one.name: Credit(one.terms.label, one.terms.notice) for one in sources}
    dispatch = Dispatch(store, catalogs, deployment, metrics.update)
    gates: dict[tuple[str, str], Gate] = {}
    chat = doors.webchat(settings, store, dispatch, metrics, demo=ahead is not None)
    routes = [*chat.routes(), *owner.routes()]
    if platforms is None:
        telegram = doors.telegram(settings, catalogs, deployment, gates, metrics, chat.content.draw, chat.content.make)
        platforms = [chat, *telegram]
        routes += [route for one in telegram if live for route in one.routes()]
    speaking = platforms if live else [platform for platform in platforms if platform is chat]
    composer = deliver.Composer(catalogs, deployment)
    there = {(platform.name, platform.account): platform for platform in speaking}
    sender = Sender(store, there, composer, gates, sent=deliver.offer, on_outcome=metrics.send)
    rate = sum(platform.rate or UNLIMITED for platform in platforms)
    pushed = sorted({platform.name for platform in platforms if platform.capabilities.push})
    silent = sorted({platform.name for platform in platforms if not platform.capabilities.rings})

    async def match_round() -> bool:
        async with store.transaction(ROUTINE) as tx:
            put = await put_up_due(tx, deployment.recorder)
            matched = await match_new(tx)
            told = await tell_changes(tx, pushed, silent)
        if matched.alerts or told:
            planning.wake()
            sender.wake()
        return matched.more or put

    async def plan_round() -> bool:
        async with store.transaction(ROUTINE) as tx:
            planned = await plan(tx, rate, pushed, silent)
        if planned.messages:
            sender.wake()
        return planned.more

    async def swept(work: Callable[..., object]) -> None:
        async with store.transaction(ROUTINE) as tx:
            await work(tx)  # type: ignore[misc]

    async def watch() -> bool:
        if not app.overtaken and not await still_live(store, stamp):
            log.critical("another copy took over, this one ends")
            app.overtaken = True
            app.ended.set()
        return False

    matching, planning = Round("match", match_round, every=5), Round("plan", plan_round, every=1)
    watching = Watch(settings.owner, pushed, silent)
    poller = Poller(store, sources, deployment.recorder, matching.wake, metrics.refusal, watching)
    jobs = await overview.jobs(store, poller)
    reminding = partial(swept, partial(remind, platforms=pushed, silent=silent))
    meeting = partial(swept, remind_of_meetings)
    jobs += [Job("close", partial(swept, close), 60, 30), Job("tidy", partial(swept, tidy), 3600, 60)]
    jobs += [Job("remind", reminding, 600, 90), Job("meetings", meeting, 300, 45)]
    jobs += [Job("staff", partial(swept, partial(tell_staff, watch=watching)), 60, 45)]
    server = Web(
        settings.http_host,
        settings.http_port,
        routes,
        registry=metrics.registry,
        metrics_token=settings.metrics_token.get_secret_value() if settings.metrics_token else "",
        refresh=partial(metrics.read, store),
        alive=Readiness(store, live),
    )
    if ahead and live:
        due = [job.work for job in jobs if job.name in ("close", "remind")]
        desk = demo.Demo(ahead, store, poller, pressed, partial(demo.catch_up, due, (matching, planning, sender)))
        server.add(desk_routes(chat, desk))
    clock, rounds = Clock(jobs), (matching, planning, Round("live", watch, every=LOOK))
    app = App(settings, store, catalogs, deployment, dispatch, speaking, poller, sender, clock, server, rounds, live)
    return app


async def _deployment(settings: Settings, store: Store) -> Deployment:
    async with store.transaction(ROUTINE) as tx:
        await area_data.load(tx)
        code = await areas.current(tx, settings.municipality)
        area = await areas.get(tx, code) if code else None
    if area is None:
        raise BadSettings([f"ILGAM_MUNICIPALITY: there is no area {settings.municipality}."])
    return Deployment(area, AreaNames.packaged(), Polygons(), settings.phone, settings.web_url, settings.owner)


def _sources(settings: Settings, store: Store, deployment: Deployment, live: bool) -> Sequence[Source]:
    """Those of the file, which a newcomer is given. A restored copy must be brought its own: others would close its postings."""
    if live:
        config.prepare(settings.sources)
    elif not settings.sources.exists():
        return ()
    first = partial(_first_subscriber, store)
    return config.read(settings.sources, deployment.area.full_ko, first, Budgets(store))


async def _first_subscriber(store: Store) -> datetime | None:
    async with store.reading() as tx:
        return await wishes.first_subscribed(tx)
