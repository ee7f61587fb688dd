"""경기 잡아바: postings of Gyeonggi, known to the city, with little more than a title; old ones stay in the list."""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from handlers.draft import Draft

from .mapping import closing, headline, joined, key, labelled, line, link, named, past, sector
from .site import Page, Row, Site, address, collected
from .source import SourceError, Terms
from .tree import Tree, check, inside, number, rows, word

SERVICE = "GGJOBABARECRUSTM"


class Gyeonggi(Site):
    """`regions` are the first four digits of a city's code, as 4146 for 용인시; the site can't be asked for them."""

    base = "https://openapi.gg.go.kr"
    every = 21600.0
    terms = Terms(label="경기 잡아바")
    size = 500
    closes = False
    oldest = True

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        base = f"{self.asking.base}/{SERVICE}"
        return address(base, KEY=self.asking.key, Type="json", pIndex=page, pSize=self.size)

    def page(self, tree: Tree, today: date) -> Page:
        parts = rows(tree.get(SERVICE), "")
        head = [one for part in parts for one in rows(part.get("head"), "")]
        result = inside(tree, "RESULT") or next((inside(one, "RESULT") for one in head if "RESULT" in one), {})
        if not result:
            raise SourceError("the answer has no result code")
        if not check(word(result, "CODE"), word(result, "MESSAGE"), ("INFO-000",), ("INFO-200",)):
            return Page(0, ())
        total = next((number(word(one, "list_total_count")) for one in head if "list_total_count" in one), None)
        found = [row for part in parts for row in rows(part.get("row"), "")]
        return collected(found, lambda row: self._row(row, today), total)

    def _row(self, row: Tree, today: date) -> Row | None:
        title, company = headline(row, "PBANC_CONT"), line(row, "ENTRPRS_NM")
        opens, closes, there = word(row, "RCPT_BGNG_DE"), word(row, "RCPT_END_DE"), link(word(row, "URL"))
        id = _id(there) or named(company, title, opens)
        if not (id and title):
            return None
        code, place = word(row, "WORK_REGION_CD_CONT"), line(row, "WORK_REGION_CONT")
        draft = Draft(
            key=id,
            title=title,
            organisation=company or "-",
            sector=sector(company),
            workplace=f"경기도 {place}" if place and not place.startswith("경기") else place,
            area=code,
            target=line(row, "CAREER_DIV"),
            closing=closing(closes, opens),
            duties=labelled(직종=line(row, "RECRUT_FIELD_NM")),
            link=there,
        )
        return Row(draft, past(closes, today), self.elsewhere(code))


def _id(url: str) -> str:
    """The number that the site which the link leads to has for the posting, with the site's name."""
    parts = urlsplit(url)
    numbers = re.findall(r"(?<![0-9])[0-9]{5,12}(?![0-9])", parts.path)
    return key(joined(parts.hostname or "", numbers[-1], by=" ")) if numbers else ""
