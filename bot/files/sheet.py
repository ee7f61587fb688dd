"""A table as XLSX: texts in every cell, never a formula, and its heads stay in sight."""

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from handlers.draft import kept

LONGEST = 32_767  # characters in a cell, as Excel's specifications say
WIDEST = 60  # letters


def make(what: Mapping[str, Any]) -> bytes:
    """`heads` are texts, `rows` lists of texts. What begins with = + - @ stays a text: a name must not be able to calculate."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number, wide in enumerate(_widths(what), 1):
        sheet.column_dimensions[get_column_letter(number)].width = wide
    for i, row in enumerate([what["heads"], *what["rows"]]):
        sheet.append([_cell(sheet, str(text), head=i == 0) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str, *, head: bool) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = kept(text)[:LONGEST]
    cell.data_type = "s"  # openpyxl takes "=" for a formula and "#N/A" for an error
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.quotePrefix = True
    if head:
        cell.font = Font(bold=True)
    return cell


def _widths(what: Mapping[str, Any]) -> list[int]:
    """Letters of the widest cell of each column; Korean letters take two."""
    wide: list[int] = []
    for row in [what["heads"], *what["rows"]]:
        for i, text in enumerate(row):
            letters = max((sum(1 + (c > "\u1100") for c in line) for line in str(text).split("\n")), default=0)
            if i == len(wide):
                wide.append(8)
            wide[i] = max(wide[i], min(letters + 2, WIDEST))
    return wide
