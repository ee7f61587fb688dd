"""용인시 실시간 채용정보: the city's own list, in Work24's labels."""

from collections.abc import Mapping
from datetime import date

from handlers.draft import Draft

from . import datagokr
from .mapping import body, closing, headline, joined, line, named, past, sector
from .site import Page, Row, Site, address, collected
from .source import Terms
from .tree import Tree, rows, word


class Yongin(Site):
    """`base_url` is the address of its operation, from the guide on data.go.kr. `no` may be a mere row number, so the key is
    made of what does not change: firm, title, day and place."""

    every = 3600.0
    terms = Terms(label="용인시 채용정보")
    quota = 10000
    size = 500
    options = ()
    needs = ("key", "base_url")

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        return address(self.asking.base, serviceKey=self.asking.key, pageNo=page, numOfRows=self.size)

    def page(self, tree: Tree, today: date) -> Page:
        told = datagokr.body(tree)
        if told is None:
            return Page(0, ())
        found, total = datagokr.listed(told)
        return collected(found or rows(told.get("item")), lambda row: _row(row, today), total)


def _row(row: Tree, today: date) -> Row | None:
    title, company = headline(row, "sj"), line(row, "co_nm")
    closes = word(row, "rcpt_ddln_day", "ddln_ymd")
    place, registered = line(row, "plc_work"), word(row, "reg_ymd")
    id = named(company, title, registered, place)
    if not (id and title):
        return None
    wishes = joined(line(row, "prfrnl_cdn"), line(row, "etc_pfrncs"), by=", ")
    draft = Draft(
        key=id,
        title=title,  # the site cuts it at 50 letters
        organisation=company or "-",
        sector=sector(company),
        workplace=place if "용인" in place or not place else f"경기도 용인시 {place}",
        pay=line(row, "wage_cdn"),
        hours=line(row, "work_hr_form"),
        period=line(row, "eplymt_form"),
        headcount=line(row, "rcrtmt_noppl"),
        target=joined(
            line(row, "acbg"), line(row, "crr_cdn"), line(row, "qlfc_lcn"), f"우대: {wishes}" if wishes else ""
        ),
        foreigners=line(row, "for_lang_ablty") if "외국인" in line(row, "for_lang_ablty") else "",
        closing=closing(closes, registered),
        duties=body(row, "duty_cn", "etc_wlfr_bnft"),
        apply=joined(line(row, "rcpt_mthd"), line(row, "sbmsn_docs_prmtrl")),
        phone=line(row, "telno"),
    )
    return Row(draft, past(closes, today))
