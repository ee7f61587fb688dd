"""`ilgam check`: tries what the settings name, and says every fault in one plain sentence, without a secret in it."""

from datetime import datetime

from storage.area_search import AreaNames
from storage.migrate import migrate
from storage.sealing import Keys

from .settings import Settings
from .sources import config


async def faults(settings: Settings) -> list[str]:
    """What would keep the program from running with these settings."""
    found = []
    try:
        await migrate(settings.database_url.get_secret_value())
    except Exception as error:  # each engine and driver has errors of its own; the message may hold a password
        found.append(
            f"ILGAM_DATABASE_URL: the database can't be opened or brought up to date ({type(error).__name__})."
        )
    hits = AreaNames.packaged().search(str(settings.municipality))
    if not hits or hits[0].level != "sigungu":
        found.append(f"ILGAM_MUNICIPALITY: {settings.municipality} is no 시군구. Find yours: ilgam areas search 광산구")
    try:
        Keys.from_file(settings.key_file)
    except (OSError, ValueError) as error:
        found.append(f"ILGAM_KEY_FILE: the keys can't be read ({type(error).__name__}).")
    if settings.sources.exists():
        try:
            config.read(settings.sources, "", _nobody)
        except config.BadSources as bad:
            found += bad.faults
    if any(o.startswith("https") for o in settings.embed_origins) and not settings.web_url.startswith("https://"):
        found.append(
            "ILGAM_EMBED_ORIGINS: a site on https shows only a chat on https; set ILGAM_WEB_URL to its address."
        )
    if settings.telegram_token is not None:
        found += await _telegram(settings)
    return found


async def _nobody() -> datetime | None:
    return None


async def _telegram(settings: Settings) -> list[str]:
    from .platforms.telegram.known import known

    assert settings.telegram_token is not None
    fault = await known(settings.telegram_token.get_secret_value(), settings.telegram_api)
    return [f"ILGAM_TELEGRAM_TOKEN: {fault}"] if fault else []
