"""An API's answer as one tree of dicts, whether it came as XML or JSON; errors that hide behind HTTP 200 are told by name."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, AnyStr

import orjson
from lxml import etree

from .document import decoded, text_of
from .source import Refused, SourceError

Tree = dict[str, Any]

# Reason codes of the data.go.kr gateway, which come as XML whatever was asked for. 30 was seen, the others are from its guide.
GATEWAY = {
    "1": "the service has an error of its own",
    "4": "the service behind the gateway did not answer",
    "12": "there is no such service any more",
    "20": "the key may not use this service yet: apply for it",
    "22": "the day's quota is used up",
    "30": "the key is not known to this service",
    "31": "the key has run out",
    "32": "the key may not be used from this address",
}
QUOTA = "22"
# The kinds of trouble that they are; what is not here is an answer that was not expected.
TROUBLES = {
    **dict.fromkeys(("1", "4"), "silent"),
    **dict.fromkeys(("20", "30", "31", "32"), "key"),
    "12": "address",
    "22": "quota",
}
VALUES = 200_000  # of an answer; a page of 500 rows with 40 elements has a fifth of it
SHOWN = 80  # characters of a site's own message that are told

_BARE = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_KEY = re.compile(r"인증\s?키|\bkey\b", re.I)  # a site's own message about the key
_NOTHING = ("null", "undefined", "none", "-")


class QuotaError(SourceError):
    """The site says that the key's requests of today are used up."""


def read(data: bytes, charset: str | None = None) -> Tree:
    """The answer under the name of its root, or as the JSON object that it is. SourceError where it is neither, or an error."""
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    tree = _json(data, charset) if begin in (b"{", b"[") else _xml(data, charset)
    _gateway(tree)
    return tree


def _json(data: bytes, charset: str | None) -> Tree:
    bounded(data, b"[", b"{", b",")
    try:
        told = _loaded(data, charset)
        if isinstance(told, dict) and isinstance(told.get("returnJSON"), str):  # a text inside a text
            told = orjson.loads(told["returnJSON"])
    except ValueError:
        raise SourceError("the answer breaks off, or it is no JSON") from None
    if not isinstance(told, dict):
        raise SourceError("the answer is JSON, but not of the shape that was expected")
    return told


def _loaded(data: bytes, charset: str | None) -> Any:
    try:
        return orjson.loads(data)  # in UTF-8, as nearly all are
    except ValueError:
        return orjson.loads(decoded(data, charset).lstrip("\ufeff"))


def _xml(data: bytes, charset: str | None) -> Tree:
    text = _BARE.sub("&amp;", text_of(data, charset))
    bounded(text, "<", "='", '="')
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("the answer breaks off, or it is not well-formed XML") from None
    return {_name(root.tag): _branch(root) if len(root) else root.text or ""}


def bounded(answer: AnyStr, *marks: AnyStr) -> None:
    """Refused where a parser would make more values of it than a list has: each takes hundreds of bytes."""
    if sum(map(answer.count, marks)) > VALUES:
        raise Refused("size", f"the answer has more than {VALUES:,} values")


def _name(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :] if tag[0] == "{" else tag


def _branch(element: Any) -> Tree:
    """A dict of what an element holds, in which what is repeated is a list. An element that holds none is its text."""
    branch: Tree = {}
    for child in element:
        name = child.tag
        if name[0] == "{":  # asked here too, since calling is half the cost
            name = _name(name)
        value = _branch(child) if len(child) else child.text or ""
        if name not in branch:
            branch[name] = value
        elif isinstance(branch[name], list):
            branch[name].append(value)
        else:
            branch[name] = [branch[name], value]
    return branch


def _gateway(tree: Tree) -> None:
    """SourceError where the gateway answers in the service's place."""
    told = tree.get("OpenAPI_ServiceResponse")
    if told is None:
        return
    header = inside(told, "cmmMsgHeader")
    said = [word(header, "returnAuthMsg"), word(header, "errMsg")]
    raise refusal(word(header, "returnReasonCode"), next(filter(None, said), ""))


def refusal(code: str, message: str = "") -> SourceError:
    """What the site's error code means, or its own words where it is not known."""
    known = GATEWAY.get(code.lstrip("0"))
    why = known or message[:SHOWN] or "no reason is given"
    kind = QuotaError if code.lstrip("0") == QUOTA or "LIMITED_NUMBER" in message.upper() else SourceError
    trouble = TROUBLES.get(code.lstrip("0"), "key" if _KEY.search(message) else "answer")
    return kind(f"the site refuses (code {code[:12] or 'unknown'}): {why}", trouble)


def check(code: str, message: str, good: Collection[str], empty: Collection[str] = ()) -> bool:
    """Whether there may be rows: False for a code that means "nothing found". SourceError for every other code."""
    if code in good:
        return True
    if code in empty and code:
        return False
    raise refusal(code, message)


def inside(tree: Any, *names: str) -> Tree:
    """The dict at a path, empty where it is missing or something else."""
    for name in names:
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree if isinstance(tree, dict) else {}


def rows(value: Any, wrapper: str = "item") -> list[Tree]:
    """The rows of a list, however it is told: one row as an object, none as "" or missing, each row or all in a wrapper.

    What is no row comes as an empty one, so that it is missed.
    """
    value = _unwrapped(value, wrapper)
    if value is None or (isinstance(value, str) and not word({"": value}, "")) or value == {}:
        return []
    several = value if isinstance(value, list) else [value]
    found = [_unwrapped(one, wrapper) for one in several]
    return [one if isinstance(one, dict) else {} for one in found]


def _unwrapped(value: Any, wrapper: str) -> Any:
    return value[wrapper] if isinstance(value, dict) and len(value) == 1 and wrapper in value else value


def word(row: Mapping[str, Any], *names: str) -> str:
    """The first of these that says something, as text. "null", "-" and the like say nothing; of a repeated one all are said."""
    for name in names:
        value = row.get(name)
        values: Sequence[Any] = value if isinstance(value, list) else [value]
        said = [str(one).strip() for one in values if isinstance(one, str | int | float) and not isinstance(one, bool)]
        said = [one for one in said if one and one.lower() not in _NOTHING]
        if said:
            return ", ".join(said)
    return ""


def number(text: str) -> int | None:
    """A total as sites write it: "1,234", or 4 as text."""
    digits = text.replace(",", "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
