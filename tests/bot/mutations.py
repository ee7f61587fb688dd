"""What a lying, broken or careless site makes of a good answer: each mutation takes the answer and gives bytes to serve.

A mutation that does not apply to an answer's form gives None.
"""

import re
from collections.abc import Callable, Iterator, Sequence

Mutation = Callable[[bytes], bytes | None]
DEEP = 100_000
LONG = 10_000_000
DIGITS = b"9" * 5_000

# A value and what stands before it, in JSON and in XML; what is one cell of a sheet is told by its commas.
_LEAVES = {
    "json": re.compile(rb'(?<=: )("(?:[^"\\]|\\.)*"|-?[0-9.]+)'),
    "xml": re.compile(rb"(?<=>)[^<>]+(?=</)|<!\[CDATA\[.*?\]\]>", re.S),
    "sheet": re.compile(rb"(?<=[,\n])[^,\r\n]+"),
}


def form(body: bytes) -> str:
    begin = body.lstrip()[:15].lower()
    if begin.startswith((b"{", b"[")):
        return "json"
    return "html" if begin.startswith(b"<!doctype html") else "xml" if begin.startswith(b"<") else "sheet"


def spiked(body: bytes, spike: str, which: slice) -> bytes:
    """The answer with these of its values replaced, written as its form writes texts."""
    told = form(body)
    found = list(_LEAVES["json" if told == "html" else told].finditer(body))[which]
    for leaf in reversed(found):
        body = body[: leaf.start()] + _written(spike, told) + body[leaf.end() :]
    return body


def _written(spike: str, told: str) -> bytes:
    if told in ("json", "html"):
        return spike[1:].encode() if spike.startswith("=") else b'"' + _escaped(spike).encode() + b'"'
    text = spike.removeprefix("=")
    if told == "sheet":
        return text.replace(",", " ").replace('"', "").encode("utf-8", "replace")
    return text.replace("<", "&lt;").encode("utf-8", "replace")


def _escaped(text: str) -> str:
    special = {'"': '\\"', "\\": "\\\\"}
    return "".join(
        special.get(one, f"\\u{ord(one):04x}" if one < " " or "\ud800" <= one <= "\udfff" else one) for one in text
    )


# Values that no reader expects. What begins with "=" is written bare where the form has bare values.
SPIKES = {
    "nothing": "",
    "spaces": " \u3000\u200b ",
    "null": "=null",
    "true": "=true",
    "a list": '=["가", {"나": []}, 1]',
    "an object": '={"가": {"나": "다"}}',
    "an empty list": "=[]",
    "5000 digits": "=" + "9" * 5000,
    "5000 digits of text": "9" * 5000,
    "a reference of 5000 digits": "&#" + "9" * 5000 + ";",
    "an escaped reference of 5000 digits": "&amp;#" + "9" * 5000,
    "NaN": "=NaN",
    "NaN as text": "NaN",
    "infinity": "=1e999",
    "a fraction": "=-0.5",
    "NUL": "가\x00나",
    "NUL as a reference": "가&#0;나",
    "controls": "가\x01\x1b\x7f\x85나",
    "half a pair": "가\ud800나",
    "no characters": "가\uffff\ufffe나",
    "broken letters": "가\ufffd나\ufffd",
    "marks of direction": "\u202e가나\u202c",
    "letters that count": "²²²²²²²²",
    "Arabic digits": "٢٠٢٦-١٢-٠٤",
    "no day": "9999-99-99",
    "the last day": "9999-12-31 24:59",
    "the first day": "0000-00-00",
    "no address": "http://[::1/a",
    "a script": "javascript:alert(1)//<script>alert(1)</script>",
    "an undefined entity": "&bogus; &nbsp;",
    "much markup": "<b>" * 2000,
    "a long word": "가" * 30_000,
    "many lines": "가\n" * 10_000,
    "a formula": '=HYPERLINK("http://a.example.kr")',
}


