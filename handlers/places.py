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
        places[posting.id] = placed(t, posting, area)
    return places


async def place_of(tx: Transaction, t: Translator, posting: Posting) -> Place:
    return (await places_of(tx, t, [posting]))[posting.id]


async def area_of(tx: Transaction, posting: Posting) -> Area | None:
    """The area where a posting's workplace is, as precisely as it is known."""
    codes = await browse.place_codes(tx, [posting.id])
    return await areas.get(tx, codes[posting.id]) if posting.id in codes else None


async def place_before(tx: Transaction, t: Translator, posting: Posting, code: int | None) -> Place:
    """Where it was when it lay in this area; None where that was not known."""
    area = await areas.get(tx, code) if code is not None else None
    return named(t, area) if area else Place(t.t("place not stated"), t.t("place not stated"))


def placed(t: Translator, posting: Posting, area: Area | None) -> Place:
    """The name of a posting's workplace in that area; the source's own words where it is not known."""
    unknown = posting.facts.get("workplace", "") or t.t("place not stated")
    return named(t, area) if area else Place(unknown, unknown)


def named(t: Translator, area: Area) -> Place:
    return Place(areas.place_name(area, t.code), area.name_ko)
