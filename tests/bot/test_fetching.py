"""Polite fetching, on a real socket: what a site may not do to us, and what we do not do to a site."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web

from bot.sources.http import ALLOWANCES, Fetcher, Limits, followed
from bot.sources.source import Refused, SourceError
from tests.fakes.site import Site, answer

QUICK = Limits(connect=1, read=0.3, total=0.8, again=(0.02, 0.05), patience=0.2, between=0.0)
LOCAL = ("private",)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


@pytest.fixture
def web_() -> Fetcher:
    return Fetcher(QUICK)


async def refused(web_: Fetcher, url: str, *allow: str) -> Refused:
    with pytest.raises(Refused) as error:
        await web_.get(url, None, allow)
    return error.value


async def failed(web_: Fetcher, url: str) -> str:
    with pytest.raises(SourceError) as error:
        await web_.get(url, None, LOCAL)
    return str(error.value)


async def test_an_answer_comes_with_what_it_is_known_by(site: Site, web_: Fetcher) -> None:
    site.answers("/a", b"body", ETag='W/"1"', Content_Type="text/xml; charset=EUC-KR")
    got = await web_.get(f"{site.url}/a", None, LOCAL)
    assert got is not None
    assert (got.body, got.charset, got.url) == (b"body", "EUC-KR", f"{site.url}/a")
    assert site.asked[0].headers["User-Agent"].startswith("dongne-ilgam")
    assert await web_.get(f"{site.url}/a", got.cursor, LOCAL) is None
    assert site.asked[1].headers["If-None-Match"] == 'W/"1"'


async def test_a_site_may_be_asked_for_a_format_and_be_known_to_think(site: Site, web_: Fetcher) -> None:
    async def thinks(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.5)
        return web.Response(body=b"{}")

    site.does("/a", thinks)
    got = await web_.get(f"{site.url}/a", None, LOCAL, accept="application/json", slow=2.0)
    assert got is not None
    assert site.asked[0].headers["Accept"] == "application/json"
    assert await failed(web_, f"{site.url}/a") == "the site is too slow"
    assert site.asked[1].headers["Accept"] == "*/*"


async def test_a_date_does_where_there_is_no_tag(site: Site, web_: Fetcher) -> None:
    site.answers("/a", b"body", Last_Modified="Sun, 22 Nov 2026 00:00:00 GMT")
    got = await web_.get(f"{site.url}/a", None, LOCAL)
    assert got is not None
    assert await web_.get(f"{site.url}/a", got.cursor, LOCAL) is None


async def test_another_address_or_reading_is_asked_for_whole(site: Site, web_: Fetcher) -> None:
    for path in ("/a", "/b"):
        site.answers(path, b"body", Last_Modified="Sun, 22 Nov 2026 00:00:00 GMT")
    first = await web_.get(f"{site.url}/a?serviceKey=SECRET", None, LOCAL, "all")
    assert first is not None
    assert "SECRET" not in first.cursor
    assert await web_.get(f"{site.url}/b?serviceKey=SECRET", first.cursor, LOCAL, "all") is not None
    assert await web_.get(f"{site.url}/a?serviceKey=SECRET", first.cursor, LOCAL, "some") is not None
    assert await web_.get(f"{site.url}/a?serviceKey=SECRET", first.cursor, LOCAL, "all") is None


@pytest.mark.parametrize("cursor", ['"1"', "", "not json", "[1]", '{"of": "x", "etag": "y"}', '{"etag": 3}'])
async def test_a_strange_cursor_is_no_condition(site: Site, web_: Fetcher, cursor: str) -> None:
    site.answers("/a", b"body", ETag='"1"')
    assert await web_.get(f"{site.url}/a", cursor, LOCAL) is not None
    assert "If-None-Match" not in site.asked[0].headers


async def test_not_modified_that_was_not_asked_for_is_a_fault(site: Site, web_: Fetcher) -> None:
    site.answers("/a", status=304)
    assert "304" in await failed(web_, f"{site.url}/a")


async def test_a_site_that_is_ill_is_asked_again_and_later_each_time(site: Site) -> None:
    site.does("/a", answer(status=503), answer(status=500), answer(b"well"))
    got = await Fetcher(replace(QUICK, again=(0.1, 0.3))).get(f"{site.url}/a", None, LOCAL)
    assert got is not None
    first, second, third = site.times
    assert (second - first >= 0.1, third - second >= 0.3) == (True, True)


async def test_tries_end(site: Site, web_: Fetcher) -> None:
    site.answers("/a", b"secret words of the site", status=502)
    assert await failed(web_, f"{site.url}/a") == "the site answered 502"
    assert len(site.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_what_will_not_get_better_is_not_asked_again(site: Site, web_: Fetcher, status: int) -> None:
    site.answers("/a", status=status)
    assert str(status) in await failed(web_, f"{site.url}/a")
    assert len(site.asked) == 1


async def test_a_short_retry_after_is_waited_for(site: Site) -> None:
    site.does("/a", answer(status=503, Retry_After="1"), answer(b"well"))
    assert await Fetcher(replace(QUICK, patience=2)).get(f"{site.url}/a", None, LOCAL) is not None
    assert site.times[1] - site.times[0] >= 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["600", "Sun, 22 Nov 2026 00:10:00 GMT", "99999999999999"])
async def test_a_long_retry_after_leaves_the_host_alone(site: Site, web_: Fetcher, status: int, after: str) -> None:
    site.answers("/a", status=status, Retry_After=after, Date="Sun, 22 Nov 2026 00:00:00 GMT")
    site.answers("/b", b"well")
    assert str(status) in await failed(web_, f"{site.url}/a")
    assert "left alone" in await failed(web_, f"{site.url}/b")
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "after",
    [
        *("", "soon", "-5", "1.5", "²", "Sun, 99 Nov 2026", "Sun, 22 Nov 2026 00:10:00"),
        "Sun, 22 Nov 99999999999999999999 00:10:00 GMT",
    ],
)
async def test_an_odd_retry_after_is_none(site: Site, web_: Fetcher, after: str) -> None:
    site.does("/a", answer(status=503, Retry_After=after), answer(b"well"))
    assert await web_.get(f"{site.url}/a", None, LOCAL) is not None


async def test_one_request_at_a_time_and_a_pause_between(site: Site) -> None:
    fetcher = Fetcher(replace(QUICK, between=0.1, total=5))

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.05)
        return web.Response()

    site.does("/a", slow)
    await asyncio.gather(*(fetcher.get(f"{site.url}/a?{n}", None, LOCAL) for n in range(4)))
    assert site.most == 1
    assert all(later - sooner >= 0.1 for sooner, later in zip(site.times, site.times[1:], strict=False))


async def test_a_redirect_needs_leave(site: Site, web_: Fetcher) -> None:
    site.answers("/a", status=302, Location="/b?serviceKey=SECRET")
    site.answers("/b", b"there")
    error = await refused(web_, f"{site.url}/a", *LOCAL)
    assert error.rule == "redirect"
    assert 'allow = ["redirect"]' in str(error)
    assert "SECRET" not in str(error)
    got = await web_.get(f"{site.url}/a", None, ALLOWANCES)
    assert got is not None
    assert (got.body, got.url) == (b"there", f"{site.url}/b?serviceKey=SECRET")


async def test_redirects_end(site: Site, web_: Fetcher) -> None:
    site.answers("/a", status=307, Location="/a")
    assert "without end" in str(await refused(web_, f"{site.url}/a", *ALLOWANCES))


async def test_what_is_wrong_is_said_in_plain_words(site: Site, web_: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await failed(web_, "http://127.0.0.1:9/") == "the site can't be reached"
    assert await failed(web_, "http://a..b/") == "the address can't be used"
    assert await failed(web_, f"https://127.0.0.1:{site.port}/") == "the site speaks no TLS that we understand"

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert await failed(web_, "http://no-such-site.example.kr/") == "the site's name is not known"


HERE = "http://city.kr/jobs/list"


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("https://city.kr/jobs/list", "https://city.kr/jobs/list"),
        ("a.csv?x=1", "http://city.kr/jobs/a.csv?x=1"),
        ("//doc.example.kr/b", "http://doc.example.kr/b"),
        ("", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("http:///b", "http://city.kr/b"),
        ("http://[", None),
        ("http://city.kr:99999/", None),
    ],
)
def test_where_a_redirect_may_lead(location: str, there: str | None) -> None:
    if there is None:
        with pytest.raises(Refused):
            followed(HERE, location, ALLOWANCES)
    else:
        assert followed(HERE, location, ALLOWANCES) == there


def test_a_redirect_never_takes_the_lock_off() -> None:
    with pytest.raises(Refused, match="from https"):
        followed("https://city.kr/a", "http://city.kr/a", ALLOWANCES)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x?serviceKey=SECRET", "http://u:SECRET@127.0.0.1:9/", "http://[/SECRET"]
)
async def test_an_error_names_no_key_and_no_password(web_: Fetcher, url: str) -> None:
    assert "SECRET" not in await failed(web_, url)
    with pytest.raises(SourceError) as error:
        await web_.get(url)
    assert "SECRET" not in str(error.value)


async def test_a_site_that_hangs_up_is_asked_once(site: Site, web_: Fetcher) -> None:
    """aiohttp would ask again by itself, and nobody would have counted it."""

    async def hangs_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    site.does("/a", hangs_up)
    assert "no answer" in await failed(web_, f"{site.url}/a")
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("status", "why"), [(401, "denied"), (403, "denied"), (404, "address"), (429, "busy"), (500, "silent")]
)
async def test_what_kind_of_trouble_a_status_is(site: Site, web_: Fetcher, status: int, why: str) -> None:
    site.answers("/a", status=status)
    with pytest.raises(SourceError) as error:
        await web_.get(f"{site.url}/a", None, LOCAL)
    assert error.value.why == why
