"""What every test of a site with an interface shares: reading a fixture, and answers broken in every way that was ever seen."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.sources.site import Asking, Page, Site
from bot.sources.source import SourceError
from handlers.draft import Draft

TODAY = date(2026, 11, 22)
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
KEY = "SECRET+/=="
_ODD = [
    b"<",
    b">",
    b"&",
    b"&lt;",
    b"&amp;amp;",
    b"]]>",
    b"<![CDATA[",
    b"</item>",
    b"<item>",
    b"null",
    b'""',
    b"{",
    b"}",
    b"[",
    b"]",
]
_ODD += [b",", b'"', b"\\", b"\x00", b"\xff\xfe", b"<!DOCTYPE a>", b"<html>", b"-1", b"9" * 30, b"[[[[[[", b"\\ud800"]


def site(kind: type[Site], **asking: Any) -> Site:
    return kind(Asking(**{"base": kind.base, "key": KEY, **asking}))


def page(one: Site, body: bytes, today: date = TODAY) -> Page:
    return one.page(one.read(body, None), today).read()


def drafts(one: Site, body: bytes, today: date = TODAY) -> list[Draft]:
    return [row.draft for row in page(one, body, today).rows]


def sample(path: str) -> bytes:
    """A recorded answer from outside the project; the test is skipped where it is absent."""
    file = SAMPLES / path
    if not file.exists():
        pytest.skip("the recorded samples are not here")
    return file.read_bytes()


@st.composite
def mutated(draw: st.DrawFn, *bodies: bytes) -> bytes:
    """One of these answers cut, doubled, put into other letters, with odd pieces in it."""
    body = draw(st.sampled_from(bodies))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(body)))
        upto = draw(st.integers(at, min(len(body), at + 200)))
        piece = body[at:upto]
        change = st.one_of(st.just(b""), st.just(piece * 2), st.binary(max_size=8), st.sampled_from(_ODD))
        body = body[:at] + draw(change) + body[upto:]
    if draw(st.booleans()):
        letters = draw(st.sampled_from(["cp949", "utf-16", "utf-8-sig", "latin-1"]))
        body = body.decode("utf-8", "replace").encode(letters, "replace")
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


def survives(one: Site, body: bytes) -> None:
    """Reading raises nothing but SourceError, and what is read can be kept."""
    try:
        told = page(one, body)
    except SourceError:
        return
    for row in told.rows:
        sound(row.draft)


def detail_survives(one: Site, draft: Draft, body: bytes) -> None:
    try:
        sound(one.detail(draft, one.read(body, None)))
    except SourceError:
        return


def sound(draft: Draft) -> None:
    assert draft.key
    assert draft.title
    assert draft.organisation
    assert len(draft.key) <= 300
    draft.fingerprint.encode()
    repr(draft).encode()
