"""정부지원일자리 (formerly 일모아): cities' public works posts. Only its guide names its elements, so the operator tells them."""

from collections.abc import Mapping
from datetime import date

from handlers.draft import Draft

from .mapping import body, closing, headline, joined, key, line, link, named, past, sector
from .site import Page, Row, Site, address, collected
from .source import DUTY, SourceError, Terms
from .tree import Tree, number, rows, word

# What `elements` may name: how it is asked, where the rows are, and what a row tells.
ASKED = {"key": "authKey", "page": "startPage", "size": "display", "region": "region"}
SHAPE = {"rows": "", "total": "total", "code": "messageCd", "message": "message", "nothing": "006"}
TOLD = (
    *(
        "id",
        "title",
        "organisation",
        "workplace",
        "area",
        "pay",
        "pay_kind",
        "hours",
        "hours_from",
        "hours_to",
        "period",
    ),
    *("headcount", "education", "career", "age", "group", "opens", "closes", "duties", "apply", "phone", "link"),
)
NAMES = (*ASKED, *SHAPE, *TOLD)


class Govsupport(Site):
    """`base_url` is the operation's address with the parameters that stay the same; `elements` is what its fields are called."""

    every = 7200.0
    terms = Terms(label="고용24", notice=DUTY)
    needs = ("key", "base_url", "elements")

    def _named(self, name: str) -> str:
        return self.asking.elements.get(name) or {**ASKED, **SHAPE}.get(name, "")

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        given: dict[str, str | int] = {
            self._named("key"): self.asking.key,
            self._named("page"): page,
            self._named("size"): self.size,
            self._named("region"): "|".join(self.asking.regions),
        }
        return address(self.asking.base, **given)

    def page(self, tree: Tree, today: date) -> Page:
        answer = _flat(tree)
        code = word(answer, self._named("code"))
        if code and code == self._named("nothing"):
            return Page(0, ())
        total = number(word(answer, self._named("total")))
        if total is None:
            raise SourceError(f"the answer is no list ({word(answer, self._named('message'))[:80] or 'no total'})")
        return collected(rows(answer.get(self._named("rows"))), lambda row: self._row(row, today), total)

    def _row(self, row: Tree, today: date) -> Row | None:
        names = self.asking.elements

        def said(name: str) -> str:
            return line(row, names[name]) if name in names else ""

        title, company = headline(row, names["title"]), said("organisation")
        id = key(word(row, names.get("id", ""))) or named(title, company, said("workplace"), said("opens"))
        if not (id and title):
            return None
        closes = said("closes")
        from_, to = said("hours_from"), said("hours_to")
        draft = Draft(
            key=id,
            title=title,
            organisation=company or "-",
            sector=sector(company) if company else "public",
            workplace=said("workplace"),
            area=said("area") if said("area").isdigit() else "",
            pay=joined(said("pay_kind"), _won(said("pay")), by=" "),
            hours=joined(said("hours"), f"{_clock(from_)} ~ {_clock(to)}" if from_ and to else "", by=" "),
            period=said("period"),
            headcount=said("headcount"),
            target=joined(said("education"), said("career"), said("age"), said("group")),
            closing=closing(closes, said("opens")),
            duties=body(row, names["duties"]) if "duties" in names else "",
            apply=said("apply"),
            phone=said("phone"),
            link=link(word(row, names["link"])) if "link" in names else "",
        )
        return Row(draft, past(closes, today))


def _flat(tree: Tree, depth: int = 4) -> Tree:
    """All that stands above the rows by its name, the outer first: services wrap their lists in different ways."""
    found: Tree = {}
    for name, value in tree.items():
        found.setdefault(name, value)
    for value in tree.values():
        if isinstance(value, dict) and depth:
            for name, inner in _flat(value, depth - 1).items():
                found.setdefault(name, inner)
    return found


def _won(text: str) -> str:
    amount = number(text.removesuffix("원"))
    return text if amount is None else f"{amount:,}원"


def _clock(text: str) -> str:
    """0900 as 09:00."""
    return f"{text[:2]}:{text[2:]}" if len(text) == 4 and text.isdigit() else text
