"""What documents claim to be, and what they are: letters told by their bytes, document types refused, web pages named."""

import contextlib
import time

import pytest

from bot.sources.document import decoded, text_of
from bot.sources.source import Refused, SourceError
from tests.bot.test_feed import read
from tests.fixtures.feeds import RSS


@pytest.mark.parametrize("charset", [None, "utf-8", "UTF-8", "euc-kr", "iso-8859-1", "no-such", "base64"])
@pytest.mark.parametrize("claim", ["UTF-8", "EUC-KR", "ks_c_5601-1987", "ISO-8859-1", "unicode_escape", ""])
@pytest.mark.parametrize("bytes_", ["utf-8", "cp949", "utf-8-sig"])
def test_letters_are_told_by_the_bytes(bytes_: str, claim: str, charset: str | None) -> None:
    text = RSS.replace("도우미", "도우밈똠")  # a letter that EUC-KR has not, and CP949 has
    text = text.replace(' encoding="UTF-8"', f' encoding="{claim}"' if claim else "")
    got = read(text.encode(bytes_), charset)
    assert got.drafts[-1].title == "[채용] 작은도서관 책 정리 도우밈똠"


@pytest.mark.parametrize("bytes_", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(bytes_: str) -> None:
    assert len(read(RSS.strip().encode(bytes_)).drafts) == 3


@pytest.mark.parametrize("bytes_", ["utf-8", "cp949"])
def test_a_letter_that_was_cut_in_two_costs_no_more_than_itself(bytes_: str) -> None:
    data = RSS.encode(bytes_)
    at = data.index("도우미".encode(bytes_))
    cut = data[: at + 1] + data[at + len("도".encode(bytes_)) :]
    got = read(cut, "utf-8")
    assert len(got.drafts) == 3
    assert "작은도서관" in got.drafts[-1].title


def test_letters_of_no_kind_are_an_error() -> None:
    with pytest.raises(SourceError):
        read(b"<rss>" + bytes(range(128, 256)) * 20 + b"</rss>")


@pytest.mark.parametrize(
    "dtd", ['<!DOCTYPE rss [<!ENTITY a "b">]>', "<!DOCTYPE rss SYSTEM 'http://x/y.dtd'>", "<!ENTITY a 'b'>"]
)
@pytest.mark.parametrize("bytes_", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- a -->", "<?style a?>\n"])
def test_a_document_type_is_refused_before_parsing(dtd: str, bytes_: str, before: str) -> None:
    text = RSS.replace("<rss", f"{before}{dtd}<rss", 1).replace("UTF-8", bytes_)
    with pytest.raises(Refused) as error:
        read(text.encode(bytes_))
    assert error.value.rule == "doctype"


def test_a_document_type_inside_an_item_is_text() -> None:
    assert len(read(RSS.replace("시민회관", "<![CDATA[<!DOCTYPE html>]]>시민회관")).drafts) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("<!DOCTYPE html><html></html>", "web page"),
        ("<html><head></head></html>", "web page"),
        ("<OpenAPI_ServiceResponse><cmmMsgHeader/></OpenAPI_ServiceResponse>", "no feed"),
        ('{"error": 1}', "no XML"),
        ("/etc/passwd", "no XML"),
        ("http://127.0.0.1/", "no XML"),
    ],
)
def test_what_is_no_feed_is_an_error(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read(text)


def test_one_damaged_byte_makes_no_other_letters() -> None:
    """CP949 fits the bytes of some UTF-8 too, and would read 泥�냼 in them."""
    for word in ("청소하실 분", "수영장 안전요원", "도서관 기간제 근로자 채용"):
        data = f"<a>{word * 3}</a>".encode()
        for at in range(3, len(data) - 4):
            told = decoded(data[:at] + bytes([data[at] ^ 0x80]) + data[at + 1 :], "utf-8")
            assert word in told
    assert decoded("<a>청소</a>".encode("cp949"), "utf-8") == "<a>청소</a>"


def test_a_long_run_of_blanks_is_read_in_its_share_of_time() -> None:
    began = time.process_time()
    for blanks in (" " * 2_000_000, "<a>" + "\n" * 2_000_000 + "</a>", "<" + "\t" * 2_000_000):
        with contextlib.suppress(SourceError):
            text_of(blanks.encode())
    assert time.process_time() - began < 3
