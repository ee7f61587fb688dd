"""No source leads us to inside addresses, however they are written and whatever a name resolves to."""

import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sources.addresses import is_public, shown
from bot.sources.http import Fetcher, Limits
from bot.sources.source import Refused, SourceError
from tests.fakes.site import Site

QUICK = Limits(connect=1, again=(), between=0.0)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        site.answers("/inside", b"secrets of the inside")
        yield site


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::127.0.0.1"),
        *(
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
        ),
    ],
)
def test_an_inside_address(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["210.99.248.1", "8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_open_address(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::ffff:127.0.0.1]"],
)
async def test_however_an_inside_host_is_written(site: Site, host: str) -> None:
    with pytest.raises(SourceError) as error:
        await Fetcher(QUICK).get(f"http://{host}:{site.port}/inside")
    assert site.asked == []
    # aiohttp itself takes some of these for no host at all; the others come to the address that they mean.
    assert (isinstance(error.value, Refused) and error.value.rule == "private") or "can't be used" in str(error.value)


async def test_inside_is_reached_where_it_is_allowed(site: Site) -> None:
    assert await Fetcher(QUICK).get(f"{site.url}/inside", None, ["private"]) is not None


async def test_a_redirect_to_an_inside_address(site: Site) -> None:
    """The first hop may be inside here, the second may not: what is allowed is held against each hop."""
    site.answers("/out", status=302, Location="http://169.254.169.254/latest/meta-data")
    with pytest.raises(Refused) as error:
        await Fetcher(QUICK).get(f"{site.url}/out", None, ["redirect"])
    assert error.value.rule == "private"


async def test_a_name_that_resolves_to_the_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: whatever was looked up before, what counts is the address that the socket is made for."""
    looked_up = []
    real = socket.getaddrinfo

    def rebound(host: Any, *args: Any, **kwargs: Any) -> Any:
        looked_up.append(host)
        return real("127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    with pytest.raises(Refused) as error:
        await Fetcher(QUICK).get(f"http://jobs.example.kr:{site.port}/inside")
    assert looked_up
    assert (error.value.rule, site.asked) == ("private", [])
    assert "127.0.0.1" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://u:SECRET@city.kr:8443/KEY/list?serviceKey=SECRET", "https://city.kr:8443"),
        ("http://city.kr", "http://city.kr"),
        ("http://[SECRET", "an address that can't be read"),
        ("http://city.kr:SECRET/", "an address that can't be read"),
    ],
)
def test_an_address_is_shown_by_its_host(url: str, words: str) -> None:
    assert shown(url) == words
