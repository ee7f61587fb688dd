"""Makes tables fit a platform: lines where it has none, a file with the first rows above it where there are too many.

No cell is lost: each stands in the text, in the table or in the file.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from .capabilities import Capabilities
from .messages import ENDINGS, File, Message, Table

LINES = 15  # rows of a table as lines of a text
ROWS = 60  # rows of a table in a page
FIRST = 10  # rows that are shown of one that became a file


def fit(message: Message, capabilities: Capabilities) -> list[Message]:
    """The message as one the platform can show, or as two where it would carry two files."""
    if file := message.file:
        message = replace(message, edit=False)
        if not capabilities.files:
            message = replace(message, file=None, table=message.table or read(file))
    table = message.table
    if table is None:
        return [message]
    own = None
    if capabilities.files and len(table.rows) > (ROWS if capabilities.tables else LINES):
        own, message = message.file, replace(message, file=sheet(table), edit=False)
        table = replace(table, rows=table.rows[:FIRST])
    else:
        table = replace(table, more="")
    if capabilities.tables:
        message = replace(message, table=table)
    else:
        said = [message.text, *lines(table), table.more]
        message = replace(message, text="\n".join(filter(None, said)), table=None, card=False)
    if own is None:
        return [message]
    rest = Message(own.called, message.buttons, file=own, language=message.language, rtl=message.rtl)
    return [message.with_buttons(()), replace(rest, names=message.names)]


def sheet(table: Table) -> File:
    """The table as a file."""
    return File(table.name, "table", {"heads": list(table.heads), "rows": [list(row) for row in table.rows]})


def read(file: File) -> Table | None:
    """The table that a file was to hold; None for other files."""
    if file.kind != "table":
        return None
    name = file.name.removesuffix(ENDINGS["table"])
    return Table.kept({"name": name, "heads": file.what["heads"], "rows": file.what["rows"]})


def lines(table: Table) -> list[str]:
    """A line for each row: what its first cell names, then each other cell behind its head. No numbers: those are typed."""
    return [_line(table.heads, row) for row in table.rows]


def _line(heads: Sequence[str], row: Sequence[str]) -> str:
    parts = []
    for i, (head, cell) in enumerate(zip_longest(heads, row, fillvalue="")):
        said = " ".join(cell.split())
        if said:
            parts.append(f"{head}: {said}" if i and head else said)
    return " · ".join(parts)
