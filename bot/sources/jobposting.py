"""Pages of the web that hold schema.org JobPostings, as JSON-LD or as microdata."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin

import orjson
from lxml import etree

from handlers.draft import Draft

from .document import decoded
from .mapping import DAMAGE, body, closing, headline, joined, key, line, link, named, past, sector
from .site import Page, Row, Site, collected
from .source import SourceError
from .tree import Tree, bounded, inside, rows, word

BIGGEST = 2_000_000  # letters of a page that are read
DEEP = 12  # how far down in a page's data a posting is looked for
NAMES = 10  # properties that one element states at once
TYPE = "JobPosting"
BASE = "@base"  # where a posting keeps the address of its page
UNITS = {"HOUR": "시급", "DAY": "일급", "WEEK": "주급", "MONTH": "월급", "YEAR": "연봉"}
TERMS = {
    "FULL_TIME": "전일제",
    "PART_TIME": "시간제",
    "CONTRACTOR": "도급",
    "TEMPORARY": "기간제",
    "INTERN": "인턴",
    "VOLUNTEER": "자원봉사",
    "PER_DIEM": "일용",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Jobposting(Site):
    """`urls` are the pages, each a list of its own: a posting that a page no longer holds is taken away, unless it holds none.

    Where a page says it in both ways, its JSON-LD counts.
    """

    every = 3600.0
    size = 1_000_000  # a page holds all it has
    options = ()
    needs = ("urls",)

    def sweeps(self, today: date) -> Sequence[Mapping[str, str]]:
        return [{"url": one} for one in self.asking.urls]

    def url(self, sweep: Mapping[str, str], page: int) -> str:
        return sweep["url"]

    def read(self, body: bytes, charset: str | None) -> Tree:
        text = _CONTROL.sub("", decoded(body, charset))[:BIGGEST]
        bounded(text, "<", "='", '="')
        try:
            root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", no_network=True, recover=True))
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None:
            raise SourceError("the answer is no web page")
        found, broken = _json_ld(root)
        broken += "</html" not in text.lower()  # a page that breaks off may have held more
        base = _base(root)
        return {"postings": [{**one, BASE: base} for one in found or _microdata(root)], "broken": broken}

    def page(self, tree: Tree, today: date) -> Page:
        found: list[Tree] = tree["postings"] + [{}] * tree["broken"]
        if not tree["postings"]:
            raise SourceError("the page holds no JobPosting")
        told = collected(found, lambda one: _row(one, today), None).read()
        return Page(len({row.draft.key for row in told.rows}), told.rows, told.lost)  # a page may say one twice


def _json_ld(root: Any) -> tuple[list[Tree], int]:
    """The postings in a page's JSON-LD, and how many blocks of it could not be read."""
    found: list[Tree] = []
    broken = 0
    for script in root.iter("script"):
        if DAMAGE in (script.get("type") or "") + (script.text or ""):
            broken += 1  # what it says to be may be what is damaged
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip()
        try:
            # Line breaks within texts are not allowed in JSON, and frequent in pages.
            found += _postings(orjson.loads(re.sub(r"[\r\n\t]+", " ", text)))
        except ValueError:
            broken += TYPE in text
    return found, broken


def _postings(told: Any, depth: int = DEEP) -> Iterator[Tree]:
    """The postings in data of any shape: a list, an @graph, an item of a list."""
    if isinstance(told, dict) and _is_posting(told.get("@type")):
        yield told
    elif depth and isinstance(told, dict | list):
        for inner in told.values() if isinstance(told, dict) else told:
            yield from _postings(inner, depth - 1)


def _is_posting(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and re.split(r"[/#:]", one)[-1] == TYPE for one in kinds)


def _microdata(root: Any) -> list[Tree]:
    found = []
    for element in root.iter():
        if (
            isinstance(element.tag, str)
            and element.get("itemscope") is not None
            and _is_posting(element.get("itemtype"))
        ):
            found.append(_item(element, DEEP))
    return found


def _item(element: Any, depth: int) -> Tree:
    """The properties of an item, those of items within it apart."""
    item: Tree = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        named, scoped = (child.get("itemprop") or "").split(), child.get("itemscope") is not None
        if not scoped and depth:
            for name, value in _item(child, depth - 1).items():
                _put(item, name, value)
        if named:
            value = _item(child, depth - 1) if scoped and depth else _value(child)
            for name in named[:NAMES]:
                _put(item, name, value)
    return item


