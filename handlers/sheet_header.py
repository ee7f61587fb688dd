"""A sheet's header: which column stands where, in one line or two, and the units that it states for bare numbers below."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .sheet_table import SheetError, Table

HEADER_WITHIN = 15  # rows: titles and notes stand above a header
_PAY_KINDS = {
    "시급|hourly": "시급",
    "일급|daily": "일급",
    "주급|weekly": "주급",
    "월급|monthly": "월급",
    "연봉|annual": "연봉",
}
_UNIT = re.compile(r"[([]\s*(천\s?원|만\s?원|원)\s*[)\]]")
_NUMBER = re.compile(r"\d[\d,]*(\.\d+)?")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SERIALS = (36526, 73050)  # the first days of 2000 and 2100, as spreadsheets count days
_DAY_0 = datetime(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Header:
    """`at` is the index of its last row; `columns` gives the place and `words` the heading of each column that was known."""

    at: int
    columns: Mapping[str, int]
    words: Mapping[str, str]

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of a row by column, with what the heading says of them and dates written out."""
        cells = {column: " ".join(row[i].split()) for column, i in self.columns.items() if i < len(row)}
        for column in ("pay", "headcount"):
            if _NUMBER.fullmatch(cells.get(column, "")):
                cells[column] = _with_unit(column, cells[column], self.words[column])
        if "closing" in cells:
            cells["closing"] = _date(cells["closing"])
        return cells


def find(rows: Table, names: Mapping[str, Sequence[str]]) -> Header:
    """The first header that names at least a title and an organisation. SheetError where there is none.

    A header may take two lines, groups above and their columns below. `names` are the headings of each column, the
    better ones first: a remark is only read as duties where no column is called duties.
    """
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        one = _columns(row, names)
        both = _both(row, rows[at + 1], one, names) if at + 1 < len(rows) else None
        for last, words in ((at + 1, both), (at, row)):
            columns = _columns(words, names) if words else {}
            if {"title", "organisation"} <= set(columns):
                return Header(last, columns, {column: words[i] for column, i in columns.items()} if words else {})
    raise SheetError("there is no header row with 공고명 and 기관")


def _columns(row: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    ranks = {name: (column, rank) for column, its in names.items() for rank, name in enumerate(its)}
    best: dict[str, tuple[int, int]] = {}
    for i, cell in enumerate(row):
        column, rank = next((ranks[word] for word in _spellings(cell) if word in ranks), ("", 0))
        if column and (column not in best or rank < best[column][0]):
            best[column] = (rank, i)
    return {column: i for column, (_, i) in best.items()}


def _spellings(cell: str) -> tuple[str, str]:
    """A heading without spaces, marks and case: with what stands in brackets (기관(시설)명) and without (급여(원))."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", cell)
    with_, without = (re.sub(r"[\s()\[\]·./*_-]|필수", "", words).lower() for words in (cell, bare))
    return with_, without


def _both(
    row: Sequence[str], below: Sequence[str], one: Mapping[str, int], names: Mapping[str, Sequence[str]]
) -> list[str] | None:
    """A heading of two lines as one, where the line below holds headings and no posting."""
    said = [cell for cell in below if cell]
    known = {word for its in names.values() for word in its}
    headings = sum(any(word in known for word in _spellings(cell)) for cell in said)
    posting = any(
        one.get(column, len(below)) < len(below) and below[one[column]] for column in ("title", "organisation")
    )
    if not said or 2 * headings < len(said) or posting:
        return None
    width = max(len(row), len(below))
    padded = ([*cells, *[""] * (width - len(cells))] for cells in (row, below))
    return [lower or upper for upper, lower in zip(*padded, strict=True)]


def _with_unit(column: str, number: str, heading: str) -> str:
    """12000 under 시급(원) is 시급 12000원, 3 under 모집인원 is 3명. What no heading says stays open."""
    if column == "headcount":
        return f"{number}명"
    kind = next((kind for words, kind in _PAY_KINDS.items() if re.search(words, heading.lower())), "")
    unit = _UNIT.search(heading)
    return f"{kind} {number}{unit[1] if unit else '원'}".strip() if kind or unit else number


def _date(text: str) -> str:
    """A date that lost its format, written out: 46360.75 is 2026-12-04 18:00."""
    if not _SERIAL.fullmatch(text) or not _SERIALS[0] <= float(text) < _SERIALS[1]:
        return text
    moment = _DAY_0 + timedelta(minutes=round(float(text) * 24 * 60))
    whole = date(moment.year, moment.month, moment.day).isoformat()
    return whole if "." not in text else f"{whole} {moment:%H:%M}"
