"""`ilgam poster`: finds out what a poster says and where its codes lead, keeps the sign's name, and has it drawn."""

from collections.abc import Sequence

from handlers.ways import Way, link, sign_code
from locales import Translator
from storage import areas, signs
from storage.store import ROUTINE

from . import poster as drawing
from .app import App, build
from .settings import Settings

LONGEST = 40  # characters in the name of a place


async def poster(settings: Settings, area: str, place: str, languages: Sequence[str]) -> tuple[bytes, list[str]]:
    """The PDF, or sentences that say what is wrong. Whoever comes by its codes is told the name of the place."""
    app = await build(settings, platforms=[], sources=[])
    try:
        codes = [app.catalogs.resolve(language) for language in dict.fromkeys(languages)]
        hits = [hit for hit in app.deployment.names.search(area, home=settings.municipality) if hit.level == "emd"]
        place = " ".join(place.split())
        faults = []
        if None in codes:
            faults.append(f"--languages: there are {', '.join(app.catalogs.released)}.")
        if not hits or not (hits[0].exact or hits[0].unique_at_home):
            faults.append("--area: there is no such neighbourhood. Find it: ilgam areas search 월곡")
        if not 0 < len(place) <= LONGEST or not place.isprintable():
            faults.append(f"--place: a name of at most {LONGEST} characters, for example 별빛작은도서관.")
        addresses, wrong = await _addresses(settings)
        faults += wrong
        if faults:
            return b"", faults
        code = sign_code(place, hits[0].code)
        async with app.store.transaction(ROUTINE) as tx:
            await signs.keep(tx, code, place, hits[0].code)
            now = tx.now
        parts = [
            _part(app, t, addresses, hits[0].code, code) for t in map(app.catalogs.translator, filter(None, codes))
        ]
        return drawing.poster(parts, place, now), []
    finally:
        await app.store.close()


def _part(app: App, t: Translator, addresses: Sequence[tuple[str, str]], area: int, sign: str) -> drawing.Part:
    way, name = Way(area, t.code, sign), areas.place_name(app.deployment.area, t.code)
    ways = [
        drawing.Way(label or t.t("Web page"), link(address, way), address.partition("://")[2].rstrip("/"))
        for label, address in addresses
    ]
    return drawing.Part(t, ways, name, app.settings.phone)


async def _addresses(settings: Settings) -> tuple[list[tuple[str, str]], list[str]]:
    """Messengers by name and the web page without one; and what is wrong."""
    found, faults = [], []
    if settings.telegram_token is not None:
        from .platforms.telegram.known import username

        name, fault = await username(settings.telegram_token.get_secret_value(), settings.telegram_api)
        found += [("Telegram", f"https://t.me/{name}")] if name else []
        faults += [f"ILGAM_TELEGRAM_TOKEN: {fault}"] if fault else []
    if settings.web_url:
        found.append(("", f"{settings.web_url}/"))
    if not found and not faults:
        faults.append("There is nothing to lead to yet: set ILGAM_WEB_URL or ILGAM_TELEGRAM_TOKEN.")
    return found, faults
