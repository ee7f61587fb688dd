"""A sheet's bytes as a table of texts: CSV in any encoding that Korean offices use, or XLSX. Bounded in size and rows."""

import csv
import io
import warnings
from collections.abc import Iterable
from datetime import date, datetime, time

from . import sheet_book
from .text import is_damaged_utf8

BIGGEST = 5 * 1024 * 1024  # bytes of a sheet
MOST = 5000  # rows
WIDEST = 100  # columns; one cell far to the right would make a long row of every line
CP949 = "cp949"
CROWDED = 10_000  # separators in one line, more than any text has
LOWEST = 1_048_576  # the last row that a spreadsheet has
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old and encrypted workbooks begin
ERRORS = {"#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DIV/0!"}  # a formula that found nothing
Table = list[list[str]]


class SheetError(Exception):
    """The sheet as a whole can't be read. The message says why, for whoever keeps the sheet."""


def table(data: bytes, name: str) -> Table:
    """All rows, each cell as stripped text. SheetError where the file is broken, half-written, or too large."""
    if len(data) > BIGGEST:
        raise SheetError("the file is larger than 5 MB")
    if data[:8] == OLE:
        raise SheetError("this is an old XLS or has a password: save it as XLSX or CSV without one")
    if data[:2] == b"PK" or name.lower().endswith((".xlsx", ".xlsm")):
        return _xlsx(data)
    return _csv(data)


def _bounded(rows: Iterable[list[str]]) -> Table:
    """All rows up to the last that says something: offices format thousands of empty ones below it."""
    kept: Table = []
    blank = 0
    for row in rows:
        if not any(row):
            blank += 1
            continue
        kept += [*([[]] * blank), row]
        blank = 0
        if len(row) > WIDEST and row[WIDEST] and sum(map(bool, row)) > WIDEST // 2:
            raise SheetError(f"there are more than {WIDEST} columns")
        if len(kept) > MOST:
            raise SheetError(f"there are more than {MOST} rows")
    return kept


def _csv(data: bytes) -> Table:
    text = _text(data)
    # A title may stand above the header, with nothing in it to tell the separator by.
    first = next((line for line in io.StringIO(text) if any(mark in line for mark in ",;\t")), "")
    delimiter = max(",;\t", key=first.count)
    if any(line.count(delimiter) > CROWDED for line in io.StringIO(text)):
        raise SheetError(f"there are more than {WIDEST} columns")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _bounded([_cell(cell) for cell in row[: WIDEST + 1]] for row in reader)
    except csv.Error as error:
        raise SheetError(f"the file breaks off or has a stray quotation mark ({error})") from None


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise SheetError("this is not a text file")
    for encoding in ("utf-8-sig", CP949):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data":  # all else was UTF-8; CP949 would make other letters of it
                break
            if encoding != CP949 and is_damaged_utf8(data):
                break
    raise SheetError("the text is neither UTF-8 nor CP949, or it breaks off")


def _xlsx(data: bytes) -> Table:
    with warnings.catch_warnings():  # of styles and rules that openpyxl leaves out
        warnings.simplefilter("ignore")
        return _book(data)


def _book(data: bytes) -> Table:
    import openpyxl

    try:
        if why := sheet_book.fault(data):
            raise SheetError(why)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # streaming writers say A1, whatever follows
            return _bounded(
                [] if row.count(None) == len(row) else [_cell(value) for value in row]
                for row in sheet.iter_rows(max_row=LOWEST, max_col=WIDEST + 1, values_only=True)
            )
        finally:
            book.close()
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it run into
        raise SheetError(f"the file is broken or half-written ({type(error).__name__})") from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return "" if text in ERRORS else text
