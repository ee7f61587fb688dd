"""What a site sends is bounded in time and size, as it comes and as it unpacks; on a real socket."""

import gzip
import time
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web

from bot.sources.body import unpack
from bot.sources.http import Fetcher
from bot.sources.source import Refused
from tests.bot.test_fetching import LOCAL, QUICK, failed, refused
from tests.fakes.site import Site, drip

MB = 1024 * 1024


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


@pytest.fixture
def web_() -> Fetcher:
    return Fetcher(QUICK)


async def test_a_slow_drip_is_cut_by_the_total_time(site: Site) -> None:
    site.does("/a", drip(0.05))
    began = time.monotonic()
    assert "slow" in await failed(Fetcher(replace(QUICK, again=())), f"{site.url}/a")
    assert time.monotonic() - began < QUICK.total + 0.7


async def test_a_site_that_falls_silent_is_cut_by_the_reading_time(site: Site) -> None:
    site.does("/a", drip(60))
    began = time.monotonic()
    assert "slow" in await failed(Fetcher(replace(QUICK, total=30, again=())), f"{site.url}/a")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("declared", [True, False])
async def test_an_answer_of_30_mb_is_not_read_to_its_end(site: Site, declared: bool) -> None:
    sent = 0

    async def large(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Length": str(30 * MB)} if declared else {})
        await response.prepare(request)
        for _ in range(30):
            await response.write(b"x" * MB)
            sent += 1
        return response

    site.does("/a", large)
    assert (await refused(Fetcher(replace(QUICK, read=5, total=10)), f"{site.url}/a", *LOCAL)).rule == "size"
    assert sent < 15
    assert len(site.asked) == 1, "what is too large is not asked for again"


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_a_bomb_is_not_unpacked(site: Site, packing: str) -> None:
    pack = gzip.compress if packing == "gzip" else zlib.compress
    site.answers("/a", pack(b"\0" * 200 * MB), Content_Encoding=packing)
    assert (await refused(Fetcher(replace(QUICK, read=5, total=10)), f"{site.url}/a", *LOCAL)).rule == "size"


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("gzip", gzip.compress(b"ab" * 50, mtime=0)),
        ("gzip", gzip.compress(b"ab" * 20, mtime=0) + gzip.compress(b"ab" * 30, mtime=0)),
        ("deflate", zlib.compress(b"ab" * 50)),
        ("deflate", raw(b"ab" * 50)),
        ("x-gzip", gzip.compress(b"ab" * 50, mtime=0) + b"junk behind"),
    ],
)
async def test_packed_answers_are_unpacked(site: Site, web_: Fetcher, packing: str, packed: bytes) -> None:
    site.answers("/a", packed, Content_Encoding=packing)
    got = await web_.get(f"{site.url}/a", None, LOCAL)
    assert got is not None
    assert got.body == b"ab" * 50


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("gzip", gzip.compress(b"", mtime=0) * 1000),
        ("gzip", b""),
        ("gzip", gzip.compress(b"ab" * 5000, mtime=0)[:-12]),
        ("gzip", b"no gzip"),
        ("deflate", b"\xff\xff"),
        ("br", b"x"),
    ],
)
async def test_a_broken_packing_is_an_error(site: Site, web_: Fetcher, packing: str, packed: bytes) -> None:
    site.answers("/a", packed, Content_Encoding=packing)
    await failed(web_, f"{site.url}/a")


@pytest.mark.parametrize("size", [99, 100])
def test_the_bound_is_exact(size: int) -> None:
    packed = gzip.compress(b"x" * 100)
    if size == 100:
        assert len(unpack(packed, "gzip", size)) == 100
    else:
        with pytest.raises(Refused):
            unpack(packed, "gzip", size)


async def test_an_answer_that_breaks_off_is_an_error(site: Site, web_: Fetcher) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    site.does("/a", half)
    assert "breaks off" in await failed(web_, f"{site.url}/a")
