"""Answers as trees: XML and JSON alike, and errors that hide behind HTTP 200 told by name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.source import SourceError
from bot.sources.tree import QuotaError, check, inside, number, read, rows, word

GATEWAY = (
    b"<OpenAPI_ServiceResponse>\n<cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>%s</returnAuthMsg>"
    b"<returnReasonCode>%s</returnReasonCode></cmmMsgHeader>\n</OpenAPI_ServiceResponse>"
)


def test_xml_and_json_make_the_same_tree() -> None:
    xml = read("<a><n>1</n><items><item><t>가</t></item><item><t>나</t></item></items></a>".encode())
    told = read('{"a": {"n": "1", "items": {"item": [{"t": "가"}, {"t": "나"}]}}}'.encode())
    assert xml == told
    assert [word(row, "t") for row in rows(inside(xml, "a")["items"])] == ["가", "나"]


def test_letters_and_slips_of_real_answers() -> None:
    assert read('<?xml version="1.0" encoding="EUC-KR"?><a><t>가나다</t></a>'.encode("cp949")) == {"a": {"t": "가나다"}}
    assert read('﻿{"t": "가"}'.encode()) == {"t": "가"}
    assert read('{"t": "가나다"}'.encode("cp949")) == {"t": "가나다"}
    assert read(b"<a><t>http://x.kr/?a=1&b=2&nbsp;</t></a>") == {"a": {"t": "http://x.kr/?a=1&b=2&nbsp;"}}
    assert read(b'{"returnJSON": "{\\"n\\": 1}"}') == {"n": 1}


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("", 0),
        (None, 0),
        ("null", 0),
        ({}, 0),
        ([], 0),
        ({"item": ""}, 0),
        ({"item": {"t": "1"}}, 1),
        ({"t": "1"}, 1),
        ({"item": [{"t": "1"}, {"t": "2"}]}, 2),
        ([{"item": {"t": "1"}}, {"item": {"t": "2"}}], 2),
        (["x", {"t": "1"}], 2),
        ("x", 1),
    ],
)
def test_rows_however_they_are_told(told: object, count: int) -> None:
    assert len(rows(told)) == count
    assert all(isinstance(row, dict) for row in rows(told))


def test_words_that_say_nothing() -> None:
    row = {"a": "null", "b": " - ", "c": None, "d": 0, "e": ["", "x", "y"], "f": {"g": 1}, "h": True}
    assert [word(row, name) for name in "abcdefh"] == ["", "", "", "0", "x, y", "", ""]
    assert word(row, "a", "b", "e") == "x, y"
    assert [number(text) for text in ("1,234", "4", "", "x", "-1", "9" * 20)] == [1234, 4, None, None, None, None]


@pytest.mark.parametrize(
    ("code", "words"),
    [(b"30", "not known"), (b"22", "quota"), (b"31", "run out"), (b"77", "MESSAGE"), (b"", "MESSAGE")],
)
def test_the_gateway_is_told_by_name_though_json_was_asked(code: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as error:
        read(GATEWAY % (b"MESSAGE", code))
    assert isinstance(error.value, QuotaError) == (code == b"22")


def test_codes_of_success_and_of_nothing_found() -> None:
    assert check("00", "NORMAL", ("0", "00"))
    assert not check("3", "NODATA", ("0", "00"), ("3", "03"))
    for code in ("30", "", "99"):
        with pytest.raises(SourceError, match="refuses"):
            check(code, "", ("0",), ("3", ""))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b"[1]",
        b'"x"',
        b'{"a": ',
        b"<a>",
        b"<a><b></a>",
        b"<html/>",
        b"<!DOCTYPE html><p>",
        b"x",
        b"\xff\xfe",
    ],
)
def test_what_is_no_answer(body: bytes) -> None:
    with pytest.raises(SourceError):
        read(body)


def test_entities_are_refused() -> None:
    with pytest.raises(SourceError, match="DOCTYPE"):
        read(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def test_depth_is_no_harm() -> None:
    for body in (b"[" * 5000, b'{"item":' * 5000 + b"1" + b"}" * 5000, b"<item>" * 5000 + b"</item>" * 5000):
        with pytest.raises(SourceError):
            read(body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@settings(max_examples=100, deadline=None)
def test_anything_has_rows(value: object) -> None:
    assert all(isinstance(word(row, *row), str) for row in rows(value))
