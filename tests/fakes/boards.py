"""All kinds of sites, a feed and a sheet, each as a board on a real socket that serves its postings in pages, and fails as told.

A fault is wanted before a poll and happens at one of its requests; what was told in spite of it is kept, for an oracle to judge.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sources import site
from bot.sources.sites import SITES
from tests.bot import test_gojobs, test_senuri
from tests.bot.test_govsupport import ELEMENTS
from tests.bot.test_tree import GATEWAY
from tests.fixtures import boards
from tests.fixtures import work24 as shapes
from tests.fixtures.boards import WINDOW, Post

from .site import Site

KEY = "SECRETKEY"
SIZE = 3  # postings of a page
PAGES = 12  # of a list at most, where a page is part of the address
# What may go wrong with one answer, and whether its postings are told all the same.
FAULTS = {
    **dict.fromkeys(("hang", "drop", "half", "500", "503", "429", "page", "gateway", "cut", "redirect"), False),
    **dict.fromkeys(("empty", "hollow"), False),
    **dict.fromkeys(("lie", "twice"), True),
}
# What can't go wrong there, or would be as good as true: half a sheet is a sheet.
NEVER = {
    "senuri": ("hang",),  # it is given half a minute
    "jobposting": ("empty", "hollow", "lie", "twice"),
    "feed": ("empty", "hollow", "lie", "twice"),
    "sheet": ("empty", "hollow", "lie", "twice", "cut"),
}


@dataclass(frozen=True)
class Kind:
    """How one kind of board answers. `lists` are the lists it is asked for, as the parameter `by` names them or by their path;
    `number` is the parameter of a page, the first of which is `first`. `dated`: a last day is told."""

    path: str
    render: Callable[[Sequence[Post], int], bytes]
    asking: Mapping[str, Any] = field(default_factory=dict)
    number: str = "pageNo"
    first: int = 1
    by: str = ""
    lists: tuple[str, ...] = ("",)
    detail: str = ""
    detailed: Callable[[Post], bytes] = lambda post: b""
    nothing: bytes = b""  # the detail of what is not there
    dated: bool = True


KINDS: dict[str, Kind] = {
    "work24": Kind(
        "/callOpenApiSvcInfo210L01.do",
        boards.work24,
        number="startPage",
        by="empTpGb",
        lists=("1", "2"),
        detail="/callOpenApiSvcInfo210D01.do",
        detailed=boards.work24_detail,
        nothing=shapes.NOTHING,
    ),
    "alio": Kind("/list", boards.alio),
    "seoul": Kind(f"/{KEY}/json/GetJobInfo", boards.seoul, number=""),
    "gyeonggi": Kind("/GGJOBABARECRUSTM", boards.gyeonggi, {"regions": ("4146",)}, "pIndex"),
    "senuri": Kind(
        "/getJobList",
        boards.senuri,
        detail="/getJobInfo",
        detailed=boards.senuri_detail,
        nothing=test_senuri.NOTHING,
    ),
    "gojobs": Kind(
        "/getList",
        boards.gojobs,
        detail="/getItem",
        detailed=boards.gojobs_detail,
        nothing=test_gojobs.items(code="03"),
    ),
    "saramin": Kind("/job-search", boards.saramin, number="start", first=0),
    "cleaneye": Kind(
        "/openXmlEmployInfo",
        boards.cleaneye,
        {"regions": ("007001", "007009")},
        by="sidoCd",
        lists=("007001", "007009"),
    ),
    "yongin": Kind("/yongin", boards.yongin),
    "hrdnet": Kind("/callOpenApiSvcInfo310L01.do", boards.hrdnet, number="pageNum", dated=False),
    "govsupport": Kind("/works", boards.govsupport, {"elements": ELEMENTS}, "startPage"),
    "jobposting": Kind("/jobs", boards.pages, number="", lists=("a", "b")),
    "feed": Kind("/rss", boards.feed, number=""),
    "sheet": Kind("/pub", boards.sheet, number=""),
}
BASED = ("yongin", "govsupport")  # those whose `base_url` is the whole address of the operation


@dataclass
class Board:
    """`posts` are what it holds, the oldest first. `fired` is the fault that happened in this poll, `told` what was told in it
    by number, `answers` the total and the numbers of each answer by list, `denied` what a detail said not to be there.
    `meanwhile` is called once, after the first answer of a poll."""

    name: str
    site: Site
    posts: list[Post] = field(default_factory=list)
    fault: str = ""
    at: int = 1
    fired: str = ""
    lists: int = 0
    requests: int = 0
    told: dict[int, Post] = field(default_factory=dict)
    answers: dict[str, list[tuple[int, tuple[int, ...]]]] = field(default_factory=dict)
    denied: set[int] = field(default_factory=set)
    ill: bool = False  # its details answer 500
    meanwhile: Callable[[], object] | None = None

    def __post_init__(self) -> None:
        kind = self.kind
        paths = [kind.path]
        if self.name == "seoul":
            paths = [f"{kind.path}/{n * SIZE + 1}/{n * SIZE + SIZE}/" for n in range(PAGES)]
        if self.name == "jobposting":
            paths = [f"{kind.path}/{one}" for one in kind.lists]
        for path in paths:
            self.site.does(path, self._list)
        if kind.detail:
            self.site.does(kind.detail, self._detail)

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]

    @property
    def whole(self) -> bool:
        """Whether all its lists were told to their end, each page with the same total, and as many postings as that."""
        paged = self.name not in ("feed", "sheet", "jobposting")
        if self.fired or set(self.answers) != set(self.kind.lists):
            return False
        numbers = [{one for _, some in told for one in some} for told in self.answers.values()]
        totals = [{total for total, _ in told} for told in self.answers.values()]
        return not paged or all(total == {len(some)} for total, some in zip(totals, numbers, strict=True))

    @property
    def several(self) -> bool:
        """Whether some list came in more than one answer."""
        return any(len(told) > 1 for told in self.answers.values())

    @property
    def closes(self) -> bool:
        """Whether what the whole list no longer tells is gone."""
        return SITES[self.name].closes if self.name in SITES else self.name == "sheet"

    def asked(self) -> site.Site:
        """Itself as a site of sources.toml, its pages short."""
        made = SITES[self.name]
        small: type[site.Site] = type(
            made.__name__, (made,), {"size": SIZE if self.name != "jobposting" else made.size}
        )
        base = f"{self.site.url}{self.kind.path}" if self.name in BASED else self.site.url
        urls = tuple(f"{self.site.url}{self.kind.path}/{one}" for one in self.kind.lists)
        return small(site.Asking(base, KEY, **{"regions": ("29200",), "urls": urls, **self.kind.asking}))

    def begin(self, fault: str = "", at: int = 1, *, ill: bool = False) -> None:
        """A poll is to come, with this fault at its nth list."""
        self.fault, self.at, self.ill, self.fired, self.meanwhile = fault, at, ill, "", None
        self.lists, self.requests, self.told, self.answers, self.denied = 0, 0, {}, {}, set()

    def _where(self, request: web.Request) -> tuple[str, int]:
        """The list and the page (from 0) that a request is for."""
        kind = self.kind
        if self.name == "seoul":
            return "", (int(request.path.split("/")[4]) - 1) // SIZE
        if self.name == "jobposting":
            return request.path[-1], 0
        page = int(request.query[kind.number]) - kind.first if kind.number else 0
        return request.query.get(kind.by, ""), page

    async def _list(self, request: web.Request) -> web.StreamResponse:
        self.lists, self.requests = self.lists + 1, self.requests + 1
        which, page = self._where(request)
        there = [post for post in self.posts if post.list == which]
        paged = self.kind.number or self.name == "seoul"
        part = there[page * SIZE : page * SIZE + SIZE] if paged else there
        part = part[-WINDOW:] if self.name == "feed" else part
        fault = self.fault if self.lists == self.at else ""
        if (fault == "twice" and len(part) < 2) or (fault == "hollow" and not part):
            fault = ""
        self.fired = self.fired or fault
        total = len(there)
        if fault == "twice":
            part = [*part[:-1], part[0]]
        if fault == "lie":
            total += 2 if page == 0 else -1
        if not fault or FAULTS[fault]:
            self.told |= {post.number: post for post in part}
            self.answers.setdefault(which, []).append((total, tuple(post.number for post in part)))
        if self.meanwhile is not None:
            (change, self.meanwhile) = (self.meanwhile, None)
            change()
        return await self._answered(request, fault, self.kind.render(part, total), self.kind.render([], total))

    async def _answered(self, request: web.Request, fault: str, body: bytes, hollow: bytes) -> web.StreamResponse:
        match fault:
            case "hang":
                await asyncio.sleep(30)
            case "drop" if request.transport:
                request.transport.abort()
            case "half":
                response = web.StreamResponse(headers={"Content-Length": f"{len(body) + 100}"})
                await response.prepare(request)
                await response.write(body[:100])
                if request.transport:
                    request.transport.close()
                return response
            case "500" | "503" | "429":
                return web.Response(status=int(fault))
            case "redirect":
                return web.Response(status=302, headers={"Location": "http://127.0.0.1/login"})
            case "page":
                return web.Response(body="<!DOCTYPE html><html><body>점검 중입니다</body></html>".encode())
            case "gateway":
                return web.Response(body=GATEWAY % (b"SERVICE ERROR", (b"1", b"4", b"30")[self.lists % 3]))
            case "cut":
                return web.Response(body=body[: 60 if self.name in ("jobposting", "feed") else len(body) * 2 // 3])
            case "empty":
                return web.Response(body=self.kind.render([], 0))
            case "hollow":
                return web.Response(body=hollow)
        return web.Response(body=body)

    async def _detail(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        if self.ill:
            return web.Response(status=500)
        name = next(one for one in ("wantedAuthNo", "id", "idx") if one in request.query)
        number = int(re.sub(r"\D", "", request.query[name]))
        found = [post for post in self.posts if post.number == number]
        if not found:
            self.denied.add(number)
            return web.Response(body=self.kind.nothing)
        return web.Response(body=self.kind.detailed(found[0]))
