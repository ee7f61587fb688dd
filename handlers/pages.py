"""What the web pages show of the postings: a list and one posting, in the reader's language, readable without a chat."""

from locales import Translator
from storage import browse
from storage.transaction import Transaction

from . import cards
from .places import place_of

Shown = tuple[int, str, str]  # posting id, title, text


async def jobs(tx: Transaction, translator: Translator, offset: int, limit: int) -> tuple[int, list[Shown]]:
    """How many postings are open, and one page of them."""
    total, rows = await browse.open_all(tx, None, offset, limit)
    shown = []
    for posting in rows:
        head, _, text = cards.line(translator, posting, await place_of(tx, translator, posting), tx.now).partition("\n")
        shown.append((posting.id, head, text))
    return total, shown


async def posting(tx: Transaction, translator: Translator, posting_id: int) -> tuple[str, str] | None:
    """Title and text of one posting, closed ones too, saying so."""
    found = await browse.posting(tx, posting_id)
    if found is None:
        return None
    place = await place_of(tx, translator, found)
    text = cards.details(translator, found, place, "", tx.now)
    over = found.state != "open" or (found.closes_at is not None and found.closes_at <= tx.now)
    if over:
        text = f"{translator.t('This job is closed.')}\n{text}"
    return cards.headline(translator, found), text