def cuts(body: bytes, pieces: int = 5) -> Iterator[bytes]:
    return (body[:at] for at in range(0, len(body), max(1, len(body) // pieces)))


def flips(body: bytes, bits: int, pieces: int = 4) -> Iterator[bytes]:
    for at in range(7, len(body), max(1, len(body) // pieces)):
        yield body[:at] + bytes([body[at] ^ bits]) + body[at + 1 :]


def _inside(pattern: str, new: bytes, forms: Sequence[str]) -> Mutation:
    """What is found first, replaced."""

    def mutate(body: bytes) -> bytes | None:
        if form(body) not in forms or not re.search(pattern.encode(), body):
            return None
        return re.sub(pattern.encode(), lambda found: new, body, count=1)

    return mutate


def _before(prefix: bytes) -> Mutation:
    return lambda body: prefix + re.sub(rb"^<\?xml[^>]*\?>", b"", body) if form(body) in ("xml", "html") else None


def _letters(name: str) -> Mutation:
    return lambda body: body.decode().encode(name, "ignore")


def _only(told: str) -> Mutation:
    return lambda body: told.encode()


LAUGHS = b"<!DOCTYPE lolz [<!ENTITY l0 'lol'>%s]>" % b"".join(
    b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
)
OUTSIDE = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y SYSTEM 'http://127.0.0.1:1/'>]>"
LOGIN = (
    "<!DOCTYPE html><html><head><title>로그인</title></head><body><form action='/login'>아이디 "
    "<input name=id> 비밀번호 <input type=password></form></body></html>"
).encode()
TEXTS = ("xml", "json", "html", "sheet")

MUTATIONS: dict[str, Mutation] = {
    "empty": lambda body: b"",
    "twice": lambda body: body + body,
    "twice on lines": lambda body: body + b"\n" + body,
    "its second half again": lambda body: body + body[len(body) // 2 :],
    "backwards": lambda body: body[::-1],
    "CP949": _letters("cp949"),
    "UTF-16 with a mark": _letters("utf-16"),
    "UTF-16 without a mark": _letters("utf-16-be"),
    "UTF-32": _letters("utf-32"),
    "UTF-8 with a mark": _letters("utf-8-sig"),
    "a login page": lambda body: LOGIN,
    "a login page behind it": lambda body: body + LOGIN,
    "billions of laughs": lambda body: LAUGHS + b"<response><total>&l9;</total></response>",
    "laughs before it": _before(LAUGHS),
    "an entity from outside": _before(OUTSIDE),
    "an undefined entity": _inside("</", b"&bogus;&nbsp;&#xD800;&#0;</", ("xml", "html")),
    "NUL in front": lambda body: b"\0" + body,
    "NUL in the middle": lambda body: body[: len(body) // 2] + b"\0" + body[len(body) // 2 :],
    "NUL between all": lambda body: body.replace(b"", b"\0"),
    "deep lists": lambda body: b"[" * DEEP,
    "deep objects": lambda body: b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep elements": lambda body: b"<a>" * DEEP + b"</a>" * DEEP,
    "deep open elements": lambda body: b"<response>" + b"<a>" * DEEP,
    "deep in a page": lambda body: b"<!DOCTYPE html><html>" + b"<div itemscope>" * DEEP + b"</html>",
    "deep in a script": lambda body: (
        b"<!DOCTYPE html><html><script type='application/ld+json'>" + b"[" * DEEP + b"]" * DEEP + b"</script></html>"
    ),
    "a deep value": _inside(r'(?<=: )"[^"]*"', b"[" * 900 + b"]" * 900, ("json", "html")),
    "a deeper value": _inside(r'(?<=: )"[^"]*"', b"[" * DEEP + b"]" * DEEP, ("json", "html")),
    "a deep element": _inside("(?<=>)[^<>]+(?=</)", b"<a>" * 200 + b"</a>" * 200, ("xml",)),
    "a deeper element": _inside("(?<=>)[^<>]+(?=</)", b"<a>" * DEEP + b"</a>" * DEEP, ("xml",)),
    "a number of 5000 digits": _inside("[0-9]+", DIGITS, TEXTS),
    "all numbers of 5000 digits": lambda body: re.sub(rb"[0-9]+", DIGITS, body),
    **{f"only {told}": _only(told) for told in ("null", "[]", "{}", "0", '""', "NaN", "<a/>", ",,,")},
}

# What costs time to make and to send; it is told apart by the form of an answer alone.
HEAVY: dict[str, Mutation] = {
    "a text of 10 MB": _inside("[가-힣]+", "가".encode() * (LONG // 3), TEXTS),
    "a text of 3 MB": _inside("[가-힣]+", "가 ".encode() * 750_000, TEXTS),
    "2 MB of spaces in front": lambda body: b" " * 2_000_000 + body,
    "2 MB of spaces": lambda body: b"<" + b"\n" * 2_000_000,
    "2 MB of comment": lambda body: b"<!--" + b"-" * 2_000_000,
    "a million elements": lambda body: b"<response>" + b"<a/>" * 1_000_000 + b"</response>",
    "a million lists": lambda body: b'{"a":[' + b"[]," * 1_000_000 + b"[]]}",
    "a million of one key": lambda body: b'{"a":0' + b',"a":[]' * 700_000 + b"}",
}
