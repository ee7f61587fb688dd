"""The body of an answer, bounded: what comes over the wire, and what it unpacks to."""

import zlib

from aiohttp import ClientResponse

from .source import Refused, SourceError

PACKINGS = {
    "gzip": (47,),
    "x-gzip": (47,),
    "deflate": (47, -15),
}  # zlib's window bits: some send deflate without its frame
GZIP = b"\x1f\x8b"  # how each member of a gzip begins
MEMBERS = 100  # of a gzip; one is usual


async def read(response: ClientResponse, biggest: int) -> bytes:
    """The whole body, unpacked (the session must not have done so). SourceError where it is too large or breaks off."""
    if (response.content_length or 0) > biggest:
        raise _too_large(biggest)
    packed = bytearray()
    async for chunk in response.content.iter_any():
        packed += chunk
        if len(packed) > biggest:
            raise _too_large(biggest)
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing in ("", "identity"):
        return bytes(packed)
    if packing not in PACKINGS:
        raise SourceError("the answer is packed in a way that was not asked for")
    return unpack(bytes(packed), packing, biggest)


def unpack(packed: bytes, packing: str, biggest: int) -> bytes:
    """What gzip or deflate holds; never more than `biggest` bytes and one is unpacked to find out."""
    for bits in PACKINGS[packing]:
        try:
            return _inflate(packed, bits, biggest)
        except zlib.error:
            continue
    raise SourceError("the packed answer is broken")


def _inflate(packed: bytes, bits: int, biggest: int) -> bytes:
    body = bytearray()
    for _ in range(MEMBERS):
        one = zlib.decompressobj(bits)
        body += one.decompress(packed, biggest + 1 - len(body))
        if len(body) > biggest:
            raise _too_large(biggest)
        if not one.eof:
            raise SourceError("the packed answer breaks off")
        packed = one.unused_data
        if packed[:2] != GZIP:
            return bytes(body)
    raise SourceError("the packed answer is in too many pieces")


def _too_large(biggest: int) -> Refused:
    return Refused("size", f"the answer is larger than {biggest / 1024 / 1024:g} MB")
