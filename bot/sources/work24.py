"""Work24 (고용24), the public employment service's postings: a list by region, and a detail for each new one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.draft import Draft

from .mapping import body, closing, headline, joined, key, labelled, line, link, occupation_code, past, sector
from .site import DetailedSite, Page, Row, address, collected
from .source import DUTY, SourceError, Terms
from .tree import Tree, inside, number, refusal, rows, word

NOTHING = "006"  # "no more information"
SHOWN = (
    "https://www.work24.go.kr/wk/a/b/1500/empDetailAuthView.do?wantedAuthNo={}"
    "&infoTypeCd=VALIDATION&infoTypeGroup=tb_workinfoworknet"
)
TERMS = {
    "10": "무기계약",
    "11": "무기계약(시간제)",
    "20": "기간제",
    "21": "기간제(시간제)",
    "4": "파견",
    "Y": "대체인력",
}
WON = {"시급", "일급"}  # stated in won; months and years may come in 만원, and no unit is ever converted


class Work24(DetailedSite):
    """`regions` are five-digit codes, all asked for at once. Day labour (일용) is a list of its own."""

    base = "https://www.work24.go.kr/cm/openApi/call/wk"
    every = 1800.0
    terms = Terms(label="고용24", notice=DUTY)
    quota = 2000  # none is published
    needs = ("key", "regions")  # the whole country is 130,000 postings

    def sweeps(self, today: date) -> Sequence[Mapping[str, str]]:
        return [{"empTpGb": "1"}, {"empTpGb": "2"}]

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        asking = self.asking
        return address(
            f"{asking.base}/callOpenApiSvcInfo210L01.do",
            authKey=asking.key,
            callTp="L",
            returnType="XML",
            startPage=page,
            display=self.size,
            region="|".join(asking.regions),
            **sweep,
        )

    def page(self, tree: Tree, today: date) -> Page:
        root = inside(tree, "wantedRoot")
        if not root:
            raise SourceError("the answer is XML, but no list of Work24's")
        if code := word(root, "messageCd"):
            if code != NOTHING:
                raise refusal(code, word(root, "message"))
            return Page(0, ())
        return collected(rows(root.get("wanted"), "wanted"), lambda row: _row(row, today), number(word(root, "total")))

    def detail_url(self, key: str) -> str:
        return address(
            f"{self.asking.base}/callOpenApiSvcInfo210D01.do",
            authKey=self.asking.key,
            callTp="D",
            returnType="XML",
            wantedAuthNo=key,
            infoSvc="VALIDATION",
        )

    def detail(self, draft: Draft, tree: Tree) -> Draft:
        root = inside(tree, "wantedDtl") or inside(tree, "wantedRoot")
        if code := word(root, "messageCd"):
            if code != NOTHING:
                raise refusal(code, word(root, "message"))
            return replace(draft, gone=True)
        info = inside(root, "wantedInfo")
        if not info or word(root, "wantedAuthNo") not in ("", draft.key):
            raise SourceError("the answer is no detail of this posting")
        return _with(draft, info)


def _row(row: Tree, today: date) -> Row | None:
    id, title, company = key(word(row, "wantedAuthNo")), headline(row, "title"), line(row, "company")
    if not (id and title):
        return None
    closes = word(row, "closeDt")
    draft = Draft(
        key=id,
        title=title,
        organisation=company or "-",
        sector=sector(company),
        workplace=_place(line(row, "basicAddr"), line(row, "region")),
        area=word(row, "strtnmCd")[:5],
        pay=_pay(row),
        hours=line(row, "holidayTpNm"),
        period=TERMS.get(word(row, "empTpCd"), ""),
        target=joined(_range(line(row, "minEdubg"), line(row, "maxEdubg")), line(row, "career")),
        closing=closing(closes, word(row, "regDt")),
        link=link(word(row, "wantedInfoUrl")) or SHOWN.format(id),
        number=id,
        occupation_code=occupation_code("work24", word(row, "jobsCd")),
    )
    return Row(draft, past(closes, today), version=word(row, "smodifyDtm"))


def _with(draft: Draft, info: Tree) -> Draft:
    """The detail says more than the list, and in clearer words; what it leaves out stays as the list says it."""
    wishes = joined(line(info, "pfCond"), line(info, "etcPfCond"), by=", ")
    papers = line(info, "submitDoc")
    return replace(
        draft,
        title=headline(info, "wantedTitle") or draft.title,
        workplace=line(info, "workRegion") or draft.workplace,
        pay=line(info, "salTpNm") or draft.pay,
        hours=joined(line(info, "workdayWorkhrCont"), draft.hours, by=" "),
        period=line(info, "empTpNm") or draft.period,
        headcount=line(info, "collectPsncnt"),
        target=joined(
            line(info, "eduNm"), line(info, "enterTpNm"), line(info, "certificate"), f"우대: {wishes}" if wishes else ""
        )
        or draft.target,
        foreigners=line(info, "forLang") if "외국인" in line(info, "forLang") else "",
        duties=labelled(직종=line(info, "jobsNm")) + "\n" + body(info, "jobCont", "etcHopeCont", "etcWelfare"),
        apply=joined(line(info, "rcptMthd"), f"제출 서류: {papers}" if papers else ""),
        closing=closing(word(info, "receiptCloseDt")) or draft.closing,
        link=draft.link or link(word(info, "dtlRecrContUrl")),
        occupation_code=occupation_code("work24", word(info, "jobsCd"), line(info, "jobsNm")) or draft.occupation_code,
    )


def _place(basic: str, region: str) -> str:
    """The road, without repeated words; the list's other half of the address is often junk."""
    return " ".join(dict.fromkeys((basic or region).split()))


def _pay(row: Tree) -> str:
    """The words of the list; its bounds only where they are in won beyond doubt."""
    kind, told = line(row, "salTpNm"), line(row, "sal")
    low, high = number(word(row, "minSal")), number(word(row, "maxSal"))
    if told:
        return told if not kind or kind in told else f"{kind} {told}"
    if not kind or not low or (kind not in WON and low < 100_000):
        return ""
    return f"{kind} {low:,}원" + (f" ~ {high:,}원" if high and high > low else "")


def _range(low: str, high: str) -> str:
    return low if not high or high == low or low == "학력무관" else f"{low} ~ {high}" if low else high
