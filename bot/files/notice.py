"""The formal notice of a posting as DOCX, in the order in which Korean offices write one, to be printed or changed."""

import io
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from handlers.draft import kept

FONT = "맑은 고딕"  # by name only: on every Korean PC, and elsewhere another stands in for it
TAG = "ko-KR"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def make(what: Mapping[str, Any]) -> bytes:
    """`number`, `heading`, `lead`, `day`, `facility` and `never` are texts, `body` and `contact` lists of texts, `facts`
    pairs of a label and a text.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    _speak(document)
    document.core_properties.title = kept(what["heading"])[:255]
    document.core_properties.author = kept(what["facility"])[:255]
    _say(document, what["number"], 12)
    _say(document, what["heading"], 22, bold=True, centre=True)
    _say(document, what["lead"], 12)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, text in what["facts"]:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Cm(3.5), Cm(12.5)
        _write(cells[0].paragraphs[0], label, 12, bold=True)
        _write(cells[1].paragraphs[0], text, 12)
    for text in ["", *what["body"]]:
        _say(document, text, 12)
    _say(document, what["day"], 14, centre=True)
    _say(document, what["facility"], 18, bold=True, centre=True)
    for text in what["contact"]:
        _say(document, text, 12)
    _say(document, what["never"], 12, bold=True)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _speak(document: Any) -> None:
    """All of it in Korean letters and in the Korean language: spelling is checked, and read aloud, in it."""
    style = document.styles["Normal"]
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FONT)
    spoken = style.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): TAG, qn("w:eastAsia"): TAG})
    style.element.rPr.append(spoken)


def _say(document: Any, text: str, points: float, *, bold: bool = False, centre: bool = False) -> None:
    paragraph = document.add_paragraph()
    if centre:
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)
    _write(paragraph, text, points, bold=bold)


def _write(paragraph: Any, text: str, points: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(kept(text))
    run.font.size, run.bold = Pt(points), bold
