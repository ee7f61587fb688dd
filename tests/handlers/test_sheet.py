"""A facility's sheet: read whatever the office wrote it with, row by row, and never half-understood."""

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.sheet import SheetError, read_sheet, template

TODAY = date(2026, 11, 24)
HEADER = "공고명,기관,근무지,급여,근무시간,마감,전화"
GOOD = "책 정리,별빛도서관,광산구 월곡2동,시급 12000원,월~금 14:00~17:00,2026-12-24,062-000-0001"
FIXTURES = Path(__file__).parents[1] / "fixtures"


def csv(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([header, *rows, ""]).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_any_office_encoding_reads_the_same(encoding: str) -> None:
    [draft] = read_sheet(csv(GOOD, encoding=encoding), "a.csv", TODAY).drafts
    assert (draft.title, draft.organisation, draft.pay) == ("책 정리", "별빛도서관", "시급 12000원")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators(separator: str) -> None:
    data = csv(GOOD.replace(",", separator), header=HEADER.replace(",", separator))
    assert read_sheet(data, "a.csv", TODAY).drafts[0].phone == "062-000-0001"


@pytest.mark.parametrize(
    "header",
    [
        "제목,기관명,주소,임금,근로시간,접수마감,문의",
        "공고 제목,시설명,근무 장소,시급,시간,마감일,연락처",
        "title,organisation,address,pay,hours,closing,phone",
    ],
)
def test_headers_by_many_names(header: str) -> None:
    [draft] = read_sheet(csv(GOOD, header=header), "a.csv", TODAY).drafts
    assert (draft.workplace, draft.closing, draft.phone) == ("광산구 월곡2동", "2026-12-24", "062-000-0001")


def test_a_title_line_may_stand_above_the_header() -> None:
    data = ("2026년 하반기 모집 현황,,,,,,\r\n,,,,,,\r\n" + csv(GOOD).decode()).encode()
    assert len(read_sheet(data, "a.csv", TODAY).drafts) == 1


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_dates_numbers_and_a_lost_nought() -> None:
    data = xlsx(
        ["모집 현황"],
        HEADER.split(","),
        ["책 정리", "별빛도서관", "월곡2동", 12000, "월~금 14:00~17:00", datetime(2026, 12, 24, 18), 620000001],
        ["주방 보조", "복지관", None, None, None, datetime(2026, 12, 25), None],
    )
    first, second = read_sheet(data, "a.xlsx", TODAY).drafts
    assert (first.closing, first.phone) == ("2026-12-24 18:00", "0620000001")
    assert second.closing == "2026-12-25"


def test_faulty_rows_are_named_and_the_others_go_in() -> None:
    sheet = read_sheet(
        csv(",별빛도서관", GOOD, "책 정리,", GOOD.replace("2026-12-24", "열흘쯤 뒤"), GOOD), "a.csv", TODAY
    )
    assert len(sheet.drafts) == 1
    assert [fault.row for fault in sheet.faults] == [2, 4, 5, 6]
    assert not sheet.complete


def test_the_faulty_examples() -> None:
    sheet = read_sheet((FIXTURES / "faulty.csv").read_bytes(), "faulty.csv", TODAY)
    assert [fault.reason for fault in sheet.faults] == ["기관이 비어 있어요 (no organisation)"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0\0",
        b"PK\x03\x04 cut",
        csv(GOOD)[:-1] + b'"\xec\xb1',
        csv('"책 정리,별빛도서관'),
        csv(GOOD, header="이름,나이"),
        b"x" * (5 * 1024 * 1024 + 1),
        csv(*[GOOD] * 5001),
        xlsx(HEADER.split(","))[:400],
    ],
    ids=["empty", "binary", "cut zip", "cut letter", "cut quote", "no header", "large", "many rows", "cut workbook"],
)
def test_a_half_written_sheet_is_refused_whole(data: bytes) -> None:
    with pytest.raises(SheetError):
        read_sheet(data, "a.csv", TODAY)


SOUND = csv(GOOD, GOOD.replace("별빛", "달빛"), encoding="utf-8-sig")


@given(st.integers(0, len(SOUND) - 1), st.binary(max_size=4), st.integers(0, 8))
def test_a_damaged_sheet_is_read_or_refused(at: int, put: bytes, cut: int) -> None:
    data = SOUND[:at] + put + SOUND[at + cut :]
    try:
        sheet = read_sheet(data, "a.csv", TODAY)
    except SheetError:
        return
    assert all(draft.title and draft.organisation for draft in sheet.drafts)


@given(st.permutations(["별빛", "달빛", "햇빛", "눈빛"]), st.sampled_from(["", " ", "  "]))
def test_order_and_spaces_do_not_change_keys(order: list[str], space: str) -> None:
    plain = {
        draft.key for draft in read_sheet(csv(*(GOOD.replace("별빛", n) for n in sorted(order))), "a", TODAY).drafts
    }
    moved = csv(*(GOOD.replace("별빛", n).replace(",", f"{space},{space}") for n in order))
    assert {draft.key for draft in read_sheet(moved, "a", TODAY).drafts} == plain


def test_the_template_reads_back() -> None:
    sheet = read_sheet(template(), "template.xlsx", TODAY)
    assert len(sheet.drafts) == 2
    assert sheet.complete
