"""What a workbook may unpack to, held before it is opened: openpyxl makes objects of all that its parts name."""

import io
import re
import zipfile

UNPACKED = 60 * 1024 * 1024  # bytes of all parts
# Elements of a part, at two marks each or one: of a row, of the strings, and of styles, names, links and the rest.
ROW, STRINGS, OTHER = 20_000, 1_000_000, 300_000
CHUNK = 1024 * 1024
_ROW = re.compile(rb"<(?:[A-Za-z0-9]+:)?row[\s>/]")


def fault(data: bytes) -> str:
    """Why a workbook is not opened, as a sentence; nothing where it may be. BadZipFile and the like where it is broken."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(item.file_size for item in packed.infolist()) > UNPACKED:
            return "the file is too large once unpacked"
        if "mimetype" in packed.namelist():
            return "this is an OpenDocument file: save it as XLSX or CSV"
        parts = (item for item in packed.infolist() if item.filename.lower().endswith((".xml", ".rels")))
        return next((found for item in parts if (found := _part(packed, item))), "")


def _part(packed: zipfile.ZipFile, item: zipfile.ZipInfo) -> str:
    name = item.filename.lower()
    rows = "worksheets/" in name
    most = ROW if rows else STRINGS if "sharedstrings" in name else OTHER
    marks, rest = 0, b""
    with packed.open(item) as part:
        while chunk := part.read(CHUNK):
            chunk = rest + chunk
            rest = chunk[-16:]  # a mark may lie across two chunks
            if b"\0" in chunk or b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                return "the file holds what no spreadsheet writes (a document type)"
            for number, piece in enumerate(_ROW.split(chunk) if rows else [chunk]):
                marks = piece.count(b"<") + (0 if number else marks)
                if marks > most:
                    return "the file holds too much for a sheet of postings"
    return ""


def carries_macros(data: bytes) -> bool:
    """Whether a workbook brings programs along, whatever its name says. We would not run them; others who open it might."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return any("vbaproject" in name.lower() or "macrosheets/" in name.lower() for name in packed.namelist())
    except (zipfile.BadZipFile, ValueError):
        return False
