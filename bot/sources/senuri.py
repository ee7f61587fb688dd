"""노인일자리 (Senuri): work for older people, without pay and hours; where it is, often only a detail tells."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.draft import Draft

from . import datagokr
from .mapping import body, closing, headline, joined, key, labelled, line, link, past, sector
from .site import DetailedSite, Page, Row, address, collected
from .source import Terms
from .tree import Tree, number, word
from .work24 import SHOWN

CLOSED = "마감"
FOR = "노인일자리"


class Senuri(DetailedSite):
    """The newest first, open and closed; it takes up to half a minute to answer, so once a night is enough."""

    base = "https://apis.data.go.kr/B552474/SenuriService"
    every = 86400.0
    terms = Terms(label="한국노인인력개발원 노인일자리")
    quota = 10000
    slow = 90.0
    options = ()
    closes = False
    oldest = True

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        base = f"{self.asking.base}/getJobList"
        return address(base, serviceKey=self.asking.key, pageNo=page, numOfRows=self.size)

    def page(self, tree: Tree, today: date) -> Page:
        told = datagokr.body(tree)
        if told is None:
            return Page(0, ())
        found, total = datagokr.listed(told)
        return collected(found, lambda row: _row(row, today), total)

    def detail_url(self, key: str) -> str:
        return address(f"{self.asking.base}/getJobInfo", serviceKey=self.asking.key, id=key)

    def detail(self, draft: Draft, tree: Tree) -> Draft:
        info = datagokr.detail(tree, draft.key, "jobId", "wantedAuthNo")
        if info is None:
            return replace(draft, gone=True)
        return _with(draft, info)


def _row(row: Tree, today: date) -> Row | None:
    id, title = key(word(row, "jobId")), headline(row, "recrtTitle", "recrTitle")
    if not (id and title):
        return None
    closes, office = word(row, "toDd"), line(row, "oranNm")
    draft = Draft(
        key=id,
        title=title,
        organisation=office or "-",
        sector=sector(office),
        workplace=line(row, "workPlcNm"),
        period=line(row, "emplymShpNm"),
        target=FOR,
        closing=closing(closes, word(row, "frDd")),
        duties=labelled(직종=line(row, "jobclsNm")),
        apply=line(row, "acptMthd"),
        link=SHOWN.format(id) if id.startswith("K") else "",
        number=id if id.startswith("K") else "",
    )
    return Row(draft, past(closes, today) or word(row, "deadline") == CLOSED)


def _with(draft: Draft, info: Tree) -> Draft:
    """The place is the employer's address where the list names none; who recruits and who heads the firm are left out."""
    address_, age = line(info, "plDetAddr"), line(info, "age")
    by_employer = bool(address_) and not draft.workplace
    return replace(
        draft,
        organisation=line(info, "plbizNm") or draft.organisation,
        workplace=address_ if by_employer else draft.workplace,
        known_by="employer" if by_employer else "",
        headcount=line(info, "clltPrnnum"),
        target=joined(f"{age}세 이상", FOR) if number(age) else draft.target,
        closing=closing(word(info, "toAcptDd"), word(info, "frAcptDd")) or draft.closing,
        duties=joined(draft.duties, body(info, "detCnts", "etcItm"), by="\n"),
        link=draft.link or link(word(info, "homepage")),
        number=key(word(info, "wantedAuthNo")) or draft.number,
    )
