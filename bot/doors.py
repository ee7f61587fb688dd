"""The platforms as the settings ask for them: the web chat with its public pages, and Telegram where there is a token."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from handlers import pages
from handlers.chat.events import Address
from handlers.deployment import Deployment
from handlers.resident import notice
from locales import Catalogs
from storage.store import Store

from .commands import introductions
from .dispatch import Dispatch
from .files import Files, Make
from .gate import Gate
from .metrics import Metrics
from .pictures import Draw, Drawings
from .platforms.webchat import Content, Site, WebChat
from .settings import Settings

if TYPE_CHECKING:
    from .platforms.telegram.client import Telegram


def webchat(settings: Settings, store: Store, dispatch: Dispatch, metrics: Metrics, demo: bool) -> WebChat:
    """The web chat with its public pages."""
    catalogs, deployment = dispatch.catalogs, dispatch.deployment

    async def jobs(language: str, offset: int, limit: int) -> tuple[int, Sequence[pages.Shown]]:
        async with store.reading() as tx:
            return await pages.jobs(tx, catalogs.translator(language), offset, limit)

    async def posting(language: str, posting_id: int) -> pages.JobPage | None:
        async with store.reading() as tx:
            return await pages.posting(
                tx, catalogs.translator(language), posting_id, settings.web_url, deployment.credits
            )

    def privacy(language: str) -> str:
        return notice.full(catalogs.translator(language), deployment, abroad=False)

    names = {code: deployment.name(catalogs.translator(code)) for code in catalogs.released}
    where = settings.web_url, settings.embed_origins, settings.trial, demo
    site = Site(names, settings.phone, settings.location_button, deployment.messengers, *where)
    drawings = Drawings(deployment.polygons)
    content = Content(jobs, posting, privacy, drawings, Files(), dispatch.takes_files)
    return WebChat(store, catalogs, site, content, metrics.foreign)


def telegram(
    settings: Settings,
    catalogs: Catalogs,
    deployment: Deployment,
    gates: dict[tuple[str, str], Gate],
    metrics: Metrics,
    draw: Draw,
    make: Make,
) -> Sequence["Telegram"]:
    """Telegram where its token is set. Its library is imported only then."""
    if settings.telegram_token is None:
        return ()
    from .platforms.telegram.client import Telegram
    from .platforms.telegram.inbound import in_group

    async def pace(lane: int, to: Address) -> None:
        await gate.enter(lane, to, group=in_group(to))
        gate.left()

    token = settings.telegram_token.get_secret_value()
    made = Telegram(
        token,
        settings.telegram_api,
        introductions(catalogs, deployment.name),
        pace=pace,
        slowed=lambda to, s: gate.cut(to, s),
        webhook=settings.telegram_webhook,
        counted=metrics.webhook,
        draw=draw,
        make=make,
    )
    gate = gates[made.name, made.account] = Gate(made.rate)
    return (made,)
