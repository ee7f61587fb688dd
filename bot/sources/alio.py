"""잡알리오: postings of public institutions, known to the province only."""

from collections.abc import Mapping
from datetime import date

from handlers.draft import Draft

from . import datagokr
from .mapping import body, closing, headline, joined, key, labelled, line, link, past
from .site import Page, Row, Site, address, collected
from .source import Terms
from .tree import Tree, word

PAGE = "https://job.alio.go.kr/mobile2021/recruit/recruitView.do?idx={}"
FOREIGN = "R2040"  # 외국인전형: a competition for foreigners


class Alio(Site):
    """`regions` are its codes of provinces, as R3017 for 경기도."""

    base = "https://apis.data.go.kr/1051000/recruitment"
    every = 10800.0
    terms = Terms(label="잡알리오")
    quota = 1000  # of a development key; 100,000 once its use is approved

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        asking = self.asking
        return address(
            f"{asking.base}/list",
            serviceKey=asking.key,
            resultType="json",
            pageNo=page,
            numOfRows=self.size,
            ongoingYn="Y",
            workRgnLst=",".join(asking.regions),
        )

    def page(self, tree: Tree, today: date) -> Page:
        told = datagokr.body({"response": tree} if "result" in tree else tree, (*datagokr.GOOD, "200"))
        if told is None:
            return Page(0, ())
        found, total = datagokr.listed(told, "result")
        return collected(found, lambda row: _row(row, today), total)


def _row(row: Tree, today: date) -> Row | None:
    id, title = key(word(row, "recrutPblntSn")), headline(row, "recrutPbancTtl")
    if not (id and title):
        return None
    foreign = FOREIGN in word(row, "recrutSe") or "외국인전형" in word(row, "recrutSeNm")
    closes = word(row, "pbancEndYmd")
    draft = Draft(
        key=id,
        title=title,
        organisation=line(row, "instNm") or "-",
        workplace=_names(row, "workRgnNmLst"),
        known_by="province",
        period=_names(row, "hireTypeNmLst"),
        headcount=line(row, "recrutNope"),
        target=joined(_names(row, "acbgCondNmLst"), _names(row, "recrutSeNm"), line(row, "prefCondCn", "prefCn")[:200]),
        foreigners="가능 (외국인전형)" if foreign else "",
        closing=closing(closes, word(row, "pbancBgngYmd")),
        duties=joined(labelled(분야=_names(row, "ncsCdNmLst")), body(row, "aplyQlfcCn", "scrnprcdrMthdExpln"), by="\n"),
        link=PAGE.format(id) if id.isdigit() else link(word(row, "srcUrl")),
    )
    return Row(draft, past(closes, today) or word(row, "ongoingYn") == "N")


def _names(row: Tree, name: str) -> str:
    """A list in one text, in which some places say null."""
    said = (one.strip() for one in line(row, name).split(","))
    return ", ".join(one for one in said if one and one.lower() != "null")
