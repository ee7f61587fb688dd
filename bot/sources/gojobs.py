"""나라일터: postings of ministries, cities and schools; a detail's text is searched for labelled pay, hours and place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.draft import Draft
from handlers.notice import stated

from . import datagokr
from .mapping import body, closing, day, headline, joined, key, line, link, past
from .site import DetailedSite, Page, Row, address, collected
from .source import Terms
from .tree import Tree, word

PAGE = "https://www.gojobs.go.kr/apmView.do?empmnsn={}"
TYPES = {"e01": "공개경쟁", "e02": "경력경쟁", "e03": "계약직", "e04": "행정지원", "e06": "공모직위"}


class Gojobs(DetailedSite):
    """`regions` are five-digit codes, `words` are looked for in titles (one list each), `days` is how far it is looked back."""

    base = "https://apis.data.go.kr/1760000/PblJobService"
    every = 10800.0
    terms = Terms(label="나라일터")
    quota = 10000
    options = ("regions", "words", "days")
    closes = False
    oldest = True

    def sweeps(self, today: date) -> Sequence[Mapping[str, str]]:
        window = {
            "Begin_de": f"{today - timedelta(days=self.asking.days):%Y%m%d}",
            "End_de": f"{today:%Y%m%d}",
            "Sort_order": "DESC",
        }
        return [{**window, "title": one} for one in self.asking.words] or [window]

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        base = f"{self.asking.base}/getList"
        return address(base, serviceKey=self.asking.key, pageNo=page, numOfRows=self.size, **sweep)

    def page(self, tree: Tree, today: date) -> Page:
        told = datagokr.body(tree)
        if told is None:
            return Page(0, ())
        found, total = datagokr.listed(told)
        return collected(found, lambda row: self._row(row, today), total)

    def detail_url(self, key: str) -> str:
        return address(f"{self.asking.base}/getItem", serviceKey=self.asking.key, idx=key)

    def detail(self, draft: Draft, tree: Tree) -> Draft:
        info = datagokr.detail(tree, draft.key, "idx")
        if info is None:
            return replace(draft, gone=True)
        text = body(info, "contents")
        begin = day(word(info, "begindate")) or day(word(info, "regdate")) or day(draft.closing)
        facts: dict[str, Any] = stated(f"{draft.title}\n{text}", begin) if begin else {}
        facts |= {"closing": closing(word(info, "enddate"), word(info, "begindate")) or draft.closing}
        facts["period"] = joined(draft.period, facts.get("period", ""))
        return replace(draft, **{**facts, "duties": text, "link": link(word(info, "link01")) or draft.link})

    def _row(self, row: Tree, today: date) -> Row | None:
        id, title = key(word(row, "idx")), headline(row, "title")
        if not (id and title):
            return None
        code, closes = word(row, "areacode"), word(row, "enddate")
        # Which of the two is the kind of posting is told by its letter: some answers swap them.
        kind = next((TYPES[one] for one in (word(row, "type01"), word(row, "type02")) if one in TYPES), "")
        draft = Draft(
            key=id,
            title=title,
            organisation=line(row, "insttname") or "-",
            area=code,
            period=kind,
            closing=closing(closes, word(row, "regdate")),
            link=PAGE.format(id),
        )
        return Row(draft, past(closes, today), self.elsewhere(code), word(row, "moddate"))
