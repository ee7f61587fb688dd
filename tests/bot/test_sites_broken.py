"""Every site's answers, broken in the same ways: whatever was cut, doubled, put into other letters or spiked closes nothing."""

from collections.abc import Callable

import pytest

from bot.sources.site import Page, Site
from bot.sources.source import Refused, SourceError
from tests.bot import (
    test_alio,
    test_cleaneye,
    test_gojobs,
    test_govsupport,
    test_gyeonggi,
    test_hrdnet,
    test_jobposting,
    test_saramin,
    test_senuri,
    test_seoul,
    test_work24,
    test_yongin,
)
from tests.bot.apis import drafts, page
from tests.bot.test_tree import GATEWAY

ANSWERS: dict[str, tuple[Site, bytes]] = {
    "work24": (test_work24.WORK24, test_work24.LIST),
    "alio": (test_alio.ALIO, test_alio.answer(test_alio.ROW)),
    "seoul": (test_seoul.SEOUL, test_seoul.answer(test_seoul.ROW)),
    "gyeonggi": (test_gyeonggi.GYEONGGI, test_gyeonggi.answer(test_gyeonggi.ROW)),
    "senuri": (test_senuri.SENURI, test_senuri.items(test_senuri.item())),
    "gojobs": (test_gojobs.GOJOBS, test_gojobs.items(test_gojobs.item())),
    "saramin": (test_saramin.SARAMIN, test_saramin.answer(test_saramin.JOB)),
    "cleaneye": (test_cleaneye.CLEANEYE, test_cleaneye.answer(test_cleaneye.ROW)),
    "yongin": (test_yongin.YONGIN, test_yongin.answer(test_yongin.ROW)),
    "hrdnet": (test_hrdnet.HRDNET, test_hrdnet.answer(test_hrdnet.ROW)),
    "govsupport": (test_govsupport.GOVSUPPORT, test_govsupport.answer("G1")),
    "jobposting": (test_jobposting.SITE, test_jobposting.html(test_jobposting.JOB)),
}
every = pytest.mark.parametrize("name", ANSWERS)


def whole(told: Page) -> bool:
    """What a sweep must be to close anything."""
    return told.total == len({row.draft.key for row in told.rows}) and not told.lost


def closes(one: Site, body: bytes, there: bytes) -> bool:
    """Whether an answer would take away something of what is there."""
    try:
        told = page(one, body)
    except SourceError:
        return False
    keys = {row.draft.key for row in told.rows}
    return whole(told) and not {row.draft.key for row in page(one, there).rows} <= keys


@every
def test_the_answer_itself_is_whole(name: str) -> None:
    assert whole(page(*ANSWERS[name]))


@every
def test_a_cut_answer_closes_nothing(name: str) -> None:
    one, body = ANSWERS[name]
    assert not any(closes(one, body[:cut], body) for cut in range(0, len(body), 7))


@every
def test_a_doubled_answer_closes_nothing(name: str) -> None:
    one, body = ANSWERS[name]
    assert not closes(one, body + body, body)


@every
@pytest.mark.parametrize("letters", ["cp949", "utf-16", "utf-8-sig"])
def test_other_letters_are_read_or_refused(name: str, letters: str) -> None:
    one, body = ANSWERS[name]
    try:
        told = drafts(one, body.decode().replace('encoding="UTF-8"', "").encode(letters, "ignore"))
    except SourceError:
        assert letters == "utf-16"
        return
    assert [draft.title for draft in told] == [draft.title for draft in drafts(one, body)]


@every
def test_entities_are_refused_or_nothing(name: str) -> None:
    one, _ = ANSWERS[name]
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><response><total>&b;</total></response>'
    refused: Callable[[], Page] = lambda: page(one, bomb)  # noqa: E731
    with pytest.raises(SourceError if name == "jobposting" else Refused):
        refused()


@every
def test_the_gateway_and_web_pages_are_no_empty_list(name: str) -> None:
    one, _ = ANSWERS[name]
    for body in (
        GATEWAY % (b"SERVICE_KEY_IS_NOT_REGISTERED_ERROR", b"30"),
        b"<!DOCTYPE html><html><body>gateway</body></html>",
        b"",
    ):
        with pytest.raises(SourceError):
            page(one, body)
