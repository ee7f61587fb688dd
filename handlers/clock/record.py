"""Drafts to postings: words to values, addresses to areas, and what is no longer told is closed, but only by a whole answer."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from storage import areas, postings
from storage.area_search import AreaNames
from storage.transaction import Transaction

from .. import stated, text
from ..draft import Draft, as_of
from ..eligibility import Eligibility
from ..matching import OCCUPATIONS
from ..occupations import by_code, class_name, occupation
from ..shown import fingerprint, withheld
from ..traits import traits
from .merge import merge

Shown = Collection[str] | None
REMEMBERED = 500  # places kept in memory with the areas from which they are seen


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a posting is, where that is known, and from which areas it is seen, each with its hops."""

    place: areas.Place | None
    reach: dict[int, int]


@dataclass(frozen=True)
class Recorder:
    """What recording needs to know of the deployment. `order` names its sources, who is believed most first."""

    names: AreaNames
    eligibility: Eligibility
    home: int
    order: tuple[str, ...] = ()
    _seen: dict[tuple[str | None, ...], Seen] = field(default_factory=dict, init=False, repr=False, compare=False)

    async def news(self, tx: Transaction, source: str, drafts: Sequence[Draft], shown: Shown = None) -> list[Draft]:
        """The drafts that say something else than before, each key once, in words that mean the same tomorrow."""
        known = await postings.known(tx, source) if drafts else {}
        today = tx.now.astimezone(text.SEOUL).date()
        once = {draft.key: as_of(draft, today) for draft in reversed(drafts)}
        return [draft for draft in reversed(once.values()) if self._says_news(draft, known.get(draft.key), shown)]

    def _says_news(self, draft: Draft, before: tuple[str, bool] | None, shown: Shown) -> bool:
        if draft.gone:
            return before is not None and before[1]
        return before != (fingerprint(draft, shown), True)

    async def prepare(
        self, tx: Transaction, drafts: Sequence[Draft], shown: Shown = None, facility_id: int | None = None
    ) -> list[postings.Told]:
        """Words to values and places to areas: all that only reads, so that no writer waits for it.

        `shown` are the words that their source lets us show, None for all; `facility_id` is whose postings they are.
        """
        told = [await self._told(tx, draft, shown) for draft in drafts if not draft.gone]
        if facility_id is None:
            return told
        return [replace(one, values={**one.values, "facility_id": facility_id}) for one in told]

    async def record(
        self, tx: Transaction, source: str, drafts: Sequence[Draft], told: Sequence[postings.Told]
    ) -> Counter[str]:
        """Counts of new, changed, same and gone. `told` is what `prepare` made of the drafts."""
        done = await postings.record(tx, source, told, self.order)
        await merge(tx, source, [key for key, what in done.items() if what != "same"], self.order)
        counts = Counter(done.values())
        counts["gone"] = await self._away(tx, source, {draft.key for draft in drafts if draft.gone})
        return +counts

    async def sweep(self, tx: Transaction, source: str, keys: Collection[str]) -> int:
        """Take away what a complete answer no longer tells, of which these are left. How many keys were."""
        return await self._away(tx, source, await postings.there(tx, source) - set(keys))

    async def _away(self, tx: Transaction, source: str, keys: Collection[str]) -> int:
        await postings.gone(tx, source, keys, self.order)
        return len(keys)

    async def _told(self, tx: Transaction, draft: Draft, shown: Shown) -> postings.Told:
        address = text.parse_address(draft.workplace)
        named = (*((address.sido, address.sigungu, address.dong) if address else ()), draft.area)
        seen = self._seen.get(named)
        if seen is None:
            place = await self._place(tx, address, draft.area)
            seen = Seen(place, await self._reach(tx, place))
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[named] = seen
        known_by = draft.known_by or ("address" if address else "code")
        areas_ = [(seen.place.area, seen.place.level, known_by)] if seen.place else []
        values = self._values(tx, draft, seen.place)
        if shown is not None:
            values = withheld(values, draft, shown)
        return postings.Told(draft.key, fingerprint(draft, shown), values, areas_, seen.reach)

    async def _place(self, tx: Transaction, address: text.Address | None, code: str) -> areas.Place | None:
        """What the words name; what the code stands for where they name nothing, or a province only."""
        named = None
        if address:
            words = (address.sido, address.sigungu, address.dong)
            named = await areas.resolve_address(tx, self.names, *words, self.home)
        coded = await areas.of_code(tx, code) if code and (named is None or named.level == "sido") else None
        return coded or named

    async def _reach(self, tx: Transaction, place: areas.Place | None) -> dict[int, int]:
        """From where it is seen. Known to the district only, it is seen from all of it at the widest."""
        if place is None or place.level == "sido":
            return {}
        if place.level == "sigungu":
            within = await areas.legal_codes(tx, place.area)
            return {**dict.fromkeys(within, areas.DISTRICT), place.area: 0}
        return {**await areas.reach(tx, place.codes), await areas.district_of(tx, place.codes[0]): 0}

    def _values(self, tx: Transaction, draft: Draft, place: areas.Place | None) -> dict[str, Any]:
        """The columns of a posting. Unknown stays unknown."""
        today = tx.now.astimezone(text.SEOUL).date()
        pay = text.parse_pay(draft.pay)
        hours = text.parse_hours(draft.hours)
        period = text.parse_period(draft.period, today)
        closing = text.parse_closing(draft.closing, today)
        coded = by_code(draft.occupation_code)
        work = coded or occupation(draft.title, class_name(draft.occupation_code), draft.duties)
        column = self.eligibility.read_column(draft.foreigners)
        may = (
            column
            if not text.states_nothing(draft.foreigners)
            else self.eligibility.read(f"{draft.target}\n{draft.duties}")
        )
        values = {
            "kind": draft.kind,
            "sector": draft.sector,
            "title": text.mask(draft.title),
            "organisation": text.mask(draft.organisation),
            "occupation": work,
            "trait_bits": traits(draft, period, hours, may.answer),
            "occupation_bit": OCCUPATIONS.get(work or "", 0),
            "hour_bits": (text.hour_bits(hours) if hours else None) or 0,
            "pay_hourly": text.hourly(pay, hours) if pay else None,
            "scope": place.level if place else "unknown",
            "pay_kind": pay.kind if pay else None,
            "pay_low": pay.low if pay else None,
            "pay_high": pay.high if pay else None,
            "days": hours.days if hours else 0,
            "spans": [list(span) for span in hours.spans] if hours else [],
            "week_minutes": hours.week_minutes if hours else None,
            "starts_on": period.start if period else None,
            "ends_on": period.end if period else None,
            "headcount": text.parse_headcount(draft.headcount),
            "foreigners": may.answer,
            "statuses": ", ".join(may.statuses),
            "until_filled": closing.until_filled if closing else False,
            "closes_at": closing.at if closing else None,
            "example": draft.example,
            "facts": _facts(draft) | ({"occupation_by": draft.occupation_code} if coded else {}),
            "number": draft.number or None,
        }
        return {**values, **stated.keys(values)}


def _facts(draft: Draft) -> dict[str, str]:
    """The source's words, personal numbers and addresses masked; how to apply is found in the text where no column says it."""
    names = ("workplace", "pay", "hours", "period", "headcount", "target", "foreigners", "closing", "duties", "apply")
    facts = {name: text.mask(getattr(draft, name)) for name in names if getattr(draft, name)}
    body = f"{draft.phone}\n{draft.apply}\n{draft.duties}"
    office = text.phones(body)
    if office:
        facts["phone"] = office[0]
    link = text.links(f"{draft.link}\n{draft.apply}\n{draft.duties}")
    if link:
        facts["link"] = link[0]
    return facts
