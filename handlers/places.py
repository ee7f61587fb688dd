"""Where postings are, in the reader's language: the one way from a posting to the name of its workplace."""

from collections.abc import Mapping, Sequence

from locales import Translator
from storage import areas, browse
from storage.area_tables import Area
from storage.tables import Posting
from storage.transaction import Transaction

from .cards import Place


async def places_of(tx: Transaction, t: Translator, postings: Sequence[Posting]) -> Mapping[int, Place]:
    """The workplace's name of each posting, by its id; the source's own words where the area is not known."""
    codes = await browse.place_codes(tx, [posting.id for posting in postings])
    places = {}
    for posting in postings:
        area = await areas.get(tx, codes[posting.id]) if posting.id in codes else None
        unknown = posting.facts.get("workplace", "") or t.t("place not stated")
        places[posting.id] = named(t, area) if area else Place(unknown, unknown)
    return places


async def place_of(tx: Transaction, t: Translator, posting: Posting) -> Place:
    return (await places_of(tx, t, [posting]))[posting.id]


def named(t: Translator, area: Area) -> Place:
    return Place(areas.place_name(area, t.code), area.name_ko)
