"""Polite fetching: one request, with a tag so that the same is not sent twice, bounded in time and size."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import aiohttp

from .source import SourceError

BIGGEST = 5 * 1024 * 1024  # bytes of an answer
TIMEOUT = aiohttp.ClientTimeout(total=60, connect=10)
AGENT = "dongne-ilgam (municipal job alerts)"
REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes
    name: str  # what the file seems to be called
    tag: str | None


async def get(url: str, tag: str | None = None) -> Answer | None:
    """The body at an address, or None where it is the one with this tag. SourceError says what went wrong."""
    headers = {"User-Agent": AGENT, **({"If-None-Match": tag} if tag else {})}
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT, headers=headers) as session:
            for _ in range(REDIRECTS + 1):
                async with session.get(url, allow_redirects=False) as response:
                    if response.status == 304:
                        return None
                    if response.status in (301, 302, 303, 307, 308):
                        url = redirected(url, response.headers.get("Location", ""))
                        continue
                    if response.status != 200:
                        raise SourceError(f"the site answered {response.status}")
                    body = await response.content.read(BIGGEST + 1)
                    while len(body) <= BIGGEST and (more := await response.content.read(BIGGEST + 1 - len(body))):
                        body += more
                    if len(body) > BIGGEST:
                        raise SourceError("the answer is larger than 5 MB")
                    return Answer(
                        body, _name(url, response.headers.get("Content-Type", "")), response.headers.get("ETag")
                    )
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SourceError(f"no answer ({type(error).__name__})") from None
    raise SourceError("the site redirects without end")


def redirected(url: str, location: str) -> str:
    """Where a redirect leads; only within the same host, so that no site sends us to inside addresses."""
    try:
        there = urljoin(url, location)
        same, safer = (f"{scheme}://{urlsplit(url).netloc}" for scheme in (urlsplit(url).scheme, "https"))
        if there.startswith((f"{same}/", f"{safer}/")):
            return there
    except ValueError:
        pass
    raise SourceError("the site redirects to another one")


def _name(url: str, content_type: str) -> str:
    return "sheet.xlsx" if "spreadsheetml" in content_type else urlsplit(url).path.rsplit("/", 1)[-1] or "sheet.csv"
