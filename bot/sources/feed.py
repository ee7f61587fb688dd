"""A site's feed (RSS, Atom or RDF): its newest items as drafts. What falls off its end is not over, so it never closes any."""

import asyncio
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import feedparser

from handlers.draft import Draft, key_of
from handlers.notice import stated
from handlers.text import SEOUL, links, parse_moment, plain, unmarked

from .document import text_of
from .http import Fetcher
from .secrets import of_address, scrubbed_bytes
from .source import Fetched, Part, Probed, Refused, SourceError, Terms
from .tree import bounded

BIGGEST = 2 * 1024 * 1024  # bytes; feedparser reads some 100 KB a second of the worst that a site could send
MOST = 1000  # items of a feed that are read
OLD = timedelta(days=60)  # an item that is older and states no last day may long be over
LONGEST_KEY = 300
TEXT = 4000  # characters of an item's text that are kept

_LETTER = re.compile(r"[^\W\d_]")
_ROOT = re.compile(r"<(?:[A-Za-z0-9_]+:)?(?:rss|feed|rdf)[\s>]", re.I)
_END = re.compile(r"</(?:[A-Za-z0-9_]+:)?(?:rss|feed|rdf)\s*>", re.I)
_ITEM = re.compile(r"</(?:[A-Za-z0-9_]+:)?(?:item|entry)\s*>", re.I)
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^?#;]*|(?<=[?&])(?:jsessionid|phpsessid|sessionid)=[^&#]*&?", re.I)
# An author like 홍길동 is a person, whose name we do not want; an office's name ends in what it is.
_PERSON = re.compile(
    r"[가-힣]{2,4}(?:\s?(?:주무관|주임|대리|팀장|과장|계장|담당자?|선생님|님))?|관리자|운영자|작성자|admin(?:istrator)?|webmaster|root"
    r"|\S*@\S*",
    re.I,
)
_OFFICE = re.compile(
    r"(?:과|팀|청|센터|학교|재단|공단|공사|병원|협회|조합|도서관|복지관|박물관|체육관|사무소|사무국|사업단|어린이집|유치원|행정실)$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source's items are read: `only` those whose title or category has one of these words, `without` those that have
    one of these; whose they are, and where, if they do not say."""

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    organisation: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """What a feed told, the oldest first. `whole`: it did not break off. Faults are sentences."""

    drafts: tuple[Draft, ...]
    faults: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """What all items of a feed share. `unclear` are the ids that do not tell them apart."""

    url: str
    title: str
    unclear: frozenset[str]
    now: datetime
    reading: Reading


class Feed:
    """A site's feed at an address. The cursor is what the site knows its answer by."""

    here = False
    terms = Terms()

    def __init__(
        self,
        name: str,
        url: str,
        every: float,
        web: Fetcher,
        allow: Collection[str] = (),
        reading: Reading = Reading(),
    ) -> None:
        self.name, self.url, self.every, self.web = name, url, every, web
        self._allow, self._reading = allow, reading

    async def fetch(self, cursor: str | None, now: datetime) -> Fetched:
        answer = await self.web.get(self.url, cursor, self._allow, repr(self._reading))
        if answer is None:
            return Fetched((), cursor=cursor)
        read = await asyncio.to_thread(items, answer.body, answer.charset, answer.url, now, self._reading)
        # A feed that broke off is asked for again, even if the site says that it did not change.
        kept = answer.cursor if read.whole else ""
        return Fetched((Part(self.name, read.drafts, False),), read.faults, not read.whole, kept)

    async def probe(self, now: datetime) -> Probed:
        """The feed as it is now."""
        answer = await self.web.get(self.url, None, self._allow)
        if answer is None:
            raise SourceError("the site says that nothing changed, which was not asked")
        kept = scrubbed_bytes(answer.body, of_address(self.url))
        try:
            read = await asyncio.to_thread(items, kept, answer.charset, answer.url, now, self._reading)
        except SourceError as error:
            return Probed(kept, error=str(error))
        return Probed(kept, read.drafts[::-1], f"{len(read.drafts)} postings", read.faults)


def items(data: bytes, charset: str | None, url: str, now: datetime, reading: Reading | None = None) -> Items:
    """The drafts of a feed. SourceError where it is none; Refused where it is too large or has a DOCTYPE."""
    if len(data) > BIGGEST:
        raise Refused("size", f"the feed is larger than {BIGGEST / 1024 / 1024:g} MB")
    text, whole = _trimmed(text_of(data, charset))
    faults = [] if whole else ["the feed breaks off; what came before is read"]
    bounded(text, "<", "='", '="')
    told = _parsed(text)
    if whole and told.get("bozo"):
        faults.append("the feed is not well-formed; what could be read of it is")
    entries = told["entries"][:MOST]
    page = _Page(url, unmarked(_text(told["feed"].get("title"))), _unclear(entries), now, reading or Reading())
    dated: dict[str, tuple[datetime, int, Draft]] = {}
    for entry in entries:
        published = _published(entry, now)
        draft = _draft(entry, published, page)
        if draft and not _LETTER.search(draft.title):
            faults.append("an item without a title is left out")
        elif draft:
            dated.setdefault(draft.key, (published or now, -len(dated), draft))
    oldest_first = sorted(dated.values(), key=lambda one: one[:2])  # of the same time the lower, as boards list them
    return Items(tuple(draft for *_, draft in oldest_first), tuple(faults), whole)


def _trimmed(text: str) -> tuple[str, bool]:
    """A feed up to its end, and whether it has one; else up to its last whole item. Some servers add words behind the end."""
    if not _ROOT.match(text):
        raise SourceError("the answer is XML, but no feed")
    last = 0
    for item in _ITEM.finditer(text):
        last = item.end()
    end = _END.search(text, last)
    return text[: end.end() if end else last], end is not None


def _parsed(text: str) -> Any:
    """What feedparser makes of it. Given a stream, since it would open a text that looks like an address or a path; and not
    told where it came from, since it would make addresses of ids, which would change when the site moves."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    if not text:
        return {"entries": [], "feed": {}}
    try:
        return feedparser.parse(io.BytesIO(text.encode()), response_headers=headers, sanitize_html=False)
    except Exception as error:  # it raises whatever a broken feed makes it run into
        raise SourceError(f"the feed can't be read ({type(error).__name__})") from None


def _base(url: str) -> str:
    """What relative links are held against; without a password and a key, which would end up in links."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _draft(entry: Any, published: datetime | None, page: _Page) -> Draft | None:
    """A draft of one item, or None where it is not asked for or too old."""
    title = " ".join(unmarked(_text(entry.get("title"))).split())
    if not _wanted(entry, title, page.reading):
        return None
    body = _body(entry)
    facts: dict[str, Any] = stated(f"{title}\n{body}", (published or page.now).astimezone(SEOUL).date())
    if published and published < page.now - OLD and not facts.get("closing", "")[:1].isdigit():
        return None
    organisation = _organisation(entry, page)
    link = _link(entry, page.url)
    return Draft(
        key=_key(_id(entry), link, page.unclear) or key_of(title, organisation, _text(entry.get("published"))),
        title=title[:300],
        organisation=organisation[:200],
        link=link,
        duties=body[:TEXT],
        **{"workplace": page.reading.place, **facts},
    )


def _wanted(entry: Any, title: str, reading: Reading) -> bool:
    tags = [_text(tag.get("term")) for tag in entry.get("tags") or [] if isinstance(tag, dict)]
    words = "\n".join(map(_folded, (title, *tags)))
    only, without = (any(_folded(word) in words for word in some) for some in (reading.only, reading.without))
    return (only or not reading.only) and not without


def _id(entry: Any) -> str:
    return _SESSION.sub("", _text(entry.get("id")))


def _key(guid: str, link: str, unclear: Collection[str]) -> str:
    """The item's id, or its address; a site that moves to https tells the same items."""
    key = (guid if guid and guid not in unclear else link).rstrip("?&")
    key = re.sub("^https?://", "", key, flags=re.I)
    return key if len(key) <= LONGEST_KEY else key_of(key)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _folded(text: str) -> str:
    return re.sub(r"\s", "", plain(text)).casefold()


def _body(entry: Any) -> str:
    """The longer of the item's summary and content, without markup."""
    told = [_text(entry.get("summary"))]
    told += [_text(one.get("value")) for one in entry.get("content") or [] if isinstance(one, dict)]
    return max((unmarked(one) for one in told), key=len)


def _organisation(entry: Any, page: _Page) -> str:
    """Who tells it: what the operator wrote, the author if it is an office, the item's source, the feed."""
    detail = entry.get("author_detail")
    author = _text(detail.get("name")) if isinstance(detail, dict) else ""
    author = re.sub(r"\([^()]*\)", "", unmarked(author or _text(entry.get("author")))).strip()
    source = entry.get("source")
    named = unmarked(_text(source.get("title"))) if isinstance(source, dict) else ""
    person = _PERSON.fullmatch(author) and not _OFFICE.search(author)
    return page.reading.organisation or ("" if person else author) or named or page.title or "-"


def _link(entry: Any, url: str) -> str:
    """The item's address made absolute, without the visitor's session; empty where it leads to no web page."""
    try:
        there = urljoin(_base(url), _SESSION.sub("", _text(entry.get("link"))))
    except ValueError:
        return ""
    link = there.rstrip("?&")
    return link if entry.get("link") and links(link) == [link] else ""


def _published(entry: Any, now: datetime) -> datetime | None:
    """When the item came out, or was changed where only that is said; None where it would lie ahead."""
    for name in ("published", "updated", "created"):
        at = parse_moment(_text(dict.get(entry, name)))
        if at and at <= now + timedelta(days=1):
            return at
    return None


def _unclear(entries: list[Any]) -> frozenset[str]:
    """Ids that stand on items with different links: some boards give all their own address as their id."""
    links_of: dict[str, set[str]] = {}
    for entry in entries:
        links_of.setdefault(_id(entry), set()).add(_SESSION.sub("", _text(entry.get("link"))))
    return frozenset(guid for guid, found in links_of.items() if len(found) > 1)
