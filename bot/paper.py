"""What is printed: A4 pages with text as large as its place allows and QR codes, in the letters of every language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

import segno
from fpdf import FPDF

from .fonts import family
from .lettering import LEADING, Pen, fit

WIDTH, HEIGHT, EDGE = 210.0, 297.0, 14.0  # millimetres
Colour = tuple[int, int, int]
GREEN, INK, SOFT, PALE, WHITE = (11, 107, 75), (24, 32, 28), (85, 96, 90), (230, 242, 236), (255, 255, 255)
SMALLEST = 8.0  # points
QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
POINT = 25.4 / 72  # millimetres


class Paper:
    """Draws in millimetres. `letters` are all that will be written, in these languages; fonts lie in `folder` meanwhile."""

    def __init__(self, folder: Path, title: str, letters: str, languages: Sequence[str], now: datetime) -> None:
        self.pdf = FPDF(format="A4")
        self.pdf.set_creation_date(now)
        self.pdf.set_title(title)
        self.pdf.set_lang(languages[0].replace("_", "-"))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_text_shaping(True)
        self.pdf.c_margin = 0
        self.pdf.add_page()
        self.fonts: dict[str, dict[str, str]] = {}  # by language: the font of each letter
        for language in dict.fromkeys(languages):
            made = family(folder, letters, language)
            self.fonts[language] = {letter: font.name for font in made for letter in font.letters}
            for font in made:
                for style, path in font.styles.items():
                    self.pdf.add_font(font.name, style, path)

    def finish(self) -> bytes:
        done = bytes(self.pdf.output())
        for font in self.pdf.fonts.values():
            font.close()  # type: ignore[union-attr]
        return done

    def band(self, top: float, tall: float, colour: Colour) -> None:
        """A stretch of colour from edge to edge of the page."""
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(0, top, WIDTH, tall, style="F")

    def rule(self, top: float) -> None:
        """A line between what stands above and below."""
        self.pdf.set_draw_color(*GREEN)
        self.pdf.set_line_width(0.8)
        self.pdf.line(EDGE, top, WIDTH - EDGE, top)

    def qr(self, url: str, alt: str, left: float, top: float, side: float) -> None:
        """A QR code in black on white, with the white around it."""
        rows = [list(row) for row in segno.make(url, error="m", micro=False).matrix_iter(border=QUIET)]
        dot = side / len(rows)
        self.pdf.set_fill_color(0, 0, 0)
        for y, row in enumerate(rows):
            x = 0
            while x < len(row):
                run = next((i for i in range(x, len(row)) if row[i] != row[x]), len(row)) - x
                if row[x]:  # a hair wider and taller, so that no printer leaves a line between two dots
                    self.pdf.rect(left + x * dot, top + y * dot, run * dot + 0.02, dot + 0.02, style="F")
                x += run
        self.pdf.link(left, top, side, side, url, alt_text=alt)

    def text(
        self,
        language: str,
        lines: Sequence[str],
        left: float,
        top: float,
        wide: float,
        tall: float,
        points: float,
        *,
        least: float = SMALLEST,
        bold: bool = False,
        colour: Colour = INK,
        align: str = "L",
        apart: float = 0.0,
        middle: bool = True,
    ) -> float:
        """Paragraphs in a box, at most `points` large, in the middle of its height or at its top. Returns where they end."""
        if not lines:
            return top
        pen = PdfPen(self.pdf, self.fonts[language], "B" if bold else "")
        fitted = fit(pen, lines, language, wide, tall, (points * POINT, least * POINT), apart)
        em = fitted.size
        self.pdf.set_text_color(*colour)
        y = top + (max(0.0, tall - fitted.tall) / 2 if middle else 0.0)
        for text in fitted.texts:
            for line in text:
                slack = {"L": 0.0, "C": 0.5, "R": 1.0}[align] * (wide - pen.width(line) * em)
                pen.write(line, left + slack, y + em, em / POINT)
                y += em * LEADING
            y += apart * em * LEADING
        return y - apart * em * LEADING


@dataclass
class PdfPen(Pen):
    """Writes each letter in its font (fpdf2's own fallback fonts lose their place between lines)."""

    pdf: FPDF
    fonts: Mapping[str, str]
    style: str
    known: dict[str, float] = field(default_factory=dict)

    def runs(self, line: str, points: float) -> Iterator[str]:
        """Stretches of one font, which is set for each."""
        for name, letters in groupby(line, lambda letter: self.fonts.get(letter, "")):
            if name:
                self.pdf.set_font(name, self.style, points)
                yield "".join(letters)

    def width(self, line: str) -> float:
        if line not in self.known:
            self.known[line] = sum(self.pdf.get_string_width(run) for run in self.runs(line, 100)) / (100 * POINT)
        return self.known[line]

    def write(self, line: str, x: float, y: float, points: float) -> None:
        """From the left edge, on the base line, in millimetres. In cells: fpdf2's `text` shapes no Khmer or Devanagari."""
        tall = points * POINT
        for run in self.runs(line, points):
            wide = self.pdf.get_string_width(run)
            self.pdf.set_xy(x, y - 0.8 * tall)  # a cell's base line lies so far below its top
            self.pdf.cell(wide, tall, run)
            x += wide