def _put(item: Tree, name: str, value: Any) -> None:
    if name in item:
        said = item[name] if isinstance(item[name], list) else [item[name]]
        said += value if isinstance(value, list) else [value]
        value = said
    item[name] = value


def _value(element: Any) -> str:
    for attribute in ("content", "datetime", "href", "src"):
        if said := element.get(attribute):
            return str(said)
    return (
        etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        if len(element)
        else element.text or ""
    )


def _base(root: Any) -> str:
    """The page's own address as it states it."""
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            return link(element.get("href") or "")
    return ""


def _row(posting: Tree, today: date) -> Row | None:
    title, base = headline(posting, "title", "name"), word(posting, BASE)
    office = _named(posting.get("hiringOrganization"))
    there = _there(base, word(posting, "url"))
    closes, opens = word(posting, "validThrough"), word(posting, "datePosted")
    own = there if word(posting, "url") and len(there) < 200 else ""
    identifier = _identifier(posting.get("identifier"))
    damaged = DAMAGE in identifier + word(posting, "url")  # else it would go by another name
    id = "" if damaged else key(identifier) or own or named(title, office, opens)
    if not (id and title):
        return None
    text = body(posting, "description", "responsibilities")
    draft = Draft(
        key=id,
        title=title,
        organisation=office or "-",
        sector=sector(office),
        workplace=_place(posting.get("jobLocation")),
        pay=_pay(posting.get("baseSalary")),
        hours=line(posting, "workHours"),
        period=joined(*(TERMS.get(one, "") for one in _words(posting.get("employmentType")))),
        headcount=word(posting, "totalJobOpenings"),
        target=joined(
            _requirement(posting.get("educationRequirements"), "credentialCategory"),
            _requirement(posting.get("experienceRequirements"), "monthsOfExperience"),
            line(posting, "qualifications"),
        ),
        foreigners=line(posting, "eligibilityToWorkRequirement"),
        closing=closing(closes, opens),
        duties=text,
        phone=" ".join(word(one, "telephone") for one in rows(posting.get("applicationContact"))),
        link=there,
    )
    return Row(draft, past(closes, today))


def _there(base: str, url: str) -> str:
    """Where a posting is told; the page itself where it names no address of its own."""
    try:
        return link(urljoin(base, url)) if url else base
    except ValueError:  # http://[ and the like
        return ""


def _named(value: Any) -> str:
    return line(value, "name", "legalName") if isinstance(value, dict) else line({"": value}, "")


def _identifier(value: Any) -> str:
    return word(value, "value", "name") if isinstance(value, dict) else word({"": value}, "")


def _words(value: Any) -> list[str]:
    """A list of words, or several in one text."""
    return [one.strip().upper() for one in word({"": value}, "").split(",")]


def _place(value: Any) -> str:
    """The first place of work; the parts of an address from the largest on, each once."""
    for place in rows(value):
        told = place.get("address", place)
        if isinstance(told, list):
            told = told[0] if told else ""
        if isinstance(told, str):
            return " ".join(told.split())
        parts = [line(inside({"": told}, ""), name) for name in ("addressRegion", "addressLocality", "streetAddress")]
        if said := " ".join(dict.fromkeys(" ".join(parts).split())):
            return said
    return line({"": value}, "") if isinstance(value, str) else ""


def _pay(value: Any) -> str:
    """Pay in won with its unit; nothing for an amount of 0, another currency, or no unit."""
    for told in rows(value):
        amount = told.get("value", told)
        amounts = amount if isinstance(amount, dict) else {"value": amount}
        unit = UNITS.get(word(amounts, "unitText").upper() or word(told, "unitText").upper(), "")
        if word(told, "currency") != "KRW" or not unit:
            continue
        low, high = (_won(word(amounts, *names)) for names in (("minValue", "value"), ("maxValue",)))
        if low:
            return f"{unit} {low:,}원" + (f" ~ {high:,}원" if high > low else "")
    return ""


def _won(text: str) -> int:
    digits = re.fullmatch(r"([0-9]{1,12})(?:\.0*)?", text.replace(",", ""))
    return int(digits[1]) if digits else 0


def _requirement(value: Any, name: str) -> str:
    if not isinstance(value, dict):
        return line({"": value}, "")
    said = line(value, name)
    if not said.isdigit():
        return said
    return f"경력 {said}개월" if name == "monthsOfExperience" and said != "0" else ""
