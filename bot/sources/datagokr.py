"""The envelope of data.go.kr: a header with a code, a body with a total, and rows that are told in several ways."""

from .source import SourceError
from .tree import Tree, check, inside, number, rows, word

GOOD = ("0", "00", "000", "0000")
NOTHING = ("3", "03")  # NODATA_ERROR


def body(tree: Tree, good: tuple[str, ...] = GOOD, nothing: str = "") -> Tree | None:
    """The body of an answer, XML or JSON; None where nothing was found. `nothing` is a message that says so.

    SourceError where the code says that something went wrong, or where there is none.
    """
    root = inside(tree, "response") or inside(tree, "result") or tree
    header = inside(root, "header") or inside(root, "body", "header") or root
    code, message = word(header, "resultCode", "code"), word(header, "resultMsg", "message")
    if not code:
        raise SourceError("the answer has no result code")
    if nothing and nothing in message:
        return None
    if not check(code, message, good, NOTHING):
        return None
    return inside(root, "body") or root


def listed(told: Tree, name: str = "items") -> tuple[list[Tree], int | None]:
    """The rows of a body, and how many there are in all."""
    return rows(told.get(name)), number(word(told, "totalCount"))


def detail(tree: Tree, key: str, *names: str) -> Tree | None:
    """The one row of a detail's answer, which names the posting `key` in one of these fields or in none; None: no such posting.

    SourceError where it is the detail of another posting, or none.
    """
    told = body(tree)
    if told is None:
        return None
    info = inside(told, "item") or next(iter(rows(told.get("items"))), {})
    if not info or word(info, *names) not in ("", key):
        raise SourceError("the answer is no detail of this posting")
    return info
