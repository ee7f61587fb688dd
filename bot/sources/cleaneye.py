"""클린아이: postings of cities' own companies and foundations (시설공단, 문화재단), known to the province, some by address."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.draft import Draft

from . import datagokr
from .mapping import body, closing, headline, joined, key, labelled, line, link, past
from .site import Page, Row, Site, address, collected
from .source import Terms
from .tree import Tree, rows, word

EMPTY = "NOTEXISTDATA"  # a message that goes with an error's code, and means that there is nothing


class Cleaneye(Site):
    """`regions` are its codes of provinces, as 007001 for 서울; each is a list of its own."""

    base = "https://apis.data.go.kr/B551982/openApiEmployInfo"
    every = 10800.0
    terms = Terms(label="클린아이")
    quota = 10000
    size = 500
    needs = ("key", "regions")

    def sweeps(self, today: date) -> Sequence[Mapping[str, str]]:
        return [{"sidoCd": one} for one in self.asking.regions]

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        base = f"{self.asking.base}/openXmlEmployInfo"
        return address(base, serviceKey=self.asking.key, type="xml", pageNo=page, numOfRows=self.size, **sweep)

    def page(self, tree: Tree, today: date) -> Page:
        told = datagokr.body(tree, nothing=EMPTY)
        if told is None:
            return Page(0, ())
        found, total = datagokr.listed(told)
        return collected(found or rows(told.get("item")), lambda row: _row(row, today), total)


def _row(row: Tree, today: date) -> Row | None:
    id, title = key(word(row, "NO")), headline(row, "ENT_TITLE")
    if not (id and title):
        return None
    closes, people = word(row, "PUB_END_DATE"), word(row, "EMPLOY_NUM")
    licences = joined(*(line(row, f"ENT_LICENSE{n}") for n in range(1, 5)), by=", ")
    draft = Draft(
        key=id,
        title=title,
        organisation=line(row, "ENT_NAME") or "-",
        workplace=line(row, "ADDRESS"),
        pay=_stated(line(row, "YEARINCOME")),
        period=line(row, "JOB_TYPE"),
        headcount=_stated(people),
        target=joined(line(row, "EMPLOY_GB"), licences, line(row, "JOB_SEEK_ETC")),
        closing=closing(closes, word(row, "PUB_DATE")),
        duties=joined(
            labelled(분야=line(row, "ENT_RECRUIT"), 직급=line(row, "POSITION")),
            body(row, "JUDGE_METHOD", "EXHIBIT"),
            by="\n",
        ),
        apply=body(row, "ACCUSATION"),
        link=link(word(row, "URL")),
    )
    return Row(draft, past(closes, today))


def _stated(text: str) -> str:
    """-1 and 0 are how this site says that it does not know."""
    return "" if text in ("-1", "0") else text
