"""What a source takes of memory whatever a site sends: less than 100 MB over what a good answer takes."""

import asyncio
import gzip
import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from aiohttp import web

from tests.bot.kinds import KINDS
from tests.bot.test_hostile_sites import BOMB, MB, much
from tests.fakes.site import Site, answer
from tests.handlers.test_sheet import HEADER

MOST = 100  # MB
FULL = 5 * MB - 1000  # the largest body that is read


def workbook(**parts: bytes) -> bytes:
    """An XLSX whose parts are replaced by these or joined by them; names have double underscores for slashes."""
    book, made, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    assert book.active is not None
    book.active.append(HEADER.split(","))
    book.save(made)
    named = {f"xl/{name.replace('__', '/')}.xml": content for name, content in parts.items()}
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for item in packed.infolist():
            again.writestr(item.filename, named.pop(item.filename) if item.filename in named else packed.read(item))
        for name, content in named.items():
            again.writestr(name, content)
    return out.getvalue()


def filled(piece: bytes, before: bytes = b"", after: bytes = b"", size: int = FULL) -> bytes:
    return before + piece * ((size - len(before) - len(after)) // len(piece)) + after


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
XML = {
    "elements": filled(b"<a/>", b"<wantedRoot>", b"</wantedRoot>"),
    "attributes": filled(b" a=''", b"<wantedRoot><a", b"/></wantedRoot>"),
    "letters": filled(
        "<wanted><title>가나다라 \U0001f600</title></wanted>".encode(), b"<wantedRoot>", b"</wantedRoot>"
    ),
    "entities": filled(b"&amp;", b"<wantedRoot>", b"</wantedRoot>"),
    "blanks": filled(b" \n", b"<"),
}
JSON = {
    "lists": filled(b"[],", b'{"result":[', b"[]]}"),
    "objects": filled(b'{"a":{}},', b'{"result":[', b"{}]}"),
    "letters": filled("가나다라 \U0001f600".encode(), b'{"result":"', b'"}'),
    "escapes": filled(b"\\uac00", b'{"result":"', b'"}'),
}
HTML = {
    "elements": filled(b"<b>", b"<!DOCTYPE html><html>", b"</html>"),
    "items": filled(
        b"<i itemprop='a b c d e f g h'>", b"<!DOCTYPE html><html><p itemscope itemtype=JobPosting>", b"</html>"
    ),
    "lists": filled(b"[],", b"<html><script type='application/ld+json'>[", b"[]]</script></html>", 1_900_000),
}
RSS = {
    "elements": filled(b"<a/>", b"<rss><channel><item>", b"</item></channel></rss>", 2 * MB - 1000),
    "items": filled(b"<item><title>a</title></item>", b"<rss><channel>", b"</channel></rss>", 2 * MB - 1000),
}
SHEETS = {
    "separators": filled(b",", HEADER.encode()),
    "lines": filled(b"\n", HEADER.encode()),
    "cells": filled("가나,".encode() * 100 + b"\n", HEADER.encode() + b"\n"),
    "columns": (b"1," * 299 + b"1\n") * 5000,
    "strings": workbook(sharedStrings=filled(b"<si><t>a</t></si>", b"<sst %s>" % MAIN, b"</sst>", 50 * MB)),
    "styles": workbook(
        styles=filled(b"<xf/>", b"<styleSheet %s><cellXfs>" % MAIN, b"</cellXfs></styleSheet>", 50 * MB)
    ),
    "row": workbook(
        worksheets__sheet1=filled(
            b"<c/>", b"<worksheet %s><sheetData><row>" % MAIN, b"</row></sheetData></worksheet>", 50 * MB
        )
    ),
    "zeros": workbook(media__image=b"\0" * 70 * MB),
}
BODIES: dict[str, dict[str, bytes]] = {"work24": XML, "alio": JSON, "jobposting": HTML, "feed": RSS, "sheet": SHEETS}
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", BODIES)
async def test_no_answer_takes_100_mb(kind: str) -> None:
    async with Site() as site:

        async def serve(request: web.Request) -> web.StreamResponse:
            name = request.path.split("/")[1]
            if name in ("much", "declared"):
                return await much(name == "declared")(request)
            if name == "bomb":
                return await answer(BOMB, Content_Encoding="gzip")(request)
            body = BODIES[kind].get(name, KINDS[kind].body)
            return await answer(gzip.compress(body, 1), Content_Encoding="gzip")(request)

        site.otherwise = serve
        paths = ["good", "much", "declared", "bomb", *BODIES[kind]]
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bot.appetite", kind, site.url, *paths),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await child.communicate()
    lines = [line.split("\t") for line in told.decode().splitlines()]
    assert [path for path, _, _ in lines] == paths
    for path, megabytes, said in lines[1:]:
        assert int(megabytes) < MOST, lines
        assert path not in ("much", "declared", "bomb", "columns", "strings", "styles", "row", "zeros") or " " in said
    if kind == "sheet":
        refusals = {path: said for path, _, said in lines}
        assert refusals["columns"] == "there are more than 100 columns"
        assert "too much for a sheet" in refusals["strings"]
        assert "too large" in refusals["zeros"]
