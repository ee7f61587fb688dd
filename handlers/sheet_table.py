"""A sheet's bytes as a table of texts: CSV in any encoding that Korean offices use, or XLSX. Bounded in size and rows."""

import csv
import io
import zipfile
from datetime import date, datetime, time

BIGGEST = 5 * 1024 * 1024  # bytes of a sheet
UNPACKED = 60 * 1024 * 1024  # bytes of an XLSX once unpacked
MOST = 5000  # rows
Table = list[list[str]]


class SheetError(Exception):
    """The sheet as a whole can't be read. The message says why, for whoever keeps the sheet."""


def table(data: bytes, name: str) -> Table:
    """All rows, each cell as stripped text. SheetError where the file is broken, half-written, or too large."""
    if len(data) > BIGGEST:
        raise SheetError("the file is larger than 5 MB")
    rows = _xlsx(data) if data[:2] == b"PK" or name.lower().endswith((".xlsx", ".xlsm")) else _csv(data)
    if len(rows) > MOST:
        raise SheetError(f"there are more than {MOST} rows")
    return rows


def _csv(data: bytes) -> Table:
    text = _text(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetError(f"the file breaks off or has a stray quotation mark ({error})") from None
    return [[cell.strip() for cell in row] for row in rows]


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise SheetError("this is not a text file")
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("the text is neither UTF-8 nor CP949, or it breaks off")


def _xlsx(data: bytes) -> Table:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > UNPACKED:
                raise SheetError("the file is too large once unpacked")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            rows = []
            for row in sheet.iter_rows(values_only=True):
                rows.append([_cell(value) for value in row])
                if len(rows) > MOST:
                    break
            return rows
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
    return str(value).strip()
