"""서울 일자리플러스센터: the postings of Seoul's job centres. Its key stands in the path."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from handlers.draft import Draft

from .mapping import body, closing, headline, joined, key, labelled, line, occupation_code, past, sector
from .site import Page, Row, Site, collected
from .source import SourceError, Terms
from .tree import Tree, check, inside, number, rows, word
from .work24 import SHOWN

SERVICE = "GetJobInfo"


class Seoul(Site):
    """The whole city comes. A posting that Work24 has too is known by Work24's number, so that it is one posting."""

    base = "http://openapi.seoul.go.kr:8088"
    every = 3600.0
    terms = Terms(label="서울 일자리플러스센터")
    size = 500  # 1000 at most
    options = ()

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        start = (page - 1) * self.size + 1
        return f"{self.asking.base}/{quote(self.asking.key, safe='')}/json/{SERVICE}/{start}/{start + self.size - 1}/"

    def page(self, tree: Tree, today: date) -> Page:
        told = inside(tree, SERVICE)
        result = inside(told, "RESULT") or inside(tree, "RESULT")
        if not result:
            raise SourceError("the answer has no result code")
        if not check(word(result, "CODE"), word(result, "MESSAGE"), ("INFO-000",), ("INFO-200",)):
            return Page(0, ())
        total = number(word(told, "list_total_count"))
        return collected(rows(told.get("row"), "row"), lambda row: _row(row, today), total)


def _row(row: Tree, today: date) -> Row | None:
    number24, title = key(word(row, "JO_REGIST_NO")), headline(row, "JO_SJ")
    id = key(word(row, "JO_REGIST_NO", "JO_REQST_NO"))
    if not (id and title):
        return None
    closes, company = word(row, "RCEPT_CLOS_NM"), line(row, "CMPNY_NM")
    week = line(row, "WEEK_WORK_HR")
    draft = Draft(
        key=id,
        title=title,
        organisation=company or "-",
        sector=sector(company),
        workplace=line(row, "WORK_PARAR_BASS_ADRES_CN").rstrip(". "),
        pay=line(row, "HOPE_WAGE").replace(" / ", " ").strip(" /"),
        hours=joined(
            line(row, "WORK_TIME_NM"),
            line(row, "WORK_TM_NM"),
            line(row, "HOLIDAY_NM"),
            f"주 {week}시간" if week.isdigit() and week != "0" else week.strip("0"),
            by=" ",
        ),
        period=line(row, "EMPLYM_STLE_CMMN_MM"),
        headcount=line(row, "RCRIT_NMPR_CO"),
        target=joined(line(row, "ACDMCR_NM"), line(row, "CAREER_CND_NM")),
        closing=closing(closes),
        duties=joined(labelled(직종=line(row, "JOBCODE_NM")), body(row, "DTY_CN", "GUI_LN"), by="\n"),
        apply=joined(line(row, "RCEPT_MTH_NM"), line(row, "PRECENTN_PAPERS_NM")),
        link=SHOWN.format(number24) if number24 else "",
        number=number24,
        occupation_code=occupation_code("seoul", word(row, "RCRIT_JSSFC_CMMN_CODE_SE"), line(row, "JOBCODE_NM")),
    )
    return Row(draft, past(closes, today))
