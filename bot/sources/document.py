"""An XML answer as text: its encoding found by its bytes rather than by its claims, document types and web pages refused."""

import codecs
import re

from handlers.text import is_damaged_utf8

from .source import Refused, SourceError

CP949 = "cp949"
# Encodings that are tried, by what documents call them; EUC-KR bytes of Korean sites hold CP949's letters too.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    **dict.fromkeys(("euc-kr", "euckr", "cp949", "ms949", "uhc", "ks_c_5601-1987", "ksc5601", "windows-949"), CP949),
}
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}  # UTF-16 without a mark
DAMAGED = 0.01  # share of letters that may be broken: boards cut texts in the middle of one

_CLAIM = re.compile(rb"""^\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""", re.I)
_ASIDE = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.S)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
)  # not allowed in XML, frequent in boards
_NUMBERED = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));", re.I)


def text_of(data: bytes, charset: str | None = None) -> str:
    """The document as text, without its declaration. `charset` is what the answer's header claims.

    Refused: a document type, which only serves to define entities (RSS 0.91's too). SourceError: a web page, or no XML.
    """
    text = _NUMBERED.sub(_allowed, _CONTROL.sub("", decoded(data, charset))).strip()
    start = 0
    while aside := _ASIDE.match(text, start):
        start = aside.end()
    begin = text[start : start + 20].lower()
    if begin.startswith(("<!doctype html", "<html")):
        raise SourceError("a web page came in its place: is this the right address?")
    if begin.startswith("<!"):
        raise Refused("doctype", "the document has a DOCTYPE, which could define entities")
    if not re.match(r"<[a-z_]", begin):
        raise SourceError("the answer is empty" if not text else "the answer is no XML")
    return text[start:]


def _allowed(reference: re.Match[str]) -> str:
    """A character that is given by its number, if XML allows it; no parser takes the others."""
    number = (reference[1] or reference[2]).lstrip("0")
    code = int(number or "0", 16 if reference[1] else 10) if len(number) <= 7 else 0
    return reference[0] if code in (9, 10, 13) or (32 <= code <= 0x10FFFF and not _CONTROL.match(chr(code))) else ""


def decoded(data: bytes, charset: str | None) -> str:
    """The letters of an answer: its mark, UTF-8, what is claimed, or CP949."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for begin, encoding in WIDE.items():
        if data.startswith(begin):
            return data.decode(encoding, "replace")
    claim = _CLAIM.match(data[:400])
    claims = [claim[1].decode() if claim else "", charset or ""]
    tried = ["utf-8", *(ENCODINGS.get(name.lower(), "utf-8") for name in claims), CP949]
    tried = [name for name in dict.fromkeys(tried) if name != "utf-16"]
    if is_damaged_utf8(data):
        tried = ["utf-8"]
    # A Western claim fits any bytes, so it counts only where nothing Korean does.
    tried.sort(key=lambda name: name == "cp1252")
    for encoding in tried:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = min((data.decode(name, "replace") for name in tried), key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") > max(3, len(best) * DAMAGED):
        raise SourceError("the letters are neither UTF-8 nor CP949")
    return best
