"""국민내일배움카드 (HRD-Net): training courses that begin soon, with how many found work after them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from handlers.draft import Draft

from .mapping import day, headline, joined, key, labelled, line, link
from .site import Page, Row, Site, address, collected
from .source import DUTY, SourceError, Terms
from .tree import Tree, inside, number, rows, word

RATES = {"A": "개설예정", "B": "진행중", "C": "미실시", "D": "수료자 없음"}


class Hrdnet(Site):
    """`regions` are two digits of the province (41 경기, 29 광주; 45 전북, which Work24 calls 52), `words` are looked for in the
    names of courses, `days` is how far ahead they begin. What has begun is no longer listed, and so taken away."""

    base = "https://www.work24.go.kr/cm/openApi/call/hr"
    every = 86400.0
    terms = Terms(label="고용24", notice=DUTY)
    options = ("regions", "words", "days")

    def sweeps(self, today: date) -> Sequence[Mapping[str, str]]:
        begin = {"srchTraStDt": f"{today:%Y%m%d}", "srchTraEndDt": f"{today + timedelta(days=self.asking.days):%Y%m%d}"}
        regions = [{"srchTraArea1": one} for one in self.asking.regions] or [{}]
        names = [{"srchTraProcessNm": one} for one in self.asking.words] or [{}]
        return [{**begin, **region, **name} for region in regions for name in names]

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        given: dict[str, str | int] = {
            "authKey": self.asking.key,
            "returnType": "XML",
            "outType": "1",
            "pageNum": page,
            "pageSize": self.size,
            "sort": "ASC",
            "sortCol": "2",
        }
        return address(f"{self.asking.base}/callOpenApiSvcInfo310L01.do", **given, **sweep)

    def page(self, tree: Tree, today: date) -> Page:
        root = inside(tree, "HRDNet") or tree
        total = number(word(root, "scn_cnt"))
        if total is None:
            raise SourceError(f"the answer is no list of courses ({word(root, 'message', 'error')[:80] or 'no total'})")
        return collected(rows(root.get("srchList"), "scn_list"), lambda row: _row(row, today), total)


def _row(row: Tree, today: date) -> Row | None:
    course, round_, title = word(row, "trprId"), word(row, "trprDegr"), headline(row, "title")
    id = key(f"{course} {round_}")  # the same course is held again and again
    if not (id and course and round_ and title):
        return None
    begins, ends = day(word(row, "traStartDate")), day(word(row, "traEndDate"))
    seats = word(row, "yardMan")
    draft = Draft(
        key=id,
        title=title,
        organisation=line(row, "subTitle") or "-",
        kind="course",
        sector="private",
        workplace=line(row, "address"),
        hours="주말" if word(row, "wkendSe") == "2" else "",
        period=f"{begins} ~ {ends}" if begins and ends and begins <= ends else "",
        headcount=f"{seats}명" if number(seats) else "",
        target=line(row, "trainTarget"),
        duties=labelled(
            수강료=_won(word(row, "courseMan")),
            본인부담=_won(word(row, "realMan")),
            취업률=_rates(row),
            취업인원=_people(word(row, "eiEmplCnt3")),
        ),
        phone=line(row, "telNo"),
        link=link(word(row, "titleLink")),
    )
    return Row(draft, begins is not None and begins < today)


def _won(text: str) -> str:
    amount = number(text)
    return "" if amount is None else f"{amount:,}원"


def _rates(row: Tree) -> str:
    """Shares of those who finished an earlier round, after three and six months; a letter says why there is none."""
    said = []
    for months in (3, 6):
        rate = word(row, f"eiEmplRate{months}")
        if rate.replace(".", "", 1).isdigit():
            said.append(f"{months}개월 {rate}%")
        elif rate in RATES:
            said.append(f"{months}개월 {RATES[rate]}")
    return joined(*said, by=", ")


def _people(text: str) -> str:
    return f"3개월 {text}명" if text.isdigit() else ""
