"""Files are what they say they are, when they are opened again by what people open them with, and read as they are printed."""

import asyncio
import io
import zipfile
from datetime import UTC, date, datetime

import docx
import openpyxl
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from bot.files import Files
from bot.files.makers import make
from handlers import papers
from handlers.chat import tables
from handlers.chat.messages import File, Table
from locales import Catalogs
from storage.staff_tables import Facility

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
CATALOGS = Catalogs.load()
LIBRARY = Facility(
    id=3, name="별빛작은도서관", address="광산구 월곡동 1", phone="062-000-0001", apply="전화 또는 방문", created_at=NOW
)
CELLS = {
    "title": "작은도서관 책 정리·대출 도우미",
    "workplace": "광산구 월곡2동",
    "pay": "시급 12,000원",
    "hours": "월·수·금 14:00~17:00",
    "closing": "2026-12-04 18:00",
    "duties": "책 정리\n대출과 반납",
}
HOSTILE = ("=1+1", "+82", "-3", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "a\x00\ud800b", "007", "줄\n바꿈", "")


def test_a_table_is_texts_and_never_a_formula() -> None:
    made = make(tables.sheet(Table("표", ("=이름", "값"), tuple((cell, "x") for cell in HOSTILE))))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows()]
    assert [cell.value or "" for cell in cells[1:]] == [text.replace("\x00\ud800", "") for text in HOSTILE]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")


def test_five_thousand_rows_are_all_there() -> None:
    rows = tuple((f"사람 {i}", str(i), "월곡동" * 9) for i in range(5000))
    book = openpyxl.load_workbook(io.BytesIO(make(tables.sheet(Table("표", ("a", "b", "c"), rows)))), read_only=True)
    assert list(book.worksheets[0].iter_rows(min_row=2, values_only=True)) == list(rows)
    book.close()


def words(made: bytes) -> tuple[list[str], dict[str, str]]:
    opened = docx.Document(io.BytesIO(made))
    facts = {row.cells[0].text: row.cells[1].text for row in opened.tables[0].rows}
    return [paragraph.text for paragraph in opened.paragraphs if paragraph.text], facts


def test_a_notice_has_all_that_a_formal_one_has() -> None:
    file = papers.notice(CELLS, LIBRARY, 12, date(2026, 11, 24))
    assert file.called == "채용공고 작은도서관 책 정리·대출 도우미.docx"
    said, facts = words(make(file))
    assert said == [
        "별빛작은도서관 공고 제2026-12호",
        "작은도서관 책 정리·대출 도우미 채용 공고",
        papers.LEAD,
        papers.DUTIES,
        "책 정리",
        "대출과 반납",
        "2026년 11월 24일",
        "별빛작은도서관",
        "문의: 062-000-0001",
        "문의: 광산구 월곡동 1",
        papers.NEVER,
    ]
    assert facts == {
        "모집 분야": CELLS["title"],
        "근무지": CELLS["workplace"],
        "근무 시간": CELLS["hours"],
        "급여": CELLS["pay"],
        "접수 마감": CELLS["closing"],
        "접수 방법": "전화 또는 방문",
    }


def test_a_notice_of_hardly_anything_is_one_all_the_same() -> None:
    said, facts = words(
        make(
            papers.notice(
                {"title": "도우미 모집\x00"}, Facility(id=1, name="센터", created_at=NOW), 1, date(2026, 1, 2)
            )
        )
    )
    assert said[1] == "도우미 모집"
    assert "센터" in said
    assert facts == {"모집 분야": "도우미 모집"}


def test_a_notice_is_korean_to_whatever_reads_it() -> None:
    styles = zipfile.ZipFile(io.BytesIO(make(papers.notice(CELLS, LIBRARY, 1, date(2026, 1, 2))))).read(
        "word/styles.xml"
    )
    assert 'w:eastAsia="맑은 고딕"'.encode() in styles
    assert b'w:lang w:val="ko-KR"' in styles


