"""A site that is asked page by page: it serves its postings, and throttles, fails, lies and answers nonsense when told to.

It puts answers on a `Site`: paged = Paged(site, "/list", render); paged.postings = [...]; paged.wrongs = {2: b"<html>"}.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .site import Site

Render = Callable[[list[Any], int], bytes]  # the postings of a page, and the total that is told


@dataclass
class Paged:
    """`number` and `size` name the parameters of a page; `wrongs` answers the nth request of a sweep otherwise: with these bytes,
    or this status. `total` is a lie about how many there are, `stuck` answers every page with the first, `most` is the longest
    page whatever is asked. `chosen` picks the postings that a request's parameters ask for."""

    site: Site
    path: str
    render: Render
    number: str = "pageNo"
    size: str = "numOfRows"
    postings: list[Any] = field(default_factory=list)
    wrongs: dict[int, bytes | int] = field(default_factory=dict)
    total: int | None = None
    stuck: bool = False
    most: int = 1000
    chosen: Callable[[Any, web.Request], bool] = lambda posting, request: True
    asked: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.does(self.path, self._answer)

    def again(self) -> None:
        """Forget what was asked and what went wrong."""
        self.asked, self.wrongs, self.total, self.stuck = [], {}, None, False

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.query))
        wrong = self.wrongs.get(len(self.asked))
        if isinstance(wrong, int):
            return web.Response(status=wrong, headers={"Retry-After": "60"} if wrong == 429 else {})
        if wrong is not None:
            return web.Response(body=wrong)
        page, size = int(request.query[self.number]), min(int(request.query[self.size]), self.most)
        there = [posting for posting in self.postings if self.chosen(posting, request)]
        start = 0 if self.stuck else (page - 1) * size
        return web.Response(body=self.render(there[start : start + size], self.total or len(there)))
