"""What the web pages show of the postings: a list and one posting, in the reader's language, readable without a chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from locales import Translator
from storage import areas, browse
from storage.area_tables import Area
from storage.tables import Posting
from storage.transaction import Transaction

from . import cards
from .credits import Credit, lines, names
from .job_data import job_posting
from .places import place_of
from .shown import BACK

Shown = tuple[int, str, str]  # posting id, title, text


@dataclass(frozen=True, slots=True)
class JobPage:
    """One posting as a page. `data` is its JobPosting for search engines; None for one that is closed or invented."""

    id: int
    title: str
    text: str
    closed: bool = False
    data: dict[str, Any] | None = None


async def jobs(tx: Transaction, translator: Translator, offset: int, limit: int) -> tuple[int, list[Shown]]:
    """How many postings are open, and one page of them."""
    total, rows = await browse.open_all(tx, None, offset, limit)
    shown = []
    for posting in rows:
        head, _, text = cards.line(translator, posting, await place_of(tx, translator, posting), tx.now).partition("\n")
        shown.append((posting.id, head, text))
    return total, shown


async def posting(
    tx: Transaction,
    translator: Translator,
    posting_id: int,
    address: str = "",
    credits: Mapping[str, Credit] = MappingProxyType({}),
) -> JobPage | None:
    """One posting, closed ones too, saying so. `address` is the public one of all pages, where there is one.

    What its source wants to show itself is not given to search engines.
    """
    found = await browse.posting(tx, posting_id)
    if found is None:
        return None
    if found.held_at is not None:
        return JobPage(found.id, cards.headline(translator, found), cards.looked_at(translator))
    place = await place_of(tx, translator, found)
    told_by = await browse.told_by(tx, found.id)
    also, credit = names(credits, told_by), lines(translator, credits, told_by)
    title = cards.headline(translator, found)
    text = cards.details(translator, found, place, "", tx.now, also, credit)
    if found.state != "open" or (found.closes_at is not None and found.closes_at <= tx.now):
        return JobPage(found.id, title, f"{translator.t('This job is closed.')}\n{text}", closed=True)
    url = f"{address}/p/{found.id}" if address else ""
    real = not found.example and found.kind == "job" and BACK not in found.facts
    data = job_posting(found, text, await _around(tx, found), url) if real else None
    below = ("", cards.never_asked(translator), *credit)
    return JobPage(found.id, title, cards.details(translator, found, place, "", tx.now, also, below), data=data)


async def _around(tx: Transaction, posting: Posting) -> list[Area]:
    """Where the workplace lies, from the finest known area outwards."""
    code = (await browse.place_codes(tx, [posting.id])).get(posting.id)
    found: list[Area] = []
    while code is not None and (area := await areas.get(tx, code)) is not None:
        found.append(area)
        code = area.parent
    return found
