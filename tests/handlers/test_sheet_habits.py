"""What offices do to sheets: units in headings, headings of two lines, lost date formats, odd files; and what must not pass."""

import io
import re
import warnings
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.draft import Draft
from handlers.sheet import COLUMNS, SheetError, read_sheet, template
from handlers.sheet_table import WIDEST
from handlers.text import parse_closing, parse_headcount, parse_pay

TODAY = date(2026, 11, 24)


def read(*rows: str) -> Draft:
    [draft] = read_sheet("\n".join([*rows, ""]).encode(), "a.csv", TODAY).drafts
    return draft


@pytest.mark.parametrize(
    ("heading", "cell", "kind", "won"),
    [
        ("시급", "10700", "hour", 10700),
        ("시급(원)", "10.7", "hour", None),
        ("시급 (천원)", "10.7", "hour", 10700),
        ("월급(만원)", "250", "month", 2500000),
        ("Hourly wage", "12000", "hour", 12000),
        ("시급", "협의", None, None),
        ("급여(원)", "시급 12000원", "hour", 12000),
        ("급여", "12000", None, None),
    ],
)
def test_a_number_is_what_its_heading_says(heading: str, cell: str, kind: str | None, won: int | None) -> None:
    pay = parse_pay(read(f"공고명,기관,{heading}", f"책 정리,도서관,{cell}").pay)
    if won is not None:
        assert pay is not None
        assert (pay.kind, pay.low) == (kind, won)
    else:
        assert pay is None or pay.low is None or pay.kind == kind


@pytest.mark.parametrize("heading", ["모집인원(명)", "모집 인원", "인원[명]", "headcount"])
def test_people_are_counted(heading: str) -> None:
    assert parse_headcount(read(f"공고명,기관(시설)명,{heading}", "책 정리,도서관,3").headcount) == 3


@pytest.mark.parametrize(
    ("cell", "day"), [("46360", "2026-12-04"), ("46360.75", "2026-12-04 18:00"), ("12345", "12345"), ("2026", "2026")]
)
def test_a_date_that_lost_its_format(cell: str, day: str) -> None:
    sheet = read_sheet(f"공고명,기관,마감\n책 정리,도서관,{cell}\n".encode(), "a.csv", TODAY)
    assert [draft.closing for draft in sheet.drafts] in ([day], [])
    if day.startswith("2026-"):
        closing = parse_closing(sheet.drafts[0].closing, TODAY)
        assert closing is not None
        assert closing.at is not None


def test_a_heading_of_two_lines() -> None:
    draft = read(
        "공고명,기관,근무조건,,접수", ",,급여,근무시간,마감", "책 정리,도서관,시급 12000원,09:00~12:00,2026-12-04"
    )
    assert (draft.pay, draft.hours, draft.closing) == ("시급 12000원", "09:00~12:00", "2026-12-04")


def test_a_heading_whose_organisation_stands_in_the_second_line() -> None:
    draft = read("모집 현황,,", "공고명,모집처,", ",기관명,전화", "책 정리,도서관,062-000-0001")
    assert (draft.organisation, draft.phone) == ("도서관", "062-000-0001")


def test_a_posting_that_says_little_is_no_heading() -> None:
    sheet = read_sheet("공고명,기관,외국인,전화\n책 정리,도서관,문의,\n주방 보조,복지관,,\n".encode(), "a", TODAY)
    assert [draft.title for draft in sheet.drafts] == ["책 정리", "주방 보조"]


@pytest.mark.parametrize("head", ["비고,하는 일", "하는 일,비고"])
def test_the_better_heading_wins_wherever_it_stands(head: str) -> None:
    cells = {"비고": "급함", "하는 일": "책 정리"}
    row = ",".join(cells[name] for name in head.split(","))
    assert read(f"모집분야,공고명,기관,{head}", f"사서,사서를 찾아요,도서관,{row}").duties == "책 정리"
    assert read(f"모집분야,공고명,기관,{head}", f"사서,사서를 찾아요,도서관,{row}").title == "사서를 찾아요"


@given(st.permutations(list(COLUMNS)), st.sampled_from(["", " ", "*", "(필수)"]))
def test_columns_may_stand_in_any_order(order: list[str], mark: str) -> None:
    draft = read(
        ",".join(COLUMNS[c][0] + mark for c in order), ",".join(f"{c} 말" if c != "closing" else "" for c in order)
    )
    told = [c for c in order if c not in ("id", "sector", "closing")]
    assert {c: getattr(draft, c) for c in told} == {c: f"{c} 말" for c in told}


def test_no_heading_means_two_things() -> None:
    every = [name for names in COLUMNS.values() for name in names]
    assert len(every) == len(set(every))


def test_a_persons_number_is_not_told_in_a_fault() -> None:
    [fault] = read_sheet("공고명,기관,마감\n책,도서관,010-1234-5678로 연락\n".encode(), "a.csv", TODAY).faults
    assert "1234" not in fault.reason


def test_examples_left_standing_are_marked() -> None:
    assert all(draft.example for draft in read_sheet(template(), "t.xlsx", TODAY).drafts)
    assert not read("공고명,기관", "책 정리,도서관").example


def test_what_is_no_sheet_is_named() -> None:
    ods = io.BytesIO()
    with zipfile.ZipFile(ods, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    for data, words in ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS"), (ods.getvalue(), "OpenDocument")):
        with pytest.raises(SheetError, match=words):
            read_sheet(data, "a.xls", TODAY)


def book(rows: str = "", styles: bytes | None = None) -> bytes:
    """A workbook with a header and these rows of XML."""
    made, out = io.BytesIO(), io.BytesIO()
    empty = openpyxl.Workbook()
    assert empty.active is not None
    empty.active.append(["공고명", "기관"])
    empty.save(made)
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for item in packed.infolist():
            content = packed.read(item)
            if item.filename.endswith("sheet1.xml"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content)
                content = content.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            again.writestr(item.filename, styles if styles and item.filename == "xl/styles.xml" else content)
    return out.getvalue()


def row(number: int, *cells: str) -> str:
    inner = "".join(f'<c r="{cell}{number}" t="str"><v>{cell}</v></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'


def test_a_cell_far_to_the_right_costs_nothing() -> None:
    data = book("".join(row(n, "A", "B", "XFD") for n in range(2, 400)))
    sheet = read_sheet(data, "a.xlsx", TODAY)
    assert sheet.drafts[0].title == "A"
    assert WIDEST < 16_384


@pytest.mark.parametrize("number", [9_999, 99_999_999_999])
def test_a_row_far_below_ends_the_reading(number: int) -> None:
    try:
        sheet = read_sheet(book(row(2, "A", "B") + row(number, "A", "B")), "a.xlsx", TODAY)
    except SheetError:
        return
    assert len(sheet.drafts) == 1


def test_a_workbook_of_another_writer_warns_nobody() -> None:
    bare = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(read_sheet(book(row(2, "A", "B"), bare), "a.xlsx", TODAY).drafts) == 1


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO(book())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/more.xml", b"0" * 61 * 1024 * 1024)
    assert len(out.getvalue()) < 200_000
    with pytest.raises(SheetError, match="unpacked"):
        read_sheet(out.getvalue(), "a.xlsx", TODAY)
