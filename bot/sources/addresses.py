"""Which addresses a source may lead to, held against the address that is really connected to, and how they are written down."""

import socket
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet: not this machine nor its network, nor one of these dressed up as IPv6."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inside = ip_address(int(ip) & 0xFFFFFFFF)  # type: ignore[assignment]
        if inside is not None:
            return is_public(str(inside))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def guarded(refused: list[str]) -> Callable[[Any], socket.socket]:
    """What makes sockets for an aiohttp connector, but none to an address that is not public; those are added to `refused`.

    It stands behind the look-up of the name, so it does not matter how a host is written (2130706433, 0x7f.1, a name that
    resolves to something else the second time).
    """

    def make(info: tuple[int, int, int, str, tuple[Any, ...]]) -> socket.socket:
        family, kind, protocol, _, where = info
        if not is_public(where[0]):
            refused.append(where[0])
            raise OSError("not a public address")
        return socket.socket(family, kind, protocol)

    return make


def shown(url: str) -> str:
    """An address for logs and messages: scheme, host and port only, since keys stand in queries, in paths and before the @."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname or ''}{port}"
    except ValueError:
        return "an address that can't be read"


def is_address(url: str) -> bool:
    """Whether it is a web address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
