"""사람인: a private job board's postings by region and word; display terms ask for its own link."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from handlers.draft import Draft
from handlers.text import SEOUL

from .mapping import UNTIL, closing, headline, joined, key, labelled, line, link, past, sector
from .site import Page, Row, Site, address, collected
from .source import SourceError, Terms
from .tree import Tree, inside, number, refusal, rows, word

DATED = "1"  # close-type: 접수마감일; the others end when somebody is found, whatever date stands beside
CLOSED = "0"


class Saramin(Site):
    """`regions` are its codes (loc_cd, as 101010 or 103000), all asked for at once; `words` are looked for, one list each."""

    base = "https://oapi.saramin.co.kr"
    every = 7200.0
    terms = Terms(label="사람인", shown=frozenset())  # approved for leading to its own pages
    quota = 500
    size = 110
    accept = "application/json"
    options = ("regions", "words")

    def sweeps(self, today: date) -> Sequence[Mapping[str, str]]:
        return [{"keywords": one} for one in self.asking.words] or [{}]

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        given: dict[str, str | int] = {
            "access-key": self.asking.key,
            "loc_cd": ",".join(self.asking.regions),
            "start": page - 1,
            "count": self.size,
            "sort": "pd",
            "fields": "posting-date,expiration-date,keyword-code,count",
        }
        return address(f"{self.asking.base}/job-search", **given, **sweep)

    def page(self, tree: Tree, today: date) -> Page:
        if error := word(tree, "error", "message") or word(inside(tree, "result"), "message"):
            raise refusal(word(tree, "code"), error)
        told = inside(tree, "jobs")
        total = number(word(told, "total"))
        if total is None:
            raise SourceError("the answer is no list of postings")
        return collected(rows(told.get("job"), "job"), lambda row: _row(row, today), total)


def _row(row: Tree, today: date) -> Row | None:
    position = inside(row, "position")
    id, title = key(word(row, "id")), headline(position, "title")
    if not (id and title):
        return None
    company = line(inside(row, "company", "detail"), "name")
    dated = word(inside(row, "close-type"), "code") == DATED
    closes = _day(word(row, "expiration-timestamp")) if dated else UNTIL
    opens = _day(word(row, "opening-timestamp", "posting-timestamp"))
    draft = Draft(
        key=id,
        title=title,
        organisation=company or "-",
        sector=sector(company),
        workplace=_places(line(inside(position, "location"), "name")),
        pay=line(inside(row, "salary"), "name"),
        period=line(inside(position, "job-type"), "name"),
        target=joined(
            line(inside(position, "required-education-level"), "name"),
            line(inside(position, "experience-level"), "name"),
        ),
        closing=closing(closes, opens),
        duties=labelled(직종=line(inside(position, "job-mid-code"), "name"), 키워드=line(row, "keyword")),
        link=link(word(row, "url")),
    )
    return Row(draft, past(closes, today) or word(row, "active") == CLOSED)


def _places(text: str) -> str:
    """서울 > 서울전체, 서울 > 강남구 as places with spaces; a whole province is said by its name alone."""
    places = (part.split(">") for part in text.split(","))
    said = (" ".join(one.strip() for one in parts if not one.strip().endswith("전체")) for parts in places)
    return ", ".join(dict.fromkeys(one for one in said if one))


def _day(stamp: str) -> str:
    """The Korean day of a text of Unix seconds."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 10):
        return ""
    return datetime.fromtimestamp(int(stamp), UTC).astimezone(SEOUL).date().isoformat()
