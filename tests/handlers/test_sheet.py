"""A facility's sheet: read whatever the office wrote it with, row by row, and never half-understood."""

import contextlib
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.sheet import SheetError, read_sheet, template
from locales import Catalogs

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


def xlsx(*rows: Sequence[object]) -> bytes:
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


def test_merged_titles_above_a_workbooks_header_and_clock_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["2026년 하반기 모집 현황"],
        [],
        HEADER.split(","),
        ["책 정리", "별빛도서관", "월곡2동", 12000.0, time(9)],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:G2")
    out = io.BytesIO()
    book.save(out)
    [draft] = read_sheet(out.getvalue(), "a.xlsx", TODAY).drafts
    assert (draft.pay, draft.hours) == ("12000", "09:00")


def test_a_workbook_whose_writer_states_the_wrong_size_is_read_whole() -> None:
    """Streaming writers put A1 as the sheet's dimension, before they know it."""
    packed, out = zipfile.ZipFile(io.BytesIO(xlsx(HEADER.split(","), GOOD.split(",")))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        for item in packed.infolist():
            content = packed.read(item)
            if item.filename.endswith("sheet1.xml"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)
            again.writestr(item.filename, content)
    assert read_sheet(out.getvalue(), "a.xlsx", TODAY).drafts[0].closing == "2026-12-24"


def test_a_formula_that_found_nothing_says_nothing() -> None:
    sheet = read_sheet(xlsx(HEADER.split(","), ["책 정리", "도서관", "#N/A"], ["#REF!", "도서관"]), "a.xlsx", TODAY)
    assert [draft.workplace for draft in sheet.drafts] == [""]
    assert [fault.row for fault in sheet.faults] == [3]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("620000001", "0620000001"),
        ("1012345678", "01012345678"),
        ("212345678", "0212345678"),
        ("15881234", "15881234"),
        ("062-000-0001", "062-000-0001"),
        ("62-000-0001", "62-000-0001"),
        ("120", "120"),
    ],
)
def test_a_phone_number_gets_its_nought_back_only_where_it_was_lost(written: str, read: str) -> None:
    assert read_sheet(csv(f"책 정리,도서관,,,,,{written}"), "a.csv", TODAY).drafts[0].phone == read


def test_empty_rows_below_are_no_rows() -> None:
    sheet = read_sheet(csv(GOOD, *[",,,,,,"] * 5001), "a.csv", TODAY)
    assert (len(sheet.drafts), sheet.complete) == (1, True)


def test_a_title_above_does_not_hide_the_separator() -> None:
    data = csv("모집 현황", HEADER.replace(",", ";"), GOOD.replace(",", ";"), header="광산구")
    assert len(read_sheet(data, "a.csv", TODAY).drafts) == 1


def test_a_running_number_is_no_name() -> None:
    """Once a row is taken out, all below it count anew; each must stay the posting that it was."""
    header = f"연번,{HEADER}"
    both = read_sheet(csv(f"1,{GOOD}", f"2,{GOOD.replace('별빛', '달빛')}", header=header), "a.csv", TODAY)
    [left] = read_sheet(csv(f"1,{GOOD.replace('별빛', '달빛')}", header=header), "a.csv", TODAY).drafts
    assert left == both.drafts[1]


def test_a_number_names_a_posting_whatever_else_changes() -> None:
    one, other = (
        read_sheet(csv(f"A-1,{row}", header=f"번호,{HEADER}"), "a.csv", TODAY).drafts[0]
        for row in (
            GOOD,
            GOOD.replace("별빛", "달빛"),
        )
    )
    assert one.key == other.key == "A-1"
    assert one.fingerprint != other.fingerprint


def test_the_same_posting_twice_is_named_and_keeps_nothing_from_closing() -> None:
    sheet = read_sheet(csv(GOOD, GOOD.replace("12000", "13000")), "a.csv", TODAY)
    assert [draft.pay for draft in sheet.drafts] == ["시급 12000원"]
    assert [fault.row for fault in sheet.faults] == [3]
    assert sheet.complete