@pytest.mark.parametrize(
    ("language", "title"), [("ko", "작은도서관 책 정리"), ("km", "ការងារនៅជិតផ្ទះ"), ("zh_Hans", "附近的工作" * 30)]
)
def test_a_code_is_read_and_its_words_stand_beside_it(language: str, title: str) -> None:
    url = "https://jobs.example/p/123"
    image = Image.open(io.BytesIO(make(papers.qr(CATALOGS.translator(language), title, url))))
    assert image.format == "PNG"
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [url]
    grey = image.convert("L")
    for top, bottom in ((80, 370), (image.height - 190, image.height - 90)):
        darkest, _ = grey.crop((80, top, image.width - 80, bottom)).getextrema()
        assert isinstance(darkest, int)
        assert darkest < 80, "something is written there"


def sheet(n: int, *codes: str, title: str = "", url: str = "https://jobs.example/p/{}") -> File:
    speakers = [CATALOGS.translator(code) for code in codes]
    heads = [papers.Head(t, "별빛작은도서관", "광산구", f"week {t.code}", "062-000-0000") for t in speakers]
    lines = ["월·수·금 14:00~17:00", "시급 12,000원", "12월 4일(금)까지"]
    jobs = [
        papers.Job(url.format(i), [(title or f"일 {i} {t.code}", [f"기관 {i}", *lines]) for t in speakers])
        for i in range(n)
    ]
    return papers.board("게시판", heads, jobs, NOW)


def read(made: bytes) -> tuple[list[str], list[set[str]]]:
    """The words of each page, and what a camera reads from it at 100 dots an inch."""
    document = pypdfium2.PdfDocument(made)
    said, codes = [], []
    for page in document:
        text = page.get_textpage()
        said.append(" ".join(text.get_text_range().split()))
        text.close()
        codes.append(
            {found.text for found in zxingcpp.read_barcodes(page.render(scale=100 / 72).to_pil().convert("L"))}
        )
    document.close()
    return said, codes


@pytest.mark.parametrize(("codes", "per_page"), [(("ko",), 4), (("ko", "vi"), 3), (("ko", "km"), 3)])
def test_a_sheet_has_every_job_with_its_code(codes: tuple[str, ...], per_page: int) -> None:
    said, led = read(make(sheet(8, *codes)))
    assert [len(page) for page in led] == [per_page] * (8 // per_page) + [8 % per_page] * (8 % per_page > 0)
    assert set().union(*led) == {f"https://jobs.example/p/{i}" for i in range(8)}
    for i in range(8):
        assert any(f"일 {i} ko" in page for page in said)
    for page in said:
        for text in ("별빛작은도서관", "week ko", "광산구", "062-000-0000"):
            assert text in page, text
    assert f"1 / {len(said)}" in said[0]


def test_a_sheet_without_a_page_to_lead_to_has_no_codes() -> None:
    said, codes = read(make(sheet(1, "ko", url="")))
    assert codes == [set()]
    assert "일 0 ko" in said[0]


@pytest.mark.parametrize("title", ["아주 긴 제목 " * 40, "띄어쓰기없는제목" * 40, "W" * 400, "=<b>&제목"])
def test_the_longest_title_stays_on_its_page(title: str) -> None:
    said, codes = read(make(sheet(4, "ko", title=title)))
    assert len(codes[0]) == 4, "no letter runs into a code"
    assert title[:10].strip() in said[0]
    assert "12월 4일(금)까지" in said[0]


def test_a_sheet_of_nothing_or_in_three_languages_is_refused() -> None:
    for file in (sheet(0, "ko"), sheet(1), sheet(1, "ko", "en", "vi")):
        with pytest.raises(ValueError, match="one or two languages"):
            make(file)


async def test_files_are_made_once_while_they_are_kept_and_a_broken_one_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = Files(kept=1)
    one = tables.sheet(Table("표", ("a",), (("1",),)))
    first, second = await asyncio.gather(files(one), files(one))
    assert first is second is not None
    await files(tables.sheet(Table("표", ("a",), (("2",),))))
    assert await files(one) is not first, "of two only the last is kept"
    assert await files(File("x", "notice", {})) is None
    assert "not made" in capsys.readouterr().out
