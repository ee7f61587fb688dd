"""HTML as plain text: one line a block, cells of a table beside each other, nothing of scripts and styles."""

import re

from lxml import etree

from .plain import plain

LONGEST = 200_000  # characters of markup that are read
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,2000})?/?>")
_ESCAPED = re.compile(r"&(?:amp;)*lt;/?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>\n]{0,500}?)?/?&(?:amp;)*gt;")
_BLOCK = re.compile("address|article|br|dd|div|dl|dt|h[1-6r]|li|ol|p|pre|section|table|tr|ul")
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "object", "iframe"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def unmarked(text: str) -> str:
    """The text that a reader of the HTML would see, each line in one spelling (`plain`); cells are parted by " | ".

    Text without tags keeps its own lines. What was escaped twice, as some boards do, is read until no tags are left.
    """
    text = _CONTROL.sub("", text[:LONGEST])
    for turn in range(3):
        if not _TAG.search(text) and not _ESCAPED.search(text):
            break
        text = _read(text.replace("\n", "<br>") if turn else text)
    lines = (plain(line).strip(" |") for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _read(html: str) -> str:
    try:
        parser = etree.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True)
        root = etree.fromstring(f"<div>{html}</div>", parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return _TAG.sub(" ", html)
    written: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag).lower()
        if event == "start":
            unseen += tag in _UNSEEN
            written += ["\n"] if _BLOCK.fullmatch(tag) else [" | "] if tag in _CELLS else []
            said = element.text
        else:
            unseen -= tag in _UNSEEN
            written += ["\n"] if _BLOCK.fullmatch(tag) else []
            said = element.tail
        if said and not unseen:
            written.append(re.sub(r"\s+", " ", said))
    return "".join(written)