def test_a_last_row_that_breaks_off_is_left_out_and_closes_nothing() -> None:
    data = csv(GOOD, "주방 보조,복지관,광산구 수").removesuffix(b"\r\n")
    sheet = read_sheet(data, "a.csv", TODAY)
    assert ([draft.title for draft in sheet.drafts], [f.row for f in sheet.faults]) == (["책 정리"], [3])
    assert not sheet.complete
    assert read_sheet(csv(GOOD).removesuffix(b"\r\n"), "a.csv", TODAY).complete


def test_text_that_ends_inside_a_letter_is_not_read_as_another_encoding() -> None:
    whole = "title,organisation,address\n도서관,기관,가나다\n책,기관,책".encode()
    for cut in (1, 2):
        with pytest.raises(SheetError):
            read_sheet(whole[:-cut], "a.csv", TODAY)


def test_faulty_rows_are_named_and_the_others_go_in() -> None:
    sheet = read_sheet(
        csv(",별빛도서관", GOOD, "책 정리,", GOOD.replace("2026-12-24", "열흘쯤 뒤"), GOOD), "a.csv", TODAY
    )
    assert len(sheet.drafts) == 1
    assert [fault.row for fault in sheet.faults] == [2, 4, 5, 6]
    assert not sheet.complete


def test_the_faulty_examples() -> None:
    korean = Catalogs.load(["ko"]).translator("ko")
    sheet = read_sheet((FIXTURES / "faulty.csv").read_bytes(), "faulty.csv", TODAY, korean=korean)
    below, nobody = sheet.faults
    assert (below.row, below.lost) == (3, False)
    assert below.reason.startswith(
        "시급 9,800원이면 2026년 최저임금보다 적어요. 최저임금은 10,320원이에요. (Pay of 9,800 won an hour"
    )
    assert "용모" in below.reason
    assert (nobody.row, nobody.reason) == (4, "기관이 비어 있어요 (no organisation)")
    assert [(draft.key, draft.gone) for draft in sheet.drafts] == [("EX-036", False), ("EX-037", True)]
    assert [draft.sector for draft in sheet.drafts] == ["private", "private"]


def test_a_row_that_may_not_be_shown_is_told_and_taken_away_alone() -> None:
    sheet = read_sheet(csv(GOOD, GOOD.replace("별빛", "달빛").replace("12000", "9000")), "a.csv", TODAY)
    assert [draft.gone for draft in sheet.drafts] == [False, True]
    assert [fault.row for fault in sheet.faults] == [3]
    assert sheet.complete
    assert "최저임금법 제6조" in sheet.faults[0].reason
    over = read_sheet(csv(GOOD.replace("2026-12-24", "2026-10-01")), "a.csv", TODAY)
    assert [draft.gone for draft in over.drafts] == [False]
    assert not over.faults


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


BOOK = xlsx(HEADER.split(","), GOOD.split(","))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.binary(max_size=3), st.integers(0, 200))
def test_a_damaged_workbook_is_read_or_refused(at: int, put: bytes, cut: int) -> None:
    with contextlib.suppress(SheetError):
        read_sheet(BOOK[:at] + put + BOOK[at + cut :], "a.xlsx", TODAY)


@given(st.integers(0, len(SOUND)))
def test_a_sheet_cut_anywhere_tells_no_posting_that_it_did_not_hold(end: int) -> None:
    """Cut in its last cell it may look whole; a shorter row never does."""
    try:
        sheet = read_sheet(SOUND[:end], "a.csv", TODAY)
    except SheetError:
        return
    titles = {draft.key for draft in read_sheet(SOUND, "a.csv", TODAY).drafts}
    assert {draft.key for draft in sheet.drafts} <= titles


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
